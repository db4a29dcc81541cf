// What went wrong, as a plain value: a code that programs and translations match on, and one English sentence for people.
// Thread: any. Nothing here throws but for lack of memory.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace earmark
{

/// Who is to blame; the value is the exit status of the command line.
enum class ErrorKind { failed = 1, usage = 2, badInput = 3 };

/// One row of the table of everything that can go wrong.
struct ErrorCode {
    std::string_view code; ///< stable, lower case, `room.what`
    ErrorKind kind;
    std::string_view meaning; ///< one English line, for `--help-errors`
};

/// Every code, in the order in which `--help-errors` prints them.
std::span<const ErrorCode> errorCodes();

struct Error {
    std::string code;                              ///< one of errorCodes()
    std::string message;                           ///< a sentence: what is wrong, with which file, what to do
    std::string path;                              ///< the file it is about, bytes as the system gave them; may be empty
    std::map<std::string, std::string> parameters; ///< what the sentence was filled with, for translation

    ErrorKind kind() const;
};

template <class T> using Result = tl::expected<T, Error>;

/// `return failure("audio.not_audio", "“x.wav” holds no sound …", "x.wav");`
tl::unexpected<Error> failure(std::string_view code, std::string message, std::string path = {},
                              std::map<std::string, std::string> parameters = {});

/// A name fit for a sentence: control characters and bytes that are not UTF-8 are escaped, long ones shortened in the middle.
std::string quoteName(std::string_view name);

} // namespace earmark

/// Evaluates a Result; returns its error to the caller or goes on with its value: `EARMARK_TRY(auto facts, probe(source));`
#define EARMARK_TRY(declaration, ...) EARMARK_TRY_NAMED(declaration, EARMARK_TRY_JOIN(result_, __LINE__), __VA_ARGS__)
#define EARMARK_TRY_VOID(...)                                                                                          \
    if (auto result_ = (__VA_ARGS__); !result_)                                                                        \
    return tl::unexpected(std::move(result_.error()))
#define EARMARK_TRY_JOIN(a, b) EARMARK_TRY_JOIN_(a, b)
#define EARMARK_TRY_JOIN_(a, b) a##b
#define EARMARK_TRY_NAMED(declaration, name, ...)                                                                      \
    auto name = (__VA_ARGS__);                                                                                         \
    if (!name)                                                                                                         \
        return tl::unexpected(std::move(name.error()));                                                                \
    declaration = std::move(*name)
