// A project's labels, and its clips where the format wants them, out again. The output folder appears whole or not at all.
// Thread: any. The callback is called on the calling thread.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/remark.h"
#include "engine/base/error.h"

namespace earmark
{

class Project;

enum class ExportFormat {
    csv,         ///< clips.csv, one row a clip, and regions.csv; sound stays where it is
    audiofolder, ///< Hugging Face's: the clips copied or cut, with metadata.csv, one folder a split
    labelStudio, ///< tasks.json
    audacity,    ///< one label track a file
    raven        ///< one selection table a file
};

/// "csv", "audiofolder", "label-studio", "audacity", "raven". Error: usage.
Result<ExportFormat> exportFormatNamed(std::string_view name);

struct ExportOptions {
    ExportFormat format = ExportFormat::csv;
    std::string out;        ///< folder to make
    bool overwrite = false; ///< replace it where it exists; usage.out_exists otherwise
    bool regions = false;   ///< audiofolder: each labelled region is a clip of its own
};

struct ExportReport {
    std::size_t clips = 0;
    std::vector<std::string> files; ///< tables written, relative to `out`
    std::vector<Remark> remarks; ///< clips that were left out and why
    bool stopped = false; ///< nothing was written
};

/// Errors: usage.out_exists, io.*, and those of Project.
Result<ExportReport> exportProject(const Project& project, const ExportOptions& options,
                                   const std::function<void(std::size_t done, std::size_t total)>& progress = {},
                                   std::stop_token stop = {});

} // namespace earmark
