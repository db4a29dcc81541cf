#include "engine/eval/regression.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/base/number.h"

namespace earmark
{

namespace
{

using Json = nlohmann::ordered_json;

/// Sums over the clips of one target.
struct Moments {
    double squaredError = 0, absoluteError = 0;
    double targets = 0, predictions = 0, products = 0; ///< squared distances from the means, and their products
};

Moments momentsOf(const std::vector<RegressionClip>& clips, std::size_t target)
{
    double meanTarget = 0, meanPrediction = 0;
    const auto count = static_cast<double>(clips.size());
    for (const RegressionClip& clip : clips) {
        meanTarget += clip.targets.at(target) / count;
        meanPrediction += static_cast<double>(clip.predictions.at(target)) / count;
    }
    Moments sums;
    for (const RegressionClip& clip : clips) {
        const double wanted = clip.targets[target], found = static_cast<double>(clip.predictions[target]);
        sums.squaredError += (wanted - found) * (wanted - found);
        sums.absoluteError += std::abs(wanted - found);
        sums.targets += (wanted - meanTarget) * (wanted - meanTarget);
        sums.predictions += (found - meanPrediction) * (found - meanPrediction);
        sums.products += (wanted - meanTarget) * (found - meanPrediction);
    }
    return sums;
}

TargetFigures figuresOf(std::string name, const std::vector<RegressionClip>& clips, std::size_t target)
{
    TargetFigures figures{.target = std::move(name)};
    if (clips.empty())
        return figures;
    const Moments sums = momentsOf(clips, target);
    const auto count = static_cast<double>(clips.size());
    figures.mse = sums.squaredError / count;
    figures.mae = sums.absoluteError / count;
    if (clips.size() > 1)
        figures.r2 = sums.targets > 0 ? 1 - sums.squaredError / sums.targets : sums.squaredError > 0 ? 0.0 : 1.0;
    if (sums.targets > 0 && sums.predictions > 0)
        figures.pearson = sums.products / std::sqrt(sums.targets * sums.predictions);
    return figures;
}

std::optional<double> meanOf(const std::vector<TargetFigures>& targets, std::optional<double> TargetFigures::* figure)
{
    double sum = 0;
    int count = 0;
    for (const TargetFigures& target : targets)
        if (const auto& value = target.*figure) {
            sum += *value;
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

/// JSON has no infinity.
Json numberJson(const std::optional<double>& value) { return value && std::isfinite(*value) ? Json(*value) : Json(); }

Json clipJson(const RegressionClip& clip)
{
    Json targets = Json::array(), predictions = Json::array();
    for (const double target : clip.targets)
        targets.push_back(numberJson(target));
    for (const float prediction : clip.predictions)
        predictions.push_back(numberJson(shortestDouble(prediction)));
    return {{"id", clip.id}, {"file", clip.name}, {"targets", std::move(targets)}, {"predictions", std::move(predictions)}};
}

Json summary(const RegressionReport& report, const std::string& split)
{
    Json perTarget = Json::object();
    for (const TargetFigures& target : report.perTarget)
        perTarget[target.target] = {{"mse", numberJson(target.mse)},
                                    {"mae", numberJson(target.mae)},
                                    {"r2", numberJson(target.r2)},
                                    {"pearson", numberJson(target.pearson)}};
    return {{"split", split},
            {"problem_type", "regression"},
            {"clips", report.clips},
            {"mse", numberJson(report.mse)},
            {"mae", numberJson(report.mae)},
            {"r2", numberJson(report.r2)},
            {"pearson", numberJson(report.pearson)},
            {"per_target", std::move(perTarget)}};
}

} // namespace

RegressionReport regressionReport(std::vector<std::string> labels, std::vector<RegressionClip> clips)
{
    RegressionReport report;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const TargetFigures& figures = report.perTarget.emplace_back(figuresOf(labels[i], clips, i));
        report.mse += figures.mse / static_cast<double>(labels.size());
        report.mae += figures.mae / static_cast<double>(labels.size());
    }
    report.r2 = meanOf(report.perTarget, &TargetFigures::r2);
    report.pearson = meanOf(report.perTarget, &TargetFigures::pearson);
    report.clips = static_cast<std::int64_t>(clips.size());
    report.labels = std::move(labels);
    report.perClip = std::move(clips);
    return report;
}

std::string toJson(const RegressionReport& report, const std::string& split)
{
    Json json = summary(report, split);
    json["labels"] = report.labels;
    Json& clips = json["per_clip"] = Json::array();
    for (const RegressionClip& clip : report.perClip)
        clips.push_back(clipJson(clip));
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summaryJson(const RegressionReport& report, const std::string& split)
{
    return summary(report, split).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace earmark
