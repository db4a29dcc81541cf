// Whether bytes are UTF-8, and text from programs that wrote something else.
// Thread: any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace earmark
{

/// Length in bytes of the valid UTF-8 sequence at the start of `text`; 0 where there is none (overlong forms and surrogates are none).
std::size_t utf8SequenceLength(std::string_view text);

bool isUtf8(std::string_view text);

/// `text` itself where it is UTF-8; else with every byte that is not part of a valid sequence read as Windows-1252, which old tables
/// and file names usually are.
std::string toUtf8(std::string_view text);

} // namespace earmark
