// What each format of export writes into the folder that is being made.
// Private to the room. Thread: any.
#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/dataset/export.h"
#include "engine/dataset/project.h"

namespace earmark
{

/// The project as an export sees it: excluded clips are left out.
struct ExportView {
    std::vector<Clip> clips;
    std::map<ClipId, std::vector<std::string>> splits; ///< by clip, in the splits' order
    std::vector<std::string> splitNames;
};

struct ExportJob {
    const ExportView& view;
    const ExportOptions& options;
    std::string folder; ///< to write into
    ExportReport& report;
    std::function<void(std::size_t done)> progress;
    std::stop_token stop;
};

/// Where stopped, they return early without error.
Result<void> exportCsv(ExportJob& job);
Result<void> exportAudiofolder(ExportJob& job);
Result<void> exportLabelStudio(ExportJob& job);
Result<void> exportAudacity(ExportJob& job);
Result<void> exportRaven(ExportJob& job);

/// Where a clip ends, in seconds of its source.
double endOf(const Clip& clip);
/// Labels in one cell, with bars between them.
std::string joinedLabels(const Clip& clip);
/// A file's name without folder and suffix, fit for any file system.
std::string safeStem(const std::string& path);

/// One line of RFC 4180, with the line's end.
std::string csvLine(const std::vector<std::string>& cells);
/// The shortest text that reads back as the same number.
std::string numberText(double value);

} // namespace earmark
