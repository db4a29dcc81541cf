// Whisper's encoder: two convolutions over a spectrogram of fixed length, a table of positions, layers with the norm before each half.
#pragma once

#include "engine/neural/models/model.h"
#include "engine/neural/models/speech/front_end.h"
#include "engine/neural/models/whisper/whisper_config.h"

namespace earmark::neural
{

class WhisperLayer;

class WhisperEncoder : public torch::nn::Module
{
public:
    /// `config` must outlive the encoder.
    explicit WhisperEncoder(const WhisperConfig& config);

    struct Call {
        bool eager = false;
        bool hiddenStates = false;
        bool attentions = false;
        bool drawsLayerDrop = false; ///< one number from torch's global CPU generator a layer, in training alone, whatever encoder_layerdrop is
    };
    /// (batch, bins, frames) -> last_hidden_state and what was asked for. Throws Failure for a spectrogram of another size.
    ModelOutputs forward(const torch::Tensor& spectrogram, const Call& call) const;

    /// Convolutions and the `count` lowest layers.
    void freezeLowest(int count);

    bool gradientCheckpointing = false;

private:
    torch::Tensor embed(const torch::Tensor& spectrogram) const;

    const WhisperConfig& config_;
    std::shared_ptr<Convolution> conv1, conv2;
    std::shared_ptr<Embedding> embed_positions; ///< sines and cosines that nothing trains
    std::shared_ptr<LayerList<WhisperLayer>> layers;
    std::shared_ptr<LayerNorm> layer_norm;
};

} // namespace earmark::neural
