// Label Studio's tasks.json, as its "Audio" templates name things: choices for clips, labels for regions, a text area for transcripts.

#include <nlohmann/json.hpp>

#include "engine/base/utf8.h"
#include "engine/dataset/export_formats.h"

namespace earmark
{

namespace
{

using Json = nlohmann::ordered_json;

Json resultsOf(const Clip& clip)
{
    Json results = Json::array();
    const auto add = [&](const char* from, const char* type, Json value) {
        results.push_back({{"from_name", from}, {"to_name", "audio"}, {"type", type}, {"value", std::move(value)}});
    };
    if (!clip.labels.empty()) {
        Json choices = Json::array();
        for (const ClipLabel& label : clip.labels)
            choices.push_back(label.label);
        add("choice", "choices", {{"choices", choices}});
    }
    for (const Region& region : clip.regions)
        add("label", "labels", {{"start", region.start}, {"end", region.end}, {"channel", 0}, {"labels", region.labels}});
    if (clip.transcript)
        add("transcription", "textarea", {{"text", Json::array({clip.transcript->text})}});
    return results;
}

Json taskOf(const Clip& clip)
{
    Json data = {{"audio", toUtf8(clip.audio.source.path)}, {"clip", clip.id}};
    if (clip.audio.start > 0 || clip.audio.end)
        data.update({{"start", clip.audio.start}, {"end", endOf(clip)}});
    for (const auto& [column, value] : clip.columns)
        if (!data.contains(column))
            data[column] = value;
    Json task = {{"data", std::move(data)}};
    if (Json results = resultsOf(clip); !results.empty())
        task["annotations"] = Json::array({{{"result", std::move(results)}}});
    return task;
}

} // namespace

Result<void> exportLabelStudio(ExportJob& job)
{
    Json tasks = Json::array();
    for (const Clip& clip : job.view.clips) {
        tasks.push_back(taskOf(clip));
        job.progress(++job.report.clips);
    }
    job.report.files = {"tasks.json"};
    return writeFileAtomically(job.folder + "/tasks.json", tasks.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace earmark
