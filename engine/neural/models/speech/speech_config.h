// The configuration keys that the families on the wav2vec 2.0 trunk share, under Hugging Face's names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/neural/checkpoint/config.h"
#include "engine/neural/models/activation.h"
#include "engine/neural/models/ctc_config.h"

namespace earmark::neural
{

struct ConformerConfig {
    enum class Positions { relative, rotary, none };
    Positions positions = Positions::relative;
    double rotary_embedding_base = 10000, conformer_conv_dropout = 0.1;
    std::int64_t conv_depthwise_kernel_size = 31;
};

struct DebertaConfig {
    bool relative_attention = true, share_att_key = true, c2p = true, p2c = true;
    bool normsTable = true; ///< norm_rel_ebd
    std::int64_t position_buckets = 256, max_relative_positions = 512;
    /// Distances to either side that the table of embeddings has rows for.
    std::int64_t span() const { return position_buckets > 0 ? position_buckets : max_relative_positions; }
};

/// What learns from sound alone: a code book, and how masked frames are told from others.
struct PretrainingConfig {
    std::int64_t num_codevectors_per_group = 320, num_codevector_groups = 2, codevector_dim = 256, proj_codevector_dim = 256, num_negatives = 100;
    double contrastive_logits_temperature = 0.1, diversity_loss_weight = 0.1, feat_quantizer_dropout = 0;
    std::int64_t num_ctc_classes = 80; ///< unispeech
    double replace_prob = 0.5;         ///< unispeech
    std::int64_t num_clusters = 504;   ///< unispeech-sat

    std::int64_t codes() const { return num_codevectors_per_group * num_codevector_groups; }
};

struct SpeechConfig {
    std::int64_t hidden_size = 768, num_hidden_layers = 12, num_attention_heads = 12, intermediate_size = 3072;
    Activation hidden_act = gelu, feat_extract_activation = gelu;
    double hidden_dropout = 0.1, activation_dropout = 0.1, attention_dropout = 0.1, feat_proj_dropout = 0, layerdrop = 0.1;
    bool has_layerdrop = true, layerdrop_spares_first = false; ///< not in sew-d; wavlm
    double initializer_range = 0.02, layer_norm_eps = 1e-5;
    std::optional<double> feature_layer_norm_eps; ///< sew-d: of the norm before the projection

    bool groupNorm = true; ///< feat_extract_norm == "group"
    std::vector<std::int64_t> conv_dim = std::vector<std::int64_t>(7, 512), conv_stride = {5, 2, 2, 2, 2, 2, 2}, conv_kernel = {10, 3, 3, 3, 3, 2, 2};
    bool conv_bias = false;
    bool feat_proj_layer_norm = true; ///< hubert; the others always have it
    bool flatFeatureProjection = false; ///< sew: norm and projection lie beside each other; no projection where the widths agree
    bool plainInitialisation = false; ///< hubert, sew: new biases of convolutions are zero, a new projection is like any linear layer

    std::int64_t num_conv_pos_embeddings = 128, num_conv_pos_embedding_groups = 16;
    bool conv_pos_batch_norm = false; ///< hubert
    std::int64_t conv_pos_kernel_size = 19; ///< data2vec-audio, where num_conv_pos_embeddings counts the convolutions
    std::optional<std::int64_t> squeeze_factor; ///< sew: frames that become one before the transformer, and again as many after it
    bool do_stable_layer_norm = false;
    std::optional<std::int64_t> adapter_attn_dim;
    std::int64_t num_buckets = 320, max_bucket_distance = 800; ///< wavlm

    bool apply_spec_augment = true;
    double mask_time_prob = 0.05, mask_feature_prob = 0;
    std::int64_t mask_time_length = 10, mask_time_min_masks = 2, mask_feature_length = 10, mask_feature_min_masks = 0;

    bool add_adapter = false; ///< convolutions after the encoder, in the families whose policy has them
    std::int64_t adapter_kernel_size = 3, adapter_stride = 2, num_adapter_layers = 3, output_hidden_size = 768;

    CtcConfig ctc;
    ConformerConfig conformer;
    DebertaConfig deberta; ///< sew-d
    PretrainingConfig pretraining;

    bool use_weighted_layer_sum = false;
    std::int64_t classifier_proj_size = 256;

    std::int64_t features() const { return conv_dim.back(); }
    /// Frames that `samples` give.
    std::int64_t frames(std::int64_t samples) const;
    /// Fewest samples that give a frame after squeezing.
    std::int64_t fewestSamples() const;
};

/// Reads the shared keys; a family changes what its class defaults differently before (in `config`) or reads its own keys after.
/// Keys that cannot be used are remembered by `read`.
void readSpeechConfig(ConfigReader& read, SpeechConfig& config);

} // namespace earmark::neural
