#include <algorithm>
#include <filesystem>

#include "engine/dataset/import_list.h"
#include "engine/dataset/import_table.h"
#include "engine/dataset/paths.h"

namespace earmark
{

namespace
{

void append(ImportList& to, ImportList from)
{
    std::ranges::move(from.rows, std::back_inserter(to.rows));
    std::ranges::move(from.broken, std::back_inserter(to.broken));
    for (Remark& remark : from.remarks)
        if (std::ranges::find(to.remarks, remark.message, &Remark::message) == to.remarks.end())
            to.remarks.push_back(std::move(remark));
}

/// Folders named after splits that hold a table of their own, in the order train, validation, test.
std::vector<std::pair<std::string, std::string>> splitTables(const std::string& root)
{
    std::vector<std::pair<std::string, std::string>> tables; // split, file
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(root, error)) {
        const std::string split = standardSplit(entry.path().filename().string());
        const std::string table = split.empty() ? "" : metadataFile(entry.path().string());
        if (!table.empty())
            tables.emplace_back(split, table);
    }
    const auto rank = [](const auto& table) { return std::pair(table.first == "train" ? 0 : table.first == "validation" ? 1 : 2, table.second); };
    std::ranges::sort(tables, {}, rank);
    return tables;
}

/// "train" for train/1.wav in a table of the whole.
void takeSplitsFromPaths(ImportList& list)
{
    for (ImportRow& row : list.rows)
        if (row.split.empty() && row.shown.find('/') != std::string::npos)
            row.split = standardSplit(std::string_view(row.shown).substr(0, row.shown.find('/')));
}

} // namespace

std::string metadataFile(const std::string& folder)
{
    for (const char* name : {"/metadata.csv", "/metadata.jsonl", "/metadata.tsv"})
        if (isFile(folder + name))
            return folder + name;
    return {};
}

Result<ImportList> listAudiofolder(const std::string& root, const ImportOptions& given)
{
    ImportOptions options = given;
    if (options.fileColumn.empty())
        options.fileColumn = "file_name"; // the format fixes it
    if (const std::string table = metadataFile(root); !table.empty()) {
        EARMARK_TRY(ImportList list, listTable(table, options));
        takeSplitsFromPaths(list);
        return list;
    }
    ImportList list;
    for (const auto& [split, file] : splitTables(root)) {
        EARMARK_TRY(const Table table, readTable(file));
        EARMARK_TRY(ImportList part, listRows(table, file, std::string(folderOf(absolutePath(file))), split, options));
        append(list, std::move(part));
    }
    return list.rows.empty() && list.broken.empty() ? listFolders(root, given, false) : list;
}

} // namespace earmark
