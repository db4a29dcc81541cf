// What the module behind the door exports: one C function, found by name. Both sides are built from this header.
#pragma once

#include "engine/base/log.h"

namespace earmark
{

class Compute;

/// Raised whenever compute.h changes in a way that an older module would misread.
inline constexpr int computeInterfaceVersion = 6;
inline constexpr const char* createComputeName = "earmark_create_compute";

/// Null where the versions differ. The instance lives as long as the process.
using CreateCompute = Compute* (*)(int interfaceVersion, LogSink sink);

} // namespace earmark
