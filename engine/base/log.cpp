#include "engine/base/log.h"

#include <mutex>

namespace earmark
{

namespace
{
struct Holder {
    std::mutex mutex;
    LogSink sink;
};
Holder& holder()
{
    static Holder instance;
    return instance;
}
} // namespace

void setLogSink(LogSink sink)
{
    const std::lock_guard lock(holder().mutex);
    holder().sink = std::move(sink);
}

void log(LogLevel level, std::string_view text)
{
    const std::lock_guard lock(holder().mutex);
    if (holder().sink)
        holder().sink(level, text);
}

LogSink logSink()
{
    const std::lock_guard lock(holder().mutex);
    return holder().sink;
}

} // namespace earmark
