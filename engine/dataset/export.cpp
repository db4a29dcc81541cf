#include "engine/dataset/export.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "engine/base/utf8.h"
#include "engine/dataset/export_formats.h"
#include "engine/dataset/paths.h"

namespace earmark
{

namespace
{

struct FormatName {
    ExportFormat format;
    std::string_view name;
};
constexpr FormatName formatNames[] = {{ExportFormat::csv, "csv"},
                                      {ExportFormat::audiofolder, "audiofolder"},
                                      {ExportFormat::labelStudio, "label-studio"},
                                      {ExportFormat::audacity, "audacity"},
                                      {ExportFormat::raven, "raven"}};

Result<ExportView> viewOf(const Project& project)
{
    ExportView view;
    EARMARK_TRY_VOID(project.forEachClip([&](const Clip& clip) {
        if (clip.state != ClipState::excluded)
            view.clips.push_back(clip);
        return true;
    }));
    EARMARK_TRY(const std::vector<Split> splits, project.splits());
    for (const Split& split : splits) {
        view.splitNames.push_back(split.name);
        for (const SplitMember& member : split.members)
            view.splits[member.clip].push_back(split.name);
    }
    return view;
}

/// Replacing a folder must not take the project or its sound with it.
Result<void> checkNothingIsLost(const Project& project, const ExportView& view, const std::string& out)
{
    const std::string below = absolutePath(out) + "/";
    const auto refused = [&](const std::string& inside) {
        return failure("usage", "The folder " + quoteName(out) + " holds " + quoteName(inside) + " and cannot be replaced. Choose another.", out);
    };
    if (project.path().starts_with(below))
        return refused(project.path());
    for (const Clip& clip : view.clips)
        if (clip.audio.source.path.starts_with(below))
            return refused(clip.audio.source.path);
    return {};
}

Result<void> writeFormat(ExportJob& job)
{
    switch (job.options.format) {
    case ExportFormat::audiofolder:
        return exportAudiofolder(job);
    case ExportFormat::labelStudio:
        return exportLabelStudio(job);
    case ExportFormat::audacity:
        return exportAudacity(job);
    case ExportFormat::raven:
        return exportRaven(job);
    default:
        return exportCsv(job);
    }
}

} // namespace

Result<ExportFormat> exportFormatNamed(std::string_view name)
{
    if (const auto found = std::ranges::find(formatNames, name, &FormatName::name); found != std::end(formatNames))
        return found->format;
    return failure("usage", "There is no export format " + quoteName(name) + ". Use csv, audiofolder, label-studio, audacity or raven.");
}

Result<ExportReport> exportProject(const Project& project, const ExportOptions& options,
                                   const std::function<void(std::size_t done, std::size_t total)>& progress, std::stop_token stop)
{
    std::error_code ignored;
    if (!options.overwrite && std::filesystem::exists(options.out, ignored))
        return failure("usage.out_exists", quoteName(options.out) + " exists already. Choose another folder, or use --overwrite.", options.out);
    EARMARK_TRY(const ExportView view, viewOf(project));
    EARMARK_TRY_VOID(checkNothingIsLost(project, view, options.out));
    ExportReport report;
    const auto tell = [&](std::size_t done) {
        if (progress)
            progress(done, view.clips.size());
    };
    auto written = writeFolderAtomically(options.out, [&](const std::string& folder) -> Result<void> {
        ExportJob job{view, options, folder, report, tell, stop};
        EARMARK_TRY_VOID(writeFormat(job));
        if (stop.stop_requested())
            return failure("internal", "The export was stopped."); // so that the folder is not put in place
        return {};
    });
    if (stop.stop_requested())
        return ExportReport{.stopped = true};
    EARMARK_TRY_VOID(std::move(written));
    return report;
}

double endOf(const Clip& clip) { return clip.audio.end.value_or(std::max(clip.audio.start, clip.facts.duration)); }

std::string joinedLabels(const Clip& clip)
{
    std::string text;
    for (const ClipLabel& label : clip.labels)
        text += (text.empty() ? "" : "|") + label.label;
    return text;
}

std::string safeStem(const std::string& path)
{
    std::string name(fileName(path));
    name = toUtf8(name.substr(0, std::max<std::size_t>(1, std::min(name.rfind('.'), name.size()))));
    for (char& c : name)
        if (static_cast<unsigned char>(c) < 0x20 || std::string_view("<>:\"/\\|?*\x7F").find(c) != std::string_view::npos)
            c = '_';
    std::size_t end = 0; // file systems allow 255 bytes; room is left for a number and a suffix
    while (end < name.size() && end + utf8SequenceLength(std::string_view(name).substr(end)) <= 150)
        end += utf8SequenceLength(std::string_view(name).substr(end));
    return name.substr(0, end);
}

std::string csvLine(const std::vector<std::string>& cells)
{
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string& cell = cells[i];
        line += i ? "," : "";
        if (cell.find_first_of(",;\t\"\r\n") == std::string::npos && !cell.starts_with(' ') && !cell.ends_with(' ')) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell)
            line += c == '"' ? "\"\"" : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

std::string numberText(double value)
{
    char text[32];
    return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
}

} // namespace earmark
