#include "engine/compute/compute.h"
#include "engine/compute/module.h"

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <mutex>

namespace earmark
{

namespace
{

namespace fs = std::filesystem;

/// What the module needs it finds among its own libraries first. The window has others loaded by then: libavfilter brings a BLAS, whose functions have the
/// names of LibTorch's own and are several times slower. Sanitizers cannot do without the program's symbols.
#if defined(RTLD_DEEPBIND) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr int ownSymbolsFirst = RTLD_DEEPBIND;
#else
constexpr int ownSymbolsFirst = 0;
#endif

std::vector<fs::path> candidates()
{
    constexpr const char* name = "libearmark_neural.so";
    std::vector<fs::path> places;
    if (const char* folder = std::getenv("EARMARK_MODULE_DIR"); folder && *folder)
        return {fs::path(folder) / name};
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        places.push_back(program.parent_path().parent_path() / "lib" / "earmark" / name);
        places.push_back(program.parent_path() / name);
    }
    places.push_back(fs::path(EARMARK_INSTALLED_MODULE_DIR) / name);
    return places;
}

Result<Compute*> open()
{
    std::string reasons;
    for (const fs::path& place : candidates()) {
        std::error_code error;
        if (!fs::exists(place, error))
            continue;
        void* module = ::dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL | ownSymbolsFirst);
        if (!module) {
            reasons += std::string(reasons.empty() ? "" : "; ") + ::dlerror();
            continue;
        }
        const auto create = reinterpret_cast<CreateCompute>(::dlsym(module, createComputeName));
        if (!create) {
            reasons += place.string() + " is of another version";
            continue;
        }
        if (Compute* compute = create(computeInterfaceVersion, logSink()))
            return compute;
        reasons += place.string() + " is of another version";
    }
    if (reasons.empty())
        reasons = "libearmark_neural.so was not found beside the program";
    return failure("compute.no_libtorch",
                   "The networks could not be opened: " + reasons + ". Run packaging/setup, or set EARMARK_MODULE_DIR.", {},
                   {{"reason", reasons}});
}

} // namespace

Result<Compute*> openCompute()
{
    // The module is never closed: LibTorch's thread pools do not survive it.
    static std::mutex mutex;
    static Compute* opened = nullptr;
    const std::lock_guard lock(mutex);
    if (opened)
        return opened;
    EARMARK_TRY(opened, open());
    return opened;
}

} // namespace earmark
