// UniSpeech: the wav2vec 2.0 trunk as it is, without convolutions after the encoder.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& uniSpeechFamily();
}
