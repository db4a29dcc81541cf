// Precompiled for every source of the command line.
#pragma once

#include "engine/base/pch.h"

#include <nlohmann/json.hpp>
