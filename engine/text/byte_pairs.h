// Byte-level byte-pair encoding (Sennrich et al. 2016; GPT-2): a text is cut into words, and in each the pair of neighbours that was learnt first is joined,
// again and again. As Hugging Face's tokenizers 0.22 do it. Thread: any.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace earmark
{

/// Calls `word` for each word of GPT-2's pattern, in order; together they are the text:
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
void eachWord(std::u32string_view text, const std::function<void(std::u32string_view word)>& word);

/// A vocabulary writes each byte as one visible character: itself where it is visible, else one from U+0100 on.
char32_t characterOfByte(unsigned char byte);
/// A token as the vocabulary writes it, as bytes; its own UTF-8 where it holds any other character.
std::string bytesOfToken(std::u32string_view token);

class BytePairs
{
public:
    void addToken(const std::string& token, std::int32_t id);
    /// Of a rank below all before it. False where one of the parts or the whole is no token.
    bool addMerge(const std::string& left, const std::string& right);
    /// What a byte becomes that the vocabulary lacks: this id, once for several in a row where `fused`. Without it such bytes are left out.
    void setUnknown(std::int32_t id, bool fused);

    /// −1 where there is none.
    std::int32_t idOf(const std::string& token) const;
    /// Null where there is none.
    const std::string* tokenOf(std::int64_t id) const;
    std::size_t size() const { return ids_.size(); }

    void encode(std::string_view word, std::vector<std::int64_t>& ids) const;

private:
    struct Symbol;
    struct Merge {
        std::int32_t rank = 0, id = 0;
    };

    const Merge* find(std::int32_t left, std::int32_t right) const;
    std::vector<Symbol> symbolsOf(std::string_view word) const;
    void join(std::vector<Symbol>& symbols) const;

    std::unordered_map<std::string, std::int32_t> ids_;
    std::unordered_map<std::int64_t, std::string> tokens_;
    std::unordered_map<std::uint64_t, Merge> merges_; ///< by both parts
    std::vector<std::int32_t> byteIds_ = std::vector<std::int32_t>(256, -1);
    std::int32_t mergeCount_ = 0;
    std::int32_t unknown_ = -1;
    bool fusesUnknown_ = false;
};

} // namespace earmark
