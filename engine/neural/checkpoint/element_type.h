// The number types a weights file may hold. Plain: the parsers of foreign bytes know no torch. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace earmark::neural
{

/// In the order in which safetensors sorts them.
enum class ElementType { boolean, u8, i8, i16, f16, bf16, i32, f32, f64, i64 };

constexpr std::size_t elementSize(ElementType type)
{
    constexpr std::size_t sizes[] = {1, 1, 1, 2, 2, 2, 4, 4, 8, 8};
    return sizes[static_cast<std::size_t>(type)];
}

} // namespace earmark::neural
