// Text as code points, with the case mapping and the white space of Python's str, which upstream's tokenizers in Python work with, and the classes of
// characters that those in Rust know. Thread: any.
#pragma once

#include <string>
#include <string_view>

namespace earmark
{

/// Bytes that are not UTF-8 become U+FFFD.
std::u32string codePoints(std::string_view utf8);
std::string utf8Of(std::u32string_view text);
void appendUtf8(char32_t character, std::string& bytes);

/// str.upper() and str.lower(): the full mappings of the Unicode standard, without any language's own rules.
std::u32string upperCase(std::u32string_view text);
std::u32string lowerCase(std::u32string_view text);

/// str.isspace() of one character.
bool isSpace(char32_t character);
std::u32string_view withoutLeadingSpace(std::u32string_view text);  ///< str.lstrip()
std::u32string_view withoutTrailingSpace(std::u32string_view text); ///< str.rstrip()
std::u32string_view stripped(std::u32string_view text);

/// Unicode's White_Space: what \s is in a regular expression, and char::is_whitespace in Rust.
bool isWhiteSpace(char32_t character);
bool isLetter(char32_t character);        ///< \p{L}
bool isNumber(char32_t character);        ///< \p{N}
bool isWordCharacter(char32_t character); ///< \w

} // namespace earmark
