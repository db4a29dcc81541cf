#include "engine/neural/models/wav2vec2_conformer/wav2vec2_conformer.h"

#include "engine/neural/models/speech/speech_family.h"
#include "engine/neural/models/speech/speech_pretraining.h"
#include "engine/neural/models/wav2vec2_conformer/conformer.h"

namespace earmark::neural
{

namespace
{

void configure(ConfigReader& read, SpeechConfig& config)
{
    config.ctc.vocab_size = 0;
    readSpeechConfig(read, config);
    const std::string positions = read.isNull("position_embeddings_type") ? "none" : read.text("position_embeddings_type", "relative");
    config.conformer.positions = positions == "relative" ? ConformerConfig::Positions::relative
                                 : positions == "rotary" ? ConformerConfig::Positions::rotary
                                                         : ConformerConfig::Positions::none;
    config.conformer.rotary_embedding_base = read.number("rotary_embedding_base", 10000, 1, 1e12);
    config.conformer.conv_depthwise_kernel_size = read.integer("conv_depthwise_kernel_size", 31, 1, 65535);
    config.conformer.conformer_conv_dropout = read.number("conformer_conv_dropout", 0.1, 0, 1);
    const std::int64_t headSize = config.hidden_size / config.num_attention_heads;
    read.require(config.conformer.conv_depthwise_kernel_size % 2 == 1, "conv_depthwise_kernel_size must be odd");
    read.require(config.conformer.positions != ConformerConfig::Positions::relative || config.hidden_size % 2 == 0,
                 "relative positions need an even hidden_size");
    read.require(config.conformer.positions != ConformerConfig::Positions::rotary || headSize % 2 == 0,
                 "rotary positions need hidden_size to be an even multiple of num_attention_heads");
}

} // namespace

const Family& wav2Vec2ConformerFamily()
{
    static const SpeechPolicy policy{.modelType = "wav2vec2-conformer", .prefix = "wav2vec2_conformer", .classStem = "Wav2Vec2Conformer",
                                     .configure = configure, .layersConvolve = true, .encoder = conformerEncoder, .pretraining = buildPretraining};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
