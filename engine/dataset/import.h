// Clips from folders and tables into a project. Broken files are listed with their reason and the rest is imported. A file whose content is
// already there is reported as a duplicate and not added, unless a table lists it: all its rows are wanted. A file imported before (same path,
// size and time) is skipped without being opened.
// Thread: any; files are probed and hashed on `threads` threads of its own. The callback is called on the calling thread.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/remark.h"

namespace earmark
{

class Project;

enum class ImportFormat {
    automatic,
    folders,       ///< a folder per label; nested folders take the innermost one's name
    table,         ///< CSV, TSV or JSONL ("csv" on the command line)
    audiofolder,   ///< Hugging Face's: metadata.csv or metadata.jsonl, split folders
    speechCommands ///< Google's Speech Commands
};

/// "auto", "folders", "csv", "audiofolder", "speech-commands". Error: usage.
Result<ImportFormat> importFormatNamed(std::string_view name);
std::string_view importFormatName(ImportFormat format);

struct ImportOptions {
    ImportFormat format = ImportFormat::automatic;
    /// Columns of tables; guessed by their usual names where empty. A column that was named and is not there is import.no_column.
    std::string fileColumn;
    std::string labelColumn;
    std::string textColumn;
    std::string splitColumn;
    std::string groupColumn;
    std::string startColumn; ///< seconds
    std::string endColumn;
    std::vector<std::string> numberColumns; ///< numbers to learn, each under its column's name; never guessed
    std::string labelSeparator; ///< several labels in one cell, e.g. "|"; one label where empty (a JSON list always gives several)
    /// Perl-style regular expression, looked for in each path below the source (or as the table has it); its first capture group
    /// (the whole match where it has none) is the clip's group.
    std::string groupPattern;
    /// Speech Commands: words outside this list become "_unknown_". The ten commands where empty; {"all"} keeps every word.
    std::vector<std::string> words;
    int threads = 0;                ///< as many as there are cores where 0
};

struct ImportProgress {
    std::size_t done = 0;
    std::size_t total = 0; ///< files
};

struct BrokenFile {
    std::string path;
    Error error; ///< its message is the reason
};

struct DuplicateFile {
    std::string path;
    std::string original; ///< the path with the same content
};

struct ImportReport {
    ImportFormat format = ImportFormat::automatic; ///< the one used (of the last source)
    std::size_t added = 0;                         ///< clips
    std::size_t skipped = 0;                       ///< clips that were there already
    std::size_t changed = 0;                       ///< files known before whose content is new; their facts were brought up to date
    std::vector<DuplicateFile> duplicates;
    std::vector<BrokenFile> broken;
    std::vector<Remark> remarks;                   ///< columns chosen, folders that could not be read, …
    bool stopped = false;             ///< by the token; nothing was added
};

/// One transaction and one undo step. Errors: io.not_found, import.*, usage, and those of Project's editing calls.
Result<ImportReport> importClips(Project& project, const std::vector<std::string>& sources, const ImportOptions& options = {},
                                 const std::function<void(const ImportProgress&)>& progress = {}, std::stop_token stop = {});

} // namespace earmark
