#include "engine/neural/models/unispeech_sat/unispeech_sat.h"

#include "engine/neural/models/speech/speech_family.h"
#include "engine/neural/models/unispeech_sat/unispeech_sat_pretraining.h"

namespace earmark::neural
{

namespace
{

void configure(ConfigReader& read, SpeechConfig& config)
{
    config.ctc.sumsLosses = false;
    readSpeechConfig(read, config);
}

} // namespace

const Family& uniSpeechSatFamily()
{
    static const SpeechPolicy policy{.modelType = "unispeech-sat", .prefix = "unispeech_sat", .classStem = "UniSpeechSat", .configure = configure,
                                     .outputAdapter = false, .alwaysHasMaskEmbedding = true,
                                     .pretraining = buildUniSpeechSatPretraining};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
