// Word and character error rate: edits that turn the references into the hypotheses (Levenshtein 1966), over the references' length, summed over
// all pairs before they are divided. The same figures as jiwer 3's wer() and cer(), which the recognition examples of transformers report.
// Thread: any. O(reference · hypothesis) time a pair, O(hypothesis) memory.
#pragma once

#include <cstdint>
#include <string_view>

namespace earmark
{

struct ErrorCounts {
    std::int64_t substitutions = 0;
    std::int64_t deletions = 0;  ///< in the reference, not in the hypothesis
    std::int64_t insertions = 0; ///< in the hypothesis, not in the reference
    std::int64_t length = 0;     ///< of the reference

    std::int64_t errors() const { return substitutions + deletions + insertions; }
    /// May be above 1. Of an empty reference: 0 where the hypothesis is empty too, else the number of insertions.
    double rate() const;
    ErrorCounts& operator+=(const ErrorCounts& other);
};

/// Words are what lies between white space. Texts are UTF-8.
ErrorCounts wordErrors(std::string_view reference, std::string_view hypothesis);
/// Characters are code points, spaces between words counted, those around the text not.
ErrorCounts characterErrors(std::string_view reference, std::string_view hypothesis);

} // namespace earmark
