// How the C library hands out the large, short-lived buffers of a network's step. Thread: any, once, before the first of them.
#pragma once

namespace earmark::neural
{

/// glibc gives blocks above 32 MiB back to the kernel at every free and takes them fresh at every use, a page fault for each 4 KiB. Here they stay
/// with the process instead. Does nothing with another C library, or where the user set MALLOC_* in the environment.
void tuneAllocator();

/// Gives what is free back to the kernel: after a long job.
void trimAllocator();

} // namespace earmark::neural
