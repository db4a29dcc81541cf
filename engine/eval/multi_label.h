// Figures for a classifier of several labels a clip: plain arrays in, plain structs out. Each label is right or wrong by itself; a label is
// predicted where its score is at least a half. Sums are scikit-learn's f1_score and average_precision_score (1.9), whose zero_division is 0.
// Thread: any.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/eval/classification.h"

namespace earmark
{

struct MultiLabelClip {
    std::int64_t id = 0;
    std::string name;
    std::vector<int> labels;          ///< indices into the report's labels
    std::vector<std::string> unknown; ///< labels of the clip that the model does not know: it cannot be all right
    std::vector<float> scores;        ///< probabilities, by label id
};

struct MultiLabelFigures {
    LabelFigures counted;
    std::optional<double> averagePrecision; ///< nothing where no clip has the label
};

struct MultiLabelReport {
    std::vector<std::string> labels; ///< by id
    std::int64_t clips = 0;
    double accuracy = 0;       ///< share of clips whose labels are exactly those predicted
    Interval accuracyInterval; ///< Wilson, 95 %
    double microF1 = 0;
    double macroF1 = 0;                         ///< over all labels
    std::optional<double> meanAveragePrecision; ///< over the labels that some clip has
    std::vector<MultiLabelFigures> perLabel;    ///< by id
    std::vector<MultiLabelClip> perClip;
};

/// The area under precision over recall as steps: of each label's clips by falling score, those of one score together. Nothing where none is positive.
std::optional<double> averagePrecision(std::span<const float> scores, const std::vector<bool>& positive);

/// Indices of the scores of at least a half.
std::vector<int> predictedLabels(std::span<const float> scores);

/// Fills all figures from the clips' labels and scores.
MultiLabelReport multiLabelReport(std::vector<std::string> labels, std::vector<MultiLabelClip> clips);

/// report.json, indented: split, problem_type, clips (their number), accuracy, accuracy_interval, micro_f1, macro_f1, map, per_label
/// {label: {precision, recall, f1, average_precision, support}}, labels (by id), per_clip [{id, file, labels, predictions, scores by label id}].
/// A figure that is not defined is null. Names that are not UTF-8 get U+FFFD for each invalid byte.
std::string toJson(const MultiLabelReport& report, const std::string& split);

/// The same on one line, without labels and clips: what `evaluate --json` prints.
std::string summaryJson(const MultiLabelReport& report, const std::string& split);

} // namespace earmark
