#include "app/cli/console.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <unistd.h>

namespace earmark::cli
{

namespace
{

/// 0, or errno.
int writeAll(int file, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

} // namespace

Console::Console(std::stop_source stop) : stop_(std::move(stop)), terminal_(::isatty(STDERR_FILENO) == 1) {}

void Console::print(std::string_view line)
{
    const std::lock_guard lock(mutex_);
    if (outputError_ != 0)
        return;
    clearStatus();
    outputError_ = writeAll(STDOUT_FILENO, std::string(line) + "\n");
    if (outputError_ != 0)
        stop_.request_stop();
    drawStatus();
}

void Console::printJson(const Json& object) { print(oneLine(object)); }

void Console::error(const Error& error)
{
    if (style_.json)
        toStderr(oneLine({{"error", {{"code", error.code}, {"message", error.message}, {"path", error.path}}}}));
    else
        toStderr(error.message);
}

void Console::warn(std::string_view sentence) { toStderr("Warning: " + std::string(sentence)); }

void Console::remark(std::string_view sentence)
{
    if (!style_.quiet)
        toStderr(sentence);
}

void Console::detail(std::string_view sentence)
{
    if (style_.verbose && !style_.quiet)
        toStderr(sentence);
}

void Console::setStatus(std::string line)
{
    const std::lock_guard lock(mutex_);
    if (!terminal_)
        return;
    clearStatus();
    status_ = std::move(line);
    drawStatus();
}

int Console::outputError() const
{
    const std::lock_guard lock(mutex_);
    return outputError_;
}

void Console::toStderr(std::string_view line)
{
    const std::lock_guard lock(mutex_);
    clearStatus();
    (void)writeAll(STDERR_FILENO, std::string(line) + "\n");
    drawStatus();
}

void Console::clearStatus()
{
    if (!status_.empty())
        (void)writeAll(STDERR_FILENO, "\r\x1b[K");
}

void Console::drawStatus()
{
    if (!status_.empty())
        (void)writeAll(STDERR_FILENO, status_);
}

std::string shownName(std::string_view name)
{
    const std::string quoted = quoteName(name);
    constexpr std::size_t mark = std::string_view("“").size();
    return quoted.substr(mark, quoted.size() - 2 * mark);
}

std::string formatted(const char* format, ...)
{
    va_list values;
    va_start(values, format);
    va_list again;
    va_copy(again, values);
    const int length = std::vsnprintf(nullptr, 0, format, values);
    std::string text(static_cast<std::size_t>(length) + 1, '\0');
    std::vsnprintf(text.data(), text.size(), format, again);
    va_end(again);
    va_end(values);
    text.pop_back();
    return text;
}

} // namespace earmark::cli
