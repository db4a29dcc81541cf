#include "engine/text/text_rules.h"

#include "engine/text/unicode.h"

namespace earmark
{

std::string prepared(std::string_view text, const TextRules& rules)
{
    std::u32string kept = codePoints(text);
    if (const std::u32string ignored = codePoints(rules.ignored); !ignored.empty())
        std::erase_if(kept, [&](char32_t c) { return ignored.find(c) != std::u32string::npos; });
    if (rules.letters != TextRules::Case::asIs)
        kept = rules.letters == TextRules::Case::lower ? lowerCase(kept) : upperCase(kept);
    return utf8Of(stripped(kept));
}

} // namespace earmark
