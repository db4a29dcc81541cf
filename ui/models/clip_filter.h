// Which clips a table shows: a filter as a plain value, and the same made ready to be asked about many rows of one view. Thread: any.
#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/bridge/project_view.h"

namespace earmark
{

struct ClipFilter {
    enum class Mark { any, decided, skip, unsure, excluded, transcript, noTranscript, regions, note };
    enum class Opinion { any, agree, disagree }; ///< of the shown run with the label; clips without a label, or not predicted, are in neither

    QString text;                      ///< words, each of which is in the name, a label or the group, in any case
    std::optional<std::int64_t> label; ///< 0: without a label
    std::optional<std::string> split;  ///< "": in no split
    Mark mark = Mark::any;
    Opinion opinion = Opinion::any;
    std::optional<std::vector<ClipId>> listed; ///< these and no others

    bool isEmpty() const { return *this == ClipFilter{}; }
    bool operator==(const ClipFilter&) const = default;
};

/// The shown run predicts another label than the clip has; nothing where it has none, or none is predicted.
std::optional<bool> contradicts(const ProjectView& view, const ClipRow& row);

class ClipMatcher
{
public:
    /// Keeps what it needs of the view: good until label set, splits or shown run change.
    ClipMatcher(const ClipFilter& filter, const ProjectView& view);
    bool matches(const ClipRow& row) const;

private:
    struct Word {
        QString text;
        std::string bytes; ///< in lower case where ASCII, else empty
        std::vector<std::int64_t> labels; ///< whose name contains it
    };

    bool matchesText(const ClipRow& row) const;
    bool matchesMark(const ClipRow& row) const;
    bool matchesOpinion(const ClipRow& row) const;

    ClipFilter filter_;
    std::vector<Word> words_;
    std::optional<int> split_; ///< index; -2: there is none of the name
    std::unordered_set<ClipId> listed_;
    std::vector<std::int64_t> predictions_; ///< LabelClass::id by index of the run's label; 0 where the project has none
};

} // namespace earmark
