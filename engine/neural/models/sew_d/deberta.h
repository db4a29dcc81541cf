// DeBERTa-v2's transformer as SEW-D has it: content and distance attend to each other, over a squeezed sequence.
#pragma once

#include "engine/neural/models/speech/encoder.h"

namespace earmark::neural
{
std::shared_ptr<SpeechEncoder> squeezedDebertaEncoder(const SpeechConfig& config);
}
