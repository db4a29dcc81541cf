// What a tokenizer is made of; private to its two sources.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/text/added_tokens.h"
#include "engine/text/byte_pairs.h"
#include "engine/text/roberta_tokenizer.h"

namespace earmark
{

/// Tokens that a text is split at before it is cut into words. Unlike those of a tokenizer in Python they swallow space as they are found, and a single word
/// is one between characters that are part of no word.
class SplitTokens
{
public:
    void add(std::int64_t id, const AddedToken& token);

    struct Piece {
        std::u32string_view text;
        std::int64_t token = -1; ///< −1 for text
    };
    /// Where several tokens fit, the leftmost longest does.
    std::vector<Piece> split(std::u32string_view text) const;

private:
    struct Entry {
        AddedToken token;
        std::int64_t id = 0;
    };
    const Entry* at(std::u32string_view text) const;

    std::map<char32_t, std::vector<Entry>> byFirst_; ///< longest first
};

struct RobertaTokenizer::Data {
    std::map<std::string, std::string> files;
    BytePairs pairs;
    std::map<std::int64_t, AddedToken> added;
    SplitTokens first, second; ///< a text is split at those that are not normalised before those that are
    std::int64_t begin = -1, end = -1; ///< put around a text; −1 where nothing is
    std::int64_t pad = 0;
    std::int64_t size = 0;
    std::int64_t longest = std::int64_t(1) << 62;
    bool prefixSpace = false, cleansUp = false, padsLeft = false, cutsLeft = false;

    void encodePiece(std::u32string_view text, std::vector<std::int64_t>& ids) const;
};

} // namespace earmark
