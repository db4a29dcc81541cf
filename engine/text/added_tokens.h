// Tokens that a text is split at before anything else is done with it: PreTrainedTokenizer's added tokens, transformers 4.57.6. Thread: any.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace earmark
{

struct AddedToken {
    std::u32string content;
    bool lstrip = false;     ///< swallows white space before it
    bool rstrip = false;     ///< and after it
    bool singleWord = false; ///< counts only with space around it
    bool special = false;
    bool normalized = false;
};

class AddedTokens
{
public:
    void set(std::int64_t id, AddedToken token);

    const std::map<std::int64_t, AddedToken>& byId() const { return byId_; }
    /// Null where there is none.
    const std::int64_t* idOf(std::u32string_view content) const;

    /// Pieces between the tokens and the tokens themselves, which swallow space as they say. Where several tokens fit, the leftmost longest does.
    std::vector<std::u32string> split(std::u32string_view text) const;

private:
    std::vector<std::u32string> cut(std::u32string_view text) const;

    std::map<std::int64_t, AddedToken> byId_;
    std::unordered_map<std::u32string, std::int64_t> ids_;
    std::map<char32_t, std::vector<std::size_t>> lengths_; ///< by first character, longest first
};

} // namespace earmark
