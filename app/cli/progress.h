// How far a long piece of work is: a bar with rate and time left on a terminal, a line now and then elsewhere, nothing with --quiet.
// Thread: one at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "app/cli/console.h"

namespace earmark::cli
{

class Progress
{
public:
    /// `what` is counted: "clips", "steps", …
    Progress(Console& console, std::string what);
    ~Progress(); ///< clears the bar
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::int64_t done, std::int64_t total);

private:
    using Clock = std::chrono::steady_clock;
    std::string describe(std::int64_t done, std::int64_t total, double seconds) const;

    Console& console_;
    std::string what_;
    Clock::time_point started_;
    Clock::time_point shown_;
    std::int64_t first_ = -1; ///< where the work began: not 0 for a run that goes on
};

} // namespace earmark::cli
