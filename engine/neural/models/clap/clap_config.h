// Configuration of CLAP: of its text tower, of its audio tower, and of what joins them, under Hugging Face's names.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/neural/checkpoint/config.h"
#include "engine/neural/models/activation.h"

namespace earmark::neural
{

struct ClapTextConfig {
    std::int64_t vocab_size = 50265, hidden_size = 768, num_hidden_layers = 12, num_attention_heads = 12, intermediate_size = 3072;
    Activation hidden_act = gelu;
    double hidden_dropout_prob = 0.1, attention_probs_dropout_prob = 0.1;
    std::int64_t max_position_embeddings = 514, type_vocab_size = 1, pad_token_id = 1;
    double initializer_factor = 1, layer_norm_eps = 1e-12;
    bool absolutePositions = true; ///< position_embedding_type; with any other its class has no positions at all

    /// Tokens of a text, those around it counted: positions begin behind the padding's.
    std::int64_t longest() const { return max_position_embeddings - pad_token_id - 1; }
};

struct ClapAudioConfig {
    std::int64_t window_size = 8, num_mel_bins = 64, spec_size = 256;
    Activation hidden_act = gelu;
    std::array<std::int64_t, 2> patch_size{4, 4}, patch_stride{4, 4}; ///< frequency, time
    std::int64_t hidden_size = 768;
    std::vector<std::int64_t> depths{2, 2, 6, 2}, num_attention_heads{4, 8, 16, 32};
    bool enable_fusion = false;
    double hidden_dropout_prob = 0.1;
    std::int64_t patch_embed_input_channels = 1, patch_embeds_hidden_size = 96;
    bool enable_patch_layer_norm = true;
    double drop_path_rate = 0, attention_probs_dropout_prob = 0;
    bool qkv_bias = true;
    double mlp_ratio = 4;
    std::int64_t aff_block_r = 4, num_hidden_layers = 4;
    double layer_norm_eps = 1e-5, initializer_factor = 1;

    std::int64_t stages() const { return static_cast<std::int64_t>(depths.size()); }
    /// Stretches of time that lie above each other in the square picture.
    std::int64_t freqRatio() const { return spec_size / num_mel_bins; }
    std::int64_t pictureFrames() const { return spec_size * freqRatio(); }
    std::int64_t pictureBins() const { return spec_size / freqRatio(); }
    /// Tokens of the picture's height and width in a stage.
    std::array<std::int64_t, 2> grid(std::int64_t stage) const { return {spec_size / patch_stride[0] >> stage, spec_size / patch_stride[1] >> stage}; }
    std::int64_t width(std::int64_t stage) const { return patch_embeds_hidden_size << stage; } ///< channels
};

struct ClapConfig {
    ClapTextConfig text_config;
    ClapAudioConfig audio_config;
    double logit_scale_init_value = 1 / 0.07;
    std::int64_t projection_dim = 512;
    Activation projection_hidden_act = nullptr;
    double initializer_factor = 1;
};

/// Errors: model.bad_config, also for what transformers itself cannot compute.
Result<ClapConfig> readClapConfig(const Json& json, const std::string& path);

} // namespace earmark::neural
