// Configuration of Whisper's encoder and of the classifier on it, under Hugging Face's names.
#pragma once

#include <string>

#include "engine/neural/checkpoint/config.h"
#include "engine/neural/models/activation.h"

namespace earmark::neural
{

struct WhisperConfig {
    std::int64_t num_mel_bins = 80, d_model = 384, encoder_layers = 4, encoder_attention_heads = 6, encoder_ffn_dim = 1536;
    std::int64_t max_source_positions = 1500; ///< frames after the convolutions, of which the second halves their number
    Activation activation_function = gelu;
    double dropout = 0, attention_dropout = 0, activation_dropout = 0, encoder_layerdrop = 0, init_std = 0.02;
    bool use_weighted_layer_sum = false;
    std::int64_t classifier_proj_size = 256;

    /// Of the spectrogram, always so many.
    std::int64_t frames() const { return 2 * max_source_positions; }
};

/// Error: model.bad_config.
Result<WhisperConfig> readWhisperConfig(const Json& json, const std::string& path);

} // namespace earmark::neural
