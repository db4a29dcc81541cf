// The header of a safetensors file, checked before a single tensor is looked at. Knows no torch, so that a fuzzer can
// call it. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/element_type.h"

namespace earmark::neural
{

struct SafetensorsEntry {
    std::string name;
    ElementType type;
    std::vector<std::int64_t> shape;
    std::size_t offset; ///< bytes from the file's start
    std::size_t size;   ///< bytes
};

struct SafetensorsHeader {
    std::vector<SafetensorsEntry>
        entries; ///< in the order of their bytes, without gap or overlap, the last ends with the file
    std::map<std::string, std::string> metadata;
};

/// `file` is the whole file; `path` names it in the error. Error: model.bad_weights.
Result<SafetensorsHeader> parseSafetensorsHeader(std::span<const std::byte> file, const std::string& path);

} // namespace earmark::neural
