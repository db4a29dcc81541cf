// data2vec-audio's positional embedding: short grouped convolutions one upon the other, each normed over its channels.
#pragma once

#include "engine/neural/models/speech/positional.h"

namespace earmark::neural
{
std::shared_ptr<PositionalEmbedding> stackedPositionalConvolutions(const SpeechConfig& config);
}
