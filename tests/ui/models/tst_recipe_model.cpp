// The recipe of the next training: base, preset and changes over each other, errors kept until mended; and that its words can be translated.
#include "ui/models/recipe_model.h"

#include <QSignalSpy>
#include <QTest>

#include <set>

#include "ui/models/recipe_strings.h"

using namespace earmark;

class RecipeModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWordOfTheTableCanBeTranslated()
    {
        std::set<std::string> words;
        for (const Setting& setting : settings()) {
            words.insert({std::string(setting.title), std::string(setting.explanation), choiceWords(setting.section)});
            for (const std::string_view choice : setting.choices)
                words.insert(choiceWords(choice));
        }
        std::set<std::string> listed;
        for (const char* text : recipeStrings())
            QVERIFY2(listed.insert(text).second, text);
        for (const std::string& word : words)
            QVERIFY2(listed.contains(word), word.c_str());
        for (const std::string& text : listed)
            QVERIFY2(words.contains(text), text.c_str());
    }

    void eightAreCommon() { QCOMPARE(std::ranges::count_if(settings(), &Setting::common), 8); }

    void presetsAreMadeOfSettings()
    {
        RecipeModel model;
        for (const RecipePreset& preset : RecipeModel::presets())
            for (const bool untrained : {false, true})
                for (const bool validation : {false, true}) {
                    model.setBase({}, untrained);
                    model.setHasValidation(validation);
                    model.choosePreset(std::string(preset.id));
                    QCOMPARE(model.changes(), 0);
                    QCOMPARE(model.recipe().text("eval_strategy"), std::string(validation ? "epoch" : "no"));
                    const Recipe chosen = model.chosen();
                    for (const Setting& setting : settings())
                        QCOMPARE(chosen.typed(setting.key), model.recipe().typed(setting.key));
                }
    }

    void changesAreMarkedAndTakenBack()
    {
        RecipeModel model;
        model.choosePreset("standard");
        QSignalSpy changed(&model, &RecipeModel::settingChanged);
        QVERIFY(model.set("num_train_epochs", "4"));
        QVERIFY(model.isChanged("num_train_epochs"));
        QCOMPARE(model.changes(), 1);
        QVERIFY(model.set("num_train_epochs", "10")); // what the preset says is no change
        QVERIFY(!model.isChanged("num_train_epochs"));
        QVERIFY(model.set("learning_rate", "1e-4"));
        model.choosePreset("careful"); // what the user changed stays
        QCOMPARE(model.recipe().number("learning_rate"), 1e-4);
        QCOMPARE(model.recipe().number("num_train_epochs"), 30.0);
        model.reset("learning_rate");
        QCOMPARE(model.recipe().number("learning_rate"), 1e-5);
        QCOMPARE(changed.size(), 4);
        QVERIFY(model.set("seed", "7"));
        model.resetAll();
        QCOMPARE(model.changes(), 0);
        QCOMPARE(model.recipe().integer("seed"), 42);
    }

    void errorsStayUntilMended()
    {
        RecipeModel model;
        QVERIFY(!model.set("per_device_train_batch_size", "0"));
        QVERIFY(model.error("per_device_train_batch_size"));
        QVERIFY(model.hasErrors());
        QCOMPARE(model.firstWrong(), findSetting("per_device_train_batch_size"));
        QCOMPARE(model.recipe().integer("per_device_train_batch_size"), 8);
        QVERIFY(!settingErrorText(*findSetting("per_device_train_batch_size")).isEmpty());
        QVERIFY(model.set("per_device_train_batch_size", "4"));
        QVERIFY(!model.hasErrors());
        QVERIFY(!model.firstWrong());
        QVERIFY(!model.set("learning_rate", "fast"));
        model.reset("learning_rate");
        QVERIFY(!model.hasErrors());
    }

    void aBaseBringsItsOwn()
    {
        RecipeModel model;
        model.setBase({{"learning_rate", "1e-3"}, {"a_setting_of_tomorrow", "1"}}, true);
        QCOMPARE(model.recipe().number("learning_rate"), 1e-3);
        QVERIFY(!model.chosen().isSet("learning_rate")); // it is left to the trainer
        model.setBase({}, false);
        QCOMPARE(model.recipe().number("learning_rate"), 3e-5);
    }

    /// What the window wants of every run fits what is learnt: other figures, and no label smoothing.
    void fitsWhatIsLearnt()
    {
        RecipeModel model;
        model.setHasValidation(true);
        model.choosePreset("careful");
        QCOMPARE(model.chosen().text("metric_for_best_model"), std::string("accuracy"));
        QVERIFY(model.set("problem_type", "regression"));
        QCOMPARE(model.chosen().text("metric_for_best_model"), std::string("mae"));
        QVERIFY(!model.chosen().isSet("label_smoothing_factor"));
        model.reset("problem_type");
        QCOMPARE(model.chosen().text("metric_for_best_model"), std::string("accuracy"));
        QVERIFY(model.chosen().isSet("label_smoothing_factor"));
        model.setBase({{"problem_type", "multi_label_classification"}}, false);
        QCOMPARE(model.chosen().text("metric_for_best_model"), std::string("micro_f1"));
    }

    void takesTheSettingsOfARun()
    {
        RecipeModel model;
        Recipe run = model.chosen();
        QVERIFY(run.set("num_train_epochs", "7"));
        QVERIFY(model.applyRun("{\"settings\": " + run.toJson() + "}"));
        QCOMPARE(model.recipe().number("num_train_epochs"), 7.0);
        QCOMPARE(model.changes(), 1);
        QVERIFY(!model.applyRun("none"));
        QCOMPARE(model.recipe().number("num_train_epochs"), 7.0);
    }

    void countsSteps()
    {
        RecipeModel model;
        QVERIFY(model.set("num_train_epochs", "2") && model.set("per_device_train_batch_size", "8") && model.set("gradient_accumulation_steps", "2"));
        QCOMPARE(model.lengthOver(100).stepsPerEpoch, 7);
        QCOMPARE(model.lengthOver(100).steps, 14);
        QVERIFY(model.set("max_steps", "5"));
        QCOMPARE(model.lengthOver(100).steps, 5);
        QCOMPARE(model.lengthOver(0).steps, 0);
    }
};

QTEST_GUILESS_MAIN(RecipeModelTest)
#include "tst_recipe_model.moc"
