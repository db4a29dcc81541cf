// What SEW and SEW-D read alike.
#pragma once

#include "engine/neural/models/speech/speech_config.h"

namespace earmark::neural
{
void readSewConfig(ConfigReader& read, SpeechConfig& config);
}
