#include "engine/dataset/import_preview.h"

#include <algorithm>
#include <unordered_set>

#include "engine/dataset/import_list.h"
#include "engine/dataset/import_table.h"

namespace earmark
{

namespace
{

std::string joinedLabels(const std::vector<std::string>& labels)
{
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : " | ") + label;
    return text;
}

/// The first table among the sources, or that describes one; "" where there is none.
std::string tableOf(const std::vector<std::string>& sources, ImportFormat format)
{
    for (const std::string& source : sources) {
        if (isFile(source) && isTableName(source) && format == ImportFormat::table)
            return source;
        if (const std::string metadata = format == ImportFormat::audiofolder ? metadataFile(source) : std::string(); !metadata.empty())
            return metadata;
    }
    return {};
}

void summarise(const ImportList& list, std::size_t rows, ImportPreview& preview)
{
    std::unordered_set<std::string> labels, groups;
    for (const ImportRow& row : list.rows) {
        labels.insert(row.labels.begin(), row.labels.end());
        if (!row.group.empty())
            groups.insert(row.group);
    }
    preview.clips = list.rows.size();
    preview.labels = labels.size();
    preview.groups = groups.size();
    preview.broken = list.broken.size();
    const std::size_t count = std::min(rows, list.rows.size());
    for (std::size_t i = 0; i < count; ++i) {
        const ImportRow& row = list.rows[i * list.rows.size() / count];
        preview.first.push_back({row.shown, joinedLabels(row.labels), row.split, row.group});
    }
}

} // namespace

Result<ImportPreview> previewImport(const std::vector<std::string>& sources, const ImportOptions& options, std::size_t rows)
{
    ImportPreview preview{.options = options};
    auto list = listSources(sources, options, preview.format);
    if (const std::string file = tableOf(sources, preview.format); !file.empty())
        if (const auto table = readTable(file)) {
            preview.columns = table->columns;
            preview.options = withUsualColumns(options, *table);
        }
    if (list)
        summarise(*list, rows, preview);
    else if (preview.columns.empty())
        return tl::unexpected(std::move(list.error()));
    else
        preview.error = std::move(list.error());
    return preview;
}

} // namespace earmark
