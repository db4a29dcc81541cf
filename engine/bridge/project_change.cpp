#include "engine/bridge/project_change.h"

#include <algorithm>

namespace earmark
{

// ---- reading ------------------------------------------------------------------------------------------------------------

Result<void> ProjectReader::readSplits(ProjectChange& change)
{
    EARMARK_TRY(const std::vector<Split> splits, project_.splits());
    change.splits.emplace();
    for (const Split& split : splits) {
        const int index = static_cast<int>(change.splits->size());
        change.splits->push_back({split.name, split.method, split.members.size()});
        for (const SplitMember& member : split.members)
            change.splitOf.emplace_back(member.clip, index);
    }
    std::ranges::sort(change.splitOf);
    const auto [last, end] = std::ranges::unique(change.splitOf, {}, &std::pair<ClipId, int>::first);
    change.splitOf.erase(last, end);
    return {};
}

Result<void> ProjectReader::readUndo(ProjectChange& change)
{
    EARMARK_TRY(auto undoable, project_.undoable());
    EARMARK_TRY(auto redoable, project_.redoable());
    change.undo = {std::move(undoable), std::move(redoable)};
    return {};
}

Result<ProjectChange> ProjectReader::surroundings(const Touched& touched)
{
    ProjectChange change;
    if (touched.labelSet || touched.allRows) {
        EARMARK_TRY(change.labels, project_.labels());
        labelIds_.clear();
        for (const LabelClass& label : *change.labels)
            labelIds_.emplace(label.name, label.id);
    }
    if (touched.splits || touched.allRows)
        EARMARK_TRY_VOID(readSplits(change));
    if (touched.runs) {
        EARMARK_TRY(change.runs, project_.runs());
    }
    if (touched.labelSet || touched.allRows) {
        EARMARK_TRY(change.columns, project_.columns());
    }
    EARMARK_TRY_VOID(readUndo(change));
    return change;
}

Result<ProjectChange> ProjectReader::change(const Touched& touched)
{
    EARMARK_TRY(ProjectChange change, surroundings(touched));
    std::vector<ClipId> wanted = touched.clips;
    std::ranges::sort(wanted);
    const auto [last, end] = std::ranges::unique(wanted);
    wanted.erase(last, end);
    EARMARK_TRY(const std::vector<Clip> clips, project_.clips(wanted));
    for (const Clip& clip : clips)
        change.rows.push_back(rowFrom(clip, labelIds_));
    for (const ClipId id : wanted)
        if (!std::ranges::binary_search(change.rows, id, {}, &ClipRow::id))
            change.gone.push_back(id);
    return change;
}

Result<void> ProjectReader::rows(std::size_t atOnce, const std::function<bool(std::vector<ClipRow>&&)>& take)
{
    ProjectChange splits;
    EARMARK_TRY_VOID(readSplits(splits));
    auto split = splits.splitOf.cbegin();
    std::vector<ClipRow> part;
    bool wanted = true;
    EARMARK_TRY_VOID(project_.forEachClip([&](const Clip& clip) {
        ClipRow& row = part.emplace_back(rowFrom(clip, labelIds_));
        while (split != splits.splitOf.cend() && split->first < row.id)
            ++split;
        if (split != splits.splitOf.cend() && split->first == row.id)
            row.split = split->second;
        if (part.size() >= atOnce)
            wanted = take(std::exchange(part, {}));
        return wanted;
    }));
    if (wanted && !part.empty())
        take(std::move(part));
    return {};
}

Result<ProjectChange> ProjectReader::shownRun(std::optional<std::int64_t> run)
{
    ProjectChange change{.shownRunChanged = true, .shownRun = run};
    if (!run)
        return change;
    EARMARK_TRY(const auto runs, project_.runs());
    EARMARK_TRY(const auto predictions, project_.predictions(*run));
    if (const auto known = std::ranges::find(runs, *run, &Run::id); known != runs.end())
        change.predictionLabels = known->labels;
    for (const Prediction& prediction : predictions) {
        const auto best = std::ranges::max_element(prediction.scores);
        if (best != prediction.scores.end())
            change.predictions.push_back({prediction.clip, static_cast<int>(best - prediction.scores.begin()), *best});
    }
    return change;
}

// ---- applying -----------------------------------------------------------------------------------------------------------

namespace
{

/// What is known of all clips together only, and so is no part of a row that was read by itself.
void keepShared(ClipRow& row, const ClipRow& old)
{
    row.split = old.split;
    row.prediction = old.prediction;
    row.confidence = old.confidence;
}

/// Walks two lists that rise by their clips.
template <class Rows, class Others, class Id, class Meet> void meet(Rows& rows, Others& others, Id id, Meet&& onBoth)
{
    auto other = others.begin();
    for (ClipRow& row : rows) {
        while (other != others.end() && std::invoke(id, *other) < row.id)
            ++other;
        const bool both = other != others.end() && std::invoke(id, *other) == row.id;
        onBoth(row, both ? &*other : nullptr);
    }
}

void replaceRows(std::vector<ClipRow>&& rows, ProjectView& view, RowsChanged& told)
{
    told.old = std::exchange(view.rows, std::move(rows));
    told.reset = true;
    meet(view.rows, told.old, &ClipRow::id, [](ClipRow& row, ClipRow* old) {
        if (old) {
            row.prediction = old->prediction;
            row.confidence = old->confidence;
        }
    });
}

/// Most are newer than all that are there; those that undo brings back are not.
void addRows(std::vector<ClipRow>&& rows, ProjectView& view, RowsChanged& told)
{
    const auto before = static_cast<std::ptrdiff_t>(view.rows.size());
    const bool newer = view.rows.empty() || view.rows.back().id < rows.front().id;
    std::ranges::move(rows, std::back_inserter(view.rows));
    if (!newer) {
        std::ranges::inplace_merge(view.rows, view.rows.begin() + before, {}, &ClipRow::id);
        told.reset = true;
    } else if (!told.reset) {
        told.firstAppended = static_cast<int>(before);
        told.appended = static_cast<int>(rows.size());
    }
}

void updateRows(std::vector<ClipRow>&& rows, const std::vector<ClipId>& gone, ProjectView& view, RowsChanged& told)
{
    if (!gone.empty())
        told.reset = std::erase_if(view.rows, [&](const ClipRow& row) { return std::ranges::binary_search(gone, row.id); }) > 0;
    std::vector<ClipRow> fresh;
    for (ClipRow& row : rows)
        if (const auto place = view.rowOf(row.id)) {
            keepShared(row, view.rows[*place]);
            view.rows[*place] = std::move(row);
            told.changed.push_back(static_cast<int>(*place));
        } else {
            fresh.push_back(std::move(row));
        }
    if (!fresh.empty())
        addRows(std::move(fresh), view, told);
    if (told.reset)
        told.changed.clear();
}

} // namespace

RowsChanged applyChange(ProjectChange&& change, ProjectView& view)
{
    RowsChanged told;
    if (change.labels)
        view.labels = std::move(*change.labels);
    if (change.runs)
        view.runs = std::move(*change.runs);
    if (change.columns)
        view.columns = std::move(*change.columns);
    if (change.reset)
        replaceRows(std::move(change.rows), view, told);
    else
        updateRows(std::move(change.rows), change.gone, view, told);
    if (change.splits) {
        view.splits = std::move(*change.splits);
        meet(view.rows, change.splitOf, &std::pair<ClipId, int>::first,
             [](ClipRow& row, const std::pair<ClipId, int>* split) { row.split = split ? split->second : -1; });
    }
    if (change.shownRunChanged) {
        view.shownRun = change.shownRun;
        view.predictionLabels = std::move(change.predictionLabels);
        meet(view.rows, change.predictions, &ShownPrediction::clip, [](ClipRow& row, const ShownPrediction* shown) {
            row.prediction = shown ? shown->label : -1;
            row.confidence = shown ? shown->score : 0;
        });
    }
    if (change.undo) {
        view.undoable = std::move(change.undo->undoable);
        view.redoable = std::move(change.undo->redoable);
    }
    return told;
}

} // namespace earmark
