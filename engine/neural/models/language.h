// The adapters of one language in a network that serves many (MMS: Pratap et al., "Scaling Speech Technology to 1,000+ Languages", 2023), as
// Wav2Vec2PreTrainedModel.load_adapter of transformers 4.57.6 takes them. Thread: the executor's.
#pragma once

#include <string>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/state_dict.h"

namespace earmark::neural
{

/// Puts the tensors of adapter.LANGUAGE.safetensors, else of adapter.LANGUAGE.bin, in the place of those in `weights`, and the number of the
/// language's characters into `config`. Errors: usage for a model without languages or a language it lacks, model.bad_weights, io.*.
Result<void> useLanguage(const std::string& language, const std::string& folder, Json& config, StateDict& weights);

} // namespace earmark::neural
