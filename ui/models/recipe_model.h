// The settings of the next training, as they stand on the Train page: what the base model brings, over that a preset, over that what the user changed.
// The one table of settings is engine/recipe's; this holds values only. Thread: the window's.
#pragma once

#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/compute/problem_type.h"
#include "engine/recipe/recipe.h"

namespace earmark
{

/// A named set of values for settings.
struct RecipePreset {
    std::string_view id;
    QString name;
    QString explanation;
    bool forUntrained = true; ///< makes sense for a base that has learnt nothing yet
};

class RecipeModel : public QObject
{
    Q_OBJECT

public:
    explicit RecipeModel(QObject* parent = nullptr);

    static std::vector<RecipePreset> presets();
    const std::string& preset() const { return preset_; }
    void choosePreset(const std::string& id);

    /// What the base brings with it; `untrained` for a built-in preset.
    void setBase(std::map<std::string, std::string> defaults, bool untrained);
    bool isBaseUntrained() const { return untrained_; }
    /// Without a validation split nothing is evaluated while training, and the last model is the one that is kept.
    void setHasValidation(bool has);
    bool hasValidation() const { return hasValidation_; }

    /// As typed. An error is kept until the setting is set well, and the value stays as it was.
    bool set(std::string_view key, const std::string& text);
    void reset(std::string_view key);
    void resetAll();
    /// Takes what a run's run.json says. Error: recipe.*, io.unreadable.
    Result<void> applyRun(const std::string& settings);

    const Recipe& recipe() const { return recipe_; } ///< every value as it will be
    ProblemType problem() const;                     ///< what the run will learn: as chosen, else what the base learnt
    bool isChanged(std::string_view key) const { return recipe_.isSet(key); }
    int changes() const { return static_cast<int>(changed_.size()); }
    const Error* error(std::string_view key) const;
    bool hasErrors() const { return !errors_.empty(); }
    const Setting* firstWrong() const; ///< by the table's order; null where all is well

    /// For TrainPlan: the base's own defaults are left to the trainer.
    Recipe chosen() const;
    /// Optimiser steps of an epoch and of the whole run over so many clips.
    struct Length {
        std::int64_t stepsPerEpoch = 0;
        std::int64_t steps = 0;
    };
    Length lengthOver(std::int64_t clips) const;

Q_SIGNALS:
    void settingChanged(const std::string& key); ///< its value, its mark or its error
    void allChanged();                           ///< several of them at once

private:
    using Values = std::vector<std::pair<std::string, std::string>>; ///< settings as typed

    Values presetValues() const;
    Values allPresetValues() const;
    void fitToProblem(Values& values) const;
    void rebuild();

    Recipe recipe_;
    std::map<std::string, std::string> baseDefaults_;
    std::map<std::string, std::string, std::less<>> changed_; ///< by the user, as typed
    std::map<std::string, Error, std::less<>> errors_;
    std::string preset_ = "standard";
    bool untrained_ = false;
    bool hasValidation_ = true;
};

/// The error of a setting as a sentence, without its name where the name stands beside it.
QString settingErrorText(const Setting& setting);

} // namespace earmark
