// The conformer's encoder: feed-forward, attention, convolution, feed-forward. The positional convolution is in the checkpoint, and never called.
#pragma once

#include "engine/neural/models/speech/encoder.h"

namespace earmark::neural
{
std::shared_ptr<SpeechEncoder> conformerEncoder(const SpeechConfig& config);
}
