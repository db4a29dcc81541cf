#include "engine/text/error_rate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/text/unicode.h"

namespace earmark
{

namespace
{

/// The cheapest way to a cell of the table, and what it is made of. Ties are resolved alike everywhere: substitution, then deletion, then insertion.
struct Way {
    std::int64_t substitutions = 0, deletions = 0, insertions = 0;
    std::int64_t cost() const { return substitutions + deletions + insertions; }
};

template <class Items> ErrorCounts align(const Items& reference, const Items& hypothesis)
{
    std::vector<Way> row(hypothesis.size() + 1);
    for (std::size_t j = 1; j < row.size(); ++j)
        row[j].insertions = static_cast<std::int64_t>(j);
    for (const auto& wanted : reference) {
        Way diagonal = row[0];
        ++row[0].deletions;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const Way above = row[j];
            if (wanted == hypothesis[j - 1]) {
                row[j] = diagonal;
            } else {
                Way substituted = diagonal, deleted = above, inserted = row[j - 1];
                ++substituted.substitutions;
                ++deleted.deletions;
                ++inserted.insertions;
                row[j] = std::min({substituted, deleted, inserted}, [](const Way& a, const Way& b) { return a.cost() < b.cost(); });
            }
            diagonal = above;
        }
    }
    const Way& best = row.back();
    return {best.substitutions, best.deletions, best.insertions, static_cast<std::int64_t>(reference.size())};
}

std::vector<std::u32string> words(std::string_view utf8)
{
    std::vector<std::u32string> list(1);
    for (const char32_t c : codePoints(utf8)) {
        if (!isSpace(c))
            list.back() += c;
        else if (!list.back().empty())
            list.emplace_back();
    }
    if (list.back().empty())
        list.pop_back();
    return list;
}

} // namespace

double ErrorCounts::rate() const { return static_cast<double>(errors()) / static_cast<double>(std::max<std::int64_t>(length, 1)); }

ErrorCounts& ErrorCounts::operator+=(const ErrorCounts& other)
{
    substitutions += other.substitutions;
    deletions += other.deletions;
    insertions += other.insertions;
    length += other.length;
    return *this;
}

ErrorCounts wordErrors(std::string_view reference, std::string_view hypothesis) { return align(words(reference), words(hypothesis)); }

ErrorCounts characterErrors(std::string_view reference, std::string_view hypothesis)
{
    const std::u32string wanted = codePoints(reference), given = codePoints(hypothesis);
    return align(stripped(wanted), stripped(given));
}

} // namespace earmark
