// What each format of import finds in a source, before any sound is looked at.
// Private to the room. Thread: any.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/dataset/import.h"

namespace earmark
{

struct ImportRow {
    std::string path;  ///< absolute, or relative to the current folder
    std::string shown; ///< as the source has it: below its folder, or as the table says; what a group pattern sees
    double start = 0;  ///< seconds
    std::optional<double> end;
    std::vector<std::string> labels;
    std::vector<std::pair<std::string, double>> numbers;
    std::optional<std::string> transcript;
    std::string split;
    std::string group;
    std::vector<std::pair<std::string, std::string>> columns;
    bool listed = false; ///< by a table, which means each of its rows: content that is there already is no reason to leave it out
    std::optional<double> pieces; ///< cut into pieces of this many seconds, each a clip
};

struct ImportList {
    std::vector<ImportRow> rows; ///< in the order in which clips are to be added
    std::vector<BrokenFile> broken;
    std::vector<Remark> remarks;
};

/// Every source's rows, one after the other, with the groups that a pattern gives them. `used`: the format (of the last source).
Result<ImportList> listSources(const std::vector<std::string>& sources, const ImportOptions& options, ImportFormat& used);
Result<ImportList> listFolders(const std::string& root, const ImportOptions& options, bool labelByRoot);
Result<ImportList> listTable(const std::string& file, const ImportOptions& options);
Result<ImportList> listAudiofolder(const std::string& root, const ImportOptions& options);
Result<ImportList> listSpeechCommands(const std::string& root, const ImportOptions& options);

/// metadata.csv, metadata.tsv or metadata.jsonl in `folder`; "" where there is none.
std::string metadataFile(const std::string& folder);

/// "train", "validation" or "test" for the usual spellings of them, else "".
std::string standardSplit(std::string_view name);

bool isFolder(const std::string& path);
bool isFile(const std::string& path);

} // namespace earmark
