#include "app/cli/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace earmark::cli
{

namespace
{

std::string clockTime(double seconds)
{
    const auto whole = static_cast<long long>(std::llround(std::min(seconds, 3.6e6)));
    char text[32];
    if (whole >= 3600)
        std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
    return text;
}

std::string bar(double part)
{
    constexpr int width = 20;
    const int filled = static_cast<int>(std::clamp(part, 0.0, 1.0) * width);
    return "[" + std::string(filled, '#') + std::string(width - filled, '.') + "]";
}

} // namespace

Progress::Progress(Console& console, std::string what)
    : console_(console), what_(std::move(what)), started_(Clock::now()), shown_(started_)
{
}

Progress::~Progress() { console_.setStatus({}); }

void Progress::update(std::int64_t done, std::int64_t total)
{
    if (console_.style().quiet)
        return;
    const auto now = Clock::now();
    if (first_ < 0) {
        first_ = done;
        started_ = now;
    }
    const auto pause = console_.terminal() ? std::chrono::milliseconds(100) : std::chrono::seconds(10);
    if (now - shown_ < pause)
        return;
    shown_ = now;
    const std::string text = describe(done, total, std::chrono::duration<double>(now - started_).count());
    if (console_.terminal())
        console_.setStatus(bar(total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0) + " " + text);
    else
        console_.remark(text);
}

std::string Progress::describe(std::int64_t done, std::int64_t total, double seconds) const
{
    std::string text = std::to_string(done) + (total > 0 ? " of " + std::to_string(total) : "") + " " + what_;
    const double rate = seconds > 0 ? static_cast<double>(done - first_) / seconds : 0;
    if (rate <= 0)
        return text;
    char number[32];
    std::snprintf(number, sizeof number, rate < 10 ? ", %.2f/s" : ", %.0f/s", rate);
    text += number;
    if (total > done)
        text += ", " + clockTime(static_cast<double>(total - done) / rate) + " left";
    return text;
}

} // namespace earmark::cli
