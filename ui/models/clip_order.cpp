#include "ui/models/clip_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace earmark
{

namespace
{

constexpr double nothing = std::numeric_limits<double>::infinity(); ///< a row that has nothing to sort by

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// The digits at the start of `text`, without leading zeros; taken off it.
std::string_view takeNumber(std::string_view& text)
{
    std::size_t end = 0;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    std::string_view number = text.substr(0, end);
    text.remove_prefix(end);
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return number;
}

} // namespace

std::weak_ordering naturalOrder(std::string_view a, std::string_view b)
{
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const std::string_view left = takeNumber(a), right = takeNumber(b);
            if (left.size() != right.size())
                return left.size() <=> right.size();
            if (const int order = left.compare(right); order != 0)
                return order <=> 0;
            continue;
        }
        const auto left = static_cast<unsigned char>(lower(a.front())), right = static_cast<unsigned char>(lower(b.front()));
        if (left != right)
            return left <=> right;
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    return a.size() <=> b.size();
}

ClipKeys::ClipKeys(const ClipOrder& order, const ProjectView& view) : order_(order)
{
    for (std::size_t i = 0; i < view.labels.size(); ++i)
        labelPlaces_.emplace_back(view.labels[i].id, static_cast<int>(i));
    std::ranges::sort(labelPlaces_);
    std::vector<int> byName(view.predictionLabels.size());
    std::iota(byName.begin(), byName.end(), 0);
    std::ranges::sort(byName, [&](int a, int b) {
        return naturalOrder(view.predictionLabels[static_cast<std::size_t>(a)], view.predictionLabels[static_cast<std::size_t>(b)]) < 0;
    });
    predictionRanks_.resize(byName.size());
    for (std::size_t rank = 0; rank < byName.size(); ++rank)
        predictionRanks_[static_cast<std::size_t>(byName[rank])] = static_cast<int>(rank);
}

bool ClipKeys::isText() const { return order_.column == ClipColumn::name || order_.column == ClipColumn::group; }

double ClipKeys::number(const ClipRow& row) const
{
    switch (*order_.column) {
    case ClipColumn::label: {
        if (row.labels.empty())
            return nothing;
        const auto place = std::ranges::lower_bound(labelPlaces_, row.labels.front(), {}, &std::pair<std::int64_t, int>::first);
        return place == labelPlaces_.end() ? nothing : place->second;
    }
    case ClipColumn::split:
        return row.split < 0 ? nothing : row.split;
    case ClipColumn::length:
        return row.duration;
    case ClipColumn::state:
        return row.state == ClipState::none ? nothing : static_cast<double>(row.state);
    case ClipColumn::prediction:
        return row.prediction < 0 || static_cast<std::size_t>(row.prediction) >= predictionRanks_.size()
                   ? nothing
                   : predictionRanks_[static_cast<std::size_t>(row.prediction)];
    case ClipColumn::confidence:
        return row.prediction < 0 || std::isnan(row.confidence) ? nothing : static_cast<double>(row.confidence);
    default:
        return 0;
    }
}

void ClipKeys::add(const ClipRow& row)
{
    clips_.push_back(row.id);
    if (!order_.column)
        return;
    if (isText())
        texts_.push_back(order_.column == ClipColumn::name ? row.name : row.group);
    else
        numbers_.push_back(number(row));
}

std::vector<ClipId> ClipKeys::sorted(const std::stop_token& stop) &&
{
    if (!order_.column)
        return std::move(clips_);
    std::vector<std::size_t> order(clips_.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    const auto sortBy = [&](auto isEmpty, auto compare) {
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
            if (stop.stop_requested())
                return false;
            const bool noA = isEmpty(a), noB = isEmpty(b);
            if (noA || noB)
                return !noA && noB;
            return order_.descending ? compare(b, a) : compare(a, b);
        });
    };
    if (isText())
        sortBy([&](std::size_t i) { return texts_[i].empty(); },
               [&](std::size_t a, std::size_t b) { return naturalOrder(texts_[a], texts_[b]) < 0; });
    else
        sortBy([&](std::size_t i) { return numbers_[i] == nothing; }, [&](std::size_t a, std::size_t b) { return numbers_[a] < numbers_[b]; });
    std::vector<ClipId> clips;
    clips.reserve(order.size());
    for (const std::size_t i : order)
        clips.push_back(clips_[i]);
    return clips;
}

} // namespace earmark
