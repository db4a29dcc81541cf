#include "ui/models/recipe_model.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

#include "engine/compute/problem_type.h"

namespace earmark
{

namespace
{

using Values = std::vector<std::pair<std::string, std::string>>;

/// What the window wants of every run: curves to look at, and the best model kept.
const Values watched = {{"logging_steps", "0.005"}, {"logging_first_step", "true"}, {"save_total_limit", "1"}, {"save_strategy", "epoch"}};
const Values validated = {{"eval_strategy", "epoch"}, {"load_best_model_at_end", "true"}, {"metric_for_best_model", "accuracy"}};

/// `pretrained` only where the base has learnt something; an untrained one brings a learning rate of its own.
struct PresetValues {
    std::string_view id;
    Values always;
    Values pretrained;
    Values withValidation;
};

const std::vector<PresetValues>& table()
{
    static const std::vector<PresetValues> presets = {
        {"quick", {{"num_train_epochs", "2"}, {"max_length_seconds", "5"}}, {{"learning_rate", "5e-5"}, {"warmup_ratio", "0.1"}}, {}},
        {"standard", {}, {{"num_train_epochs", "10"}, {"learning_rate", "3e-5"}, {"warmup_ratio", "0.1"}, {"max_length_seconds", "10"}}, {}},
        {"head",
         {{"freeze_base_model", "true"}, {"num_train_epochs", "20"}},
         {{"learning_rate", "1e-3"}, {"max_length_seconds", "10"}},
         {}},
        {"careful",
         {{"num_train_epochs", "30"}, {"label_smoothing_factor", "0.1"}},
         {{"learning_rate", "1e-5"}, {"warmup_ratio", "0.1"}, {"max_length_seconds", "20"}, {"lr_scheduler_type", "cosine"}},
         {{"early_stopping_patience", "5"}}},
    };
    return presets;
}

std::int64_t divideUp(std::int64_t what, std::int64_t by) { return (what + by - 1) / by; }

} // namespace

RecipeModel::RecipeModel(QObject* parent) : QObject(parent) { rebuild(); }

std::vector<RecipePreset> RecipeModel::presets()
{
    return {{"quick", tr("Quick try"), tr("Two epochs on short clips: to see in minutes whether all is well")},
            {"standard", tr("Standard fine-tune"), tr("What works for most: the whole model learns, slowly")},
            {"head", tr("Only the head"), tr("The pretrained model stays as it is and only the last layers learn: fast, little memory, good for few clips"), false},
            {"careful", tr("Careful"), tr("Many small steps, and an end when nothing gets better: slow, for the best result")}};
}

void RecipeModel::choosePreset(const std::string& id)
{
    preset_ = id;
    rebuild();
}

void RecipeModel::setBase(std::map<std::string, std::string> defaults, bool untrained)
{
    baseDefaults_ = std::move(defaults);
    untrained_ = untrained;
    if (untrained && preset_ == "head")
        preset_ = "standard";
    rebuild();
}

void RecipeModel::setHasValidation(bool has)
{
    if (has == hasValidation_)
        return;
    hasValidation_ = has;
    rebuild();
}

ProblemType RecipeModel::problem() const
{
    const auto chosen = changed_.find("problem_type");
    const auto ofBase = baseDefaults_.find("problem_type");
    return problemTypeNamed(chosen != changed_.end() ? chosen->second : ofBase != baseDefaults_.end() ? ofBase->second : std::string());
}

/// Several labels and numbers have other figures, and losses that know no label smoothing.
void RecipeModel::fitToProblem(Values& values) const
{
    if (problem() == ProblemType::singleLabel)
        return;
    for (auto& [key, text] : values)
        if (key == "metric_for_best_model")
            text = problem() == ProblemType::regression ? "mae" : "micro_f1";
    std::erase_if(values, [](const auto& value) { return value.first == "label_smoothing_factor"; });
}

RecipeModel::Values RecipeModel::presetValues() const
{
    Values values = allPresetValues();
    fitToProblem(values);
    return values;
}

RecipeModel::Values RecipeModel::allPresetValues() const
{
    Values values = watched;
    const auto add = [&](const Values& more) { values.insert(values.end(), more.begin(), more.end()); };
    if (hasValidation_)
        add(validated);
    const auto found = std::ranges::find(table(), preset_, &PresetValues::id);
    if (found == table().end())
        return values;
    add(found->always);
    if (!untrained_)
        add(found->pretrained);
    if (hasValidation_)
        add(found->withValidation);
    return values;
}

void RecipeModel::rebuild()
{
    recipe_ = Recipe();
    for (const auto& [key, text] : baseDefaults_)
        static_cast<void>(recipe_.setDefault(key, text)); // a module newer than this window may know more settings
    for (const auto& [key, text] : presetValues())
        static_cast<void>(recipe_.setDefault(key, text));
    const auto changed = std::exchange(changed_, {});
    for (const auto& [key, text] : changed)
        if (recipe_.typed(key) != text && recipe_.set(key, text))
            changed_.emplace(key, text);
    Q_EMIT allChanged();
}

bool RecipeModel::set(std::string_view key, const std::string& text)
{
    const std::string name(key);
    Recipe tried = recipe_;
    if (auto result = tried.set(key, text); !result) {
        errors_.insert_or_assign(name, std::move(result.error()));
        Q_EMIT settingChanged(name);
        return false;
    }
    errors_.erase(name);
    const std::string value = tried.typed(key);
    recipe_.reset(key);
    changed_.erase(name);
    if (value != recipe_.typed(key)) {
        recipe_ = std::move(tried);
        changed_.insert_or_assign(name, value);
    }
    if (name == "problem_type")
        rebuild(); // what the preset wants depends on it
    Q_EMIT settingChanged(name);
    return true;
}

void RecipeModel::reset(std::string_view key)
{
    const std::string name(key);
    errors_.erase(name);
    changed_.erase(name);
    recipe_.reset(key);
    if (name == "problem_type")
        rebuild();
    Q_EMIT settingChanged(name);
}

void RecipeModel::resetAll()
{
    errors_.clear();
    changed_.clear();
    rebuild();
}

Result<void> RecipeModel::applyRun(const std::string& settings)
{
    Recipe run;
    EARMARK_TRY_VOID(run.applyJson(settings));
    errors_.clear();
    changed_.clear();
    for (const Setting& setting : earmark::settings())
        changed_.emplace(setting.key, run.typed(setting.key));
    rebuild();
    return {};
}

const Error* RecipeModel::error(std::string_view key) const
{
    const auto found = errors_.find(key);
    return found == errors_.end() ? nullptr : &found->second;
}

const Setting* RecipeModel::firstWrong() const
{
    const auto found = std::ranges::find_if(settings(), [this](const Setting& setting) { return error(setting.key) != nullptr; });
    return found == settings().end() ? nullptr : &*found;
}

Recipe RecipeModel::chosen() const
{
    Recipe recipe;
    for (const auto& [key, text] : presetValues())
        static_cast<void>(recipe.set(key, text));
    for (const auto& [key, text] : changed_)
        static_cast<void>(recipe.set(key, text));
    return recipe;
}

RecipeModel::Length RecipeModel::lengthOver(std::int64_t clips) const
{
    if (clips <= 0)
        return {};
    const std::int64_t batch = std::max<std::int64_t>(1, recipe_.integer("per_device_train_batch_size"));
    const std::int64_t batches = recipe_.boolean("dataloader_drop_last") ? std::max<std::int64_t>(1, clips / batch) : divideUp(clips, batch);
    const std::int64_t perEpoch = divideUp(batches, std::max<std::int64_t>(1, recipe_.integer("gradient_accumulation_steps")));
    const std::int64_t most = recipe_.integer("max_steps");
    const auto whole = static_cast<std::int64_t>(std::ceil(recipe_.number("num_train_epochs") * static_cast<double>(perEpoch)));
    return {.stepsPerEpoch = perEpoch, .steps = most > 0 ? most : whole};
}

QString settingErrorText(const Setting& setting)
{
    const QLocale locale;
    const auto bound = [&](double value) { return locale.toString(value, 'g', 6); };
    const bool bounded = !std::isinf(setting.highest);
    switch (setting.type) {
    case SettingType::integer:
        return bounded ? RecipeModel::tr("Give a whole number from %1 to %2.").arg(bound(setting.lowest), bound(setting.highest))
                       : RecipeModel::tr("Give a whole number of at least %1.").arg(bound(setting.lowest));
    case SettingType::number:
        return bounded ? RecipeModel::tr("Give a number from %1 to %2.").arg(bound(setting.lowest), bound(setting.highest))
                       : RecipeModel::tr("Give a number of at least %1.").arg(bound(setting.lowest));
    case SettingType::boolean:
    case SettingType::choice: return RecipeModel::tr("Choose one of the list.");
    case SettingType::text: break;
    }
    return RecipeModel::tr("Give a JSON object, such as {\"num_cycles\": 2}.");
}

} // namespace earmark
