// The names that a pickled state dict may ask for. Thread: any.
#pragma once

#include <optional>
#include <string_view>

#include "engine/neural/checkpoint/pickle.h"

namespace earmark::neural
{

enum class Global {
    orderedDict,
    rebuildTensor,
    rebuildTensorV2,
    rebuildTensorV3,
    rebuildParameter,
    rebuildParameterWithState,
    untypedStorage,
    storage,
    type,
    layout,
    size,
    device,
    encode,
};

struct GlobalValue {
    Global global;
    std::optional<ElementType> type; ///< of a storage class or a dtype
};

/// Nothing for every other name. None of these is a function here: each is a case of the machine in pickle.cpp.
std::optional<GlobalValue> knownGlobal(std::string_view module, std::string_view name);

} // namespace earmark::neural
