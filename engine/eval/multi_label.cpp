#include "engine/eval/multi_label.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "engine/base/number.h"

namespace earmark
{

namespace
{

using Json = nlohmann::ordered_json;

constexpr float threshold = 0.5f;

double ratio(std::int64_t part, std::int64_t whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole); }

bool has(const std::vector<int>& ids, int id) { return std::ranges::find(ids, id) != ids.end(); }

bool isAllRight(const MultiLabelClip& clip, const std::vector<int>& predicted)
{
    return clip.unknown.empty() && std::ranges::is_permutation(clip.labels, predicted);
}

MultiLabelFigures figuresOf(const std::string& label, int id, const std::vector<MultiLabelClip>& clips, std::int64_t& hits, std::int64_t& predicted)
{
    std::vector<float> scores;
    std::vector<bool> positive;
    std::int64_t support = 0;
    hits = predicted = 0;
    for (const MultiLabelClip& clip : clips) {
        const float score = clip.scores.at(static_cast<std::size_t>(id));
        const bool wanted = has(clip.labels, id), found = score >= threshold;
        scores.push_back(score);
        positive.push_back(wanted);
        support += wanted;
        predicted += found;
        hits += wanted && found;
    }
    return {.counted = {.label = label,
                        .precision = ratio(hits, predicted),
                        .recall = ratio(hits, support),
                        .f1 = ratio(2 * hits, predicted + support),
                        .support = support},
            .averagePrecision = averagePrecision(scores, positive)};
}

Json optionalJson(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json namesJson(const MultiLabelReport& report, const std::vector<int>& ids)
{
    Json names = Json::array();
    for (const int id : ids)
        names.push_back(report.labels.at(static_cast<std::size_t>(id)));
    return names;
}

Json clipJson(const MultiLabelReport& report, const MultiLabelClip& clip)
{
    Json labels = namesJson(report, clip.labels), scores = Json::array();
    for (const std::string& name : clip.unknown)
        labels.push_back(name);
    for (const float score : clip.scores)
        scores.push_back(shortestDouble(score));
    return {{"id", clip.id},
            {"file", clip.name},
            {"labels", std::move(labels)},
            {"predictions", namesJson(report, predictedLabels(clip.scores))},
            {"scores", std::move(scores)}};
}

Json summary(const MultiLabelReport& report, const std::string& split)
{
    Json perLabel = Json::object();
    for (const MultiLabelFigures& label : report.perLabel)
        perLabel[label.counted.label] = {{"precision", label.counted.precision},
                                         {"recall", label.counted.recall},
                                         {"f1", label.counted.f1},
                                         {"average_precision", optionalJson(label.averagePrecision)},
                                         {"support", label.counted.support}};
    return {{"split", split},
            {"problem_type", "multi_label_classification"},
            {"clips", report.clips},
            {"accuracy", report.accuracy},
            {"accuracy_interval", {report.accuracyInterval.low, report.accuracyInterval.high}},
            {"micro_f1", report.microF1},
            {"macro_f1", report.macroF1},
            {"map", optionalJson(report.meanAveragePrecision)},
            {"per_label", std::move(perLabel)}};
}

} // namespace

std::optional<double> averagePrecision(std::span<const float> scores, const std::vector<bool>& positive)
{
    const auto all = std::ranges::count(positive, true);
    if (all == 0)
        return std::nullopt;
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, std::greater(), [&](std::size_t i) { return scores[i]; });
    double sum = 0;
    std::int64_t hits = 0, before = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        hits += positive[order[i]];
        if (i + 1 < order.size() && scores[order[i + 1]] == scores[order[i]])
            continue;
        sum += static_cast<double>(hits - before) * ratio(hits, static_cast<std::int64_t>(i) + 1);
        before = hits;
    }
    return sum / static_cast<double>(all);
}

std::vector<int> predictedLabels(std::span<const float> scores)
{
    std::vector<int> ids;
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (scores[i] >= threshold)
            ids.push_back(static_cast<int>(i));
    return ids;
}

MultiLabelReport multiLabelReport(std::vector<std::string> labels, std::vector<MultiLabelClip> clips)
{
    MultiLabelReport report;
    std::int64_t allHits = 0, allPredicted = 0, allSupport = 0, occurring = 0;
    double precisions = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        std::int64_t hits = 0, predicted = 0;
        const MultiLabelFigures& figures = report.perLabel.emplace_back(figuresOf(labels[i], static_cast<int>(i), clips, hits, predicted));
        allHits += hits;
        allPredicted += predicted;
        allSupport += figures.counted.support;
        report.macroF1 += figures.counted.f1 / static_cast<double>(labels.size());
        occurring += figures.averagePrecision.has_value();
        precisions += figures.averagePrecision.value_or(0);
    }
    const auto right = std::ranges::count_if(clips, [](const MultiLabelClip& clip) { return isAllRight(clip, predictedLabels(clip.scores)); });
    report.clips = static_cast<std::int64_t>(clips.size());
    report.accuracy = ratio(right, report.clips);
    report.accuracyInterval = wilsonInterval(right, report.clips);
    report.microF1 = ratio(2 * allHits, allPredicted + allSupport);
    if (occurring > 0)
        report.meanAveragePrecision = precisions / static_cast<double>(occurring);
    report.labels = std::move(labels);
    report.perClip = std::move(clips);
    return report;
}

std::string toJson(const MultiLabelReport& report, const std::string& split)
{
    Json json = summary(report, split);
    json["labels"] = report.labels;
    Json& clips = json["per_clip"] = Json::array();
    for (const MultiLabelClip& clip : report.perClip)
        clips.push_back(clipJson(report, clip));
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summaryJson(const MultiLabelReport& report, const std::string& split)
{
    return summary(report, split).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace earmark
