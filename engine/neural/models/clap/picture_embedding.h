// From the folded spectrogram to tokens; with fusion, also from three parts of a longer clip, which are weighed against the whole (attentional feature fusion,
// Dai et al. 2021).
#pragma once

#include "engine/neural/models/clap/clap_config.h"
#include "engine/neural/models/parameters.h"

namespace earmark::neural
{

class FeatureFusion;
class PlainConvolution;

/// patch_embed
class PictureEmbedding : public torch::nn::Module
{
public:
    explicit PictureEmbedding(const ClapAudioConfig& config);

    /// (batch, channels, height, width) -> (batch, tokens, patch_embeds_hidden_size). `longer`: int64, the clips whose channels 1 to 3 are fused; undefined
    /// where none are. Throws Failure (model.bad_config) for a number of channels that the network does not take.
    torch::Tensor forward(const torch::Tensor& picture, const torch::Tensor& longer) const;

private:
    torch::Tensor parts(const torch::Tensor& pictures, std::int64_t width) const;

    const ClapAudioConfig& config_;
    std::shared_ptr<PlainConvolution> proj, mel_conv2d; ///< the second is null without fusion
    std::shared_ptr<LayerNorm> norm;                    ///< null without enable_patch_layer_norm
    std::shared_ptr<FeatureFusion> fusion_model;        ///< null without fusion
};

} // namespace earmark::neural
