#include "engine/neural/models/mctct/mctct_config.h"

namespace earmark::neural
{

namespace
{

constexpr std::int64_t widest = 65536;

void readConvolutions(ConfigReader& read, MctctConfig& config)
{
    config.conv_kernel = read.integers("conv_kernel", {7}, 1, 1024);
    config.conv_stride = read.integers("conv_stride", {3}, 1, 1024);
    config.conv_channels = read.integers("conv_channels", {}, 1, widest);
    config.conv_dropout = read.number("conv_dropout", 0.3, 0, 1);
    config.bins = read.integer("input_feat_per_channel", 80, 1, widest) * read.integer("input_channels", 1, 1, 1024);
    const auto count = static_cast<std::size_t>(read.integer("num_conv_layers", 1, 1, 64));
    read.require(read.integer("conv_glu_dim", 1, -3, 2) == 1, "its conv_glu_dim is not 1: Earmark gates over the channels alone");
    read.require(config.conv_kernel.size() == count && config.conv_stride.size() == count, "conv_kernel and conv_stride must have num_conv_layers values");
    read.require(count == 1 || config.conv_channels.size() >= count, "conv_channels must have a value for each of num_conv_layers");
    // Upstream gives a convolution conv_channels[its own number] channels, and the gate before it has halved those of the one before.
    for (std::size_t i = 1; count > 1 && i < count && config.conv_channels.size() >= count; ++i)
        read.require(2 * config.conv_channels[i] == config.conv_channels[i - 1], "each of conv_channels must be half of the one before");
}

} // namespace

std::int64_t MctctConfig::padding() const
{
    std::int64_t sum = 0;
    for (const std::int64_t kernel : conv_kernel)
        sum += kernel / 2;
    return sum;
}

std::pair<std::int64_t, std::int64_t> MctctConfig::channels(std::size_t convolution) const
{
    const bool last = convolution + 1 == conv_kernel.size();
    return {convolution == 0 ? bins : conv_channels[convolution], last ? 2 * hidden_size : conv_channels[convolution]};
}

std::int64_t MctctConfig::frames(std::int64_t length) const
{
    for (std::size_t i = 0; i < conv_kernel.size(); ++i)
        length = (length + 2 * (conv_kernel[i] / 2) - conv_kernel[i]) / conv_stride[i] + 1;
    return length;
}

Result<MctctConfig> readMctctConfig(const Json& json, const std::string& path)
{
    ConfigReader read(json, path);
    MctctConfig config;
    config.hidden_size = read.integer("hidden_size", 1536, 1, widest);
    config.num_hidden_layers = read.integer("num_hidden_layers", 36, 0, 1024);
    config.num_attention_heads = read.integer("num_attention_heads", 4, 1, widest);
    config.attention_head_dim = read.integer("attention_head_dim", 384, 1, widest);
    config.intermediate_size = read.integer("intermediate_size", 6144, 1, 4 * widest);
    config.max_position_embeddings = read.integer("max_position_embeddings", 920, 1, 1 << 20);
    config.hidden_act = readActivation(read, "hidden_act", "relu");
    config.layer_norm_eps = read.number("layer_norm_eps", 1e-5, 0, 1);
    config.layerdrop = read.number("layerdrop", 0.3, 0, 1);
    config.initializer_range = read.number("initializer_range", 0.02, 0, 100);
    config.hidden_dropout_prob = read.number("hidden_dropout_prob", 0.3, 0, 1);
    config.attention_probs_dropout_prob = read.number("attention_probs_dropout_prob", 0.3, 0, 1);
    readConvolutions(read, config);
    config.ctc.vocab_size = 8065;
    config.ctc.pad_token_id = 1;
    readCtcConfig(read, config.ctc);
    read.require(config.num_attention_heads * config.attention_head_dim == config.hidden_size,
                 "num_attention_heads times attention_head_dim must be hidden_size");
    EARMARK_TRY_VOID(read.outcome());
    return config;
}

} // namespace earmark::neural
