// From a policy to the registry's table of a family on the wav2vec 2.0 trunk.
#pragma once

#include "engine/neural/models/family.h"
#include "engine/neural/models/speech/trunk.h"

namespace earmark::neural
{

/// `policy` must outlive the family.
Family speechFamily(const SpeechPolicy& policy, std::vector<Preset> (*presets)() = [] { return std::vector<Preset>(); });

} // namespace earmark::neural
