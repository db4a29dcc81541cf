#include "engine/neural/models/ast/ast_config.h"

namespace earmark::neural
{

Result<AstConfig> readAstConfig(const Json& json, const std::string& path)
{
    constexpr std::int64_t widest = 65536;
    ConfigReader read(json, path);
    AstConfig config;
    config.hidden_size = read.integer("hidden_size", 768, 1, widest);
    config.num_hidden_layers = read.integer("num_hidden_layers", 12, 0, 1024);
    config.num_attention_heads = read.integer("num_attention_heads", 12, 1, widest);
    config.intermediate_size = read.integer("intermediate_size", 3072, 1, 4 * widest);
    config.hidden_act = readActivation(read, "hidden_act");
    config.hidden_dropout_prob = read.number("hidden_dropout_prob", 0, 0, 1);
    config.attention_probs_dropout_prob = read.number("attention_probs_dropout_prob", 0, 0, 1);
    config.initializer_range = read.number("initializer_range", 0.02, 0, 100);
    config.layer_norm_eps = read.number("layer_norm_eps", 1e-12, 0, 1);
    config.patch_size = read.integer("patch_size", 16, 1, widest);
    config.frequency_stride = read.integer("frequency_stride", 10, 1, widest);
    config.time_stride = read.integer("time_stride", 10, 1, widest);
    config.max_length = read.integer("max_length", 1024, 1, 1 << 20);
    config.num_mel_bins = read.integer("num_mel_bins", 128, 1, widest);
    config.qkv_bias = read.boolean("qkv_bias", true);
    config.problem_type = read.text("problem_type", "");
    read.require(config.hidden_size % config.num_attention_heads == 0, "hidden_size must be a multiple of num_attention_heads");
    read.require(config.patch_size <= config.num_mel_bins && config.patch_size <= config.max_length,
                 "patch_size must not exceed num_mel_bins and max_length");
    EARMARK_TRY_VOID(read.outcome());
    return config;
}

} // namespace earmark::neural
