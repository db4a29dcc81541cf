// Library exceptions end here: caught once per public call and turned into an Error of one sentence. Thread: any.
#pragma once

#include <exception>
#include <utility>

#include "engine/base/error.h"

namespace earmark::neural
{

/// What an exception in flight (c10::Error, std::bad_alloc, any other) means: compute.out_of_memory or internal. Call inside a catch block.
Error errorFromException();

/// Runs `work`, which returns a Result, and turns what it throws into that Result's error.
template <class Work> auto guarded(Work&& work) -> decltype(work())
{
    try {
        return work();
    } catch (...) {
        return tl::unexpected(errorFromException());
    }
}

} // namespace earmark::neural
