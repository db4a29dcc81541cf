#include "engine/eval/classification.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/base/number.h"

namespace earmark
{

namespace
{

using Json = nlohmann::ordered_json;

double ratio(std::int64_t part, std::int64_t whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole); }

struct Counts {
    std::int64_t hits = 0;
    std::int64_t predicted = 0;
    std::int64_t support = 0;
};

std::vector<Counts> countByLabel(std::size_t labels, const std::vector<ReportedClip>& clips)
{
    std::vector<Counts> counts(labels);
    const auto known = [&](int label) { return label >= 0 && static_cast<std::size_t>(label) < labels; };
    for (const ReportedClip& clip : clips) {
        if (known(clip.label))
            ++counts[clip.label].support;
        if (known(clip.prediction))
            ++counts[clip.prediction].predicted;
        if (known(clip.label) && clip.label == clip.prediction)
            ++counts[clip.label].hits;
    }
    return counts;
}

std::vector<std::vector<std::int64_t>> confusionOf(std::size_t labels, const std::vector<ReportedClip>& clips)
{
    std::vector<std::vector<std::int64_t>> confusion(labels, std::vector<std::int64_t>(labels));
    for (const ReportedClip& clip : clips)
        if (clip.label >= 0 && clip.prediction >= 0)
            ++confusion.at(clip.label).at(clip.prediction);
    return confusion;
}

LabelFigures figuresOf(std::string label, const Counts& counts)
{
    return {.label = std::move(label),
            .precision = ratio(counts.hits, counts.predicted),
            .recall = ratio(counts.hits, counts.support),
            .f1 = ratio(2 * counts.hits, counts.predicted + counts.support),
            .support = counts.support};
}

/// The name of a label by id; null for none.
Json nameOf(const ClassificationReport& report, int label) { return label < 0 ? Json() : Json(report.labels.at(label)); }

Json clipJson(const ClassificationReport& report, const ReportedClip& clip)
{
    Json scores = Json::array();
    for (const float score : clip.scores)
        scores.push_back(shortestDouble(score));
    return {{"id", clip.id},
            {"file", clip.name},
            {"label", nameOf(report, clip.label)},
            {"prediction", nameOf(report, clip.prediction)},
            {"scores", std::move(scores)}};
}

Json summary(const ClassificationReport& report, const std::string& split)
{
    Json perLabel = Json::object();
    for (const LabelFigures& label : report.perLabel)
        perLabel[label.label] = {{"precision", label.precision}, {"recall", label.recall}, {"f1", label.f1}, {"support", label.support}};
    return {{"split", split},
            {"clips", report.clips},
            {"accuracy", report.accuracy},
            {"accuracy_interval", {report.accuracyInterval.low, report.accuracyInterval.high}},
            {"macro_f1", report.macroF1},
            {"weighted_f1", report.weightedF1},
            {"per_label", std::move(perLabel)}};
}

} // namespace

Interval wilsonInterval(std::int64_t successes, std::int64_t trials, double z)
{
    if (trials <= 0)
        return {0, 1};
    const double n = static_cast<double>(trials);
    const double p = static_cast<double>(successes) / n;
    const double centre = p + z * z / (2 * n);
    const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {std::max(0.0, (centre - reach) / scale), std::min(1.0, (centre + reach) / scale)};
}

ClassificationReport classificationReport(std::vector<std::string> labels, std::vector<ReportedClip> clips)
{
    ClassificationReport report;
    const std::vector<Counts> counts = countByLabel(labels.size(), clips);
    std::int64_t hits = 0, supported = 0, occurring = 0;
    double weighted = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const LabelFigures& figures = report.perLabel.emplace_back(figuresOf(labels[i], counts[i]));
        hits += counts[i].hits;
        supported += counts[i].support;
        occurring += counts[i].support + counts[i].predicted > 0;
        report.macroF1 += figures.f1;
        weighted += figures.f1 * static_cast<double>(figures.support);
    }
    report.macroF1 = occurring == 0 ? 0 : report.macroF1 / static_cast<double>(occurring);
    report.weightedF1 = supported == 0 ? 0 : weighted / static_cast<double>(supported);
    report.clips = static_cast<std::int64_t>(clips.size());
    report.accuracy = ratio(hits, report.clips);
    report.accuracyInterval = wilsonInterval(hits, report.clips);
    report.confusion = confusionOf(labels.size(), clips);
    report.labels = std::move(labels);
    report.perClip = std::move(clips);
    return report;
}

std::string toJson(const ClassificationReport& report, const std::string& split)
{
    Json json = summary(report, split);
    json["labels"] = report.labels;
    json["confusion_matrix"] = report.confusion;
    Json& clips = json["per_clip"] = Json::array();
    for (const ReportedClip& clip : report.perClip)
        clips.push_back(clipJson(report, clip));
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summaryJson(const ClassificationReport& report, const std::string& split)
{
    Json json = summary(report, split);
    json.erase("weighted_f1");
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace earmark
