#include "engine/neural/models/speech/speech_config.h"

#include <algorithm>

namespace earmark::neural
{

namespace
{

constexpr std::int64_t widest = 65536, deepest = 1024;

double readProbability(ConfigReader& read, const char* key, double byDefault) { return read.number(key, byDefault, 0, 1); }

void readFrontEnd(ConfigReader& read, SpeechConfig& config)
{
    config.groupNorm = read.choice("feat_extract_norm", "group", {"group", "layer"}) == "group";
    config.feat_extract_activation = readActivation(read, "feat_extract_activation");
    config.conv_dim = read.integers("conv_dim", config.conv_dim, 1, widest);
    config.conv_stride = read.integers("conv_stride", config.conv_stride, 1, widest);
    config.conv_kernel = read.integers("conv_kernel", config.conv_kernel, 1, widest);
    config.conv_bias = read.boolean("conv_bias", false);
    const std::size_t layers = config.conv_dim.size();
    read.require(layers > 0 && config.conv_stride.size() == layers && config.conv_kernel.size() == layers,
                 "conv_dim, conv_stride and conv_kernel must have the same number of entries, at least one");
}

void readEncoder(ConfigReader& read, SpeechConfig& config)
{
    config.hidden_size = read.integer("hidden_size", config.hidden_size, 1, widest);
    config.num_hidden_layers = read.integer("num_hidden_layers", config.num_hidden_layers, 0, deepest);
    config.num_attention_heads = read.integer("num_attention_heads", config.num_attention_heads, 1, widest);
    config.intermediate_size = read.integer("intermediate_size", config.intermediate_size, 1, 4 * widest);
    config.hidden_act = readActivation(read, "hidden_act");
    config.initializer_range = read.number("initializer_range", config.initializer_range, 0, 100);
    config.layer_norm_eps = read.number("layer_norm_eps", config.layer_norm_eps, 0, 1);
    config.num_conv_pos_embeddings = read.integer("num_conv_pos_embeddings", config.num_conv_pos_embeddings, 1, widest);
    config.num_conv_pos_embedding_groups =
        read.integer("num_conv_pos_embedding_groups", config.num_conv_pos_embedding_groups, 1, widest);
    config.do_stable_layer_norm = read.boolean("do_stable_layer_norm", config.do_stable_layer_norm);
    config.adapter_attn_dim = read.optionalInteger("adapter_attn_dim", 1, widest);
    read.require(config.hidden_size % config.num_attention_heads == 0, "hidden_size must be a multiple of num_attention_heads");
    read.require(config.hidden_size % config.num_conv_pos_embedding_groups == 0,
                 "hidden_size must be a multiple of num_conv_pos_embedding_groups");
}

void readTraining(ConfigReader& read, SpeechConfig& config)
{
    config.hidden_dropout = readProbability(read, "hidden_dropout", config.hidden_dropout);
    config.activation_dropout = readProbability(read, "activation_dropout", config.activation_dropout);
    config.attention_dropout = readProbability(read, "attention_dropout", config.attention_dropout);
    config.feat_proj_dropout = readProbability(read, "feat_proj_dropout", config.feat_proj_dropout);
    config.layerdrop = readProbability(read, "layerdrop", config.layerdrop);
    config.apply_spec_augment = read.boolean("apply_spec_augment", true);
    config.mask_time_prob = readProbability(read, "mask_time_prob", config.mask_time_prob);
    config.mask_time_length = read.integer("mask_time_length", config.mask_time_length, 1, widest);
    config.mask_time_min_masks = read.integer("mask_time_min_masks", config.mask_time_min_masks, 0, widest);
    config.mask_feature_prob = readProbability(read, "mask_feature_prob", config.mask_feature_prob);
    config.mask_feature_length = read.integer("mask_feature_length", config.mask_feature_length, 1, widest);
    config.mask_feature_min_masks = read.integer("mask_feature_min_masks", config.mask_feature_min_masks, 0, widest);
}

void readOutputAdapter(ConfigReader& read, SpeechConfig& config)
{
    config.add_adapter = read.boolean("add_adapter", false);
    config.adapter_kernel_size = read.integer("adapter_kernel_size", 3, 1, deepest);
    config.adapter_stride = read.integer("adapter_stride", 2, 1, deepest);
    config.num_adapter_layers = read.integer("num_adapter_layers", 3, 0, deepest);
    config.output_hidden_size = read.optionalInteger("output_hidden_size", 1, widest).value_or(config.hidden_size);
}

void readPretraining(ConfigReader& read, PretrainingConfig& config)
{
    config.num_codevectors_per_group = read.integer("num_codevectors_per_group", config.num_codevectors_per_group, 1, widest);
    config.num_codevector_groups = read.integer("num_codevector_groups", config.num_codevector_groups, 1, deepest);
    config.codevector_dim = read.integer("codevector_dim", config.codevector_dim, 1, widest);
    config.proj_codevector_dim = read.integer("proj_codevector_dim", config.proj_codevector_dim, 1, widest);
    config.num_negatives = read.integer("num_negatives", config.num_negatives, 1, widest);
    config.contrastive_logits_temperature = read.number("contrastive_logits_temperature", config.contrastive_logits_temperature, 1e-6, 1e6);
    config.diversity_loss_weight = read.number("diversity_loss_weight", config.diversity_loss_weight, 0, 1e6);
    config.feat_quantizer_dropout = readProbability(read, "feat_quantizer_dropout", config.feat_quantizer_dropout);
    config.num_ctc_classes = read.integer("num_ctc_classes", config.num_ctc_classes, 1, widest);
    config.replace_prob = readProbability(read, "replace_prob", config.replace_prob);
    config.num_clusters = read.integer("num_clusters", config.num_clusters, 1, 1 << 24);
}

} // namespace

void readSpeechConfig(ConfigReader& read, SpeechConfig& config)
{
    readFrontEnd(read, config);
    readEncoder(read, config);
    readTraining(read, config);
    readOutputAdapter(read, config);
    readCtcConfig(read, config.ctc);
    config.ctc.final_dropout = readProbability(read, "final_dropout", config.ctc.final_dropout);
    readPretraining(read, config.pretraining);
    config.use_weighted_layer_sum = read.boolean("use_weighted_layer_sum", false);
    config.classifier_proj_size = read.integer("classifier_proj_size", 256, 1, widest);
}

std::int64_t SpeechConfig::frames(std::int64_t samples) const
{
    for (std::size_t i = 0; i < conv_kernel.size(); ++i) {
        if (samples < conv_kernel[i])
            return 0;
        samples = (samples - conv_kernel[i]) / conv_stride[i] + 1;
    }
    return samples;
}

std::int64_t SpeechConfig::fewestSamples() const
{
    constexpr std::int64_t most = std::int64_t(1) << 40; // a year of sound; strides beyond it would not fit a number
    std::int64_t length = squeeze_factor.value_or(1);
    for (std::size_t i = conv_kernel.size(); i-- > 0;)
        length = std::min(most, (length - 1) * conv_stride[i] + conv_kernel[i]);
    return length;
}

} // namespace earmark::neural
