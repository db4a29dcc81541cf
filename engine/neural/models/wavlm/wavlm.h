// WavLM: the wav2vec 2.0 trunk with a gated relative position bias in its attention.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& wavLMFamily();
}
