#include "engine/eval/report_file.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

namespace earmark
{

namespace
{

using Json = nlohmann::json;

constexpr std::size_t mostLabels = 4096; ///< the confusion matrix is its square

tl::unexpected<Error> bad(const std::string& what)
{
    return failure("eval.bad_report", "The report cannot be read: " + what + ". Test the model again.");
}

/// null for a clip of no known label.
Result<int> idOf(const std::map<std::string, int>& ids, const Json& name)
{
    if (name.is_null())
        return -1;
    const auto found = name.is_string() ? ids.find(name.get_ref<const std::string&>()) : ids.end();
    if (found == ids.end())
        return bad("a clip has a label that is not in the list of labels");
    return found->second;
}

Result<ReportedClip> clipOf(const Json& json, const std::map<std::string, int>& ids)
{
    if (!json.is_object() || !json.contains("id") || !json["id"].is_number_integer() || !json.contains("file") || !json["file"].is_string() ||
        !json.contains("scores") || !json["scores"].is_array() || !json.contains("label") || !json.contains("prediction"))
        return bad("a clip lacks its id, file, label, prediction or scores");
    ReportedClip clip{.id = json["id"].get<std::int64_t>(), .name = json["file"].get<std::string>()};
    EARMARK_TRY(clip.label, idOf(ids, json["label"]));
    EARMARK_TRY(clip.prediction, idOf(ids, json["prediction"]));
    if (!json["scores"].empty() && json["scores"].size() != ids.size())
        return bad("a clip has not one score a label");
    clip.scores.reserve(json["scores"].size());
    for (const Json& score : json["scores"]) {
        if (!score.is_number() || std::abs(score.get<double>()) > std::numeric_limits<float>::max())
            return bad("a score is not a number");
        clip.scores.push_back(score.get<float>());
    }
    return clip;
}

Result<std::vector<std::string>> labelsOf(const Json& json)
{
    if (!json.is_array() || json.size() > mostLabels)
        return bad("it has no list of labels, or too many");
    std::vector<std::string> labels;
    for (const Json& label : json) {
        if (!label.is_string())
            return bad("a label is not a text");
        labels.push_back(label.get<std::string>());
    }
    return labels;
}

std::string cell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char letter : text)
        quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return quoted + '"';
}

std::string number(float value)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

const std::string& nameOf(const ClassificationReport& report, int label)
{
    static const std::string none;
    return label < 0 ? none : report.labels.at(static_cast<std::size_t>(label));
}

} // namespace

Result<StoredReport> parseReport(std::string_view text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return bad("it is not JSON");
    if (!json.contains("labels") || !json.contains("per_clip") || !json["per_clip"].is_array())
        return bad("it has no labels or no clips");
    StoredReport stored;
    if (json.contains("split") && json["split"].is_string())
        stored.split = json["split"].get<std::string>();
    EARMARK_TRY(std::vector<std::string> labels, labelsOf(json["labels"]));
    std::map<std::string, int> ids;
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (!ids.emplace(labels[i], static_cast<int>(i)).second)
            return bad("two labels have the same name");
    std::vector<ReportedClip> clips;
    clips.reserve(json["per_clip"].size());
    for (const Json& clip : json["per_clip"]) {
        EARMARK_TRY(ReportedClip read, clipOf(clip, ids));
        clips.push_back(std::move(read));
    }
    stored.report = classificationReport(std::move(labels), std::move(clips));
    return stored;
}

std::string reportCsv(const ClassificationReport& report)
{
    std::string csv = "id,file,label,prediction,right,confidence";
    for (const std::string& label : report.labels)
        csv += ',' + cell(label);
    csv += "\r\n";
    for (const ReportedClip& clip : report.perClip) {
        const auto at = static_cast<std::size_t>(clip.prediction);
        csv += std::to_string(clip.id) + ',' + cell(clip.name) + ',' + cell(nameOf(report, clip.label)) + ',' + cell(nameOf(report, clip.prediction)) +
               (clip.label >= 0 && clip.label == clip.prediction ? ",yes," : ",no,");
        if (clip.prediction >= 0 && at < clip.scores.size())
            csv += number(clip.scores[at]);
        for (const float score : clip.scores)
            csv += ',' + number(score);
        csv += "\r\n";
    }
    return csv;
}

} // namespace earmark
