// What a family of networks tells the registry about itself. One folder and one such table a family (see README.md).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

/// A built-in untrained model: what `scratch:NAME` makes.
struct Preset {
    PresetDescription description;      ///< `parameters` is counted by the registry
    std::string config;                 ///< config.json
    std::string preprocessor;           ///< preprocessor_config.json
};

struct Family {
    std::string modelType;              ///< Hugging Face `model_type`
    std::string baseModelPrefix;        ///< attribute of the base model in classes with a head
    std::string baseClass;              ///< architecture of the base model
    std::string classificationClass;    ///< architecture with the classification head

    /// Builds the network, its parameters not yet filled. `config` is a whole config.json, `path` names it in errors.
    /// Errors: model.bad_config, model.unsupported; may throw Failure.
    std::function<Result<std::shared_ptr<Model>>(const Json& config, const std::string& path, bool classification)> build;

    std::vector<Preset> (*presets)();
};

} // namespace earmark::neural
