#include "engine/neural/checkpoint/weights.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/checkpoint/torch_file.h"

namespace earmark::neural
{

namespace
{

bool exists(const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

using Reader = Result<StateDict> (*)(const std::string&);

/// A name that stays within its folder and is of the kind that its index is for.
bool isShardName(const Json& name, const std::string& suffix)
{
    if (!name.is_string())
        return false;
    const std::string& text = name.get_ref<const std::string&>();
    return text.ends_with(suffix) && text.size() > suffix.size() && text.find('/') == text.npos &&
           text.find('\0') == text.npos;
}

/// Which tensors each shard is to give.
Result<std::map<std::string, std::set<std::string>>> shardsOf(const std::string& index, const std::string& suffix)
{
    EARMARK_TRY(const Json json, readJson(index, "model.bad_weights"));
    const auto map = json.is_object() ? json.find("weight_map") : json.end();
    if (map == json.end() || !map->is_object() || map->empty())
        return failure("model.bad_weights", quoteName(index) + " has no weight_map; fetch the file again.", index);
    std::map<std::string, std::set<std::string>> shards;
    for (const auto& [tensor, shard] : map->items()) {
        if (!isShardName(shard, suffix))
            return failure("model.bad_weights",
                           quoteName(index) + " places " + quoteName(tensor) + " in something that is no " + suffix +
                               " file of this folder; fetch the file again.",
                           index);
        shards[shard.get<std::string>()].insert(tensor);
    }
    return shards;
}

Result<StateDict> readSharded(const std::string& folder, const std::string& index, const std::string& suffix,
                              Reader read)
{
    EARMARK_TRY(const auto shards, shardsOf(folder + "/" + index, suffix));
    StateDict all;
    for (const auto& [shard, wanted] : shards) {
        EARMARK_TRY(StateDict tensors, read(folder + "/" + shard));
        std::erase_if(tensors, [&](const auto& item) { return !wanted.contains(item.first); });
        if (tensors.size() != wanted.size())
            return failure("model.bad_weights",
                           quoteName(folder + "/" + shard) + " lacks tensors that " + quoteName(index) +
                               " places in it; fetch the files again.",
                           folder + "/" + shard);
        std::ranges::move(tensors, std::back_inserter(all));
    }
    return all;
}

tl::unexpected<Error> noWeights(const std::string& folder)
{
    for (const char* const other : {"tf_model.h5", "flax_model.msgpack", "model.ckpt.index"})
        if (exists(folder + "/" + other))
            return failure("model.unsupported",
                           quoteName(folder) + " holds weights for TensorFlow or Flax alone (" + other +
                               "); load it in transformers with from_tf or from_flax, save it with save_pretrained, "
                               "and use that folder.",
                           folder);
    return failure("model.not_found",
                   quoteName(folder) + " holds no weights: neither model.safetensors nor pytorch_model.bin is there.",
                   folder);
}

bool replaceEnd(std::string& key, std::string_view oldEnd, std::string_view newEnd)
{
    if (!key.ends_with(oldEnd))
        return false;
    key.replace(key.size() - oldEnd.size(), oldEnd.size(), newEnd);
    return true;
}

/// Buffers that other versions of torch or transformers keep or leave out, constant ones and ones that count steps: nothing
/// that a network learns.
bool isBookkeeping(const std::string& key)
{
    return key.ends_with("position_ids") || key.ends_with("token_type_ids") || key.ends_with("relative_position_index") ||
           key.ends_with("num_batches_tracked");
}

/// Weights by the names the model has for them.
struct Matching {
    std::map<std::string, const torch::Tensor*> byName;
    std::vector<std::string> passedOver; ///< of a head that the model does not have
    std::vector<Remark> remarks;
};

Matching match(const StateDict& model, const StateDict& weights, const std::string& prefix)
{
    const std::string dotted = prefix + ".";
    const bool fileHasBase = !prefix.empty() && std::ranges::any_of(weights, [&](const auto& item) {
        return item.first.starts_with(prefix);
    });
    const bool modelHasBase =
        !prefix.empty() && std::ranges::any_of(model, [&](const auto& item) { return item.first.starts_with(dotted); });
    Matching result;
    bool renamed = false;
    for (const auto& [key, tensor] : weights) {
        std::string name = modernName(key);
        renamed = renamed || name != key;
        if (modelHasBase && !fileHasBase)
            name = dotted + name;
        else if (fileHasBase && !modelHasBase) {
            if (!name.starts_with(dotted)) {
                result.passedOver.push_back(name);
                continue;
            }
            name.erase(0, dotted.size());
        }
        result.byName[name] = &tensor;
    }
    if (renamed)
        result.remarks.push_back({.code = "model.older_names", .message = "Parameters with names of older versions were given today's names.", .parameters = {}, .causes = {}});
    if (modelHasBase && !fileHasBase)
        result.remarks.push_back({.code = "model.head_is_new", .message = "The weights are those of a base model; the head is new.", .parameters = {}, .causes = {}});
    if (!result.passedOver.empty())
        result.remarks.push_back({.code = "model.head_not_used", .message = "The weights include a head, which is not used.", .parameters = {}, .causes = {}});
    return result;
}

} // namespace

Result<StateDict> loadStateDict(const std::string& folder)
{
    const auto path = [&](const char* name) { return folder + "/" + name; };
    if (exists(path("model.safetensors")))
        return readSafetensors(path("model.safetensors"));
    if (exists(path("model.safetensors.index.json")))
        return readSharded(folder, "model.safetensors.index.json", ".safetensors", readSafetensors);
    if (exists(path("pytorch_model.bin")))
        return readTorchFile(path("pytorch_model.bin"));
    if (exists(path("pytorch_model.bin.index.json")))
        return readSharded(folder, "pytorch_model.bin.index.json", ".bin", readTorchFile);
    return noWeights(folder);
}

std::string modernName(const std::string& key)
{
    std::string name = key;
    (void)(replaceEnd(name, "LayerNorm.gamma", "LayerNorm.weight") ||
           replaceEnd(name, "LayerNorm.beta", "LayerNorm.bias") ||
           replaceEnd(name, "weight_g", "parametrizations.weight.original0") ||
           replaceEnd(name, "weight_v", "parametrizations.weight.original1"));
    return name;
}

AssignReport assignStateDict(torch::nn::Module& model, const StateDict& weights, const std::string& baseModelPrefix)
{
    const torch::NoGradGuard noGrad;
    const StateDict places = stateDictOf(model);
    Matching matching = match(places, weights, baseModelPrefix);
    AssignReport report;
    report.remarks = std::move(matching.remarks);
    report.unexpected = std::move(matching.passedOver);
    for (auto [name, target] : places) {
        const auto found = matching.byName.extract(name);
        if (!found && !isBookkeeping(name))
            report.missing.push_back(name);
        else if (found && found.mapped()->sizes() != target.sizes())
            report.mismatched.push_back({name, found.mapped()->sizes().vec(), target.sizes().vec()});
        else if (found)
            target.copy_(*found.mapped());
    }
    for (const auto& [name, tensor] : matching.byName)
        report.unexpected.push_back(name);
    std::erase_if(report.unexpected, isBookkeeping);
    std::ranges::sort(report.missing);
    std::ranges::sort(report.unexpected);
    return report;
}

StateDict stateDictOf(const torch::nn::Module& model)
{
    StateDict tensors;
    for (const auto& item : model.named_parameters())
        tensors.emplace_back(modernName(item.key()), item.value());
    for (const auto& item : model.named_buffers())
        tensors.emplace_back(modernName(item.key()), item.value());
    return tensors;
}

} // namespace earmark::neural
