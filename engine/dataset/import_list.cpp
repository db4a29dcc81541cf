#include "engine/dataset/import_list.h"

#include <algorithm>
#include <iterator>

#include "engine/base/utf8.h"
#include "engine/dataset/group_pattern.h"
#include "engine/dataset/table.h"

namespace earmark
{

namespace
{

bool holdsSplitTables(const std::string& root)
{
    return std::ranges::any_of(std::initializer_list<const char*>{"/train", "/validation", "/valid", "/dev", "/test"},
                               [&](const char* split) { return !metadataFile(root + split).empty(); });
}

ImportFormat formatOf(const std::string& source)
{
    if (!isFolder(source))
        return isTableName(source) ? ImportFormat::table : ImportFormat::folders;
    if (!metadataFile(source).empty() || holdsSplitTables(source))
        return ImportFormat::audiofolder;
    if (isFile(source + "/validation_list.txt") || isFolder(source + "/_background_noise_"))
        return ImportFormat::speechCommands;
    return ImportFormat::folders;
}

Result<ImportList> listSource(const std::string& source, ImportFormat format, const ImportOptions& options, bool labelByRoot)
{
    if (!isFolder(source) && (format == ImportFormat::audiofolder || format == ImportFormat::speechCommands))
        return failure("usage", quoteName(source) + " is not a folder, as the format " + quoteName(importFormatName(format)) + " needs.", source);
    switch (format) {
    case ImportFormat::table:
        return listTable(source, options);
    case ImportFormat::audiofolder:
        return listAudiofolder(source, options);
    case ImportFormat::speechCommands:
        return listSpeechCommands(source, options);
    default:
        return listFolders(source, options, labelByRoot);
    }
}

Result<void> applyGroupPattern(const std::string& pattern, ImportList& list)
{
    if (pattern.empty())
        return {};
    EARMARK_TRY(const GroupPattern compiled, GroupPattern::compile(pattern));
    std::size_t without = 0;
    for (ImportRow& row : list.rows) {
        const auto group = compiled.groupOf(row.shown);
        without += !group;
        row.group = toUtf8(group.value_or(""));
    }
    if (without > 0)
        list.remarks.push_back({.code = "import.pattern_does_not_match",
                                .message = "The group pattern " + quoteName(pattern) + " does not match the paths of " + std::to_string(without) + " of " +
                                           std::to_string(list.rows.size()) + " clips; they have no group.",
                                .parameters = {{"pattern", quoteName(pattern)}, {"without", std::to_string(without)}, {"clips", std::to_string(list.rows.size())}},
                                .causes = {}});
    return {};
}

} // namespace

Result<ImportList> listSources(const std::vector<std::string>& sources, const ImportOptions& options, ImportFormat& used)
{
    ImportList all;
    for (std::string source : sources) {
        while (source.size() > 1 && source.ends_with('/'))
            source.pop_back();
        EARMARK_TRY_VOID([&]() -> Result<void> {
            if (isFolder(source) || isFile(source))
                return {};
            return failure("io.not_found", "There is no file or folder " + quoteName(source) + ". Check the name.", source);
        }());
        used = options.format == ImportFormat::automatic ? formatOf(source) : options.format;
        EARMARK_TRY(ImportList list, listSource(source, used, options, sources.size() > 1));
        std::ranges::move(list.rows, std::back_inserter(all.rows));
        std::ranges::move(list.broken, std::back_inserter(all.broken));
        std::ranges::move(list.remarks, std::back_inserter(all.remarks));
    }
    EARMARK_TRY_VOID(applyGroupPattern(options.groupPattern, all));
    return all;
}

} // namespace earmark
