#include "engine/neural/train/base.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "engine/neural/checkpoint/config.h"
#include "engine/neural/train/learnt.h"
#include "engine/neural/train/pretraining.h"

namespace earmark::neural
{

namespace
{

std::optional<PresetDescription> presetOf(const std::string& base)
{
    for (const Family* family : familyTable())
        for (Preset& preset : family->presets())
            if (scratchPrefix.data() + preset.description.name == base)
                return std::move(preset.description);
    return std::nullopt;
}

} // namespace

Result<Recipe> recipeOf(const TrainRequest& request)
{
    Recipe recipe = request.recipe;
    if (request.task == "ctc")
        EARMARK_TRY_VOID(recipe.setDefault("train_length", "drop_longer")); // as the recognition example does; half a clip has not half its text
    if (request.task == "pretraining")
        for (const auto& [key, value] : pretrainingDefaults())
            EARMARK_TRY_VOID(recipe.setDefault(key, value));
    if (request.task == "classification" && !isScratch(request.base))
        EARMARK_TRY_VOID(takeProblemOfBase(request.base, recipe));
    if (const auto preset = presetOf(request.base))
        for (const auto& [key, value] : preset->settings)
            EARMARK_TRY_VOID(recipe.setDefault(key, value));
    return recipe;
}

std::vector<std::pair<std::string, std::string>> configOverrides(const Recipe& recipe, const std::string& modelType, bool pretraining)
{
    static const std::vector<std::string> speech = {
        "apply_spec_augment",  "mask_time_prob",         "mask_time_length", "mask_time_min_masks",  "mask_feature_prob",
        "mask_feature_length", "mask_feature_min_masks", "hidden_dropout",   "attention_dropout",    "activation_dropout",
        "feat_proj_dropout",   "final_dropout",          "layerdrop",        "use_weighted_layer_sum", "classifier_proj_size",
        "ctc_loss_reduction",  "ctc_zero_infinity"};
    const Json settings = Json::parse(recipe.toJson(), nullptr, false);
    std::vector<std::pair<std::string, std::string>> overrides;
    const auto add = [&](const std::string& setting, const std::string& key) {
        if (recipe.has(setting))
            overrides.emplace_back(key, settings.at(setting).dump());
    };
    if (modelType == "audio-spectrogram-transformer") {
        add("hidden_dropout", "hidden_dropout_prob");
        add("attention_dropout", "attention_probs_dropout_prob");
    } else if (modelType == "mctct") {
        add("hidden_dropout", "hidden_dropout_prob");
        add("attention_dropout", "attention_probs_dropout_prob");
        for (const char* const key : {"layerdrop", "ctc_loss_reduction", "ctc_zero_infinity"})
            add(key, key);
    } else if (modelType == "whisper") {
        add("hidden_dropout", "dropout");
        add("layerdrop", "encoder_layerdrop");
        for (const char* const key : {"attention_dropout", "activation_dropout", "use_weighted_layer_sum", "classifier_proj_size"})
            add(key, key);
    } else {
        for (const std::string& key : speech)
            if (!pretraining || !key.starts_with("mask_time_")) // those masks are the run's, no augmentation of later ones
                add(key, key);
    }
    return overrides;
}

std::string folderOf(const std::string& base)
{
    if (!isScratch(base))
        return base;
    if (presetOf(base))
        return {};
    const std::string folder = base.substr(scratchPrefix.size());
    std::error_code ignored;
    return std::filesystem::exists(folder + "/config.json", ignored) ? folder : std::string();
}

Result<std::string> modelTypeOf(const std::string& base)
{
    if (const auto preset = presetOf(base))
        return preset->family;
    const std::string folder = folderOf(base);
    if (folder.empty())
        return std::string(); // who makes the model tells what there is
    EARMARK_TRY(const Json config, readConfig(folder));
    const auto type = config.find("model_type");
    return type != config.end() && type->is_string() ? type->get<std::string>() : std::string();
}

void freeze(Model& model, const TrainingSettings& settings)
{
    if (settings.freeze_feature_encoder)
        model.freezeFeatureEncoder();
    if (settings.freeze_layers > 0)
        model.freezeLowestLayers(static_cast<int>(settings.freeze_layers));
    if (settings.freeze_base_model)
        model.freezeBaseModel();
}

void tell(const LoadReport& report, TrainObserver& observer)
{
    const auto listed = [](const std::vector<std::string>& names) {
        constexpr std::size_t most = 8;
        std::string text;
        for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
            text += (i ? ", " : "") + names[i];
        return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
    };
    if (!report.newlyMade.empty())
        observer.remark({.code = "model.newly_made",
                         .message = "Newly made, not in the base: " + listed(report.newlyMade) + ".",
                         .parameters = {{"names", listed(report.newlyMade)}},
                         .causes = {}});
    if (!report.leftOver.empty())
        observer.remark({.code = "model.left_over",
                         .message = "Of the base, not used: " + listed(report.leftOver) + ".",
                         .parameters = {{"names", listed(report.leftOver)}},
                         .causes = {}});
    for (const Remark& remark : report.remarks)
        observer.remark(remark);
}

} // namespace earmark::neural
