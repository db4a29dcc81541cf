#include "engine/neural/models/clap/htsat.h"

#include "engine/neural/models/batch_norm.h"
#include "engine/neural/models/clap/picture_embedding.h"

namespace earmark::neural
{

namespace
{

/// How often each block is passed by: evenly from none to drop_path_rate, in single precision.
std::vector<double> dropPaths(const ClapAudioConfig& config)
{
    std::int64_t blocks = 0;
    for (const std::int64_t depth : config.depths)
        blocks += depth;
    const torch::Tensor rates = torch::linspace(0.0, config.drop_path_rate, blocks, torch::kFloat32);
    return {rates.const_data_ptr<float>(), rates.const_data_ptr<float>() + blocks};
}

} // namespace

HtsatEncoder::HtsatEncoder(const ClapAudioConfig& config) : config_(config)
{
    patch_embed = register_module("patch_embed", std::make_shared<PictureEmbedding>(config));
    layers = register_module("layers", std::make_shared<LayerList<SwinStage>>());
    const std::vector<double> rates = dropPaths(config);
    auto next = rates.begin();
    for (std::int64_t stage = 0; stage < config.stages(); ++stage) {
        const auto end = next + config.depths[static_cast<std::size_t>(stage)];
        layers->append(std::make_shared<SwinStage>(config, stage, std::vector(next, end)));
        next = end;
    }
    batch_norm = register_module("batch_norm", std::make_shared<BatchNorm>(config.num_mel_bins));
    norm = register_module("norm", std::make_shared<LayerNorm>(config.width(config.stages() - 1), 1e-5));
}

namespace
{
torch::Tensor drawnOut(const torch::Tensor& x, std::int64_t frames, std::int64_t bins)
{
    const std::array<std::int64_t, 2> size{frames, bins};
    return at::upsample_bicubic2d(x, size, /*align_corners=*/true, std::nullopt, std::nullopt);
}
} // namespace

/// The spectrogram, drawn out to the picture's number of frames and cut into stretches that then lie above each other.
torch::Tensor HtsatEncoder::folded(const torch::Tensor& spectrogram) const
{
    const std::int64_t frames = config_.pictureFrames(), bins = config_.pictureBins(), ratio = config_.freqRatio();
    const std::int64_t given = spectrogram.size(2);
    torch::Tensor x = spectrogram;
    if (given < frames)
        x = drawnOut(x, frames, x.size(3));
    if (x.size(3) < bins) // upstream goes back to the frames that were given: with fewer than the picture's it fails below
        x = drawnOut(x, given, bins);
    if (x.size(2) != frames || x.size(3) != bins)
        throw Failure("model.bad_config", "The features have " + std::to_string(given) + " frames of " + std::to_string(spectrogram.size(3)) +
                                              " bins, and the model takes at most " + std::to_string(frames) + " of " + std::to_string(bins) +
                                              ": preprocessor_config.json and config.json do not belong together.");
    return x.reshape({x.size(0), x.size(1) * ratio, frames / ratio, bins})
        .transpose(2, 3)
        .reshape({x.size(0), x.size(1), bins * ratio, frames / ratio});
}

/// (batch, tokens, channels) -> (batch, channels, height, width)
torch::Tensor HtsatEncoder::asPicture(const torch::Tensor& hidden, std::int64_t stage) const
{
    const Grid grid = config_.grid(stage);
    return hidden.view({hidden.size(0), grid[0], grid[1], hidden.size(2)}).permute({0, 3, 1, 2});
}

ModelOutputs HtsatEncoder::forward(const ModelInputs& inputs, bool eager) const
{
    if (inputs.input.dim() != 4 || inputs.input.size(3) != config_.num_mel_bins)
        throw Failure("model.bad_config", "The features are no spectrograms of " + std::to_string(config_.num_mel_bins) +
                                              " bins: preprocessor_config.json and config.json do not belong together.");
    const torch::Tensor normed = batch_norm->forward(inputs.input.transpose(1, 3)).transpose(1, 3);
    torch::Tensor longer;
    if (config_.enable_fusion && inputs.is_longer)
        longer = inputs.is_longer->to(torch::kBool).view(-1).nonzero().view(-1);
    torch::Tensor hidden = patch_embed->forward(folded(normed), longer);

    ModelOutputs outputs;
    if (inputs.output_hidden_states)
        outputs.hidden_states.push_back(asPicture(hidden, 0));
    const std::int64_t stages = config_.stages();
    for (std::int64_t stage = 0; stage < stages; ++stage) {
        SwinStage::Output made = (*layers)[static_cast<std::size_t>(stage)].forward(hidden, eager);
        hidden = made.hidden;
        if (inputs.output_hidden_states)
            outputs.hidden_states.push_back(asPicture(hidden, std::min(stage + 1, stages - 1)));
        if (inputs.output_attentions)
            outputs.attentions.push_back(made.attention);
    }
    const torch::Tensor last = norm->forward(hidden);
    const Grid grid = config_.grid(stages - 1);
    const std::int64_t perBand = grid[0] / config_.freqRatio(); // rows of one stretch of time
    outputs.last_hidden_state = last.transpose(1, 2)
                                    .reshape({last.size(0), last.size(2), grid[0] / perBand, perBand, grid[1]})
                                    .transpose(2, 3)
                                    .reshape({last.size(0), last.size(2), perBand, -1});
    outputs.pooler_output = at::adaptive_avg_pool1d(outputs.last_hidden_state->flatten(2), 1).flatten(1);
    return outputs;
}

void HtsatEncoder::freezeLowest(int stages)
{
    if (stages <= 0)
        return;
    freezeParameters(*patch_embed);
    freezeParameters(*batch_norm);
    for (int i = 0; i < stages && static_cast<std::size_t>(i) < layers->size(); ++i)
        freezeParameters((*layers)[static_cast<std::size_t>(i)]);
}

} // namespace earmark::neural
