// Text as code points, with the case mapping and the white space of Python's str, which upstream's tokenizers work with. Thread: any.
#pragma once

#include <string>
#include <string_view>

namespace earmark
{

/// Bytes that are not UTF-8 become U+FFFD.
std::u32string codePoints(std::string_view utf8);
std::string utf8Of(std::u32string_view text);

/// str.upper() and str.lower(): the full mappings of the Unicode standard, without any language's own rules.
std::u32string upperCase(std::u32string_view text);
std::u32string lowerCase(std::u32string_view text);

/// str.isspace() of one character.
bool isSpace(char32_t character);
std::u32string_view withoutLeadingSpace(std::u32string_view text);  ///< str.lstrip()
std::u32string_view withoutTrailingSpace(std::u32string_view text); ///< str.rstrip()
std::u32string_view stripped(std::u32string_view text);

} // namespace earmark
