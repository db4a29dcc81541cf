#include "engine/neural/torch_compute.h"

#include <torch/version.h>

#include "engine/neural/device/device.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/infer/classify.h"
#include "engine/neural/infer/embed.h"
#include "engine/neural/infer/outputs.h"
#include "engine/neural/infer/transcribe.h"
#include "engine/neural/infer/zero_shot.h"
#include "engine/neural/models/describe.h"
#include "engine/neural/models/registry.h"
#include "engine/neural/train/estimate.h"
#include "engine/neural/train/judge_pretraining.h"
#include "engine/neural/train/train_job.h"

namespace earmark::neural
{

namespace
{

/// Predictions of so many clips may run between two steps of a training; more of them wait for its end.
constexpr std::size_t smallJob = 64;

template <class Work> auto onExecutor(bool small, Work&& work)
{
    Executor& executor = Executor::instance();
    const auto caught = [&] { return guarded(work); };
    return small ? executor.runSoon(caught) : executor.run(caught);
}

void betweenSteps() { Executor::instance().betweenSteps(); }

} // namespace

Result<ComputeDescription> TorchCompute::describe()
{
    return onExecutor(true, []() -> Result<ComputeDescription> {
        return ComputeDescription{.torchVersion = TORCH_VERSION, .devices = describeDevices(), .families = families(), .presets = presets()};
    });
}

Result<ModelDescription> TorchCompute::describeModel(const std::string& path)
{
    return onExecutor(true, [&] { return describeModelFolder(path); });
}

Result<void> TorchCompute::createModel(const std::string& preset, const std::vector<std::string>& labels, std::uint64_t seed, const std::string& out)
{
    return onExecutor(true, [&] { return writeScratchModel(preset, labels, seed, out); });
}

Result<ClassifyOutcome> TorchCompute::classify(const ClassifyRequest& request, const ClassifyObserver& observer, std::stop_token stop)
{
    return onExecutor(request.samples.size() <= smallJob, [&] { return classifyClips(request, observer, stop, betweenSteps); });
}

Result<ClassifyOutcome> TorchCompute::zeroShot(const ZeroShotRequest& request, const ClassifyObserver& observer, std::stop_token stop)
{
    return onExecutor(request.samples.size() <= smallJob, [&] { return zeroShotClips(request, observer, stop, betweenSteps); });
}

Result<bool> TorchCompute::embed(const EmbedRequest& request, const EmbedObserver& observer, std::stop_token stop)
{
    return onExecutor(request.samples.size() <= smallJob, [&] { return embedClips(request, observer, stop, betweenSteps); });
}

Result<bool> TorchCompute::transcribe(const TranscribeRequest& request, const TranscribeObserver& observer, std::stop_token stop)
{
    return onExecutor(request.samples.size() <= smallJob, [&] { return transcribeClips(request, observer, stop, betweenSteps); });
}

Result<OutputsOutcome> TorchCompute::outputs(const OutputsRequest& request)
{
    return onExecutor(true, [&] { return computeOutputs(request); });
}

Result<PretrainingOutcome> TorchCompute::judgePretraining(const JudgePretrainingRequest& request, std::stop_token stop)
{
    return onExecutor(request.samples.size() <= smallJob, [&] { return neural::judgePretraining(request, stop, betweenSteps); });
}

Result<TrainOutcome> TorchCompute::train(const TrainRequest& request, TrainObserver& observer, std::stop_token stop)
{
    const auto makeWay = [&] {
        betweenSteps();
        while (observer.held() && !stop.stop_requested())
            Executor::instance().betweenSteps(std::chrono::milliseconds(50));
    };
    return onExecutor(false, [&] { return runTraining(request, observer, stop, makeWay); });
}

Result<std::optional<TrainEstimate>> TorchCompute::estimate(const TrainRequest& request, std::stop_token stop)
{
    return onExecutor(true, [&] { return estimateTraining(request, stop); });
}

} // namespace earmark::neural
