// Families and presets: the one place that knows which there are. Thread: the executor's.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/neural/checkpoint/state_dict.h"
#include "engine/neural/features/feature_extractor.h"
#include "engine/neural/models/family.h"
#include "engine/neural/models/model.h"
#include "engine/text/ctc_tokenizer.h"
#include "engine/text/roberta_tokenizer.h"

namespace earmark::neural
{

/// What a model folder is made of; nothing is owned.
struct ModelParts {
    const Model& model;
    const FeatureExtractor& extractor;
    const CtcTokenizer* tokenizer = nullptr;
    const RobertaTokenizer* textTokenizer = nullptr;
};

struct LoadReport {
    std::vector<std::string> newlyMade; ///< parameters of the model that the files lack
    std::vector<std::string> leftOver;  ///< tensors of the files that the model has no place for
    std::vector<Remark> remarks;        ///< names converted, head of another size made anew, …
};

struct LoadedModel {
    std::shared_ptr<Model> model;
    std::unique_ptr<FeatureExtractor> extractor;
    std::optional<CtcTokenizer> tokenizer; ///< of a CTC head, where the folder has one
    std::optional<RobertaTokenizer> textTokenizer; ///< of a network that reads texts, where the folder has one
    LoadReport report;

    ModelParts parts() const { return {*model, *extractor, tokenizer ? &*tokenizer : nullptr, textTokenizer ? &*textTokenizer : nullptr}; }
};

struct LoadOptions {
    Head head = Head::asSaved;
    /// Where not empty: label names of the data. A base whose names are these (in any order) keeps its order and head; otherwise they become
    /// the labels in the order given and the head is made anew.
    std::vector<std::string> labels;
    /// Where given, and the base has no CTC head with a vocabulary of its own: the new head's.
    std::optional<CtcTokenizer> vocabulary;
    std::string language;    ///< CTC: of the adapter and the vocabulary to use, where there are several; "" for what the folder has
    std::string problemType; ///< config.problem_type to set; as saved where empty
    std::uint64_t seed = 42; ///< for what is newly made
    torch::Device device = torch::kCPU;
    torch::ScalarType dtype = torch::kFloat32;
    std::string attention = "auto";
    /// config.json keys a run overrides (mask_time_prob, layerdrop, …): key → JSON text.
    std::vector<std::pair<std::string, std::string>> configOverrides;
};

/// Reads config.json, preprocessor_config.json and the weights of `folder`. Errors: model.*, io.*.
Result<LoadedModel> loadModel(const std::string& folder, const LoadOptions& options);

/// A seeded, untrained model of a built-in preset, or of the config.json and preprocessor_config.json of a folder, in memory.
Result<LoadedModel> createModel(const std::string& preset, const LoadOptions& options);

/// Writes a Hugging Face model folder's config.json, model.safetensors, preprocessor_config.json and the tokenizer's files into an existing folder.
Result<void> saveModel(const ModelParts& parts, const std::string& folder);

/// The explicit list: a new family adds its line in registry.cpp.
std::vector<const Family*> familyTable();
/// Null where there is none.
const Family* findFamily(const std::string& modelType);
std::vector<std::string> families();
std::vector<PresetDescription> presets();

} // namespace earmark::neural
