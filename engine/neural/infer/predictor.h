// A loaded model made ready to predict, and batches of like length through it: each clip's result as if alone. Thread: the executor's.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/neural/device/torch.h"
#include "engine/neural/features/feature_extractor.h"
#include "engine/neural/models/registry.h"

namespace earmark::neural
{

/// Batches' worth of clips that are read before any of them is computed, so that like lengths find each other.
inline constexpr std::size_t batchesAhead = 4;

class Predictor
{
public:
    /// Loads the model in the options' device, type and attention, and folds what need not be computed twice. Errors: model.*, io.*, compute.*.
    static Result<Predictor> load(const std::string& folder, Head head, const ComputeOptions& options, const std::string& language = {});

    const Model& model() const { return *loaded_.model; }
    const FeatureExtractor& extractor() const { return *loaded_.extractor; }
    const std::optional<RobertaTokenizer>& textTokenizer() const { return loaded_.textTokenizer; }
    const std::optional<CtcTokenizer>& tokenizer() const { return loaded_.tokenizer; }

    /// Positions of `items` in batches of `most` at most. Where padding would change a result, only items of one shape meet; else those of
    /// nearly one length. In ascending order of length, the longest batch last.
    std::vector<std::vector<std::size_t>> group(const std::vector<const Features*>& items, std::size_t most) const;

    /// `compute` for one batch after another as group() makes them, with the places of its items; `between` after each. False where stopped.
    using ComputeBatch = std::function<void(const std::vector<std::size_t>& places, const std::vector<const Features*>& members)>;
    bool eachBatch(const std::vector<const Features*>& items, std::size_t most, const std::stop_token& stop, const std::function<void()>& between,
                   const ComputeBatch& compute) const;

    /// One padded batch through the model, without gradients.
    ModelOutputs forward(const std::vector<const Features*>& items, bool hiddenStates);
    /// The same, pooled: (batch, hidden), float32, on the CPU.
    torch::Tensor pooled(const std::vector<const Features*>& items, std::optional<int> layer);

private:
    ModelInputs inputsOf(const std::vector<const Features*>& items, bool hiddenStates) const;

    LoadedModel loaded_;
    torch::Device device_ = torch::kCPU;
    torch::ScalarType dtype_ = torch::kFloat32;
};

/// What was read of one clip.
struct ReadClip {
    std::optional<Features> features; ///< absent on error
    std::vector<Remark> warnings;
    std::optional<Error> error;
};

/// Decodes and extracts one clip whole, with a warning where a fixed input cuts it short. Thread: any.
ReadClip readClip(const Sample& sample, const FeatureExtractor& extractor, ChannelChoice channel);

/// Threads that read ahead of the computing ones.
int readingThreads();

} // namespace earmark::neural
