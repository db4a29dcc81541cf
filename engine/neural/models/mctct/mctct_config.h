// Configuration of M-CTC-T, under Hugging Face's names.
#pragma once

#include <string>
#include <vector>

#include "engine/neural/models/activation.h"
#include "engine/neural/models/ctc_config.h"

namespace earmark::neural
{

struct MctctConfig {
    std::int64_t hidden_size = 1536, num_hidden_layers = 36, num_attention_heads = 4, attention_head_dim = 384, intermediate_size = 6144;
    std::int64_t max_position_embeddings = 920; ///< frames to either side that a frame tells apart
    Activation hidden_act = nullptr;
    double layer_norm_eps = 1e-5, layerdrop = 0.3, initializer_range = 0.02;
    double hidden_dropout_prob = 0.3, attention_probs_dropout_prob = 0.3, conv_dropout = 0.3;
    std::vector<std::int64_t> conv_kernel = {7}, conv_stride = {3};
    std::vector<std::int64_t> conv_channels; ///< of the convolutions but the last one, before their gates halve them
    std::int64_t bins = 80;                  ///< input_feat_per_channel times input_channels
    CtcConfig ctc;

    /// Zeros at either end of the spectrogram.
    std::int64_t padding() const;
    /// Channels that a convolution takes and gives; the gate halves the latter.
    std::pair<std::int64_t, std::int64_t> channels(std::size_t convolution) const;
    /// What the mask and the loss count: each convolution by its own padding.
    std::int64_t frames(std::int64_t length) const;
};

/// Error: model.bad_config.
Result<MctctConfig> readMctctConfig(const Json& json, const std::string& path);

} // namespace earmark::neural
