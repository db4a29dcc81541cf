// Figures for a model that predicts numbers, its targets: plain arrays in, plain structs out. As scikit-learn's mean_squared_error,
// mean_absolute_error and r2_score (1.9), each the mean over the targets. Thread: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace earmark
{

struct RegressionClip {
    std::int64_t id = 0;
    std::string name;
    std::vector<double> targets;    ///< by label id
    std::vector<float> predictions; ///< by label id
};

struct TargetFigures {
    std::string target;
    double mse = 0;
    double mae = 0;
    std::optional<double> r2;      ///< nothing of fewer than two clips; of a target that never changes 1 where it is met, else 0
    std::optional<double> pearson; ///< nothing where the target or the prediction never changes
};

struct RegressionReport {
    std::vector<std::string> labels; ///< the targets' names, by id
    std::int64_t clips = 0;
    double mse = 0;
    double mae = 0;
    std::optional<double> r2;
    std::optional<double> pearson; ///< over the targets that have one
    std::vector<TargetFigures> perTarget;
    std::vector<RegressionClip> perClip;
};

/// Fills all figures from the clips' targets and predictions.
RegressionReport regressionReport(std::vector<std::string> labels, std::vector<RegressionClip> clips);

/// report.json, indented: split, problem_type, clips (their number), mse, mae, r2, pearson, per_target {name: {mse, mae, r2, pearson}}, labels
/// (by id), per_clip [{id, file, targets by id, predictions by id}]. A figure that is not defined is null. Names that are not UTF-8 get U+FFFD for
/// each invalid byte.
std::string toJson(const RegressionReport& report, const std::string& split);

/// The same on one line, without labels and clips: what `evaluate --json` prints.
std::string summaryJson(const RegressionReport& report, const std::string& split);

} // namespace earmark
