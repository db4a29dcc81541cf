// What a test of a model says, worked out: the report, how far the confidence can be believed, which labels look wrong. A plain value, made on a worker
// and shared. Clips are spoken of by their place in report.perClip. Thread: any.
#pragma once

#include <QString>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/compute/sample.h"
#include "engine/eval/calibration.h"
#include "engine/eval/classification.h"
#include "engine/eval/label_errors.h"
#include "engine/eval/threshold.h"

namespace earmark
{

struct TestResult {
    QString model;          ///< its name
    std::string modelFolder;
    QString data;           ///< what it was tested on: a split, a folder, a project
    std::string split;      ///< of the open project, where it was one
    bool ofProject = true;  ///< the clips' ids are those of the open project
    std::unordered_map<std::int64_t, Sample> sounds; ///< of clips from elsewhere, by id
    std::vector<std::string> unknownLabels; ///< that the clips have and the model does not
    std::size_t leftOut = 0;                ///< clips without a label, or that could not be read
    std::size_t relabelled = 0;             ///< clips whose label was changed since the model heard them
    ClassificationReport report;

    // Worked out by analyse().
    std::vector<Judgement> judgements;
    Reliability asGiven;
    Reliability calibrated;
    double temperature = 1;
    std::vector<ThresholdPoint> thresholds;
    std::vector<SuspiciousLabel> suspicious;
    double commonest = 0; ///< share of the label that most clips have: the accuracy of always saying it

    bool isRight(std::size_t clip) const { return judgements[clip].right; }
    const std::string& labelName(int label) const; ///< "" for −1
    std::vector<std::size_t> inCell(int label, int prediction) const;
    std::vector<std::size_t> ofLabel(int label) const;
    std::vector<std::size_t> inBin(int bin, int bins) const;
    std::vector<std::size_t> below(double threshold) const;
    std::vector<std::size_t> wrong() const;          ///< the most confident first
    std::vector<std::size_t> suspiciousClips() const; ///< likely wrong labels, the most suspicious first
};

/// Fills what is worked out from the report. O(clips · labels).
TestResult analyse(TestResult result);

/// The same with the labels that these clips have by now, by id, and all figures counted anew; a clip of several is right where the prediction is one.
/// Clips that are not named, or have no label now, keep theirs.
TestResult relabelled(TestResult result, const std::unordered_map<std::int64_t, std::vector<std::string>>& labels);

} // namespace earmark
