// What an import would find, before any sound is looked at: for a window that asks how to import. Thread: any; it lists folders and reads tables.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/dataset/import.h"

namespace earmark
{

struct ImportPreview {
    struct Row {
        std::string path; ///< as the source has it; what a group pattern sees
        std::string label; ///< several joined by " | "
        std::string split;
        std::string group;
    };

    ImportFormat format = ImportFormat::automatic; ///< the one used (of the last source)
    std::vector<std::string> columns;              ///< of the first table; none where there is no table
    ImportOptions options;                         ///< as asked for, with the columns that would be used filled in
    std::size_t clips = 0;
    std::size_t labels = 0;   ///< different ones
    std::size_t groups = 0;   ///< different ones
    std::size_t broken = 0;   ///< rows and folders that cannot be read
    std::vector<Row> first;   ///< some rows, spread over all
    std::optional<Error> error; ///< why nothing could be imported like this, where columns are known all the same
};

/// `rows` at most. Errors: those that importClips() would have before it looks at sound.
Result<ImportPreview> previewImport(const std::vector<std::string>& sources, const ImportOptions& options, std::size_t rows = 50);

} // namespace earmark
