#include "engine/neural/models/language.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/checkpoint/torch_file.h"
#include "engine/neural/checkpoint/weights.h"

namespace earmark::neural
{

namespace
{

constexpr std::string_view outputLayer = "lm_head.weight";

/// Only names that are one part of a path: the language comes from the command line or a file of the folder.
bool isName(const std::string& language)
{
    return !language.empty() && language.size() < 64 && language.find('/') == std::string::npos && language.find('\0') == std::string::npos;
}

Result<StateDict> readAdapter(const std::string& language, const std::string& folder)
{
    const std::string stem = folder + "/adapter." + language;
    std::error_code error;
    if (std::filesystem::exists(stem + ".safetensors", error))
        return readSafetensors(stem + ".safetensors");
    if (std::filesystem::exists(stem + ".bin", error))
        return readTorchFile(stem + ".bin");
    return failure("usage", quoteName(folder) + " has no adapter for the language " + quoteName(language) + " (adapter." + quoteName(language) +
                                ".safetensors); fetch it, or give --target-lang another.",
                   folder, {{"language", language}});
}

bool belongsToAdapter(const std::string& name) { return name.starts_with("lm_head.") || name.find(".adapter_layer.") != std::string::npos; }

} // namespace

Result<void> useLanguage(const std::string& language, const std::string& folder, Json& config, StateDict& weights)
{
    const auto width = config.find("adapter_attn_dim");
    if (!isName(language) || config.value("model_type", "") != "wav2vec2" || width == config.end() || !width->is_number_integer())
        return failure("usage", quoteName(folder) + " has no languages to choose from: leave out --target-lang.", folder, {{"language", language}});
    EARMARK_TRY(const StateDict adapter, readAdapter(language, folder));
    std::map<std::string, torch::Tensor> own;
    for (const auto& [name, tensor] : adapter)
        own[modernName(name)] = tensor;
    const auto refuse = [&](const std::string& why) {
        return failure("model.bad_weights", "The adapter of the language " + quoteName(language) + " in " + quoteName(folder) + " " + why, folder,
                       {{"language", language}});
    };
    for (auto& [name, tensor] : weights) {
        if (!belongsToAdapter(name))
            continue;
        const auto found = own.find(modernName(name));
        if (found == own.end())
            return refuse("lacks the tensor " + quoteName(name) + "; fetch it again.");
        if (name == outputLayer && found->second.dim() == 2)
            config["vocab_size"] = found->second.size(0);
        tensor = found->second;
        own.erase(found);
    }
    if (!own.empty())
        return refuse("holds the tensor " + quoteName(own.begin()->first) + ", which the model has no place for.");
    return {};
}

} // namespace earmark::neural
