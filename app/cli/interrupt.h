// SIGINT and SIGTERM as a stop request. The first asks the work to end cleanly, the second ends the process at once with status 130.
#pragma once

#include <stop_token>

namespace earmark::cli
{

inline constexpr int stoppedByUser = 130; ///< exit status

/// To be called once, before any other thread is started: every thread inherits the blocked signals, one waits for them.
void catchInterrupts(std::stop_source stop);

/// Whether a signal came (a stop may also be asked for because nobody reads the output).
bool interrupted();

} // namespace earmark::cli
