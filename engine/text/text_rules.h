// What becomes of transcripts before a network learns them: a run's settings text_case and chars_to_ignore, and the same again when the run's model
// is tested. Thread: any.
#pragma once

#include <string>
#include <string_view>

namespace earmark
{

struct TextRules {
    enum class Case { asIs, lower, upper };

    Case letters = Case::asIs;
    std::string ignored; ///< characters (UTF-8) that are left out
};

/// Without the ignored characters, in the case asked for, and without space at either end.
std::string prepared(std::string_view text, const TextRules& rules);

} // namespace earmark
