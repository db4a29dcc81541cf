// NumPy's .npy format, version 1.0: a matrix of float32 in C order.
// Source: numpy.lib.format's specification.
#pragma once

#include <span>
#include <string>

#include "engine/base/error.h"

namespace earmark::cli
{

/// `values` holds rows × columns numbers, row by row. Written beside `path` and renamed. Errors: io.*.
Result<void> writeNpy(const std::string& path, std::span<const float> values, std::size_t rows, std::size_t columns);

} // namespace earmark::cli
