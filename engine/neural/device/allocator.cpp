#include "engine/neural/device/allocator.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace earmark::neural
{

#ifdef __GLIBC__
void tuneAllocator()
{
    for (const char* name : {"MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "GLIBC_TUNABLES"})
        if (std::getenv(name))
            return;
    constexpr int largest = 1 << 30;
    ::mallopt(M_MMAP_THRESHOLD, largest);
    ::mallopt(M_TRIM_THRESHOLD, largest);
    ::mallopt(M_TOP_PAD, 64 << 20);
}

void trimAllocator() { ::malloc_trim(0); }
#else
void tuneAllocator() {}
void trimAllocator() {}
#endif

} // namespace earmark::neural
