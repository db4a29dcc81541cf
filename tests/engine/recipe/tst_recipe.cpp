#include "engine/recipe/recipe.h"

#include <QTest>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

using namespace earmark;
using Json = nlohmann::ordered_json;

class RecipeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreUniqueAndExplained()
    {
        std::set<std::string_view> seen;
        for (const Setting& setting : settings()) {
            QVERIFY2(seen.insert(setting.key).second, setting.key.data());
            for (const std::string_view alias : setting.aliases)
                QVERIFY2(seen.insert(alias).second, alias.data());
            QVERIFY2(!setting.explanation.empty() && !setting.section.empty(), setting.key.data());
        }
    }

    void defaultsFitTheirOwnType()
    {
        for (const Setting& setting : settings()) {
            const char* key = setting.key.data();
            if (std::holds_alternative<std::monostate>(setting.initial))
                continue;
            switch (setting.type) {
            case SettingType::boolean: QVERIFY2(std::holds_alternative<bool>(setting.initial), key); break;
            case SettingType::integer: {
                const auto value = std::get_if<std::int64_t>(&setting.initial);
                QVERIFY2(value && *value >= setting.lowest && *value <= setting.highest, key);
                break;
            }
            case SettingType::number: {
                const auto value = std::get_if<double>(&setting.initial);
                QVERIFY2(value && *value >= setting.lowest && *value <= setting.highest, key);
                break;
            }
            case SettingType::text: QVERIFY2(std::holds_alternative<std::string>(setting.initial), key); break;
            case SettingType::choice: {
                const auto value = std::get_if<std::string>(&setting.initial);
                QVERIFY2(value && std::ranges::find(setting.choices, *value) != setting.choices.end(), key);
            }
            }
        }
    }

    void defaultsAreUpstreams()
    {
        const Recipe recipe;
        QCOMPARE(recipe.number("num_train_epochs"), 3.0);
        QCOMPARE(recipe.integer("max_steps"), -1);
        QCOMPARE(recipe.integer("per_device_train_batch_size"), 8);
        QCOMPARE(recipe.number("learning_rate"), 5e-5);
        QCOMPARE(recipe.number("adam_epsilon"), 1e-8);
        QCOMPARE(recipe.number("max_grad_norm"), 1.0);
        QCOMPARE(recipe.text("lr_scheduler_type"), std::string("linear"));
        QCOMPARE(recipe.text("eval_strategy"), std::string("no"));
        QCOMPARE(recipe.text("save_strategy"), std::string("steps"));
        QCOMPARE(recipe.number("save_steps"), 500.0);
        QCOMPARE(recipe.integer("seed"), 42);
        QVERIFY(recipe.boolean("freeze_feature_encoder"));
        QVERIFY(recipe.boolean("logging_nan_inf_filter"));
        QVERIFY(!recipe.has("eval_steps") && !recipe.has("mask_time_prob") && !recipe.has("data_seed"));
        QCOMPARE(recipe.number("max_length_seconds"), 20.0);
        QCOMPARE(recipe.text("train_length"), std::string("random_crop"));
    }

    void acceptsWhatPeopleType_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("number") << QByteArray("learning_rate") << QByteArray("5e-5") << QByteArray("5e-05");
        QTest::newRow("upper-case exponent") << QByteArray("learning_rate") << QByteArray("1E-3") << QByteArray("0.001");
        QTest::newRow("plus") << QByteArray("learning_rate") << QByteArray("+0.5") << QByteArray("0.5");
        QTest::newRow("whole") << QByteArray("per_device_train_batch_size") << QByteArray("16") << QByteArray("16");
        QTest::newRow("whole as float") << QByteArray("max_steps") << QByteArray("1e3") << QByteArray("1000");
        QTest::newRow("Python's True") << QByteArray("fp16") << QByteArray("True") << QByteArray("true");
        QTest::newRow("no") << QByteArray("freeze_feature_encoder") << QByteArray("no") << QByteArray("false");
        QTest::newRow("None") << QByteArray("save_total_limit") << QByteArray("None") << QByteArray("null");
        QTest::newRow("none as a word") << QByteArray("report_to") << QByteArray("none") << QByteArray("\"none\"");
        QTest::newRow("warm-up as a share") << QByteArray("warmup_steps") << QByteArray("0.1") << QByteArray("0.1");
        QTest::newRow("schedule") << QByteArray("lr_scheduler_kwargs") << QByteArray("{\"num_cycles\": 2}")
                                  << QByteArray("\"{\\\"num_cycles\\\": 2}\"");
    }
    void acceptsWhatPeopleType()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, json);
        Recipe recipe;
        const auto result = recipe.set(name.constData(), text.constData());
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QVERIFY(recipe.isSet(name.constData()));
        QCOMPARE(QByteArray::fromStdString(Json::parse(recipe.toJson())[name.toStdString()].dump()), json);
    }

    void refusesWhatDoesNotFit_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no number") << QByteArray("learning_rate") << QByteArray("fast") << QByteArray("a number of at least 0");
        QTest::newRow("trailing text") << QByteArray("learning_rate") << QByteArray("1e-3x") << QByteArray("a number");
        QTest::newRow("negative") << QByteArray("learning_rate") << QByteArray("-1") << QByteArray("at least 0");
        QTest::newRow("not finite") << QByteArray("learning_rate") << QByteArray("nan") << QByteArray("a number");
        QTest::newRow("infinite") << QByteArray("max_grad_norm") << QByteArray("inf") << QByteArray("a number");
        QTest::newRow("too large") << QByteArray("mask_time_prob") << QByteArray("1.5") << QByteArray("from 0 to 1, or none");
        QTest::newRow("fraction") << QByteArray("per_device_train_batch_size") << QByteArray("2.5") << QByteArray("a whole number");
        QTest::newRow("overflow") << QByteArray("seed") << QByteArray("99999999999999999999") << QByteArray("4294967295");
        QTest::newRow("no word") << QByteArray("eval_strategy") << QByteArray("daily") << QByteArray("no, steps or epoch");
        QTest::newRow("no flag") << QByteArray("bf16") << QByteArray("maybe") << QByteArray("true or false");
        QTest::newRow("must be set") << QByteArray("learning_rate") << QByteArray("none") << QByteArray("a number");
        QTest::newRow("no object") << QByteArray("lr_scheduler_kwargs") << QByteArray("[1]") << QByteArray("a JSON object");
    }
    void refusesWhatDoesNotFit()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, said);
        Recipe recipe;
        const std::string before = recipe.toJson();
        const auto result = recipe.set(name.constData(), text.constData());
        QVERIFY(!result);
        QCOMPARE(result.error().code, std::string("recipe.bad_value"));
        QVERIFY2(result.error().message.find(said.toStdString()) != std::string::npos, result.error().message.c_str());
        QCOMPARE(recipe.toJson(), before);
        QVERIFY(!recipe.isSet(name.constData()));
    }

    void namesTheNearestSetting()
    {
        Recipe recipe;
        const auto typo = recipe.set("learing_rate", "1");
        QCOMPARE(typo.error().code, std::string("recipe.unknown_setting"));
        QCOMPARE(typo.error().parameters.at("nearest"), std::string("learning_rate"));
        QVERIFY(typo.error().message.find("did you mean learning_rate?") != std::string::npos);
        QCOMPARE(recipe.set("colour_of_the_sky", "blue").error().parameters.at("nearest"), std::string());
        QVERIFY(!recipe.set(std::string(100000, 'x'), "1"));
    }

    void otherSpellingsMeanTheSame()
    {
        Recipe recipe;
        QVERIFY(recipe.set("evaluation_strategy", "epoch"));
        QCOMPARE(recipe.text("eval_strategy"), std::string("epoch"));
        QCOMPARE(recipe.text("evaluation_strategy"), std::string("epoch"));
        QVERIFY(recipe.isSet("eval_strategy"));
        QVERIFY(recipe.set("train_sampling_strategy", "group_by_length"));
        QVERIFY(recipe.boolean("group_by_length"));
        QVERIFY(recipe.set("train_sampling_strategy", "random"));
        QVERIFY(!recipe.boolean("group_by_length"));
    }

    void presetsNeverReplaceTheUsersChoice()
    {
        Recipe recipe;
        QVERIFY(recipe.set("learning_rate", "0.1"));
        QVERIFY(recipe.setDefault("learning_rate", "0.2"));
        QVERIFY(recipe.setDefault("weight_decay", "0.3"));
        QCOMPARE(recipe.number("learning_rate"), 0.1);
        QCOMPARE(recipe.number("weight_decay"), 0.3);
        QVERIFY(!recipe.isSet("weight_decay"));
    }

    void jsonReadsBackExactly()
    {
        Recipe recipe;
        QVERIFY(recipe.set("learning_rate", "0.00012345678901234567"));
        QVERIFY(recipe.set("adam_beta2", "0.1"));
        QVERIFY(recipe.set("seed", "4294967295"));
        QVERIFY(recipe.set("mask_time_prob", "0.065"));
        QVERIFY(recipe.set("metric_for_best_model", "say \"größer\""));
        QVERIFY(recipe.set("lr_scheduler_kwargs", R"({"min_lr_rate": 0.1})"));
        QVERIFY(recipe.setDefault("spec_time_masks", "2"));
        Recipe again;
        QVERIFY(again.applyJson(recipe.toJson()));
        QCOMPARE(again.toJson(), recipe.toJson());
        QVERIFY(again.number("learning_rate") == recipe.number("learning_rate"));
        QVERIFY(again.isSet("spec_time_masks"));

        Recipe fromRun;
        QVERIFY(fromRun.applyJson("{\"version\": \"0.1\", \"settings\": " + recipe.toJson() + "}"));
        QCOMPARE(fromRun.toJson(), recipe.toJson());
    }

    void jsonIsAllOrNothing()
    {
        Recipe recipe;
        QCOMPARE(recipe.applyJson(R"({"learning_rate": 0.5, "no_such": 1})").error().code, std::string("recipe.unknown_setting"));
        QCOMPARE(recipe.number("learning_rate"), 5e-5);
        QCOMPARE(recipe.applyJson(R"({"learning_rate": [1]})").error().code, std::string("recipe.bad_value"));
        QCOMPARE(recipe.applyJson("[]").error().code, std::string("io.unreadable"));
        QCOMPARE(recipe.applyJson("{").error().code, std::string("io.unreadable"));
        QVERIFY(!recipe.applyJson("{\"learning_rate\": " + std::string(100000, '[') + std::string(100000, ']') + "}"));
        QVERIFY(recipe.applyJson(R"({"lr_scheduler_kwargs": {"num_cycles": 2}})"));
        QCOMPARE(recipe.text("lr_scheduler_kwargs"), std::string(R"({"num_cycles":2})"));
    }

    void mergesWhatWasSet()
    {
        Recipe earlier, later;
        QVERIFY(earlier.set("learning_rate", "0.5"));
        QVERIFY(earlier.set("seed", "7"));
        QVERIFY(later.set("learning_rate", "0.25"));
        QVERIFY(later.setDefault("max_steps", "9"));
        earlier.merge(later);
        QCOMPARE(earlier.number("learning_rate"), 0.25);
        QCOMPARE(earlier.integer("seed"), 7);
        QVERIFY(!earlier.isSet("max_steps"));
        QCOMPARE(earlier.integer("max_steps"), -1);
    }
};

QTEST_GUILESS_MAIN(RecipeTest)
#include "tst_recipe.moc"
