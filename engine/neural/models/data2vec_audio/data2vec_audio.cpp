#include "engine/neural/models/data2vec_audio/data2vec_audio.h"

#include "engine/neural/models/data2vec_audio/stacked_positional.h"
#include "engine/neural/models/speech/speech_family.h"

namespace earmark::neural
{

namespace
{

/// Upstream's class knows neither group norm, nor norms before each half, nor adapters in the layers, whatever config.json says.
void configure(ConfigReader& read, SpeechConfig& config)
{
    config.num_conv_pos_embeddings = 5; // here the number of convolutions
    readSpeechConfig(read, config);
    config.conv_pos_kernel_size = read.integer("conv_pos_kernel_size", config.conv_pos_kernel_size, 1, 65536);
    config.groupNorm = config.do_stable_layer_norm = false;
}

} // namespace

const Family& data2VecAudioFamily()
{
    static const SpeechPolicy policy{.modelType = "data2vec-audio", .prefix = "data2vec_audio", .classStem = "Data2VecAudio",
                                     .configure = configure, .encoder = transformerEncoder<stackedPositionalConvolutions>};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
