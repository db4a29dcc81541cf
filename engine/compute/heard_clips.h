// Clips through a model for a test of it: what all kinds of tests share. Private to the room. Thread: any.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/compute/evaluate.h"

namespace earmark
{

struct HeardClips {
    struct Clip {
        const Sample* sample = nullptr; ///< of `samples`
        std::vector<float> scores;      ///< by label id; the mean over its windows
    };

    std::shared_ptr<const std::vector<Sample>> samples; ///< those that were to be heard
    std::size_t passedOver = 0;                         ///< samples of the request that have nothing to be tested against
    std::vector<std::string> labels;                    ///< the model's, by id
    std::vector<Clip> clips;                            ///< without those that failed
    std::vector<Error> failures;
    bool stopped = false;
};

/// What a sample must have to be heard, and the sentence where none has it.
struct Tested {
    bool (*has)(const Sample&);
    const char* none;
};
extern const Tested hasLabel, hasNumber;

/// `function`: as ClassifyRequest has it. Errors: train.no_clips, those of Compute::classify and recipeOfRun.
Result<HeardClips> hearClips(const Classify& classify, const EvaluateRequest& request, const std::string& function, const Tested& tested,
                             const EvaluateProgress& progress, std::stop_token stop);

/// Clips that were passed over for lack of a label; labels that the model does not know.
std::vector<Remark> remarksOnLabels(const HeardClips& heard);

/// The first few, quoted.
std::string listedLabels(const std::vector<std::string>& names);

} // namespace earmark
