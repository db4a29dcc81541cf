// A project as the window sees it: one light row a clip, the label set, the splits and the runs, all in memory. A plain value; ProjectSession keeps
// the one of the open project on the window's thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/dataset/project.h"

namespace earmark
{

struct ClipRow {
    ClipId id = 0;
    std::string name; ///< bytes, as the project keeps the path
    AudioClip audio;
    double duration = 0; ///< seconds, of the clip
    int sampleRate = 0;
    int channels = 0;
    std::string group;
    ClipState state = ClipState::none;
    std::vector<std::int64_t> labels; ///< LabelClass::id
    int split = -1;                   ///< index into ProjectView::splits of the first that holds it
    int regions = 0;
    bool hasTranscript = false;
    bool hasNumber = false; ///< one at least to learn
    bool hasNote = false;
    int prediction = -1;  ///< label of the shown run, index into ProjectView::predictionLabels
    float confidence = 0; ///< its score
};

struct SplitSize {
    std::string name;
    std::string method;
    std::size_t clips = 0;
};

struct ProjectView {
    std::vector<ClipRow> rows; ///< in the order in which they were added: rising by id
    std::vector<LabelClass> labels;
    std::vector<SplitSize> splits;
    std::vector<std::string> columns; ///< further columns that clips have, besides group
    std::vector<Run> runs;
    std::optional<std::int64_t> shownRun;      ///< whose predictions the rows carry
    std::vector<std::string> predictionLabels; ///< that run's labels
    std::optional<std::string> undoable; ///< what undo would do, in the engine's English
    std::optional<std::string> redoable;

    std::optional<std::size_t> rowOf(ClipId id) const; ///< in a microsecond
    const LabelClass* label(std::int64_t id) const;
    const LabelClass* labelNamed(std::string_view name) const;
    const LabelClass* labelWithKey(std::string_view key) const;
    std::string labelName(const ClipRow& row) const; ///< its labels, joined by " | "; "" for none
};

/// What a row says of a clip, but for what is known of all clips only together: split and prediction.
ClipRow rowFrom(const Clip& clip, const std::unordered_map<std::string, std::int64_t>& labelIds);

} // namespace earmark
