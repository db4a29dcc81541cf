#include "engine/neural/models/hubert/hubert.h"

#include "engine/neural/models/speech/speech_family.h"

namespace earmark::neural
{

namespace
{

void configure(ConfigReader& read, SpeechConfig& config)
{
    config.plainInitialisation = true;
    readSpeechConfig(read, config);
    config.feat_proj_layer_norm = read.boolean("feat_proj_layer_norm", true);
    config.conv_pos_batch_norm = read.boolean("conv_pos_batch_norm", false);
}

} // namespace

const Family& hubertFamily()
{
    static const SpeechPolicy policy{.modelType = "hubert", .prefix = "hubert", .classStem = "Hubert", .configure = configure,
                                     .specAugmentSeesMask = false, .givesExtractFeatures = false, .outputAdapter = false};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
