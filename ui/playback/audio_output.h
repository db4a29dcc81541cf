// The sound device: what the player plays is heard. Thread: the window's.
#pragma once

#include "ui/models/transport.h"

namespace earmark
{

/// From now on `transport` plays through the system's default device, also when that becomes another one. Without one it plays silently.
void playThroughDefaultDevice(Transport& transport);

} // namespace earmark
