#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/base/utf8.h"
#include "engine/dataset/file_walk.h"
#include "engine/dataset/import_list.h"
#include "engine/dataset/paths.h"
#include "engine/dataset/table.h"

namespace earmark
{

namespace
{

std::string_view topFolder(std::string_view path)
{
    const std::size_t slash = path.find('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

/// train/cat/1.wav: the folders at the top are splits where all of them are, and one is for training.
bool haveSplitFolders(const std::vector<std::string>& files)
{
    std::set<std::string> splits;
    for (const std::string& file : files) {
        const std::string split = standardSplit(topFolder(file));
        if (split.empty())
            return false;
        splits.insert(split);
    }
    return splits.contains("train");
}

/// The folder that directly contains the file, below the split's folder where there is one.
std::string labelOf(std::string_view file, bool splitFolders)
{
    std::string_view folder = folderOf(file);
    if (splitFolders)
        folder.remove_prefix(std::min(folder.size(), topFolder(file).size() + 1));
    return toUtf8(fileName(folder));
}

void remarkTables(const std::string& root, std::vector<Remark>& remarks)
{
    std::error_code error;
    std::vector<std::string> tables;
    for (const auto& entry : std::filesystem::directory_iterator(root, error))
        if (isTableName(entry.path().filename().string()))
            tables.push_back(entry.path().filename().string());
    std::ranges::sort(tables);
    for (const std::string& table : tables)
        remarks.push_back({.code = "import.table_not_read",
                           .message = "The folder holds the table " + quoteName(table) + ", which was not read; name it as the source to use it.",
                           .parameters = {{"table", quoteName(table)}},
                           .causes = {}});
}

} // namespace

bool isFolder(const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
}

bool isFile(const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

std::string standardSplit(std::string_view name)
{
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto isOneOf = [&](std::initializer_list<std::string_view> names) { return std::ranges::find(names, lower) != names.end(); };
    if (isOneOf({"train", "training"}))
        return "train";
    if (isOneOf({"validation", "valid", "val", "validate", "dev", "development"}))
        return "validation";
    if (isOneOf({"test", "testing", "eval", "evaluation"}))
        return "test";
    return {};
}

Result<ImportList> listFolders(const std::string& root, const ImportOptions&, bool labelByRoot)
{
    ImportList list;
    if (!isFolder(root)) { // a sound file by itself
        list.rows.push_back({.path = root, .shown = std::string(fileName(root))});
        return list;
    }
    EARMARK_TRY(FileWalk walk, walkFiles(root));
    const bool splitFolders = haveSplitFolders(walk.files);
    for (const std::string& file : walk.files) {
        ImportRow row{.path = root + '/' + file, .shown = file};
        if (splitFolders)
            row.split = standardSplit(topFolder(file));
        std::string label = labelOf(file, splitFolders);
        if (label.empty() && labelByRoot)
            label = toUtf8(fileName(absolutePath(root)));
        if (!label.empty())
            row.labels.push_back(std::move(label));
        list.rows.push_back(std::move(row));
    }
    if (auto remark = passedByRemark(walk))
        list.remarks.push_back(std::move(*remark));
    remarkTables(root, list.remarks);
    list.broken = std::move(walk.unreadable);
    return list;
}

} // namespace earmark
