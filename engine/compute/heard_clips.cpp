#include "engine/compute/heard_clips.h"

#include <algorithm>
#include <set>

#include "engine/compute/scores.h"

namespace earmark
{

const Tested hasLabel{[](const Sample& sample) { return !sample.labels.empty(); }, "No clip of the split has a label. Label some, or choose another split."};
const Tested hasNumber{[](const Sample& sample) { return !sample.numbers.empty(); },
                       "No clip of the split has a number. Import a table with --number-column, or choose another split."};

std::string listedLabels(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 5;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
        list += (list.empty() ? "" : ", ") + quoteName(names[i]);
    return names.size() > most ? list + " …" : list;
}

Result<HeardClips> hearClips(const Classify& classifyAll, const EvaluateRequest& request, const std::string& function, const Tested& tested,
                             const EvaluateProgress& progress, std::stop_token stop)
{
    std::vector<Sample> samples;
    std::ranges::copy_if(request.samples, std::back_inserter(samples), tested.has);
    if (samples.empty())
        return failure("train.no_clips", tested.none);
    std::optional<EvaluationLength> length = request.length;
    if (!length) {
        EARMARK_TRY(const Recipe recipe, recipeOfRun(request.model));
        length = evaluationLength(recipe);
    }
    HeardClips heard{.samples = std::make_shared<const std::vector<Sample>>(samples), .passedOver = request.samples.size() - samples.size()};
    ClassifyRequest classify{.model = request.model, .samples = std::move(samples), .function = function, .batchSize = request.batchSize, .options = request.options};
    hearAs(*length, classify);
    const auto observe = [&](const ClassifiedClip& clip) {
        if (clip.error)
            heard.failures.push_back(*clip.error);
        else
            heard.clips.push_back({&(*heard.samples)[clip.index], clip.windows.empty() ? clip.scores : meanScores(clip.windows)});
        if (progress)
            progress(clip.index + 1, heard.samples->size());
    };
    EARMARK_TRY(const ClassifyOutcome classified, classifyAll(classify, observe, stop));
    heard.labels = classified.labels;
    heard.stopped = classified.stopped;
    return heard;
}

std::vector<Remark> remarksOnLabels(const HeardClips& heard)
{
    std::vector<Remark> remarks;
    if (heard.passedOver > 0)
        remarks.push_back({.code = "evaluate.unlabelled",
                           .message = std::to_string(heard.passedOver) + " clips without a label are left out.",
                           .parameters = {{"clips", std::to_string(heard.passedOver)}},
                           .causes = {}});
    std::set<std::string> unknown;
    for (const Sample& sample : *heard.samples)
        unknown.insert(sample.labels.begin(), sample.labels.end());
    for (const std::string& label : heard.labels)
        unknown.erase(label);
    const std::string listed = listedLabels({unknown.begin(), unknown.end()});
    if (!unknown.empty())
        remarks.push_back({.code = "evaluate.unknown_labels",
                           .message = "The model does not know " + listed + "; clips with such a label count as wrong.",
                           .parameters = {{"labels", listed}},
                           .causes = {}});
    return remarks;
}

} // namespace earmark
