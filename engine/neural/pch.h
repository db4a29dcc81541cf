// Precompiled for every source that names torch: its headers cost 8 s a file otherwise.
#pragma once
#include <nlohmann/json.hpp>

#include "engine/neural/device/torch.h"
