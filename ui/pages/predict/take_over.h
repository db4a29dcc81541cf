// Predictions as labels of the open project: files are imported where they are not there yet, and each gets the label that was heard, marked as a
// model's. Thread: the edit runs on the project's worker.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/bridge/project_session.h"

namespace earmark
{

struct TakenOver {
    std::string path;           ///< of a file, where `clip` is nothing
    std::optional<ClipId> clip; ///< of the open project
    std::string label;
};

/// What ProjectSession::edit() is to do.
std::function<Result<ProjectSession::Touched>(Project&)> takingOver(std::vector<TakenOver> predictions);

} // namespace earmark
