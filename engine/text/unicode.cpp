#include "engine/text/unicode.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace earmark
{

namespace
{

icu::UnicodeString icuString(std::u32string_view text)
{
    return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<std::int32_t>(text.size()));
}

std::u32string fromIcu(const icu::UnicodeString& text)
{
    std::u32string result(static_cast<std::size_t>(text.countChar32()), U'\0');
    UErrorCode status = U_ZERO_ERROR;
    text.toUTF32(reinterpret_cast<UChar32*>(result.data()), static_cast<std::int32_t>(result.size()), status);
    return result;
}

} // namespace

std::u32string codePoints(std::string_view utf8)
{
    return fromIcu(icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size()))));
}

std::string utf8Of(std::u32string_view text)
{
    std::string result;
    icuString(text).toUTF8String(result);
    return result;
}

std::u32string upperCase(std::u32string_view text) { return fromIcu(icuString(text).toUpper(icu::Locale::getRoot())); }

std::u32string lowerCase(std::u32string_view text) { return fromIcu(icuString(text).toLower(icu::Locale::getRoot())); }

bool isSpace(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::u32string_view withoutLeadingSpace(std::u32string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    return text;
}

std::u32string_view withoutTrailingSpace(std::u32string_view text)
{
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::u32string_view stripped(std::u32string_view text) { return withoutLeadingSpace(withoutTrailingSpace(text)); }

} // namespace earmark
