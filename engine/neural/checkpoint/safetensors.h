// safetensors: an eight-byte length, a JSON header, the tensors' bytes one after the other.
// Format: https://huggingface.co/docs/safetensors (checked here as strictly as the official implementation does).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/element_type.h"
#include "engine/neural/checkpoint/state_dict.h"

namespace earmark::neural
{

/// Every tensor as a view of the mapped file, in the order of their bytes. Thread: the executor's. Errors: io.*,
/// model.bad_weights.
Result<StateDict> readSafetensors(const std::string& path);

/// Writes atomically, in safetensors' own deterministic order (type, then name), one tensor after the other: nothing is
/// held twice. Tensors may be strided or on another device. Thread: the executor's. Errors: io.*, internal (a type the
/// format lacks, a name twice).
Result<void> writeSafetensors(const std::string& path, const StateDict& tensors,
                              const std::map<std::string, std::string>& metadata = {{"format", "pt"}});

} // namespace earmark::neural
