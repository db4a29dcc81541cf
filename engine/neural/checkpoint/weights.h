// The weights of a model folder, and how they find their places in a network. Thread: the executor's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/remark.h"
#include "engine/neural/checkpoint/state_dict.h"

namespace earmark::neural
{

/// The first that is there, as from_pretrained looks: model.safetensors, model.safetensors.index.json,
/// pytorch_model.bin, pytorch_model.bin.index.json. Names as in the files. Errors: io.*, model.*.
Result<StateDict> loadStateDict(const std::string& folder);

/// Today's name of a parameter: LayerNorm.gamma and .beta, and weight norm's weight_g and weight_v, have others in old
/// files.
std::string modernName(const std::string& key);

/// What became of the names. Model names are modern ones.
struct AssignReport {
    struct Mismatch {
        std::string name;
        std::vector<std::int64_t> fileShape;
        std::vector<std::int64_t> modelShape;
    };

    std::vector<std::string> missing; ///< of the model, not in the files: sorted
    std::vector<std::string>
        unexpected; ///< in the files, no place in the model: sorted, the files' names (renamed to modern ones)
    std::vector<Mismatch> mismatched; ///< of another shape: left as they were
    std::vector<Remark> remarks; ///< names converted, prefix added or taken off
};

/// Copies each tensor into the model's parameter or buffer of that name, converting its type. `baseModelPrefix` is the
/// attribute that holds the base model in classes with a head: it is put before the files' names or taken off them
/// where only one side has it, as from_pretrained does. A base's buffers that upstream does not keep (position_ids) and
/// batch norm's counters are not reported. The caller makes anew what is missing or mismatched.
AssignReport assignStateDict(torch::nn::Module& model, const StateDict& weights, const std::string& baseModelPrefix);

/// Parameters and buffers of a model under their modern names, as `state_dict()` gives them: views, not copies.
StateDict stateDictOf(const torch::nn::Module& model);

} // namespace earmark::neural
