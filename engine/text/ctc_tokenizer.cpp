#include "engine/text/ctc_tokenizer.h"

#include <algorithm>

#include "engine/base/file.h"
#include "engine/text/clean_up.h"
#include "engine/text/ctc_tokenizer_data.h"
#include "engine/text/unicode.h"

namespace earmark
{

// ---- text to ids ----------------------------------------------------------------------------------------------------

std::optional<std::int64_t> CtcTokenizer::Data::inVocabulary(const std::u32string& token) const
{
    if (const std::int64_t* id = added.idOf(token))
        return *id;
    const auto found = encoder.find(token);
    return found == encoder.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::int64_t> CtcTokenizer::Data::idOf(const std::u32string& token) const
{
    if (const auto id = inVocabulary(token))
        return id;
    const auto found = encoder.find(unknown);
    return found == encoder.end() ? std::nullopt : std::optional(found->second);
}

/// Under do_lower_case upstream lower-cases character by character, special tokens and line feeds left out, and then writes all in capitals.
std::u32string CtcTokenizer::Data::prepared(std::u32string_view text) const
{
    if (!lowerCase)
        return std::u32string(text);
    std::u32string lowered;
    for (std::size_t i = 0; i < text.size();) {
        const auto kept = std::ranges::find_if(keptInLowerCase, [&](const std::u32string& token) { return text.substr(i).starts_with(token); });
        if (kept != keptInLowerCase.end()) {
            lowered += *kept;
            i += kept->size();
        } else {
            lowered += text[i] == U'\n' ? std::u32string(1, text[i]) : earmark::lowerCase(text.substr(i, 1));
            ++i;
        }
    }
    return lowered;
}

std::vector<std::u32string> CtcTokenizer::Data::tokenize(std::string_view text) const
{
    const std::u32string whole = prepared(codePoints(text));
    const std::vector<std::u32string> pieces = splitsSpecial ? std::vector<std::u32string>{whole} : added.split(whole);
    std::vector<std::u32string> tokens;
    for (const std::u32string& piece : pieces) {
        if (!splitsSpecial && added.idOf(piece)) {
            tokens.push_back(piece);
            continue;
        }
        for (const char32_t c : lowerCase ? upperCase(piece) : piece) {
            if (c != U' ')
                tokens.emplace_back(1, c);
            else
                for (const char32_t part : delimiter)
                    tokens.emplace_back(1, part);
        }
    }
    return tokens;
}

Result<std::vector<std::int64_t>> CtcTokenizer::encode(std::string_view text) const
{
    std::vector<std::int64_t> ids;
    for (const std::u32string& token : data_->tokenize(text)) {
        const auto id = data_->idOf(token);
        if (!id)
            return failure("train.bad_labels", "The vocabulary has no " + quoteName(utf8Of(token)) + ", and no token for what it does not know; the text is " +
                                                   quoteName(text) + ".");
        ids.push_back(*id);
    }
    return ids;
}

bool CtcTokenizer::knows(char32_t character) const
{
    const std::u32string one(1, character);
    const std::u32string written = character == U' ' ? data_->delimiter : data_->lowerCase ? upperCase(data_->prepared(one)) : one;
    return std::ranges::all_of(written, [&](char32_t c) { return data_->inVocabulary(std::u32string(1, c)).has_value(); });
}

// ---- ids to text ----------------------------------------------------------------------------------------------------

std::u32string CtcTokenizer::Data::tokenOf(std::int64_t id) const
{
    if (const auto token = added.byId().find(id); token != added.byId().end())
        return token->second.content;
    const auto found = decoder.find(id);
    return found == decoder.end() ? unknown : found->second;
}

namespace
{

struct Spoken {
    std::u32string token;
    std::int64_t start = 0, end = 0;
};

/// _get_word_offsets: a word begins and ends where tokens change between the space and anything else.
std::vector<DecodedWord> wordsOf(const std::vector<Spoken>& tokens, const std::u32string& space)
{
    std::vector<DecodedWord> words;
    Spoken word;
    bool inWord = false;
    const auto finish = [&] { words.push_back({utf8Of(word.token), word.start, word.end}); };
    for (const Spoken& one : tokens) {
        const bool isSpace = one.token == space;
        if (!isSpace && inWord) {
            word.token += one.token;
            word.end = one.end;
        } else if (!isSpace) {
            word = one;
        } else if (inWord) {
            finish();
        }
        inWord = !isSpace;
    }
    if (inWord)
        finish();
    return words;
}

} // namespace

DecodedText CtcTokenizer::decode(std::span<const std::int64_t> ids, bool groups) const
{
    std::vector<Spoken> tokens;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i);
        std::u32string token = data_->tokenOf(ids[i]);
        if (groups && !tokens.empty() && tokens.back().token == token)
            tokens.back().end = at + 1;
        else
            tokens.push_back({std::move(token), at, at + 1});
    }
    std::erase_if(tokens, [&](const Spoken& one) { return !data_->pad.empty() && one.token == data_->pad; });
    std::u32string text;
    for (Spoken& one : tokens) {
        if (one.token == data_->delimiter)
            one.token = data_->spaceShown;
        text += one.token;
    }
    text = std::u32string(stripped(text));
    if (data_->lowerCase)
        text = earmark::lowerCase(text);
    std::string utf8 = utf8Of(text);
    return {data_->cleansUp ? cleanedUp(std::move(utf8)) : std::move(utf8), wordsOf(tokens, data_->spaceShown)};
}

// ---- the rest -------------------------------------------------------------------------------------------------------

std::int64_t CtcTokenizer::size() const { return data_->size; }

std::int64_t CtcTokenizer::padId() const { return data_->inVocabulary(data_->pad).value_or(-1); }

const std::string& CtcTokenizer::language() const { return data_->language; }

std::vector<std::string> CtcTokenizer::languages() const { return data_->languages; }

const std::map<std::string, std::string>& CtcTokenizer::files() const { return data_->files; }

Result<void> CtcTokenizer::save(const std::string& folder) const
{
    for (const auto& [name, content] : data_->files)
        EARMARK_TRY_VOID(writeFileAtomically(folder + "/" + name, content));
    return {};
}

} // namespace earmark
