// M-CTC-T's encoder: a gated convolution over the spectrogram, then layers with the norm after each half, whose frames know only how far apart they
// are. Thread: the executor's.
#pragma once

#include "engine/neural/models/mctct/mctct_config.h"
#include "engine/neural/models/model.h"
#include "engine/neural/models/speech/front_end.h"

namespace earmark::neural
{

class MctctLayer;
class MctctScale;

class MctctEncoder : public torch::nn::Module
{
public:
    /// `config` must outlive the encoder.
    explicit MctctEncoder(const MctctConfig& config);

    struct Call {
        bool eager = false;
        bool hiddenStates = false;
        bool attentions = false;
        bool drawsLayerDrop = false; ///< one number from torch's global CPU generator a layer, in training alone, whatever layerdrop is
    };
    /// (batch, frames, bins), the mask (batch, frames) or undefined -> last_hidden_state and what was asked for. Throws Failure for another number of
    /// bins.
    ModelOutputs forward(const torch::Tensor& spectrogram, const torch::Tensor& mask, const Call& call) const;

    /// Of each clip that has so many frames of a spectrogram, int64 of any shape.
    torch::Tensor frameCounts(const torch::Tensor& lengths) const;

    /// Convolution and the `count` lowest layers.
    void freezeLowest(int count);

    bool gradientCheckpointing = false;

private:
    torch::Tensor subsampled(const torch::Tensor& spectrogram) const;

    const MctctConfig& config_;
    std::shared_ptr<MctctScale> layer_norm;
    std::shared_ptr<LayerList<Convolution>> conv_layers;
    std::shared_ptr<LayerList<MctctLayer>> layers;
};

} // namespace earmark::neural
