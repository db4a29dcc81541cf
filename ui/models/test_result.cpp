#include "ui/models/test_result.h"

#include <algorithm>

namespace earmark
{

namespace
{

template <class Condition> std::vector<std::size_t> clipsWhere(const ClassificationReport& report, Condition condition)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < report.perClip.size(); ++i)
        if (condition(i))
            found.push_back(i);
    return found;
}

/// The label that counts, as engine/compute/evaluate.h has it; −1 where the model knows none of them.
int countedLabel(const std::vector<std::string>& labels, const std::unordered_map<std::string, int>& ids, int prediction)
{
    int first = -2;
    for (const std::string& label : labels) {
        const auto found = ids.find(label);
        const int id = found == ids.end() ? -1 : found->second;
        if (id >= 0 && id == prediction)
            return id;
        if (first == -2)
            first = id;
    }
    return std::max(first, -1);
}

} // namespace

const std::string& TestResult::labelName(int label) const
{
    static const std::string none;
    return label < 0 ? none : report.labels[static_cast<std::size_t>(label)];
}

std::vector<std::size_t> TestResult::inCell(int label, int prediction) const
{
    return clipsWhere(report, [&](std::size_t i) { return report.perClip[i].label == label && report.perClip[i].prediction == prediction; });
}

std::vector<std::size_t> TestResult::ofLabel(int label) const
{
    return clipsWhere(report, [&](std::size_t i) { return report.perClip[i].label == label; });
}

std::vector<std::size_t> TestResult::inBin(int bin, int bins) const
{
    return clipsWhere(report, [&](std::size_t i) { return reliabilityBin(judgements[i].confidence, bins) == bin; });
}

std::vector<std::size_t> TestResult::below(double threshold) const
{
    return clipsWhere(report, [&](std::size_t i) { return judgements[i].confidence < threshold; });
}

std::vector<std::size_t> TestResult::wrong() const
{
    std::vector<std::size_t> found = clipsWhere(report, [&](std::size_t i) { return !isRight(i); });
    std::ranges::stable_sort(found, std::ranges::greater(), [&](std::size_t i) { return judgements[i].confidence; });
    return found;
}

std::vector<std::size_t> TestResult::suspiciousClips() const
{
    std::vector<std::size_t> found;
    for (const SuspiciousLabel& label : suspicious)
        if (label.confident)
            found.push_back(label.clip);
    return found;
}

TestResult analyse(TestResult result)
{
    const ClassificationReport& report = result.report;
    result.judgements = judgements(report.perClip);
    result.asGiven = reliability(result.judgements);
    const CalibratedJudgements fitted = calibrated(report.perClip);
    result.temperature = fitted.temperature;
    result.calibrated = reliability(fitted.judgements);
    result.thresholds = thresholdCurve(result.judgements);
    result.suspicious = suspiciousLabels(report.perClip, report.labels.size());
    std::int64_t most = 0;
    for (const LabelFigures& label : report.perLabel)
        most = std::max(most, label.support);
    result.commonest = report.clips > 0 ? static_cast<double>(most) / static_cast<double>(report.clips) : 0;
    return result;
}

TestResult relabelled(TestResult result, const std::unordered_map<std::int64_t, std::vector<std::string>>& labels)
{
    std::unordered_map<std::string, int> ids;
    for (std::size_t i = 0; i < result.report.labels.size(); ++i)
        ids.emplace(result.report.labels[i], static_cast<int>(i));
    std::vector<ReportedClip> clips = std::move(result.report.perClip);
    for (ReportedClip& clip : clips) {
        const auto now = labels.find(clip.id);
        if (now == labels.end() || now->second.empty())
            continue;
        const int label = countedLabel(now->second, ids, clip.prediction);
        if (label == clip.label)
            continue;
        clip.label = label;
        ++result.relabelled;
    }
    result.report = classificationReport(std::move(result.report.labels), std::move(clips));
    return analyse(std::move(result));
}

} // namespace earmark
