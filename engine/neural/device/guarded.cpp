#include "engine/neural/device/guarded.h"

#include <new>
#include <string>

#include <c10/util/Exception.h>

namespace earmark::neural
{

namespace
{

Error outOfMemory()
{
    return Error{"compute.out_of_memory",
                 "Memory ran out. Use a smaller batch (with gradient_accumulation_steps it trains the same), shorter clips or a smaller model."};
}

/// LibTorch's messages go on for many lines, with a backtrace; people need the first sentence.
Error internal(std::string text)
{
    text.resize(std::min(text.find('\n'), text.size()));
    return Error{"internal", "LibTorch could not go on: " + quoteName(text) + ". Please report this.", {}, {{"reason", text}}};
}

} // namespace

Error errorFromException()
{
    try {
        throw;
    } catch (const Failure& failure) {
        return failure.error;
    } catch (const c10::OutOfMemoryError&) {
        return outOfMemory();
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    } catch (const c10::Error& error) {
        const std::string text = error.what_without_backtrace();
        const bool memory = text.find("can't allocate memory") != std::string::npos || text.find("out of memory") != std::string::npos ||
                            text.find("CUDA_ERROR_OUT_OF_MEMORY") != std::string::npos;
        return memory ? outOfMemory() : internal(text);
    } catch (const std::exception& error) {
        return internal(error.what());
    } catch (...) {
        return internal("an exception of an unknown kind");
    }
}

} // namespace earmark::neural
