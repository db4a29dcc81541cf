#include "engine/text/byte_pairs.h"

#include <array>
#include <queue>

#include "engine/text/unicode.h"

namespace earmark
{

// ---- words ----------------------------------------------------------------------------------------------------------

namespace
{

enum class Kind { letter, number, space, other };

Kind kindOf(char32_t c)
{
    if (isLetter(c))
        return Kind::letter;
    if (isNumber(c))
        return Kind::number;
    return isWhiteSpace(c) ? Kind::space : Kind::other;
}

std::size_t contraction(std::u32string_view text)
{
    for (const std::u32string_view ending : {U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"})
        if (text.starts_with(ending))
            return ending.size();
    return 0;
}

std::size_t runOf(Kind kind, std::u32string_view text, std::size_t from)
{
    while (from < text.size() && kindOf(text[from]) == kind)
        ++from;
    return from;
}

/// Length of the word that a text which is not empty begins with.
std::size_t wordLength(std::u32string_view text)
{
    if (const std::size_t length = contraction(text))
        return length;
    const std::size_t first = text[0] == U' ' && text.size() > 1 ? 1 : 0; // one space goes with the word behind it
    const Kind kind = kindOf(text[first]);
    if (kind != Kind::space)
        return runOf(kind, text, first);
    const std::size_t end = runOf(Kind::space, text, 0);
    return end == text.size() || end == 1 ? end : end - 1; // the last one before a word is left to it
}

} // namespace

void eachWord(std::u32string_view text, const std::function<void(std::u32string_view)>& word)
{
    while (!text.empty()) {
        const std::size_t length = wordLength(text);
        word(text.substr(0, length));
        text.remove_prefix(length);
    }
}

// ---- bytes ----------------------------------------------------------------------------------------------------------

namespace
{

bool isVisible(int byte) { return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE; }

struct Alphabet {
    std::array<char32_t, 256> characters{};
    std::unordered_map<char32_t, unsigned char> bytes;

    Alphabet()
    {
        char32_t next = 0x100;
        for (int byte = 0; byte < 256; ++byte) {
            const char32_t character = isVisible(byte) ? static_cast<char32_t>(byte) : next++;
            characters[static_cast<std::size_t>(byte)] = character;
            bytes[character] = static_cast<unsigned char>(byte);
        }
    }
};

const Alphabet& alphabet()
{
    static const Alphabet one;
    return one;
}

} // namespace

char32_t characterOfByte(unsigned char byte) { return alphabet().characters[byte]; }

std::string bytesOfToken(std::u32string_view token)
{
    std::string bytes;
    for (const char32_t c : token) {
        const auto found = alphabet().bytes.find(c);
        if (found == alphabet().bytes.end())
            return utf8Of(token);
        bytes += static_cast<char>(found->second);
    }
    return bytes;
}

// ---- vocabulary -----------------------------------------------------------------------------------------------------

void BytePairs::addToken(const std::string& token, std::int32_t id)
{
    ids_[token] = id;
    tokens_[id] = token;
    const std::u32string characters = codePoints(token);
    if (const auto byte = alphabet().bytes.find(characters.empty() ? U'\0' : characters[0]); characters.size() == 1 && byte != alphabet().bytes.end())
        byteIds_[byte->second] = id;
}

bool BytePairs::addMerge(const std::string& left, const std::string& right)
{
    const std::int32_t a = idOf(left), b = idOf(right), whole = idOf(left + right);
    if (a < 0 || b < 0 || whole < 0)
        return false;
    merges_[static_cast<std::uint64_t>(a) << 32 | static_cast<std::uint64_t>(b)] = {mergeCount_++, whole};
    return true;
}

void BytePairs::setUnknown(std::int32_t id, bool fused)
{
    unknown_ = id;
    fusesUnknown_ = fused;
}

std::int32_t BytePairs::idOf(const std::string& token) const
{
    const auto found = ids_.find(token);
    return found == ids_.end() ? -1 : found->second;
}

const std::string* BytePairs::tokenOf(std::int64_t id) const
{
    const auto found = tokens_.find(id);
    return found == tokens_.end() ? nullptr : &found->second;
}

const BytePairs::Merge* BytePairs::find(std::int32_t left, std::int32_t right) const
{
    const auto found = merges_.find(static_cast<std::uint64_t>(left) << 32 | static_cast<std::uint64_t>(right));
    return found == merges_.end() ? nullptr : &found->second;
}

// ---- joining --------------------------------------------------------------------------------------------------------

struct BytePairs::Symbol {
    std::int32_t id = 0;
    std::ptrdiff_t previous = -1, next = -1; ///< neighbours that are still there
    bool gone = false;                       ///< joined to the one before
};

std::vector<BytePairs::Symbol> BytePairs::symbolsOf(std::string_view word) const
{
    std::vector<Symbol> symbols;
    bool afterUnknown = false;
    for (const char c : word) {
        const std::int32_t id = byteIds_[static_cast<unsigned char>(c)];
        if (id < 0 && (unknown_ < 0 || (fusesUnknown_ && afterUnknown)))
            continue;
        afterUnknown = id < 0;
        symbols.push_back({.id = id < 0 ? unknown_ : id});
    }
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        symbols[i].previous = static_cast<std::ptrdiff_t>(i) - 1;
        symbols[i].next = i + 1 < symbols.size() ? static_cast<std::ptrdiff_t>(i) + 1 : -1;
    }
    return symbols;
}

/// Pairs wait in a queue by rank, then by place: a long word takes n log n steps.
void BytePairs::join(std::vector<Symbol>& symbols) const
{
    struct Waiting {
        Merge merge;
        std::ptrdiff_t place = 0;
        bool operator<(const Waiting& other) const // the queue gives its greatest
        {
            return merge.rank != other.merge.rank ? merge.rank > other.merge.rank : place > other.place;
        }
    };
    std::priority_queue<Waiting> queue;
    const auto at = [&](std::ptrdiff_t place) -> Symbol& { return symbols[static_cast<std::size_t>(place)]; };
    const auto offer = [&](std::ptrdiff_t place) {
        if (place >= 0 && at(place).next >= 0)
            if (const Merge* merge = find(at(place).id, at(at(place).next).id))
                queue.push({*merge, place});
    };
    for (std::size_t i = 0; i < symbols.size(); ++i)
        offer(static_cast<std::ptrdiff_t>(i));
    while (!queue.empty()) {
        const Waiting best = queue.top();
        queue.pop();
        Symbol& left = at(best.place);
        if (left.gone || left.next < 0)
            continue;
        Symbol& right = at(left.next);
        const Merge* merge = find(left.id, right.id);
        if (!merge || merge->id != best.merge.id)
            continue; // one of the two is another by now
        left.id = best.merge.id;
        left.next = right.next;
        right.gone = true;
        if (left.next >= 0)
            at(left.next).previous = best.place;
        offer(left.previous);
        offer(best.place);
    }
}

void BytePairs::encode(std::string_view word, std::vector<std::int64_t>& ids) const
{
    std::vector<Symbol> symbols = symbolsOf(word);
    join(symbols);
    for (const Symbol& symbol : symbols)
        if (!symbol.gone)
            ids.push_back(symbol.id);
}

} // namespace earmark
