// Where the engine's remarks go. The program sets one sink at its start; the engine never writes to stdout or stderr.
// Thread: any; the sink is called by one thread at a time.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace earmark
{

enum class LogLevel { debug, info, warning };

using LogSink = std::function<void(LogLevel, std::string_view)>;

/// An empty sink drops everything (the default).
void setLogSink(LogSink sink);
void log(LogLevel level, std::string_view text);

/// The sink in use, for handing on to a module that has its own copy of this room.
LogSink logSink();

} // namespace earmark
