#include "engine/neural/infer/predictor.h"

#include <algorithm>
#include <numeric>

#include "engine/audio/decode.h"
#include "engine/neural/device/device.h"
#include "engine/neural/infer/collate.h"

namespace earmark::neural
{

namespace
{

/// Longest to shortest within a padded batch: beyond it padding costs more than batching saves.
constexpr double likeLength = 1.15;

std::string seconds(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

} // namespace

Result<Predictor> Predictor::load(const std::string& folder, Head head, const ComputeOptions& options, const std::string& language)
{
    Predictor predictor;
    EARMARK_TRY(predictor.device_, chooseDevice(options.device));
    EARMARK_TRY(predictor.dtype_, chooseDtype(options.dtype));
    setThreads(options.threads);
    EARMARK_TRY(predictor.loaded_, loadModel(folder, {.head = head,
                                                      .language = language,
                                                      .device = predictor.device_,
                                                      .dtype = predictor.dtype_,
                                                      .attention = options.attention}));
    predictor.loaded_.model->eval();
    predictor.loaded_.model->setRandomStreams(nullptr);
    const c10::InferenceMode guard;
    predictor.loaded_.model->prepareForInference();
    return predictor;
}

std::vector<std::vector<std::size_t>> Predictor::group(const std::vector<const Features*>& items, std::size_t most) const
{
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return items[i]->shape.front(); });
    const bool exactly = model().paddingChangesResult() || !extractor().returnsAttentionMask();
    const auto fits = [&](std::size_t shortest, std::size_t next) {
        const auto a = static_cast<double>(items[shortest]->shape.front());
        const auto b = static_cast<double>(items[next]->shape.front());
        return exactly ? a == b : b <= a * likeLength;
    };
    std::vector<std::vector<std::size_t>> batches;
    for (const std::size_t i : order) {
        if (batches.empty() || batches.back().size() >= most || !fits(batches.back().front(), i))
            batches.emplace_back();
        batches.back().push_back(i);
    }
    return batches;
}

bool Predictor::eachBatch(const std::vector<const Features*>& items, std::size_t most, const std::stop_token& stop, const std::function<void()>& between,
                          const ComputeBatch& compute) const
{
    for (const auto& places : group(items, most)) {
        if (stop.stop_requested())
            return false;
        std::vector<const Features*> members;
        for (const std::size_t i : places)
            members.push_back(items[i]);
        compute(places, members);
        if (between)
            between();
    }
    return true;
}

ModelInputs Predictor::inputsOf(const std::vector<const Features*>& items, bool hiddenStates) const
{
    FeatureBatch batch = extractor().pad(items);
    // A mask of ones changes nothing but the time it takes.
    if (std::ranges::all_of(batch.attentionMask, [](std::int64_t bit) { return bit == 1; }))
        batch.attentionMask.clear();
    ModelInputs inputs = collate(std::move(batch), device_, dtype_);
    inputs.output_hidden_states = hiddenStates;
    inputs.pooled_only = !hiddenStates;
    return inputs;
}

ModelOutputs Predictor::forward(const std::vector<const Features*>& items, bool hiddenStates)
{
    const c10::InferenceMode guard;
    return loaded_.model->forward(inputsOf(items, hiddenStates));
}

torch::Tensor Predictor::pooled(const std::vector<const Features*>& items, std::optional<int> layer)
{
    const c10::InferenceMode guard;
    const ModelInputs inputs = inputsOf(items, layer.has_value());
    const ModelOutputs outputs = loaded_.model->forward(inputs);
    return loaded_.model->pooled(outputs, layer, inputs).to(torch::kFloat32).to(torch::kCPU).contiguous();
}

ReadClip readClip(const Sample& sample, const FeatureExtractor& extractor, ChannelChoice channel)
{
    ReadClip read;
    auto decoded = decodeAudio(sample.clip, {.sampleRate = extractor.samplingRate(), .channel = channel});
    if (!decoded) {
        read.error = std::move(decoded.error());
        return read;
    }
    read.warnings = std::move(decoded->warnings);
    const std::int64_t fixed = extractor.fixedSamples(), part = extractor.randomPart();
    const auto length = static_cast<std::int64_t>(decoded->samples.size());
    const std::string all = seconds(static_cast<double>(length) / extractor.samplingRate());
    if (part > 0 && length > part) {
        const std::string heard = seconds(static_cast<double>(part) / extractor.samplingRate());
        read.warnings.push_back({.code = "model.hears_a_part",
                                 .message = quoteName(sample.name) + " is " + all + " s long; the model hears " + heard + " s of it, from a place drawn at random, which is the same every time.",
                                 .parameters = {{"file", quoteName(sample.name)}, {"seconds", all}, {"heard", heard}},
                                 .causes = {}});
    }
    if (fixed > 0 && length > fixed) {
        const std::string heard = seconds(static_cast<double>(fixed) / extractor.samplingRate());
        read.warnings.push_back({.code = "model.hears_the_start",
                                 .message = quoteName(sample.name) + " is " + all + " s long; the model reads its first " + heard + " s alone. Use --window to hear all of it.",
                                 .parameters = {{"file", quoteName(sample.name)}, {"seconds", all}, {"heard", heard}},
                                 .causes = {}});
    }
    auto features = extractor.extract(decoded->samples);
    if (features) {
        read.features = std::move(*features);
    } else {
        read.error = std::move(features.error());
        if (read.error->path.empty())
            read.error->path = sample.clip.source.path;
    }
    return read;
}

int readingThreads() { return std::max(1, physicalCores() / 2); }

} // namespace earmark::neural
