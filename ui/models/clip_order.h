// The columns of the table of clips, and how it is sorted by one: keys are gathered from the rows where the rows are, and sorted on any thread.
#pragma once

#include <compare>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bridge/project_view.h"

namespace earmark
{

enum class ClipColumn { wave, name, label, split, length, group, state, prediction, confidence };
constexpr int clipColumns = 9;

struct ClipOrder {
    std::optional<ClipColumn> column; ///< nothing: as the clips were added
    bool descending = false;

    bool operator==(const ClipOrder&) const = default;
};

/// As people count: "clip 2" before "clip 10", letters of ASCII in any case.
std::weak_ordering naturalOrder(std::string_view a, std::string_view b);

class ClipKeys
{
public:
    /// Keeps what it needs of the view.
    ClipKeys(const ClipOrder& order, const ProjectView& view);

    void add(const ClipRow& row);
    /// The clips in order; equal ones as they were added, those that have nothing to sort by at the end. In no order where stopped.
    std::vector<ClipId> sorted(const std::stop_token& stop = {}) &&;
    bool needsSorting() const { return order_.column.has_value(); }

private:
    bool isText() const;
    double number(const ClipRow& row) const;

    ClipOrder order_;
    std::vector<std::pair<std::int64_t, int>> labelPlaces_; ///< by id, rising
    std::vector<int> predictionRanks_;                      ///< of the run's labels, by name
    std::vector<ClipId> clips_;
    std::vector<double> numbers_;
    std::vector<std::string> texts_;
};

} // namespace earmark
