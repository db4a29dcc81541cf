// Configuration of the audio spectrogram transformer, under Hugging Face's names.
#pragma once

#include <string>

#include "engine/neural/checkpoint/config.h"
#include "engine/neural/models/activation.h"

namespace earmark::neural
{

struct AstConfig {
    std::int64_t hidden_size = 768, num_hidden_layers = 12, num_attention_heads = 12, intermediate_size = 3072;
    Activation hidden_act = gelu;
    double hidden_dropout_prob = 0, attention_probs_dropout_prob = 0, initializer_range = 0.02, layer_norm_eps = 1e-12;
    std::int64_t patch_size = 16, frequency_stride = 10, time_stride = 10; ///< a patch is square
    std::int64_t max_length = 1024, num_mel_bins = 128;                    ///< frames and bins of the fixed input
    bool qkv_bias = true;
    std::string problem_type; ///< "" where the number and type of the labels decide

    std::int64_t patches() const
    {
        return ((num_mel_bins - patch_size) / frequency_stride + 1) * ((max_length - patch_size) / time_stride + 1);
    }
};

/// Error: model.bad_config.
Result<AstConfig> readAstConfig(const Json& json, const std::string& path);

} // namespace earmark::neural
