// A pickle read by a machine that can only build plain containers and describe tensors: it has no way to call anything.
// Opcodes: https://github.com/python/cpython/blob/main/Lib/pickletools.py (protocols 2 to 5). Knows no torch. Thread:
// any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/element_type.h"

namespace earmark::neural
{

/// A tensor as the pickle describes it. Its storage is an entry of the zip; whether it fits is the caller's to check.
struct PickledTensor {
    std::string name;
    ElementType type;
    std::string_view storageKey;  ///< of the pickle's bytes
    std::int64_t storageElements; ///< as declared, not negative
    std::int64_t offset;          ///< elements, not negative
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides; ///< elements, none negative, as many as the shape has
};

/// The tensors that the dictionary at the top of `data.pkl` names, in its order; its other values are passed over.
/// `path` names the file in errors: model.bad_weights, model.unsafe_weights (it asks for anything but tensors and plain
/// containers).
Result<std::vector<PickledTensor>> unpickleStateDict(std::span<const std::byte> pickle, const std::string& path);

struct PickledStorage {
    std::string_view key;
    ElementType type;
    std::int64_t elements; ///< as declared, not negative
};

/// What torch.save wrote before 1.6: pickles one after the other, then the storages' bytes.
struct LegacyPickles {
    std::vector<PickledTensor> tensors;
    std::vector<PickledStorage> storages; ///< in the order in which they follow
    std::size_t length;                   ///< of the pickles, bytes
};

/// Errors: as above, and model.unsupported (big-endian).
Result<LegacyPickles> unpickleLegacy(std::span<const std::byte> file, const std::string& path);

} // namespace earmark::neural
