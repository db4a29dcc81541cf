#include "engine/neural/models/clap/clap_config.h"

#include <algorithm>

namespace earmark::neural
{

namespace
{

constexpr std::int64_t widest = 65536;

/// A part of the configuration; an empty one where it is left out.
Json partOf(const Json& json, const char* key)
{
    const auto part = json.is_object() ? json.find(key) : json.end();
    return part == json.end() || part->is_null() ? Json::object() : *part;
}

/// One number for both directions, or two.
std::array<std::int64_t, 2> pairOf(ConfigReader& read, const Json& json, const char* key, std::int64_t byDefault, std::int64_t high)
{
    if (const auto value = json.find(key); value == json.end() || !value->is_array()) {
        const std::int64_t both = read.integer(key, byDefault, 1, high);
        return {both, both};
    }
    const auto two = read.integers(key, {byDefault, byDefault}, 1, high, 2);
    read.require(two.size() == 2, std::string("its ") + key + " must be one number or two");
    return two.size() == 2 ? std::array{two[0], two[1]} : std::array{byDefault, byDefault};
}

Result<ClapTextConfig> readText(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    ClapTextConfig config;
    config.vocab_size = read.integer("vocab_size", config.vocab_size, 1, 1 << 24);
    config.hidden_size = read.integer("hidden_size", config.hidden_size, 1, widest);
    config.num_hidden_layers = read.integer("num_hidden_layers", config.num_hidden_layers, 0, 1024);
    config.num_attention_heads = read.integer("num_attention_heads", config.num_attention_heads, 1, widest);
    config.intermediate_size = read.integer("intermediate_size", config.intermediate_size, 1, 4 * widest);
    config.hidden_act = readActivation(read, "hidden_act");
    config.hidden_dropout_prob = read.number("hidden_dropout_prob", config.hidden_dropout_prob, 0, 1);
    config.attention_probs_dropout_prob = read.number("attention_probs_dropout_prob", config.attention_probs_dropout_prob, 0, 1);
    config.max_position_embeddings = read.integer("max_position_embeddings", config.max_position_embeddings, 1, 1 << 24);
    config.type_vocab_size = read.integer("type_vocab_size", config.type_vocab_size, 1, widest);
    config.pad_token_id = read.integer("pad_token_id", config.pad_token_id, 0, 1 << 24);
    config.initializer_factor = read.number("initializer_factor", config.initializer_factor, 0, 1000);
    config.layer_norm_eps = read.number("layer_norm_eps", config.layer_norm_eps, 0, 1);
    config.absolutePositions = read.text("position_embedding_type", "absolute") == "absolute";
    read.require(config.hidden_size % config.num_attention_heads == 0, "its text_config's hidden_size must be a multiple of num_attention_heads");
    read.require(config.pad_token_id < config.vocab_size && config.longest() > 0, "its text_config's pad_token_id must be below vocab_size and max_position_embeddings");
    EARMARK_TRY_VOID(read.outcome());
    return config;
}

/// What the picture's sizes must be, or transformers fails in the middle of it.
void requireFittingSizes(ConfigReader& read, const ClapAudioConfig& config)
{
    if (config.spec_size < config.num_mel_bins || config.spec_size % config.freqRatio() != 0)
        return read.require(false, "its audio_config's spec_size must be a multiple of what it holds num_mel_bins times");
    const std::int64_t stages = config.stages(), merged = std::int64_t(1) << (stages - 1);
    for (std::size_t side = 0; side < 2; ++side) {
        const std::int64_t patch = config.patch_size[side], stride = config.patch_stride[side];
        if (patch < stride || (config.spec_size + (patch - stride) / 2 * 2 - patch) / stride + 1 != config.spec_size / stride)
            return read.require(false, "its audio_config's patch_size and patch_stride do not fit spec_size");
        read.require(config.grid(0)[side] % merged == 0, "its audio_config's patches must divide by two from stage to stage");
        read.require(config.grid(stages - 1)[side] >= config.window_size, "its audio_config's window_size must not exceed the patches of the last stage");
    }
    const std::int64_t rows = config.spec_size / merged / config.patch_stride[0], bins = rows / config.freqRatio();
    read.require(bins > 0 && rows % bins == 0, "its audio_config leaves too few patches in the last stage");
    for (std::int64_t stage = 0; stage < stages; ++stage)
        read.require(static_cast<std::size_t>(stage) < config.num_attention_heads.size() &&
                         config.width(stage) % config.num_attention_heads[static_cast<std::size_t>(stage)] == 0,
                     "its audio_config's patch_embeds_hidden_size must be a multiple of num_attention_heads in each stage");
    read.require(config.hidden_size == config.width(stages - 1), "its audio_config's hidden_size must be patch_embeds_hidden_size, doubled from stage to stage");
}

Result<ClapAudioConfig> readAudio(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    ClapAudioConfig config;
    config.window_size = read.integer("window_size", config.window_size, 1, 1024);
    config.num_mel_bins = read.integer("num_mel_bins", config.num_mel_bins, 1, 4096);
    config.spec_size = read.integer("spec_size", config.spec_size, 1, 8192);
    config.hidden_act = readActivation(read, "hidden_act");
    config.patch_size = pairOf(read, json, "patch_size", 4, 1024);
    config.patch_stride = pairOf(read, json, "patch_stride", 4, 1024);
    config.hidden_size = read.integer("hidden_size", config.hidden_size, 1, widest);
    config.depths = read.integers("depths", config.depths, 1, 1024, 10);
    config.num_attention_heads = read.integers("num_attention_heads", config.num_attention_heads, 1, widest, 64);
    config.enable_fusion = read.boolean("enable_fusion", config.enable_fusion);
    config.hidden_dropout_prob = read.number("hidden_dropout_prob", config.hidden_dropout_prob, 0, 1);
    config.patch_embed_input_channels = read.integer("patch_embed_input_channels", config.patch_embed_input_channels, 1, 64);
    config.patch_embeds_hidden_size = read.integer("patch_embeds_hidden_size", config.patch_embeds_hidden_size, 1, widest);
    config.enable_patch_layer_norm = read.boolean("enable_patch_layer_norm", config.enable_patch_layer_norm);
    config.drop_path_rate = read.number("drop_path_rate", config.drop_path_rate, 0, 0.99);
    config.attention_probs_dropout_prob = read.number("attention_probs_dropout_prob", config.attention_probs_dropout_prob, 0, 1);
    config.qkv_bias = read.boolean("qkv_bias", config.qkv_bias);
    config.mlp_ratio = read.number("mlp_ratio", config.mlp_ratio, 0, 1024);
    config.aff_block_r = read.integer("aff_block_r", config.aff_block_r, 1, widest);
    config.num_hidden_layers = read.integer("num_hidden_layers", config.num_hidden_layers, 1, 1024);
    config.layer_norm_eps = read.number("layer_norm_eps", config.layer_norm_eps, 0, 1);
    config.initializer_factor = read.number("initializer_factor", config.initializer_factor, 0, 1000);
    read.require(read.boolean("flatten_patch_embeds", true), "its audio_config sets flatten_patch_embeds to false, which transformers cannot compute either");
    read.require(!config.enable_fusion || (config.patch_embed_input_channels == 1 && read.text("fusion_type", "") != "channel_map"),
                 "its audio_config fuses a patch_embed_input_channels above 1 or by channel_map, which transformers cannot compute either");
    read.require(config.patch_embeds_hidden_size >= config.aff_block_r || !config.enable_fusion, "its audio_config's aff_block_r exceeds patch_embeds_hidden_size");
    read.require(!config.depths.empty(), "its audio_config's depths are empty");
    if (read.outcome())
        requireFittingSizes(read, config);
    EARMARK_TRY_VOID(read.outcome());
    return config;
}

} // namespace

Result<ClapConfig> readClapConfig(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    ClapConfig config;
    config.logit_scale_init_value = read.number("logit_scale_init_value", config.logit_scale_init_value, 1e-6, 1e6);
    config.projection_dim = read.integer("projection_dim", config.projection_dim, 1, widest);
    config.projection_hidden_act = readActivation(read, "projection_hidden_act", "relu");
    config.initializer_factor = read.number("initializer_factor", config.initializer_factor, 0, 1000);
    EARMARK_TRY_VOID(read.outcome());
    const Json text = partOf(json, "text_config"), audio = partOf(json, "audio_config");
    EARMARK_TRY(config.text_config, readText(text, path));
    EARMARK_TRY(config.audio_config, readAudio(audio, path));
    return config;
}

} // namespace earmark::neural
