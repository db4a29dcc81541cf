#include "engine/neural/models/unispeech/unispeech.h"

#include "engine/neural/models/speech/speech_family.h"
#include "engine/neural/models/unispeech/unispeech_pretraining.h"

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

const Family& uniSpeechFamily()
{
    static const SpeechPolicy policy{.modelType = "unispeech", .prefix = "unispeech", .classStem = "UniSpeech", .configure = configure,
                                     .outputAdapter = false, .pretraining = buildUniSpeechPretraining, .pretrainingSpells = true};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
