// Figures for a classifier: plain arrays in, plain structs out. Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earmark
{

struct Interval {
    double low = 0;
    double high = 0;
};

struct LabelFigures {
    std::string label;
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    std::int64_t support = 0; ///< clips that have this label
};

struct ReportedClip {
    std::int64_t id = 0;
    std::string name;
    int label = -1;      ///< index into labels; −1 where the model does not know the clip's label: counted as wrong
    int prediction = -1;
    std::vector<float> scores; ///< by label id
};

struct ClassificationReport {
    std::vector<std::string> labels; ///< by id
    std::int64_t clips = 0;
    double accuracy = 0;
    Interval accuracyInterval; ///< Wilson, 95 %
    double macroF1 = 0;        ///< over labels that occur in truth or prediction, as scikit-learn's f1_score(average="macro")
    double weightedF1 = 0;
    std::vector<LabelFigures> perLabel;               ///< by id
    std::vector<std::vector<std::int64_t>> confusion; ///< [true][predicted]
    std::vector<ReportedClip> perClip;
};

/// Wilson's score interval (Wilson 1927) for `successes` of `trials`; z = 1.959964 for 95 %.
Interval wilsonInterval(std::int64_t successes, std::int64_t trials, double z = 1.959963984540054);

/// Fills all figures from the clips' labels and predictions.
ClassificationReport classificationReport(std::vector<std::string> labels, std::vector<ReportedClip> clips);

/// The `report.json` of the contract, indented: split, clips (their number), accuracy, accuracy_interval, macro_f1, weighted_f1, per_label
/// {label: {precision, recall, f1, support}}, labels (by id), confusion_matrix [true][predicted], per_clip [{id, file, label, prediction,
/// scores by label id}]. Names that are not UTF-8 get U+FFFD for each invalid byte.
std::string toJson(const ClassificationReport& report, const std::string& split);

/// The same on one line, without labels, confusion matrix and clips: what `evaluate --json` prints.
std::string summaryJson(const ClassificationReport& report, const std::string& split);

} // namespace earmark
