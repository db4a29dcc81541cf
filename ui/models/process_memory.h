// How much memory this process holds, for the facts beside a run. Thread: any.
#pragma once

#include <cstdint>

namespace earmark
{

/// Bytes that are in memory now; 0 where the system does not say.
std::int64_t processMemory();

} // namespace earmark
