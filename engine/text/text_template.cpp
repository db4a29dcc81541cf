#include "engine/text/text_template.h"

namespace earmark
{

Result<std::string> filledTemplate(std::string_view pattern, std::string_view label)
{
    std::string text;
    int unnamed = 0, numbered = 0;
    bool understood = true;
    for (std::size_t i = 0; i < pattern.size() && understood;) {
        const std::string_view rest = pattern.substr(i);
        const bool brace = rest[0] == '{' || rest[0] == '}';
        if (!brace) {
            text += rest[0];
            ++i;
        } else if (rest.starts_with("{{") || rest.starts_with("}}")) {
            text += rest[0];
            i += 2;
        } else if (rest.starts_with("{}") || rest.starts_with("{0}")) {
            const bool named = rest[1] == '0';
            ++(named ? numbered : unnamed);
            text += label;
            i += named ? 3 : 2;
        } else {
            understood = false;
        }
    }
    if (!understood || unnamed + numbered == 0 || unnamed > 1 || (unnamed > 0 && numbered > 0))
        return failure("usage", "The template " + quoteName(pattern) + " must have one {} where the label goes, and {{ or }} for a brace of its own.");
    return text;
}

} // namespace earmark
