// What of a project differs, as it travels from the thread that reads the file to the view that the window keeps: read on the one, applied on the other,
// where it costs no more than a walk over the rows.
// Private to the room. Thread: readers on the project's worker, applyChange() on the window's thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/bridge/project_view.h"
#include "engine/dataset/project.h"

namespace earmark
{

/// Which part of a ProjectView an edit touches.
struct Touched {
    std::vector<ClipId> clips; ///< that differ, are new or are gone
    bool allRows = false;      ///< more of them than are worth naming
    bool labelSet = false;
    bool splits = false;
    bool runs = false;
};

struct ShownPrediction {
    ClipId clip = 0;
    int label = -1;
    float score = 0;
};

struct ProjectChange {
    bool reset = false;           ///< `rows` are all there are
    std::vector<ClipRow> rows;    ///< rising by id: that differ or are new
    std::vector<ClipId> gone;     ///< rising
    std::optional<std::vector<LabelClass>> labels;
    std::optional<std::vector<SplitSize>> splits;
    std::vector<std::pair<ClipId, int>> splitOf; ///< with splits; rising, the first split of each clip
    std::optional<std::vector<Run>> runs;
    std::optional<std::vector<std::string>> columns;
    struct Undo {
        std::optional<std::string> undoable;
        std::optional<std::string> redoable;
        bool operator==(const Undo&) const = default;
    };
    std::optional<Undo> undo;
    bool shownRunChanged = false;
    std::optional<std::int64_t> shownRun;
    std::vector<std::string> predictionLabels;
    std::vector<ShownPrediction> predictions; ///< rising
};

/// What applyChange() did to the rows, for the signals that tell of it.
struct RowsChanged {
    bool reset = false; ///< rows may stand anywhere now
    int firstAppended = 0;
    int appended = 0; ///< 0 with reset
    std::vector<int> changed; ///< rising; empty with reset
    std::vector<ClipRow> old; ///< all there were before a reset: throwing them away takes its time
};

class ProjectReader
{
public:
    explicit ProjectReader(Project& project) : project_(project) {}

    /// All but the rows.
    Result<ProjectChange> surroundings(const Touched& touched);
    Result<ProjectChange> change(const Touched& touched);
    /// Every row with its split, in parts of so many; `take` returns false to end early.
    Result<void> rows(std::size_t atOnce, const std::function<bool(std::vector<ClipRow>&&)>& take);
    /// The run's predictions; none where absent.
    Result<ProjectChange> shownRun(std::optional<std::int64_t> run);

private:
    Result<void> readSplits(ProjectChange& change);
    Result<void> readUndo(ProjectChange& change);

    Project& project_;
    std::unordered_map<std::string, std::int64_t> labelIds_; ///< of the label set last read
};

RowsChanged applyChange(ProjectChange&& change, ProjectView& view);

} // namespace earmark
