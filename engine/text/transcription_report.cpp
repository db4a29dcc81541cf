#include "engine/text/transcription_report.h"

#include <nlohmann/json.hpp>

namespace earmark
{

namespace
{

using Json = nlohmann::ordered_json;

Json counts(const ErrorCounts& errors)
{
    return {{"substitutions", errors.substitutions}, {"deletions", errors.deletions}, {"insertions", errors.insertions}, {"length", errors.length}};
}

Json summary(const TranscriptionReport& report, const std::string& split)
{
    return {{"split", split}, {"clips", report.clips}, {"wer", report.words.rate()}, {"cer", report.characters.rate()}};
}

} // namespace

TranscriptionReport transcriptionReport(std::vector<TranscribedReference> clips)
{
    TranscriptionReport report{.clips = static_cast<std::int64_t>(clips.size()), .perClip = std::move(clips)};
    for (const TranscribedReference& clip : report.perClip) {
        report.words += wordErrors(clip.reference, clip.text);
        report.characters += characterErrors(clip.reference, clip.text);
    }
    return report;
}

std::string toJson(const TranscriptionReport& report, const std::string& split)
{
    Json json = summary(report, split);
    json["words"] = counts(report.words);
    json["characters"] = counts(report.characters);
    Json& clips = json["per_clip"] = Json::array();
    for (const TranscribedReference& clip : report.perClip)
        clips.push_back({{"id", clip.id},
                         {"file", clip.name},
                         {"reference", clip.reference},
                         {"text", clip.text},
                         {"wer", wordErrors(clip.reference, clip.text).rate()},
                         {"cer", characterErrors(clip.reference, clip.text).rate()}});
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summaryJson(const TranscriptionReport& report, const std::string& split)
{
    return summary(report, split).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace earmark
