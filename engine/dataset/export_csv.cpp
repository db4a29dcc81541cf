// clips.csv, which `import` reads back, and regions.csv.

#include <algorithm>
#include <set>

#include "engine/dataset/export_formats.h"

namespace earmark
{

namespace
{

const std::vector<std::string> clipColumns = {"file", "start", "end", "label", "text", "split", "group", "state", "note"};

/// Further columns: numbers first, then those of the tables the clips came from; names that are taken are left out.
struct FurtherColumns {
    std::vector<std::string> numbers;
    std::vector<std::string> cells;
};

FurtherColumns furtherColumns(const ExportView& view)
{
    std::set<std::string> seen(clipColumns.begin(), clipColumns.end());
    FurtherColumns further;
    for (const Clip& clip : view.clips)
        for (const ClipNumber& number : clip.numbers)
            if (seen.insert(number.name.empty() ? "value" : number.name).second)
                further.numbers.push_back(number.name);
    for (const Clip& clip : view.clips)
        for (const auto& [column, value] : clip.columns)
            if (seen.insert(column).second)
                further.cells.push_back(column);
    return further;
}

/// Times only where the clip is not the whole file, so that the table reads back as the same clips.
std::vector<std::string> clipCells(const Clip& clip, const ExportView& view)
{
    const auto split = view.splits.find(clip.id);
    const bool whole = clip.audio.start == 0 && !clip.audio.end;
    return {clip.audio.source.path,
            whole ? "" : numberText(clip.audio.start),
            clip.audio.end ? numberText(*clip.audio.end) : "",
            joinedLabels(clip),
            clip.transcript ? clip.transcript->text : "",
            split == view.splits.end() ? "" : split->second.front(),
            clip.group,
            std::string(stateName(clip.state)),
            clip.note ? clip.note->text : ""};
}

std::string clipLine(const Clip& clip, const ExportView& view, const FurtherColumns& further)
{
    std::vector<std::string> cells = clipCells(clip, view);
    for (const std::string& name : further.numbers) {
        const auto number = std::ranges::find(clip.numbers, name, &ClipNumber::name);
        cells.push_back(number == clip.numbers.end() ? "" : numberText(number->value));
    }
    for (const std::string& name : further.cells) {
        const auto cell = std::ranges::find(clip.columns, name, &std::pair<std::string, std::string>::first);
        cells.push_back(cell == clip.columns.end() ? "" : cell->second);
    }
    return csvLine(cells);
}

std::string regionLines(const Clip& clip)
{
    std::string lines;
    for (const Region& region : clip.regions) {
        std::string labels;
        for (const std::string& label : region.labels)
            labels += (labels.empty() ? "" : "|") + label;
        lines += csvLine({clip.audio.source.path, numberText(clip.audio.start + region.start), numberText(clip.audio.start + region.end),
                          region.low ? numberText(*region.low) : "", region.high ? numberText(*region.high) : "", labels,
                          region.stamp.author, std::string(originName(region.stamp.origin))});
    }
    return lines;
}

} // namespace

Result<void> exportCsv(ExportJob& job)
{
    const FurtherColumns further = furtherColumns(job.view);
    std::vector<std::string> header = clipColumns;
    for (const std::string& name : further.numbers)
        header.push_back(name.empty() ? "value" : name);
    header.insert(header.end(), further.cells.begin(), further.cells.end());
    std::string clips = csvLine(header);
    std::string regions = csvLine({"file", "start", "end", "low_frequency", "high_frequency", "label", "author", "origin"});
    const std::size_t regionHeader = regions.size();
    for (const Clip& clip : job.view.clips) {
        clips += clipLine(clip, job.view, further);
        regions += regionLines(clip);
        job.progress(++job.report.clips);
    }
    EARMARK_TRY_VOID(writeFileAtomically(job.folder + "/clips.csv", clips));
    job.report.files = {"clips.csv"};
    if (regions.size() == regionHeader)
        return {};
    job.report.files.push_back("regions.csv");
    return writeFileAtomically(job.folder + "/regions.csv", regions);
}

} // namespace earmark
