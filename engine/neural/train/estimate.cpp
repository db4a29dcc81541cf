#include "engine/neural/train/estimate.h"

#include <ATen/DeviceAccelerator.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <span>

#include "engine/neural/device/device.h"
#include "engine/neural/device/memory_watch.h"
#include "engine/neural/infer/collate.h"
#include "engine/neural/models/random_streams.h"
#include "engine/neural/train/learnt.h"
#include "engine/neural/train/loss_rule.h"
#include "engine/neural/train/optimiser.h"
#include "engine/neural/train/pretraining.h"
#include "engine/neural/train/train_job.h"

namespace earmark::neural
{

namespace
{

/// A step that took longer is not measured again: people wait for the answer.
constexpr double patience = 4;
/// Of the free memory, what a run may take.
constexpr double share = 0.9;
/// Of a clip's forward and backward pass, what its forward pass takes.
constexpr double forwardShare = 1.0 / 3;

/// The lengths that the network would hear, in seconds.
struct Lengths {
    std::int64_t rows = 0;
    double longest = 0;
    double padded = 0; ///< mean over batches of their longest
    double evaluated = 0; ///< mean of the validation clips
    std::int64_t evaluatedRows = 0;
};

/// Whether there is something to learn from it.
bool isOfUse(const Sample& sample, const std::string& task, const TrialModel& trial)
{
    if (task == "pretraining")
        return true;
    return task == "ctc" ? !sample.text.empty() : isLearnt(sample, trial.settings.problem_type, trial.loaded.model->labels());
}

std::vector<double> rowsOf(const std::vector<Sample>& samples, const std::string& task, const TrialModel& trial, LengthRule rule, double most,
                           std::optional<std::int64_t> limit)
{
    std::vector<double> rows;
    std::int64_t taken = 0;
    for (const Sample& sample : samples) {
        if (!isOfUse(sample, task, trial) || (limit && taken++ >= *limit))
            continue;
        const double length = sample.seconds > 0 ? sample.seconds : most;
        if (rule == LengthRule::whole)
            rows.push_back(length);
        else if (rule == LengthRule::windows)
            rows.insert(rows.end(), static_cast<std::size_t>(std::clamp(std::ceil(length / most), 1.0, 1e6)), std::min(length, most));
        else if (rule != LengthRule::dropLonger || length <= most)
            rows.push_back(std::min(length, most));
    }
    return rows;
}

/// As a shuffled epoch would pad them.
double meanOfLongest(std::vector<double> rows, std::int64_t batch, bool grouped)
{
    std::mt19937 random(42);
    std::ranges::shuffle(rows, random);
    if (grouped)
        std::ranges::sort(rows);
    double sum = 0;
    std::int64_t batches = 0;
    for (std::size_t first = 0; first < rows.size(); first += static_cast<std::size_t>(batch), ++batches)
        sum += *std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(first),
                                 rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), first + static_cast<std::size_t>(batch))));
    return sum / static_cast<double>(batches);
}

Lengths lengthsOf(const TrainRequest& request, const TrialModel& trial)
{
    const TrainingSettings& s = trial.settings;
    const FeatureExtractor& extractor = *trial.loaded.extractor;
    std::vector<double> rows = rowsOf(request.train, request.task, trial, s.train_length, s.max_length_seconds, s.max_train_samples);
    if (request.task == "pretraining")
        std::erase_if(rows, [&](double length) { return length <= s.min_duration_in_seconds; });
    Lengths lengths{.rows = static_cast<std::int64_t>(rows.size())};
    if (rows.empty())
        return lengths;
    lengths.longest = *std::ranges::max_element(rows);
    lengths.padded = meanOfLongest(rows, s.per_device_train_batch_size, s.group_by_length);
    const std::vector<double> evaluated = rowsOf(request.validation, request.task, trial, s.eval_length, s.max_length_seconds, s.max_eval_samples);
    lengths.evaluatedRows = static_cast<std::int64_t>(evaluated.size());
    if (!evaluated.empty())
        lengths.evaluated = std::accumulate(evaluated.begin(), evaluated.end(), 0.0) / static_cast<double>(evaluated.size());
    if (extractor.fixedSamples() > 0)
        lengths.longest = lengths.padded = lengths.evaluated = static_cast<double>(extractor.fixedSamples()) / extractor.samplingRate();
    return lengths;
}

std::int64_t evaluationsOf(const TrainingSettings& s, const StepPlan& plan)
{
    const std::int64_t atStart = s.eval_on_start ? 1 : 0;
    if (s.eval_strategy == Strategy::epoch)
        return atStart + plan.epochs;
    return atStart + (s.eval_strategy == Strategy::steps && plan.evaluation > 0 ? plan.totalSteps / plan.evaluation : 0);
}

/// A template, so that a LibTorch whose allocators do not offer it compiles.
template <class Allocator> void emptyCache(Allocator* allocator)
{
    if constexpr (requires { allocator->emptyCache(); })
        allocator->emptyCache();
}

/// 0 where nobody can say.
std::int64_t freeMemory(torch::Device device)
{
    if (device.is_cuda())
        emptyCache(at::getDeviceAllocator(at::kCUDA)); // what this process only keeps at hand is free
    const auto devices = describeDevices();
    const auto known = std::ranges::find(devices, device.is_cuda() ? "cuda:" + std::to_string(std::max<int>(0, device.index())) : "cpu", &DeviceDescription::name);
    return known == devices.end() ? 0 : known->freeMemory;
}

struct Tf32Guard {
    ~Tf32Guard()
    {
        at::globalContext().setAllowTF32CuBLAS(matmul);
        at::globalContext().setAllowTF32CuDNN(convolution);
    }
    const bool matmul = at::globalContext().allowTF32CuBLAS();
    const bool convolution = at::globalContext().allowTF32CuDNN();
};

class Trial
{
public:
    struct Measured {
        double seconds = 0;     ///< forward and backward
        std::int64_t forward = 0; ///< bytes at the forward pass's peak, weights and gradients not counted
        std::int64_t whole = 0;   ///< at the peak of both passes
    };

    Trial(const TrialModel& model, MemoryWatch& watch)
        : model_(*model.loaded.model), extractor_(*model.loaded.extractor), device_(model.device), watch_(watch), streams_(model.settings.seed),
          rule_(model_.acceptsLossKwargs(), model.settings.problem_type, model.settings.label_smoothing_factor, {}, device_), optimiser_(trainableParameters(model_), {}),
          autocast_(model.settings.fp16   ? torch::kFloat16
                    : model.settings.bf16 ? torch::kBFloat16
                                          : torch::kFloat32)
    {
        model_.setRandomStreams(&streams_);
        if (pretrainingOf(model_))
            pretraining_.emplace(model_, model.settings, device_, autocast_);
    }
    ~Trial() { model_.setRandomStreams(nullptr); }

    std::int64_t trained() const
    {
        std::int64_t count = 0;
        for (const NamedParameter& parameter : optimiser_.parameters())
            count += parameter.value.numel();
        return count;
    }

    Result<Measured> step(std::int64_t batch, double seconds)
    {
        ModelInputs inputs;
        EARMARK_TRY(inputs, noise(batch, seconds));
        for (const NamedParameter& parameter : optimiser_.parameters()) // as after a first step: gradients are no part of what a batch takes
            if (!parameter.value.grad().defined())
                parameter.value.mutable_grad() = torch::zeros_like(parameter.value);
        wait();
        watch_.begin();
        const auto begun = std::chrono::steady_clock::now();
        const torch::Tensor loss = lossOf(std::move(inputs));
        const std::int64_t forward = watch_.peak();
        loss.backward();
        wait();
        return Measured{std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(), forward, watch_.peak()};
    }

    double optimiserSeconds()
    {
        optimiser_.step(0); // makes its state
        wait();
        const auto begun = std::chrono::steady_clock::now();
        clipGradients(optimiser_.gradients(), 1);
        optimiser_.step(0);
        wait();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    }

private:
    torch::Tensor lossOf(ModelInputs inputs)
    {
        if (pretraining_) {
            pretraining_->beginStep(0);
            return pretraining_->loss(std::move(inputs), streams_);
        }
        const std::int64_t batch = inputs.input.size(0);
        const torch::Tensor wanted = targets(batch, inputs.input.size(1)).to(device_);
        const std::vector<std::int64_t> labels(model_.task() == "ctc" ? 0 : static_cast<std::size_t>(batch), 0);
        return rule_.compute(model_, std::move(inputs), wanted, rule_.items(labels), autocast_).loss;
    }

    /// Labels in turn; of several labels and numbers zeros; of a recogniser a text of a third of what its frames could hold.
    torch::Tensor targets(std::int64_t batch, std::int64_t inputLength) const
    {
        if (rule_.problem() != ProblemType::singleLabel)
            return torch::zeros({batch, static_cast<std::int64_t>(model_.labels().size())});
        if (model_.task() != "ctc")
            return torch::arange(batch, torch::kLong).remainder(static_cast<std::int64_t>(model_.labels().size()));
        const std::int64_t length = std::max<std::int64_t>(1, model_.framesOf(inputLength) / 3);
        return torch::arange(length, torch::kLong).remainder(2).add(1).expand({batch, length}).contiguous();
    }

    Result<ModelInputs> noise(std::int64_t batch, double seconds) const
    {
        std::mt19937 random(42);
        std::uniform_real_distribution<float> draw(-0.1f, 0.1f);
        std::vector<float> wave(static_cast<std::size_t>(std::max<double>(seconds * extractor_.samplingRate(), static_cast<double>(extractor_.fewestSamples(model_.minimumInput())))));
        std::ranges::generate(wave, [&] { return draw(random); });
        const std::vector<std::span<const float>> clips(static_cast<std::size_t>(batch), wave);
        EARMARK_TRY(FeatureBatch features, extractor_.extractBatch(clips));
        return collate(std::move(features), device_);
    }

    void wait() const
    {
        if (device_.is_cuda())
            torch::cuda::synchronize(device_.index());
    }

    Model& model_;
    const FeatureExtractor& extractor_;
    torch::Device device_;
    MemoryWatch& watch_;
    RandomStreams streams_;
    LossRule rule_;
    AdamW optimiser_;
    torch::ScalarType autocast_;
    std::optional<PretrainingRun> pretraining_;
};

/// A straight line through a batch of one clip and one of more.
struct Slope {
    Trial::Measured one;
    Trial::Measured more; ///< each further clip

    double seconds(double batch) const { return one.seconds + (batch - 1) * more.seconds; }
    /// With few clips the peak may lie where one weight's gradient is made; with many it lies where most activations are kept.
    double bytes(double batch) const
    {
        return std::max(static_cast<double>(one.forward) + (batch - 1) * static_cast<double>(more.forward),
                        static_cast<double>(one.whole) + (batch - 1) * static_cast<double>(more.whole));
    }
    void passThrough(std::int64_t batch, const Trial::Measured& measured)
    {
        more.seconds = std::max(one.seconds / 100, (measured.seconds - one.seconds) / static_cast<double>(batch - 1));
        more.forward = std::max<std::int64_t>(0, (measured.forward - one.forward) / (batch - 1));
        more.whole = std::max<std::int64_t>(0, (measured.whole - one.whole) / (batch - 1));
    }
};

/// `room` is what a batch may take: the batch itself is tried where it fits and is quick, two clips otherwise.
Result<std::optional<Slope>> measure(Trial& trial, double seconds, std::int64_t batch, double room, const std::stop_token& stop)
{
    EARMARK_TRY(Trial::Measured one, trial.step(1, seconds)); // the first is slower: libraries wake up, memory is fetched
    if (one.seconds < patience && !stop.stop_requested()) {
        EARMARK_TRY(one, trial.step(1, seconds));
    }
    Slope slope{one, one};
    if (one.seconds < patience && batch > 1 && !stop.stop_requested()) {
        EARMARK_TRY(const Trial::Measured two, trial.step(2, seconds));
        slope.passThrough(2, two);
        // Beside other work the second clip may seem to cost nothing, and thousands of them would be tried: it costs a quarter of the first at least.
        const double most = one.seconds + static_cast<double>(batch - 1) * std::max(slope.more.seconds, one.seconds / 4);
        if (batch > 2 && most < patience && slope.bytes(static_cast<double>(batch)) < room) {
            EARMARK_TRY(const Trial::Measured all, trial.step(batch, seconds));
            slope.passThrough(batch, all);
        }
    }
    return stop.stop_requested() ? std::optional<Slope>() : slope;
}

/// Halves the batch until it fits, and adds up over more batches instead.
void suggest(TrainEstimate& estimate, const TrainingSettings& s, const std::function<double(double)>& bytes)
{
    const std::int64_t clips = s.per_device_train_batch_size * s.gradient_accumulation_steps;
    const auto fits = [&](std::int64_t batch) {
        return estimate.freeBytes == 0 ||
               static_cast<double>(estimate.stateBytes) + bytes(static_cast<double>(batch)) <= share * static_cast<double>(estimate.freeBytes);
    };
    std::int64_t batch = s.per_device_train_batch_size;
    estimate.fits = fits(batch);
    while (batch > 1 && !fits(batch))
        batch = (batch + 1) / 2;
    estimate.per_device_train_batch_size = batch;
    estimate.gradient_accumulation_steps = (clips + batch - 1) / batch;
}

} // namespace

Result<std::optional<TrainEstimate>> estimateTraining(const TrainRequest& request, std::stop_token stop)
{
    const Tf32Guard tf32;
    EARMARK_TRY(const torch::Device device, chooseDevice(request.options.device));
    TrainEstimate estimate{.device = device.is_cuda() ? "cuda:" + std::to_string(std::max<int>(0, device.index())) : "cpu",
                           .freeBytes = freeMemory(device)};
    MemoryWatch watch(device);
    EARMARK_TRY(const TrialModel model, trialModel(request));
    const TrainingSettings& s = model.settings;
    const Lengths lengths = lengthsOf(request, model);
    if (lengths.rows == 0)
        return failure("train.no_clips", "No clip of the training split can be used.");
    const StepPlan plan = planSteps(s, lengths.rows);
    const double batch = static_cast<double>(std::min(s.per_device_train_batch_size, lengths.rows));

    Trial trial(model, watch);
    for (const torch::Tensor& parameter : model.loaded.model->parameters())
        estimate.parameters += parameter.numel();
    estimate.trainedParameters = trial.trained();
    // Weights in float32; of each that is trained a gradient and AdamW's two moments.
    estimate.stateBytes = 4 * estimate.parameters + 12 * estimate.trainedParameters;
    const double room = estimate.freeBytes == 0 ? 0 : share * static_cast<double>(estimate.freeBytes) - static_cast<double>(estimate.stateBytes);
    EARMARK_TRY(const std::optional<Slope> slope, measure(trial, lengths.padded, static_cast<std::int64_t>(batch), room, stop));
    if (!slope)
        return std::optional<TrainEstimate>();

    const double longer = lengths.longest / lengths.padded;
    const auto bytes = [&](double clips) { return longer * slope->bytes(clips); };
    estimate.activationBytes = static_cast<std::int64_t>(bytes(batch));
    estimate.longestSeconds = lengths.longest;
    estimate.steps = plan.totalSteps;
    estimate.secondsPerStep = static_cast<double>(s.gradient_accumulation_steps) * slope->seconds(batch) + trial.optimiserSeconds();
    const double evaluation = static_cast<double>(lengths.evaluatedRows) * forwardShare * slope->more.seconds * lengths.evaluated / lengths.padded;
    estimate.seconds = static_cast<double>(plan.totalSteps) * estimate.secondsPerStep + static_cast<double>(evaluationsOf(s, plan)) * evaluation;
    suggest(estimate, s, bytes);
    return std::optional(std::move(estimate));
}

} // namespace earmark::neural
