// Formats that describe one sound file in one text file: Audacity's label tracks and Raven's selection tables.

#include <algorithm>
#include <map>
#include <set>

#include "engine/dataset/export_formats.h"

namespace earmark
{

namespace
{

/// A labelled stretch of a file.
struct Stretch {
    double start = 0; ///< seconds of the file
    double end = 0;
    std::optional<double> low;
    std::optional<double> high;
    std::string label;
};

struct Track {
    std::vector<Stretch> stretches;
    int sampleRate = 0;
};

/// Both formats are lines of cells between tabs.
std::string inOneCell(std::string text)
{
    for (char& c : text)
        if (c == '\t' || c == '\n' || c == '\r')
            c = ' ';
    return text;
}

void addClip(Track& track, const Clip& clip)
{
    track.sampleRate = clip.facts.sampleRate;
    for (const ClipLabel& label : clip.labels)
        track.stretches.push_back({clip.audio.start, endOf(clip), {}, {}, inOneCell(label.label)});
    for (const Region& region : clip.regions) {
        const std::vector<std::string> unlabelled = {""};
        for (const std::string& label : region.labels.empty() ? unlabelled : region.labels)
            track.stretches.push_back(
                {clip.audio.start + region.start, clip.audio.start + region.end, region.low, region.high, inOneCell(label)});
    }
}

std::map<std::string, Track> tracksOf(ExportJob& job)
{
    std::map<std::string, Track> tracks;
    for (const Clip& clip : job.view.clips) {
        addClip(tracks[clip.audio.source.path], clip);
        job.progress(++job.report.clips);
    }
    for (auto& [path, track] : tracks)
        std::ranges::stable_sort(track.stretches, {}, &Stretch::start);
    return tracks;
}

std::string audacityText(const Track& track)
{
    std::string text;
    for (const Stretch& stretch : track.stretches) {
        text += numberText(stretch.start) + '\t' + numberText(stretch.end) + '\t' + stretch.label + '\n';
        if (stretch.low || stretch.high) // a spectral selection: a second line that starts with a backslash
            text += "\\\t" + numberText(stretch.low.value_or(-1)) + '\t' + numberText(stretch.high.value_or(-1)) + '\n';
    }
    return text;
}

std::string ravenText(const Track& track)
{
    std::string text = "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tAnnotation\n";
    int number = 0;
    for (const Stretch& stretch : track.stretches)
        text += std::to_string(++number) + "\tSpectrogram 1\t1\t" + numberText(stretch.start) + '\t' + numberText(stretch.end) + '\t' +
                numberText(stretch.low.value_or(0)) + '\t' + numberText(stretch.high.value_or(track.sampleRate / 2.0)) + '\t' + stretch.label + '\n';
    return text;
}

Result<void> writeTracks(ExportJob& job, const std::string& suffix, const std::function<std::string(const Track&)>& textOf)
{
    std::set<std::string> taken;
    for (const auto& [path, track] : tracksOf(job)) {
        if (job.stop.stop_requested())
            return {};
        if (track.stretches.empty())
            continue;
        const std::string stem = safeStem(path);
        std::string name = stem + suffix;
        for (int i = 2; !taken.insert(name).second; ++i)
            name = stem + "-" + std::to_string(i) + suffix;
        EARMARK_TRY_VOID(writeFileAtomically(job.folder + "/" + name, textOf(track)));
        job.report.files.push_back(name);
    }
    return {};
}

} // namespace

Result<void> exportAudacity(ExportJob& job) { return writeTracks(job, ".txt", audacityText); }

Result<void> exportRaven(ExportJob& job) { return writeTracks(job, ".Table.1.selections.txt", ravenText); }

} // namespace earmark
