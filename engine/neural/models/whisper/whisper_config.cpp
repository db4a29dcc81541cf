#include "engine/neural/models/whisper/whisper_config.h"

namespace earmark::neural
{

Result<WhisperConfig> readWhisperConfig(const Json& json, const std::string& path)
{
    constexpr std::int64_t widest = 65536;
    ConfigReader read(json, path);
    WhisperConfig config;
    config.num_mel_bins = read.integer("num_mel_bins", 80, 1, widest);
    config.d_model = read.integer("d_model", 384, 1, widest);
    config.encoder_layers = read.integer("encoder_layers", 4, 0, 1024);
    config.encoder_attention_heads = read.integer("encoder_attention_heads", 6, 1, widest);
    config.encoder_ffn_dim = read.integer("encoder_ffn_dim", 1536, 1, 4 * widest);
    config.max_source_positions = read.integer("max_source_positions", 1500, 1, 1 << 20);
    config.activation_function = readActivation(read, "activation_function");
    config.dropout = read.number("dropout", 0, 0, 1);
    config.attention_dropout = read.number("attention_dropout", 0, 0, 1);
    config.activation_dropout = read.number("activation_dropout", 0, 0, 1);
    config.encoder_layerdrop = read.number("encoder_layerdrop", 0, 0, 1);
    config.init_std = read.number("init_std", 0.02, 0, 100);
    config.use_weighted_layer_sum = read.boolean("use_weighted_layer_sum", false);
    config.classifier_proj_size = read.integer("classifier_proj_size", 256, 1, widest);
    read.require(config.d_model % 2 == 0 && config.d_model >= 4, "d_model must be an even number of at least 4");
    read.require(config.d_model % config.encoder_attention_heads == 0, "d_model must be a multiple of encoder_attention_heads");
    read.require(!config.use_weighted_layer_sum || read.integer("num_hidden_layers", config.encoder_layers, 0, 1024) == config.encoder_layers,
                 "num_hidden_layers must be encoder_layers where the layers are summed (use_weighted_layer_sum)");
    EARMARK_TRY_VOID(read.outcome());
    return config;
}

} // namespace earmark::neural
