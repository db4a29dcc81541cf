// data2vec-audio: the wav2vec 2.0 trunk with several positional convolutions, layer norm throughout the front end, norms after each half.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& data2VecAudioFamily();
}
