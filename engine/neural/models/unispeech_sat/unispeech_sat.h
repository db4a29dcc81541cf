// UniSpeech-SAT: the wav2vec 2.0 trunk as it is, without convolutions after the encoder; the embedding of masked frames is always there.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& uniSpeechSatFamily();
}
