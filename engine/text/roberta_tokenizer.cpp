#include "engine/text/roberta_tokenizer.h"

#include <algorithm>

#include "engine/base/file.h"
#include "engine/text/clean_up.h"
#include "engine/text/roberta_tokenizer_data.h"
#include "engine/text/unicode.h"

namespace earmark
{

// ---- tokens of their own --------------------------------------------------------------------------------------------

void SplitTokens::add(std::int64_t id, const AddedToken& token)
{
    std::vector<Entry>& entries = byFirst_[token.content.front()];
    const auto place = std::ranges::find_if(entries, [&](const Entry& entry) { return entry.token.content.size() < token.content.size(); });
    entries.insert(place, {token, id});
}

const SplitTokens::Entry* SplitTokens::at(std::u32string_view text) const
{
    const auto entries = byFirst_.find(text.front());
    if (entries == byFirst_.end())
        return nullptr;
    const auto found = std::ranges::find_if(entries->second, [&](const Entry& entry) { return text.starts_with(entry.token.content); });
    return found == entries->second.end() ? nullptr : &*found;
}

std::vector<SplitTokens::Piece> SplitTokens::split(std::u32string_view text) const
{
    if (byFirst_.empty())
        return {{text}};
    std::vector<Piece> pieces;
    std::size_t told = 0; // what lies before it is in a piece
    for (std::size_t i = 0; i < text.size();) {
        const Entry* entry = at(text.substr(i));
        if (!entry) {
            ++i;
            continue;
        }
        std::size_t start = i, stop = i + entry->token.content.size();
        i = stop;
        const bool alone = (start == 0 || !isWordCharacter(text[start - 1])) && (stop == text.size() || !isWordCharacter(text[stop]));
        if (entry->token.singleWord && !alone)
            continue;
        while (entry->token.lstrip && start > told && isWhiteSpace(text[start - 1]))
            --start;
        while (entry->token.rstrip && stop < text.size() && isWhiteSpace(text[stop]))
            ++stop;
        if (start > told)
            pieces.push_back({text.substr(told, start - told)});
        pieces.push_back({text.substr(start, stop - start), entry->id});
        told = stop;
    }
    if (told < text.size())
        pieces.push_back({text.substr(told)});
    return pieces;
}

// ---- text to ids ----------------------------------------------------------------------------------------------------

void RobertaTokenizer::Data::encodePiece(std::u32string_view text, std::vector<std::int64_t>& ids) const
{
    std::u32string spaced;
    if (prefixSpace && !text.empty() && text.front() != U' ') {
        spaced = U' ';
        spaced += text;
        text = spaced;
    }
    std::string bytes;
    eachWord(text, [&](std::u32string_view word) {
        bytes.clear();
        for (const char32_t c : word)
            appendUtf8(c, bytes);
        pairs.encode(bytes, ids);
    });
}

std::vector<std::int64_t> RobertaTokenizer::encode(std::string_view text, std::int64_t most) const
{
    std::vector<std::int64_t> ids;
    const std::u32string whole = codePoints(text);
    for (const SplitTokens::Piece& part : data_->first.split(whole)) {
        if (part.token >= 0) {
            ids.push_back(part.token);
            continue;
        }
        for (const SplitTokens::Piece& piece : data_->second.split(part.text)) {
            if (piece.token >= 0)
                ids.push_back(piece.token);
            else
                data_->encodePiece(piece.text, ids);
        }
    }
    const std::int64_t around = (data_->begin >= 0 ? 1 : 0) + (data_->end >= 0 ? 1 : 0);
    const auto room = static_cast<std::size_t>(std::max<std::int64_t>(most - around, 0));
    if (most > 0 && ids.size() > room) {
        if (data_->cutsLeft)
            ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(room));
        else
            ids.resize(room);
    }
    if (data_->begin >= 0)
        ids.insert(ids.begin(), data_->begin);
    if (data_->end >= 0)
        ids.push_back(data_->end);
    return ids;
}

TokenBatch RobertaTokenizer::pad(const std::vector<std::vector<std::int64_t>>& texts) const
{
    TokenBatch batch{.rows = static_cast<std::int64_t>(texts.size())};
    for (const auto& text : texts)
        batch.length = std::max(batch.length, static_cast<std::int64_t>(text.size()));
    for (const auto& text : texts) {
        const auto filling = static_cast<std::size_t>(batch.length) - text.size();
        const auto fill = [&] {
            batch.ids.insert(batch.ids.end(), filling, data_->pad);
            batch.mask.insert(batch.mask.end(), filling, 0);
        };
        if (data_->padsLeft)
            fill();
        batch.ids.insert(batch.ids.end(), text.begin(), text.end());
        batch.mask.insert(batch.mask.end(), text.size(), 1);
        if (!data_->padsLeft)
            fill();
    }
    return batch;
}

// ---- ids to text ----------------------------------------------------------------------------------------------------

std::string RobertaTokenizer::decode(std::span<const std::int64_t> ids, bool skipsSpecial) const
{
    std::string bytes;
    for (const std::int64_t id : ids) {
        if (const auto token = data_->added.find(id); token != data_->added.end()) {
            if (!skipsSpecial || !token->second.special)
                bytes += bytesOfToken(token->second.content);
        } else if (const std::string* known = data_->pairs.tokenOf(id)) {
            bytes += bytesOfToken(codePoints(*known));
        }
    }
    std::string text = utf8Of(codePoints(bytes)); // half a character becomes U+FFFD
    return data_->cleansUp ? cleanedUp(std::move(text)) : text;
}

// ---- the rest -------------------------------------------------------------------------------------------------------

std::int64_t RobertaTokenizer::size() const { return data_->size; }

std::int64_t RobertaTokenizer::padId() const { return data_->pad; }

std::int64_t RobertaTokenizer::longest() const { return data_->longest; }

const std::map<std::string, std::string>& RobertaTokenizer::files() const { return data_->files; }

Result<void> RobertaTokenizer::save(const std::string& folder) const
{
    for (const auto& [name, content] : data_->files)
        EARMARK_TRY_VOID(writeFileAtomically(folder + "/" + name, content));
    return {};
}

} // namespace earmark
