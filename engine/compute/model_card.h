// What can be said of a model folder without opening it: read from its small files and from the headers of its weights alone, so that a folder of
// gigabytes takes milliseconds and no LibTorch.
// Thread: any. Unknown is empty or 0: the folder is somebody else's, and nothing in it is trusted further than to be shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"

namespace earmark
{

struct ModelCard {
    std::string family;       ///< Hugging Face `model_type`
    std::string architecture; ///< the class it was saved as
    std::string problemType;  ///< "" where its configuration does not say
    std::int64_t parameters = 0; ///< 0 where the weights are not in safetensors
    std::int64_t bytes = 0;      ///< of the weight files
    int sampleRate = 0;          ///< Hz
    std::vector<std::string> labels;    ///< by id, where it has a head that names them
    std::vector<std::string> languages; ///< as its README says: "en", "multilingual", …
    std::string licence;
    bool hasHead = false; ///< it was trained to classify
};

/// Errors: model.not_found where there is no config.json, model.bad_config where that is no JSON object.
Result<ModelCard> readModelCard(const std::string& folder);

/// Values of one key in the front matter of a README.md: `key: a`, `key: [a, b]` or a list below it.
std::vector<std::string> frontMatterValues(std::string_view readme, std::string_view key);

/// Parameters that the header of a safetensors file declares; 0 where it is none.
std::int64_t parametersOf(const std::string& safetensors);

} // namespace earmark
