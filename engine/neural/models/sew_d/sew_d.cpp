#include "engine/neural/models/sew_d/sew_d.h"

#include <algorithm>

#include "engine/neural/models/sew/sew_config.h"
#include "engine/neural/models/sew_d/deberta.h"
#include "engine/neural/models/speech/speech_family.h"

namespace earmark::neural
{

namespace
{

void configure(ConfigReader& read, SpeechConfig& config)
{
    config.layer_norm_eps = 1e-7;
    readSewConfig(read, config);
    config.feature_layer_norm_eps = read.number("feature_layer_norm_eps", 1e-5, 0, 1);
    config.has_layerdrop = false;
    DebertaConfig& deberta = config.deberta;
    deberta.relative_attention = read.boolean("relative_attention", true);
    deberta.share_att_key = read.boolean("share_att_key", true);
    const auto kinds = read.isNull("pos_att_type") ? std::vector<std::string>() : read.texts("pos_att_type", {"p2c", "c2p"});
    deberta.c2p = std::ranges::find(kinds, "c2p") != kinds.end();
    deberta.p2c = std::ranges::find(kinds, "p2c") != kinds.end();
    deberta.normsTable = read.choice("norm_rel_ebd", "layer_norm", {"layer_norm", "none"}) == "layer_norm";
    deberta.position_buckets = read.integer("position_buckets", 256, -1, 65536);
    const std::int64_t positions = read.integer("max_position_embeddings", 512, 1, 65536), own = read.integer("max_relative_positions", -1, -1, 65536);
    deberta.max_relative_positions = own < 1 ? positions : own;
    read.require(deberta.position_buckets < 1 || (deberta.position_buckets > 1 && deberta.max_relative_positions - 1 > deberta.position_buckets / 2),
                 "position_buckets must be at least 2 and less than twice max_position_embeddings");
    read.require(read.optionalInteger("conv_kernel_size", 0, 65536).value_or(0) == 0, "conv_kernel_size asks for a convolution that upstream cannot build either");
    const auto headSize = read.optionalInteger("attention_head_size", 1, 65536);
    read.require(!headSize || *headSize == config.hidden_size / config.num_attention_heads,
                 "attention_head_size must be hidden_size / num_attention_heads");
}

} // namespace

const Family& sewDFamily()
{
    static const SpeechPolicy policy{.modelType = "sew-d", .prefix = "sew_d", .classStem = "SEWD", .configure = configure,
                                     .specAugmentSeesMask = false, .givesExtractFeatures = false, .outputAdapter = false,
                                     .encoder = squeezedDebertaEncoder};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
