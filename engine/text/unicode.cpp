#include "engine/text/unicode.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
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

void appendUtf8(char32_t c, std::string& bytes)
{
    const auto byte = [&](char32_t value) { bytes += static_cast<char>(value); };
    const auto rest = [&](int shift) { byte(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | c >> 6);
        rest(0);
    } else if (c < 0x10000) {
        byte(0xE0 | c >> 12);
        rest(6);
        rest(0);
    } else {
        byte(0xF0 | c >> 18);
        rest(12);
        rest(6);
        rest(0);
    }
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

bool isWhiteSpace(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)); }

namespace
{
bool hasCategory(char32_t c, std::uint32_t mask) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & mask) != 0; }
} // namespace

bool isLetter(char32_t c) { return hasCategory(c, U_GC_L_MASK); }

bool isNumber(char32_t c) { return hasCategory(c, U_GC_N_MASK); }

bool isWordCharacter(char32_t c)
{
    const auto character = static_cast<UChar32>(c);
    return u_isUAlphabetic(character) || hasCategory(c, U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK) || u_hasBinaryProperty(character, UCHAR_JOIN_CONTROL);
}

std::u32string_view stripped(std::u32string_view text) { return withoutLeadingSpace(withoutTrailingSpace(text)); }

} // namespace earmark
