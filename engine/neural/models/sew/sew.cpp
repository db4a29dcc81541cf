#include "engine/neural/models/sew/sew.h"

#include "engine/neural/models/sew/sew_config.h"
#include "engine/neural/models/speech/speech_family.h"

namespace earmark::neural
{

void readSewConfig(ConfigReader& read, SpeechConfig& config)
{
    config.plainInitialisation = true;
    config.flatFeatureProjection = true;
    config.conv_dim = {64, 128, 128, 128, 128, 256, 256, 256, 256, 512, 512, 512, 512};
    config.conv_stride = {5, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1};
    config.conv_kernel = {10, 3, 1, 3, 1, 3, 1, 3, 1, 2, 1, 2, 1};
    config.ctc.sumsLosses = false;
    readSpeechConfig(read, config);
    config.do_stable_layer_norm = false;
    config.squeeze_factor = read.integer("squeeze_factor", 2, 1, 1024);
}

const Family& sewFamily()
{
    static const SpeechPolicy policy{.modelType = "sew", .prefix = "sew", .classStem = "SEW", .configure = readSewConfig,
                                     .specAugmentSeesMask = false, .givesExtractFeatures = false, .outputAdapter = false};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
