// A module of networks that computes nothing: what tests of the sessions open instead of LibTorch, so that they are quick and run under the thread
// sanitizer. A training takes `max_steps` steps, of a millisecond each from "scratch:slow"; one from "scratch:fails" fails at its second. More than 8 clips
// in a batch do not fit.
#include "engine/compute/compute.h"
#include "engine/compute/module.h"

#include <chrono>
#include <set>
#include <thread>

using namespace earmark;

namespace
{

ClassificationReport reportOn(const TrainRequest& request)
{
    std::set<std::string> names;
    for (const Sample& sample : request.train)
        names.insert(sample.labels.begin(), sample.labels.end());
    const std::vector<std::string> labels(names.begin(), names.end());
    std::vector<ReportedClip> clips;
    for (const Sample& sample : request.report)
        clips.push_back({.id = sample.id, .name = sample.name, .label = 0, .prediction = 0, .scores = std::vector<float>(labels.size(), 0.5f)});
    return classificationReport(labels, std::move(clips));
}

/// 0.75 for the label that the file's name begins with, else for "a". Windows, where asked for, say "a" and "b" in turn; what ends in ".broken" fails.
ClassifiedClip heard(const ClassifyRequest& request, std::size_t index, std::shared_ptr<const std::vector<std::string>> labels)
{
    const std::string& name = request.samples[index].name;
    ClassifiedClip clip{.index = index, .labels = std::move(labels)};
    const std::vector<float> a{0.75f, 0.25f}, b{0.25f, 0.75f};
    if (name.ends_with(".broken"))
        clip.error = Error{.code = "audio.not_audio", .message = "That is no sound.", .path = name, .parameters = {}};
    else if (request.window)
        for (int i = 0; i < 4; ++i)
            clip.windows.push_back({.start = i * *request.window, .end = (i + 1) * *request.window, .scores = i % 2 == 0 ? a : b});
    else
        clip.scores = name.substr(name.find_last_of('/') + 1).starts_with("b") ? b : a;
    return clip;
}

class ScriptedCompute final : public Compute
{
public:
    Result<ComputeDescription> describe() override
    {
        ComputeDescription description{.torchVersion = "scripted", .families = {"wav2vec2"}};
        for (const char* name : {"fails", "scripted", "slow"})
            description.presets.push_back({.name = name, .family = "wav2vec2", .explanation = "Computes nothing.", .parameters = 1000, .tasks = {"classification"}});
        return description;
    }
    Result<ModelDescription> describeModel(const std::string& path) override { return ModelDescription{.path = path, .labels = {"a", "b"}}; }
    Result<void> createModel(const std::string&, const std::vector<std::string>&, std::uint64_t, const std::string&) override { return {}; }
    Result<ClassifyOutcome> classify(const ClassifyRequest& request, const ClassifyObserver& observer, std::stop_token) override
    {
        const auto labels = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"a", "b"});
        for (std::size_t i = 0; i < request.samples.size(); ++i)
            observer(heard(request, i, labels));
        return ClassifyOutcome{.labels = *labels};
    }
    Result<ClassifyOutcome> zeroShot(const ZeroShotRequest& request, const ClassifyObserver&, std::stop_token) override { return ClassifyOutcome{.labels = request.labels}; }
    Result<bool> embed(const EmbedRequest& request, const EmbedObserver& observer, std::stop_token) override
    {
        for (std::size_t i = 0; i < request.samples.size(); ++i)
            observer({.index = i, .vector = {static_cast<float>(i), static_cast<float>(i % 2), 0}});
        return true;
    }
    Result<bool> transcribe(const TranscribeRequest&, const TranscribeObserver&, std::stop_token) override { return true; }
    Result<OutputsOutcome> outputs(const OutputsRequest&) override { return OutputsOutcome{}; }
    Result<PretrainingOutcome> judgePretraining(const JudgePretrainingRequest&, std::stop_token) override { return PretrainingOutcome{}; }

    Result<std::optional<TrainEstimate>> estimate(const TrainRequest& request, std::stop_token) override
    {
        const std::int64_t batch = request.recipe.integer("per_device_train_batch_size");
        const std::int64_t times = (batch + 7) / 8;
        return TrainEstimate{.device = "scripted",
                             .stateBytes = 1000,
                             .activationBytes = 1000 * batch,
                             .freeBytes = 10000,
                             .steps = request.recipe.integer("max_steps"),
                             .seconds = static_cast<double>(request.train.size()),
                             .fits = batch <= 8,
                             .per_device_train_batch_size = batch / times,
                             .gradient_accumulation_steps = times * request.recipe.integer("gradient_accumulation_steps")};
    }

    Result<TrainOutcome> train(const TrainRequest& request, TrainObserver& observer, std::stop_token stop) override
    {
        const std::int64_t total = request.recipe.integer("max_steps");
        observer.remark({.code = {}, .message = "Trains on " + std::to_string(request.train.size()) + " samples.", .parameters = {}, .causes = {}});
        for (std::int64_t step = 1; step <= total; ++step) {
            observer.progress(step, total);
            if (step % 2 == 0)
                observer.step({.step = step, .loss = 1.0 / static_cast<double>(step), .stepsPerSecond = 100, .totalSteps = total});
            if (step == 2 && request.base == "scratch:fails")
                return failure("train.diverged", "The loss is no longer a number.");
            if (request.base == "scratch:slow")
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            while (observer.held() && !stop.stop_requested())
                std::this_thread::yield();
            if (stop.stop_requested())
                return TrainOutcome{.steps = step, .stopped = true};
        }
        observer.evaluated({.step = total, .metrics = {{"eval_loss", 0.5}, {"eval_accuracy", 0.75}}});
        observer.checkpoint({.step = total, .path = request.out + "/checkpoint-" + std::to_string(total)});
        return TrainOutcome{.steps = total, .bestStep = total, .report = reportOn(request)};
    }
};

} // namespace

extern "C" __attribute__((visibility("default"))) Compute* earmark_create_compute(int interfaceVersion, LogSink)
{
    static ScriptedCompute compute;
    return interfaceVersion == computeInterfaceVersion ? &compute : nullptr;
}
