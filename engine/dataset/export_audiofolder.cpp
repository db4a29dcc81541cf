// Hugging Face's `audiofolder`: sound files beside a metadata table, one folder a split.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <unistd.h>

#include "engine/audio/decode.h"
#include "engine/base/utf8.h"
#include "engine/dataset/export_formats.h"
#include "engine/dataset/paths.h"
#include "engine/dataset/wav_writer.h"

namespace earmark
{

namespace fs = std::filesystem;

namespace
{

/// One sound file to be written.
struct Item {
    const Clip* clip;
    AudioClip audio;
    std::vector<std::string> labels;
    std::string split;
    std::string name; ///< in its folder, without suffix
};

std::string paddedNumber(ClipId id)
{
    const std::string number = std::to_string(id);
    return std::string(number.size() < 6 ? 6 - number.size() : 0, '0') + number;
}

Item clipItem(const Clip& clip, std::string split)
{
    Item item{.clip = &clip, .audio = clip.audio, .split = std::move(split), .name = paddedNumber(clip.id) + "-" + safeStem(clip.name)};
    for (const ClipLabel& label : clip.labels)
        item.labels.push_back(label.label);
    return item;
}

Item regionItem(const Clip& clip, const Region& region, std::string split)
{
    Item item{.clip = &clip, .audio = clip.audio, .labels = region.labels, .split = std::move(split)};
    item.audio.start = clip.audio.start + region.start;
    item.audio.end = clip.audio.start + region.end;
    item.name = paddedNumber(clip.id) + "-" + std::to_string(region.id) + "-" + safeStem(clip.name);
    return item;
}

/// With splits, clips in none of them have no place.
std::vector<Item> itemsOf(ExportJob& job)
{
    std::vector<Item> items;
    std::size_t homeless = 0;
    for (const Clip& clip : job.view.clips) {
        const auto found = job.view.splits.find(clip.id);
        if (found == job.view.splits.end() && !job.view.splits.empty()) {
            ++homeless;
            continue;
        }
        const std::string split = found == job.view.splits.end() ? "" : found->second.front();
        if (!job.options.regions)
            items.push_back(clipItem(clip, split));
        else
            for (const Region& region : clip.regions)
                if (!region.labels.empty())
                    items.push_back(regionItem(clip, region, split));
    }
    if (homeless > 0)
        job.report.remarks.push_back({.code = "export.in_no_split",
                                      .message = std::to_string(homeless) + " clips are in no split and were left out.",
                                      .parameters = {{"clips", std::to_string(homeless)}},
                                      .causes = {}});
    return items;
}

bool isWholeFile(const AudioClip& audio) { return audio.start == 0 && !audio.end && audio.source.offset == 0 && !audio.source.length; }

/// 16 bits hold what most files hold; deeper ones, and what would clip, become float.
WavFormat formatFor(const std::string& codec, const std::vector<float>& samples)
{
    const bool deep = std::ranges::any_of(std::initializer_list<const char*>{"s24", "s32", "f32", "f64"},
                                          [&](const char* kind) { return codec.find(kind) != std::string::npos; });
    const bool loud = std::ranges::any_of(samples, [](float sample) { return std::abs(sample) > 1.f; });
    return deep || loud ? WavFormat::float32 : WavFormat::pcm16;
}

/// Copies or cuts; the name that the file got.
Result<std::string> writeSound(const Item& item, const std::string& folder)
{
    if (isWholeFile(item.audio)) {
        const std::string suffix = toUtf8(fs::path(item.audio.source.path).extension().string());
        std::error_code error;
        fs::copy_file(item.audio.source.path, folder + "/" + item.name + suffix, error);
        if (error && ::access(item.audio.source.path.c_str(), R_OK) != 0)
            return tl::unexpected(systemError(error.value(), "read", item.audio.source.path, false));
        if (error)
            return tl::unexpected(systemError(error.value(), "write", folder + "/" + item.name + suffix, true));
        return item.name + suffix;
    }
    EARMARK_TRY(const Waveform sound, decodeAudio(item.audio));
    const std::string name = item.name + ".wav";
    EARMARK_TRY_VOID(writeWavFile(folder + "/" + name, sound.samples, sound.sampleRate, formatFor(item.clip->facts.codec, sound.samples)));
    return name;
}

/// The metadata of one folder; JSON lines where a clip has several labels, since a cell holds one.
class Metadata
{
public:
    Metadata(const std::vector<Item>& items, const std::string& split)
    {
        std::set<std::string> seen = {"file_name", "label", "transcription"};
        for (const Item& item : items) {
            if (item.split != split)
                continue;
            lists_ |= item.labels.size() > 1;
            labels_ |= !item.labels.empty();
            texts_ |= item.clip->transcript.has_value();
            for (const auto& [column, value] : item.clip->columns)
                if (seen.insert(column).second)
                    columns_.push_back(column);
        }
        if (!lists_)
            text_ = csvLine(header());
    }

    void add(const std::string& file, const Item& item)
    {
        if (lists_)
            addObject(file, item);
        else
            addLine(file, item);
    }

    std::string name() const { return lists_ ? "metadata.jsonl" : "metadata.csv"; }
    const std::string& text() const { return text_; }

private:
    std::vector<std::string> header() const
    {
        std::vector<std::string> names = {"file_name"};
        if (labels_)
            names.push_back("label");
        if (texts_)
            names.push_back("transcription");
        names.insert(names.end(), columns_.begin(), columns_.end());
        return names;
    }

    static std::string cellOf(const Clip& clip, const std::string& column)
    {
        const auto cell = std::ranges::find(clip.columns, column, &std::pair<std::string, std::string>::first);
        return cell == clip.columns.end() ? "" : cell->second;
    }

    void addLine(const std::string& file, const Item& item)
    {
        std::vector<std::string> cells = {file};
        if (labels_)
            cells.push_back(item.labels.empty() ? "" : item.labels.front());
        if (texts_)
            cells.push_back(item.clip->transcript ? item.clip->transcript->text : "");
        for (const std::string& column : columns_)
            cells.push_back(cellOf(*item.clip, column));
        text_ += csvLine(cells);
    }

    void addObject(const std::string& file, const Item& item)
    {
        nlohmann::ordered_json object = {{"file_name", file}, {"label", item.labels}};
        if (texts_)
            object["transcription"] = item.clip->transcript ? item.clip->transcript->text : "";
        for (const std::string& column : columns_)
            object[column] = cellOf(*item.clip, column);
        text_ += object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    }

    bool lists_ = false, labels_ = false, texts_ = false;
    std::vector<std::string> columns_;
    std::string text_;
};

std::vector<std::string> splitsOf(const std::vector<Item>& items)
{
    std::vector<std::string> splits;
    for (const Item& item : items)
        if (std::ranges::find(splits, item.split) == splits.end())
            splits.push_back(item.split);
    return splits;
}

/// "train" and so on are names that `datasets` knows; any other is made fit to be a folder.
std::string folderName(const std::string& split) { return split.empty() ? "" : safeStem(split); }

} // namespace

Result<void> exportAudiofolder(ExportJob& job)
{
    const std::vector<Item> items = itemsOf(job);
    std::size_t done = 0;
    for (const std::string& split : splitsOf(items)) {
        const std::string below = folderName(split);
        const std::string folder = below.empty() ? job.folder : job.folder + "/" + below;
        std::error_code error;
        fs::create_directories(folder, error);
        if (error)
            return tl::unexpected(systemError(error.value(), "create", folder, true));
        Metadata metadata(items, split);
        for (const Item& item : items) {
            if (item.split != split)
                continue;
            if (job.stop.stop_requested())
                return {};
            auto name = writeSound(item, folder);
            if (!name && name.error().code != "io.unwritable" && name.error().code != "io.disk_full")
                job.report.remarks.push_back({.code = "export.left_out", .message = "Left out: " + name.error().message, .parameters = {}, .causes = {name.error()}});
            else if (!name)
                return tl::unexpected(std::move(name.error()));
            else {
                metadata.add(*name, item);
                ++job.report.clips;
            }
            job.progress(++done);
        }
        const std::string table = (below.empty() ? "" : below + "/") + metadata.name();
        EARMARK_TRY_VOID(writeFileAtomically(job.folder + "/" + table, metadata.text()));
        job.report.files.push_back(table);
    }
    return {};
}

} // namespace earmark
