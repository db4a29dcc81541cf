// A model against labels that are known: one way to do it for the command line and for the window.
// Thread: any; see compute.h.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/eval/classification.h"

namespace earmark
{

struct EvaluateRequest {
    std::string model;
    std::vector<Sample> samples; ///< a split's
    int batchSize = 8;           ///< at most; each clip's result is as if alone whatever this is
    ComputeOptions options;
};

struct EvaluateOutcome {
    ClassificationReport report;      ///< of the clips that have a label and could be read
    std::vector<Error> failures;      ///< clips that could not
    std::vector<std::string> remarks; ///< English sentences: clips without label, labels the model does not know, …
    bool stopped = false;             ///< the report is empty
};

/// A clip of several labels counts as right where the prediction is one of them, else under its first.
/// Errors: train.no_clips where no clip has a label; those of Compute::classify.
Result<EvaluateOutcome> evaluateClassification(Compute& compute, const EvaluateRequest& request,
                                               const std::function<void(std::size_t done, std::size_t total)>& progress = {},
                                               std::stop_token stop = {});

} // namespace earmark
