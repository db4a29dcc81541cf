// A model against labels that are known: one way to do it for the command line, for the window and for the report at the end of a training.
// Thread: any; see compute.h.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/compute/problem_type.h"
#include "engine/eval/classification.h"
#include "engine/text/text_rules.h"

namespace earmark
{

/// What is heard of each clip: the settings eval_length and max_length_seconds.
struct EvaluationLength {
    enum class Rule {
        whole,    ///< also for random_crop and drop_longer, which speak of evaluations within training
        truncate, ///< the first `seconds`
        windows   ///< windows of `seconds` side by side, the last one padded; the clip's scores are their mean
    };
    Rule rule = Rule::whole;
    double seconds = 20;
};

EvaluationLength evaluationLength(const Recipe& recipe);

/// Lets the request hear long clips so: in windows, or their start alone.
void hearAs(const EvaluationLength& length, ClassifyRequest& request);

/// The settings of the run that made the model, from its run.json (a checkpoint's run is the folder above); the defaults where there is none.
/// Errors: io.*, recipe.* where there is one that cannot be read.
Result<Recipe> recipeOfRun(const std::string& model);

/// The settings text_case and chars_to_ignore.
TextRules textRules(const Recipe& recipe);

struct EvaluateRequest {
    std::string model;
    std::vector<Sample> samples; ///< a split's
    std::optional<EvaluationLength> length; ///< as the model's run has it where absent
    int batchSize = 8;           ///< at most; each clip's result is as if alone whatever this is
    ComputeOptions options;
};

struct EvaluateOutcome {
    ClassificationReport report;      ///< of the clips that have a label and could be read
    std::vector<Error> failures;      ///< clips that could not
    std::vector<Remark> remarks;      ///< clips without label, labels the model does not know, …
    bool stopped = false;             ///< the report is empty
};

using EvaluateProgress = std::function<void(std::size_t done, std::size_t total)>;
using Classify = std::function<Result<ClassifyOutcome>(const ClassifyRequest&, const ClassifyObserver&, std::stop_token)>;

/// A clip of several labels counts as right where the prediction is one of them, else under its first.
/// Errors: train.no_clips where no clip has a label; those of Compute::classify and recipeOfRun.
Result<EvaluateOutcome> evaluateClassification(const Classify& classify, const EvaluateRequest& request, const EvaluateProgress& progress = {},
                                               std::stop_token stop = {});
Result<EvaluateOutcome> evaluateClassification(Compute& compute, const EvaluateRequest& request, const EvaluateProgress& progress = {},
                                               std::stop_token stop = {});

struct MultiLabelOutcome {
    MultiLabelReport report;          ///< of the clips that have a label and could be read
    std::vector<Error> failures;
    std::vector<Remark> remarks;      ///< clips without label, labels the model does not know
    bool stopped = false;             ///< the report is empty
};

/// A model of several labels a clip. Errors: as evaluateClassification.
Result<MultiLabelOutcome> evaluateMultiLabel(const Classify& classify, const EvaluateRequest& request, const EvaluateProgress& progress = {},
                                             std::stop_token stop = {});
Result<MultiLabelOutcome> evaluateMultiLabel(Compute& compute, const EvaluateRequest& request, const EvaluateProgress& progress = {},
                                             std::stop_token stop = {});

struct RegressionOutcome {
    RegressionReport report;          ///< of the clips that have all the model's numbers and could be read
    std::vector<Error> failures;
    std::vector<Remark> remarks;      ///< clips that lack a number
    bool stopped = false;             ///< the report is empty
};

/// A model of numbers. Errors: train.no_clips where no clip has them; those of Compute::classify and recipeOfRun.
Result<RegressionOutcome> evaluateRegression(const Classify& classify, const EvaluateRequest& request, const EvaluateProgress& progress = {},
                                             std::stop_token stop = {});
Result<RegressionOutcome> evaluateRegression(Compute& compute, const EvaluateRequest& request, const EvaluateProgress& progress = {},
                                             std::stop_token stop = {});

/// What the folder's config.json says that the model learnt; one label a clip where it does not say, or cannot be read.
ProblemType problemTypeOf(const std::string& model);

/// model.not_one_label where the model gives numbers, or several labels a clip unless `orSeveral`: for what shows one label.
Result<void> requireOneLabel(const std::string& model, bool orSeveral = false);

struct RecognitionOutcome {
    TranscriptionReport report;       ///< of the clips that have a transcript and could be read
    std::vector<Error> failures;
    std::vector<Remark> remarks;      ///< clips without a transcript
    bool stopped = false;             ///< the report is empty
};

using Transcribe = std::function<Result<bool>(const TranscribeRequest&, const TranscribeObserver&, std::stop_token)>;

/// A recogniser against transcripts, which are prepared as those were that its run learnt. Each clip is heard whole (long ones in windows, as
/// Compute::transcribe does it); `length` is not looked at.
/// Errors: train.no_clips where no clip has a transcript; those of Compute::transcribe.
Result<RecognitionOutcome> evaluateRecognition(const Transcribe& transcribe, const EvaluateRequest& request, const EvaluateProgress& progress = {},
                                               std::stop_token stop = {});
Result<RecognitionOutcome> evaluateRecognition(Compute& compute, const EvaluateRequest& request, const EvaluateProgress& progress = {},
                                               std::stop_token stop = {});

} // namespace earmark
