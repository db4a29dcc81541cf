// What a tokenizer is made of; private to its two sources.
#pragma once

#include <optional>
#include <unordered_map>

#include "engine/text/added_tokens.h"
#include "engine/text/ctc_tokenizer.h"

namespace earmark
{

struct CtcTokenizer::Data {
    std::map<std::string, std::string> files;
    std::string language;
    std::vector<std::string> languages;
    std::unordered_map<std::u32string, std::int64_t> encoder;
    std::unordered_map<std::int64_t, std::u32string> decoder;
    AddedTokens added;
    std::vector<std::u32string> keptInLowerCase; ///< special tokens and others that do_lower_case passes over
    std::u32string unknown, pad;                 ///< "" where there is none
    std::u32string delimiter = U"|", spaceShown = U" ";
    bool lowerCase = false, cleansUp = false, splitsSpecial = false;
    std::int64_t size = 0;

    std::optional<std::int64_t> inVocabulary(const std::u32string& token) const;
    std::optional<std::int64_t> idOf(const std::u32string& token) const;
    std::u32string tokenOf(std::int64_t id) const;
    std::u32string prepared(std::u32string_view text) const;
    std::vector<std::u32string> tokenize(std::string_view text) const;
};

} // namespace earmark
