// Numbers as text. Thread: any.
#pragma once

#include <charconv>

namespace earmark
{

/// The double that prints as the shortest text of a float: 0.1f gives 0.1, not 0.10000000149011612; both read back as the same float.
inline double shortestDouble(float value)
{
    char text[32];
    const auto written = std::to_chars(text, text + sizeof text, value);
    double result = value;
    std::from_chars(text, written.ptr, result);
    return result;
}

} // namespace earmark
