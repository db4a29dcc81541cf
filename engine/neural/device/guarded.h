// Library exceptions end here: caught once per public call and turned into an Error of one sentence. Thread: any.
#pragma once

#include <exception>
#include <stdexcept>
#include <utility>

#include "engine/base/error.h"

namespace earmark::neural
{

/// An Error in the middle of a network's construction or arithmetic, where no Result can be handed up.
struct Failure : std::runtime_error {
    explicit Failure(Error what) : std::runtime_error(what.message), error(std::move(what)) {}
    Failure(std::string_view code, std::string message) : Failure(Error{std::string(code), std::move(message), {}, {}}) {}
    Error error;
};

/// What an exception in flight (Failure: its own error; c10::Error, std::bad_alloc, any other) means: compute.out_of_memory or internal. Call inside a catch block.
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
