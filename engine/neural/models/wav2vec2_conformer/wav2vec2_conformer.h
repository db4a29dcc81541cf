// Wav2Vec2-Conformer: the wav2vec 2.0 front end under conformer layers, with relative, rotary or no positions.
#pragma once

#include "engine/neural/models/family.h"

namespace earmark::neural
{
const Family& wav2Vec2ConformerFamily();
}
