#include "engine/text/added_tokens.h"

#include <algorithm>

#include "engine/text/unicode.h"

namespace earmark
{

void AddedTokens::set(std::int64_t id, AddedToken token)
{
    if (token.content.empty())
        return;
    std::vector<std::size_t>& lengths = lengths_[token.content.front()];
    const std::size_t length = token.content.size();
    const auto place = std::ranges::lower_bound(lengths, length, std::greater<>());
    if (place == lengths.end() || *place != length)
        lengths.insert(place, length);
    ids_[token.content] = id;
    byId_[id] = std::move(token);
}

const std::int64_t* AddedTokens::idOf(std::u32string_view content) const
{
    const auto found = ids_.find(std::u32string(content));
    return found == ids_.end() ? nullptr : &found->second;
}

std::vector<std::u32string> AddedTokens::cut(std::u32string_view text) const
{
    std::vector<std::u32string> pieces;
    std::size_t start = 0;
    const auto endPiece = [&](std::size_t end) {
        if (end > start)
            pieces.emplace_back(text.substr(start, end - start));
        start = end;
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t matched = 0;
        if (const auto lengths = lengths_.find(text[i]); lengths != lengths_.end())
            for (const std::size_t length : lengths->second)
                if (i + length <= text.size() && idOf(text.substr(i, length))) {
                    matched = length;
                    break;
                }
        if (matched == 0) {
            ++i;
            continue;
        }
        endPiece(i);
        endPiece(i += matched);
    }
    endPiece(text.size());
    return pieces;
}

std::vector<std::u32string> AddedTokens::split(std::u32string_view text) const
{
    std::vector<std::u32string> pieces = cut(text);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::int64_t* id = idOf(pieces[i]);
        const auto token = id ? byId_.find(*id) : byId_.end();
        if (token == byId_.end())
            continue;
        const std::u32string left = i > 0 ? pieces[i - 1] : U"", right = i + 1 < pieces.size() ? pieces[i + 1] : U"";
        if (token->second.rstrip && !right.empty())
            pieces[i + 1] = withoutLeadingSpace(right);
        if (token->second.lstrip && !left.empty())
            pieces[i - 1] = withoutTrailingSpace(left);
        if (!token->second.singleWord)
            continue;
        if (!left.empty() && left.back() != U' ') {
            pieces[i - 1] += pieces[i];
            pieces[i].clear();
        } else if (!right.empty() && right.front() != U' ') {
            pieces[i + 1].insert(0, pieces[i]);
            pieces[i].clear();
        }
    }
    std::erase_if(pieces, [](const std::u32string& piece) { return piece.empty(); });
    return pieces;
}

} // namespace earmark
