#include "engine/neural/models/unispeech_sat/unispeech_sat.h"

#include "engine/neural/models/speech/trunk.h"

namespace earmark::neural
{

const Family& uniSpeechSatFamily()
{
    static const SpeechPolicy policy{.modelType = "unispeech-sat", .prefix = "unispeech_sat", .classStem = "UniSpeechSat", .outputAdapter = false,
                          .alwaysHasMaskEmbedding = true};
    static const Family family = speechFamily(policy);
    return family;
}

} // namespace earmark::neural
