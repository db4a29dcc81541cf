// The door to the networks: plain requests in, plain events out. What stands behind it (engine/neural) is opened on first use; nothing here
// names LibTorch.
// Thread: any. Calls queue for the one executor thread that computes; each returns when its own work is done. Observers are called from the
// executor thread, in order, and must return soon. A stop token ends the work at the next step or batch; stopped is an outcome, not an error.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/log.h"
#include "engine/base/remark.h"
#include "engine/compute/sample.h"
#include "engine/eval/classification.h"
#include "engine/eval/multi_label.h"
#include "engine/eval/pretraining_report.h"
#include "engine/eval/regression.h"
#include "engine/recipe/recipe.h"
#include "engine/text/transcription_report.h"

namespace earmark
{

struct ComputeOptions {
    std::string device = "auto";    ///< auto | cpu | cuda | cuda:N
    int threads = 0;                ///< for one operation; physical cores where 0
    std::string dtype = "float32";  ///< float32 | float16 | bfloat16, of weights and arithmetic outside training
    std::string attention = "auto"; ///< auto | eager | sdpa
    ChannelChoice channel;          ///< how several channels become one
};

// ---- describe -------------------------------------------------------------------------------------------------------

struct ModelDescription {
    std::string path;
    std::string family;       ///< Hugging Face `model_type`
    std::string architecture; ///< class that the weights are loaded into, e.g. "Wav2Vec2ForSequenceClassification"
    std::string task;         ///< "classification", "ctc", "pretraining", "zero-shot", or "" for a base model
    std::string problemType;  ///< config.json's problem_type; "" where it has none
    std::int64_t parameters = 0;
    std::int64_t bytes = 0; ///< of the weight files
    int sampleRate = 0;     ///< Hz
    std::vector<std::string> labels;      ///< by id
    std::vector<std::string> newlyMade;   ///< parameters that the files lack
    std::vector<std::string> leftOver;    ///< tensors of the files that the model has no place for
    std::vector<Remark> remarks;          ///< fixed input length, old key names renamed, …
    std::map<std::string, std::string> facts; ///< "hidden_size" → "768", … for people
};

struct PresetDescription {
    std::string name; ///< what follows "scratch:"
    std::string family;
    std::string explanation; ///< one English line
    std::int64_t parameters = 0;
    std::vector<std::string> tasks; ///< what it can be trained for: "classification", "ctc", "pretraining"
    std::map<std::string, std::string> settings; ///< recipe defaults that this preset changes
};

struct DeviceDescription {
    std::string name;            ///< "cpu", "cuda:0"
    std::string explanation;     ///< "NVIDIA …", "2 cores, AVX2"
    std::int64_t totalMemory = 0; ///< bytes
    std::int64_t freeMemory = 0;
};

struct ComputeDescription {
    std::string torchVersion;
    std::vector<DeviceDescription> devices;
    std::vector<std::string> families; ///< `model_type`s that can be loaded
    std::vector<PresetDescription> presets;
};

// ---- predict --------------------------------------------------------------------------------------------------------

struct ScoredLabel {
    std::string label;
    float score = 0;
};

struct ScoredWindow {
    double start = 0; ///< seconds from the start of the clip
    double end = 0;
    std::vector<float> scores; ///< by label id
};

struct ClassifyRequest {
    std::string model;
    std::vector<Sample> samples;
    std::string function; ///< "softmax" | "sigmoid" | "none"; where empty sigmoid of a model of several labels, none of one of numbers, else softmax
    std::optional<double> window; ///< seconds; the clip whole where absent
    std::optional<double> hop;    ///< seconds; the window's length where absent
    bool padsLastWindow = true;   ///< with silence, to a window's length; else it is what is left, and none where that is less than half of one
    int batchSize = 8;            ///< at most; each clip's result is as if alone whatever this is
    ComputeOptions options;
};

struct ClassifiedClip {
    std::size_t index = 0;              ///< into the request's samples
    std::shared_ptr<const std::vector<std::string>> labels; ///< by id; the same for every clip, set on error too
    std::vector<float> scores;          ///< by label id, after `function`; empty with windows or on error
    std::vector<ScoredWindow> windows;  ///< with `window`
    std::vector<Remark> warnings;
    std::optional<Error> error;         ///< this clip alone failed; the rest goes on
};

struct ClassifyOutcome {
    std::vector<std::string> labels; ///< by id
    bool stopped = false;
};

/// In the order of the request's samples.
using ClassifyObserver = std::function<void(const ClassifiedClip&)>;

struct ZeroShotRequest {
    std::string model;
    std::vector<Sample> samples;
    std::vector<std::string> labels; ///< what a clip may be, in any words
    std::string hypothesisTemplate = "This is a sound of {}."; ///< the text that a label becomes, as Python's str.format fills it
    int batchSize = 8; ///< at most; each clip's result is as if alone whatever this is
    ComputeOptions options;
};

struct EmbedRequest {
    std::string model;
    std::vector<Sample> samples;
    std::optional<int> layer; ///< index into hidden_states (negative from the end); last_hidden_state where absent
    int batchSize = 8;
    ComputeOptions options;
};

struct EmbeddedClip {
    std::size_t index = 0;
    std::vector<float> vector; ///< mean over the clip's frames, hidden_size values
    std::vector<Remark> warnings;
    std::optional<Error> error;
};

using EmbedObserver = std::function<void(const EmbeddedClip&)>;

struct TranscribeRequest {
    std::string model;
    std::vector<Sample> samples;
    std::string targetLanguage;   ///< of a model that has several; "" for what its folder says
    std::optional<double> window; ///< seconds; absent: clips of at most `wholeUpTo` whole, longer ones in windows of `ownWindow`; 0: all whole
    std::optional<double> stride; ///< seconds heard on both sides of what a window is asked for; a sixth of it where absent
    bool references = false;      ///< adds what the tokenizer makes of each sample's text
    int batchSize = 8;            ///< at most; each clip's text is as if alone whatever this is
    ComputeOptions options;

    static constexpr double wholeUpTo = 60, ownWindow = 30; ///< seconds
};

struct SpokenWord {
    std::string word;
    double start = 0; ///< seconds from the start of the clip
    double end = 0;
};

struct TranscribedClip {
    std::size_t index = 0; ///< into the request's samples
    std::string text;
    std::string reference; ///< with `references`
    std::vector<SpokenWord> words;
    std::vector<Remark> warnings;
    std::optional<Error> error;
};

/// In the order of the request's samples.
using TranscribeObserver = std::function<void(const TranscribedClip&)>;

struct OutputsRequest {
    std::string model;
    std::vector<Sample> samples;           ///< one padded batch
    std::string out;                       ///< safetensors file to write
    bool hiddenStates = false;
    bool attentions = false;
    std::vector<std::int64_t> labels;      ///< one a file: adds `loss`
    std::vector<std::string> texts;        ///< transcripts (CTC) or texts to compare with (CLAP)
    std::string tensors;                   ///< safetensors file with named inputs, "" for none
    std::string targetLanguage;
    bool overwrite = false;
    ComputeOptions options;
};

/// Name → shape of every tensor written, in the order written.
struct OutputsOutcome {
    std::vector<std::pair<std::string, std::vector<std::int64_t>>> tensors;
};

struct JudgePretrainingRequest {
    std::string model;
    std::vector<Sample> samples; ///< labels are not looked at
    Recipe recipe;               ///< of the model's run: what is heard of a clip, masks, batches, seed; the rest is not looked at
    ComputeOptions options;
};

struct PretrainingOutcome {
    PretrainingReport report;
    std::vector<Error> failures; ///< clips that cannot be used
    std::vector<Remark> remarks;
    bool stopped = false; ///< the report is empty
};

// ---- train ----------------------------------------------------------------------------------------------------------

struct TrainRequest {
    std::string base; ///< model folder, or "scratch:PRESET"
    std::string out;  ///< run folder
    std::string task = "classification"; ///< "classification" | "ctc" | "pretraining"
    std::vector<Sample> train;      ///< in the split's order
    std::vector<Sample> validation; ///< may be empty
    std::vector<Sample> report;     ///< clips of the final report.json: the test split, else validation
    std::string reportSplit;        ///< its name
    Recipe recipe;
    bool resume = false;
    bool overwrite = false;
    std::string datasetFingerprint;             ///< into run.json
    std::map<std::string, std::string> origin;  ///< further facts for run.json: project, split name, Earmark's version
    int rank = 0;                               ///< of `worldSize` processes; rank 0 writes files
    int worldSize = 1;
    ComputeOptions options;
};

struct StepEvent {
    std::int64_t step = 0; ///< optimiser steps done
    double epoch = 0;
    double loss = 0;         ///< mean since the last StepEvent
    double gradientNorm = 0; ///< before clipping
    double learningRate = 0; ///< the one used in this step
    double stepsPerSecond = 0;
    std::int64_t totalSteps = 0;
    std::vector<std::pair<std::string, double>> metrics; ///< further figures of a task: pretraining's losses, perplexity and temperature
};

struct EvaluateEvent {
    std::int64_t step = 0;
    double epoch = 0;
    std::vector<std::pair<std::string, double>> metrics; ///< "eval_loss", "eval_accuracy", … in the order logged
};

struct CheckpointEvent {
    std::int64_t step = 0;
    std::string path;
};

struct TrainOutcome {
    std::int64_t steps = 0;
    std::int64_t bestStep = 0; ///< the last step where no best model is kept
    std::optional<double> bestMetric;
    double seconds = 0;
    double samplesPerSecond = 0;
    double trainLoss = 0;
    bool stopped = false; ///< a checkpoint was written; --resume goes on from it
    std::optional<ClassificationReport> report; ///< of `TrainRequest::report`, each clip as if alone
    std::optional<MultiLabelReport> multiLabel;       ///< the same of a classifier of several labels a clip
    std::optional<RegressionReport> regression;       ///< the same of a model of numbers
    std::optional<TranscriptionReport> transcription; ///< the same of a recogniser
};

/// Clips that cannot be used are left out and named once, before the first step.
class TrainObserver
{
public:
    virtual ~TrainObserver() = default;
    virtual void remark(const Remark&) {} ///< load report, clips left out, …
    virtual void progress(std::int64_t /*step*/, std::int64_t /*totalSteps*/) {} ///< every step
    virtual void step(const StepEvent&) {}                 ///< every logging_steps
    virtual void evaluated(const EvaluateEvent&) {}
    virtual void checkpoint(const CheckpointEvent&) {}
    /// Asked between two steps, and between two batches of an evaluation: while true the training waits, and small predictions still run.
    virtual bool held() { return false; }
};

/// What a training would take, measured on the device with an untrained copy of its model and noise for sound.
struct TrainEstimate {
    std::string device; ///< "cpu", "cuda:0"
    std::int64_t parameters = 0;
    std::int64_t trainedParameters = 0; ///< those that are not frozen
    std::int64_t stateBytes = 0;        ///< weights, gradients and the optimiser's state
    std::int64_t activationBytes = 0;   ///< of one batch of the longest clips
    std::int64_t freeBytes = 0;         ///< of the device before anything was loaded; 0 where nobody can say
    double longestSeconds = 0;          ///< of a clip as the network hears it
    std::int64_t steps = 0;             ///< optimiser steps of the whole run
    double secondsPerStep = 0;
    double seconds = 0; ///< of the whole run, evaluations counted; without the reading of the clips before it
    bool fits = true;   ///< with a tenth of the free memory to spare
    /// What fits instead, and learns the same: as asked for where that fits, batches of 1 where nothing does.
    std::int64_t per_device_train_batch_size = 0;
    std::int64_t gradient_accumulation_steps = 0;
};

// ---- the door -------------------------------------------------------------------------------------------------------

class Compute
{
public:
    virtual ~Compute() = default;

    /// Errors: compute.*.
    virtual Result<ComputeDescription> describe() = 0;
    /// Reads configuration and headers, and loads the weights for the load report. Errors: model.*, io.*.
    virtual Result<ModelDescription> describeModel(const std::string& path) = 0;
    /// Writes a seeded, untrained model folder. Errors: model.not_found, io.*.
    virtual Result<void> createModel(const std::string& preset, const std::vector<std::string>& labels, std::uint64_t seed,
                                     const std::string& out) = 0;
    virtual Result<ClassifyOutcome> classify(const ClassifyRequest&, const ClassifyObserver&, std::stop_token) = 0;
    /// Scores are by the request's labels and add up to 1. Errors: usage, model.unsupported for a model that does not compare sounds with texts.
    virtual Result<ClassifyOutcome> zeroShot(const ZeroShotRequest&, const ClassifyObserver&, std::stop_token) = 0;
    /// False where stopped.
    virtual Result<bool> embed(const EmbedRequest&, const EmbedObserver&, std::stop_token) = 0;
    /// False where stopped. Errors: model.unsupported for a model that does not transcribe.
    virtual Result<bool> transcribe(const TranscribeRequest&, const TranscribeObserver&, std::stop_token) = 0;
    virtual Result<OutputsOutcome> outputs(const OutputsRequest&) = 0;
    /// Clips share batches as in training, whose padding and masks the figures depend on. Errors: model.unsupported for a model that learns otherwise.
    virtual Result<PretrainingOutcome> judgePretraining(const JudgePretrainingRequest&, std::stop_token) = 0;
    virtual Result<TrainOutcome> train(const TrainRequest&, TrainObserver&, std::stop_token) = 0;
    /// Takes some seconds; a training that goes on meanwhile waits for it. Lengths are those that the samples tell of, else the recipe's greatest.
    /// Nothing where stopped. Errors: as train(), but for those of clips that cannot be read.
    virtual Result<std::optional<TrainEstimate>> estimate(const TrainRequest&, std::stop_token) = 0;
};

/// Opens the module (0.5–0.7 s the first time) and returns its one instance; later calls are free. The module is looked for in
/// $EARMARK_MODULE_DIR, beside the program (../lib/earmark) and in the installed library folder. Errors: compute.no_libtorch.
Result<Compute*> openCompute();

} // namespace earmark
