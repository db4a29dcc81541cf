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
    PresetDescription description;      ///< `parameters` and `tasks` are the registry's to fill
    std::string config;                 ///< config.json
    std::string preprocessor;           ///< preprocessor_config.json
};

/// Which head to build.
enum class Head { asSaved, base, classification, ctc, pretraining };

struct Family {
    std::string modelType;              ///< Hugging Face `model_type`
    std::string baseModelPrefix;        ///< attribute of the base model in classes with a head
    std::string baseClass;              ///< architecture of the base model
    std::string classificationClass;    ///< architecture with the classification head; "" where there is none
    std::string ctcClass;               ///< architecture with the head for connectionist temporal classification; "" where there is none
    std::string pretrainingClass;       ///< architecture that learns from sound alone; "" where there is none
    bool pretrainingSpells = false;     ///< it learns what was said too, where that is known: has a vocabulary of num_ctc_classes

    bool readsText = false;             ///< has a tokenizer beside its extractor

    /// The head of one of the family's classes, Head::base for any other class.
    Head headOf(const std::string& architecture) const;

    /// Builds the network, its parameters not yet filled. `head` is none but base and those that the family has a class of. `config` is a whole config.json, `path` names it in errors.
    /// Errors: model.bad_config, model.unsupported; may throw Failure.
    std::function<Result<std::shared_ptr<Model>>(const Json& config, const std::string& path, Head head)> build;

    std::vector<Preset> (*presets)();
};

} // namespace earmark::neural
