// Tests of models that say more of a clip than one label.
#include <algorithm>

#include "engine/compute/evaluate.h"
#include "engine/compute/heard_clips.h"
#include "engine/compute/model_card.h"

namespace earmark
{

namespace
{

/// Ids of the clip's labels; those that the model does not know by name.
void takeLabels(const Sample& sample, const std::vector<std::string>& names, MultiLabelClip& clip)
{
    for (const std::string& label : sample.labels) {
        const auto found = std::ranges::find(names, label);
        if (found == names.end())
            clip.unknown.push_back(label);
        else
            clip.labels.push_back(static_cast<int>(found - names.begin()));
    }
    std::ranges::sort(clip.labels);
}

/// The clip's numbers of these names; fewer where it lacks one.
std::vector<double> numbersOf(const Sample& sample, const std::vector<std::string>& names)
{
    std::vector<double> values;
    for (const std::string& name : names) {
        const auto found = std::ranges::find(sample.numbers, name, &std::pair<std::string, double>::first);
        if (found != sample.numbers.end())
            values.push_back(found->second);
    }
    return values;
}

Classify classifyWith(Compute& compute)
{
    return [&compute](const ClassifyRequest& all, const ClassifyObserver& observer, std::stop_token token) {
        return compute.classify(all, observer, std::move(token));
    };
}

} // namespace

ProblemType problemTypeOf(const std::string& model)
{
    const auto card = readModelCard(model);
    return card ? problemTypeNamed(card->problemType) : ProblemType::singleLabel;
}

Result<void> requireOneLabel(const std::string& model, bool orSeveral)
{
    const ProblemType problem = problemTypeOf(model);
    if (problem == ProblemType::singleLabel || (orSeveral && problem == ProblemType::multiLabel))
        return {};
    return failure("model.not_one_label",
                   quoteName(model) + " gives " + (problem == ProblemType::regression ? "numbers" : "several labels a clip") +
                       ". “earmark-cli evaluate” and “earmark-cli classify” test and apply such models.",
                   model);
}

Result<MultiLabelOutcome> evaluateMultiLabel(const Classify& classify, const EvaluateRequest& request, const EvaluateProgress& progress, std::stop_token stop)
{
    EARMARK_TRY(const HeardClips heard, hearClips(classify, request, "sigmoid", hasLabel, progress, std::move(stop)));
    MultiLabelOutcome outcome{.failures = heard.failures, .stopped = heard.stopped};
    if (outcome.stopped)
        return outcome;
    outcome.remarks = remarksOnLabels(heard);
    std::vector<MultiLabelClip> clips;
    for (const HeardClips::Clip& one : heard.clips) {
        MultiLabelClip& clip = clips.emplace_back(MultiLabelClip{.id = one.sample->id, .name = one.sample->name, .scores = one.scores});
        takeLabels(*one.sample, heard.labels, clip);
    }
    outcome.report = multiLabelReport(heard.labels, std::move(clips));
    return outcome;
}

Result<RegressionOutcome> evaluateRegression(const Classify& classify, const EvaluateRequest& request, const EvaluateProgress& progress, std::stop_token stop)
{
    EARMARK_TRY(const HeardClips heard, hearClips(classify, request, "none", hasNumber, progress, std::move(stop)));
    RegressionOutcome outcome{.failures = heard.failures, .stopped = heard.stopped};
    if (outcome.stopped)
        return outcome;
    std::vector<RegressionClip> clips;
    for (const HeardClips::Clip& one : heard.clips)
        if (std::vector<double> targets = numbersOf(*one.sample, heard.labels); targets.size() == heard.labels.size())
            clips.push_back({.id = one.sample->id, .name = one.sample->name, .targets = std::move(targets), .predictions = one.scores});
    if (clips.empty() && !heard.clips.empty())
        return failure("train.no_clips", "No clip of the split has the numbers that the model predicts: " + listedLabels(heard.labels) + ".");
    if (const std::size_t lacking = heard.passedOver + heard.clips.size() - clips.size(); lacking > 0)
        outcome.remarks.push_back({.code = "evaluate.lacks_numbers",
                                   .message = std::to_string(lacking) + " clips that do not have all the numbers which the model predicts are left out.",
                                   .parameters = {{"clips", std::to_string(lacking)}},
                                   .causes = {}});
    outcome.report = regressionReport(heard.labels, std::move(clips));
    return outcome;
}

Result<MultiLabelOutcome> evaluateMultiLabel(Compute& compute, const EvaluateRequest& request, const EvaluateProgress& progress, std::stop_token stop)
{
    return evaluateMultiLabel(classifyWith(compute), request, progress, std::move(stop));
}

Result<RegressionOutcome> evaluateRegression(Compute& compute, const EvaluateRequest& request, const EvaluateProgress& progress, std::stop_token stop)
{
    return evaluateRegression(classifyWith(compute), request, progress, std::move(stop));
}

} // namespace earmark
