// CLAP's audio tower, HTS-AT (Chen et al. 2022): a log-mel spectrogram is folded into a square picture, which a Swin transformer reads.
#pragma once

#include "engine/neural/models/clap/clap_config.h"
#include "engine/neural/models/clap/swin.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

class BatchNorm;
class PictureEmbedding;

/// audio_model.audio_encoder
class HtsatEncoder : public torch::nn::Module
{
public:
    explicit HtsatEncoder(const ClapAudioConfig& config);

    /// `inputs.input`: (batch, channels, frames, bins); `inputs.is_longer` says which clips have pictures of parts to fuse.
    /// Throws Failure (model.bad_config) for pictures that are none of its own.
    ModelOutputs forward(const ModelInputs& inputs, bool eager) const;
    void freezeLowest(int stages);

private:
    torch::Tensor folded(const torch::Tensor& spectrogram) const;
    torch::Tensor asPicture(const torch::Tensor& hidden, std::int64_t stage) const;

    const ClapAudioConfig& config_;
    std::shared_ptr<PictureEmbedding> patch_embed;
    std::shared_ptr<LayerList<SwinStage>> layers;
    std::shared_ptr<BatchNorm> batch_norm;
    std::shared_ptr<LayerNorm> norm;
};

} // namespace earmark::neural
