#include "engine/neural/models/unispeech/unispeech.h"

#include "engine/neural/models/speech/trunk.h"

namespace earmark::neural
{

const Family& uniSpeechFamily()
{
    static const SpeechPolicy policy{.modelType = "unispeech", .prefix = "unispeech", .classStem = "UniSpeech", .outputAdapter = false};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
