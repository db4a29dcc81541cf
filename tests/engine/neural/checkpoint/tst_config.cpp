// Configurations: read with the defaults and limits a family states, refused in a sentence that names the key.
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/config.h"

using namespace earmark;
using namespace earmark::neural;

class ConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTypedValues()
    {
        const Json json =
            parseJson(R"({"a": 7, "b": 16000.0, "c": null, "d": 1e-5, "e": true, "f": "gelu", "g": [5, 2], "h": 0})",
                      "x")
                .value();
        ConfigReader read(json, "x");
        QCOMPARE(read.integer("a", 1, 0, 10), 7);
        QCOMPARE(read.integer("b", 1, 0, 20000), 16000);
        QCOMPARE(read.integer("c", 3, 0, 10), 3);
        QCOMPARE(read.integer("absent", 4, 0, 10), 4);
        QVERIFY(!read.optionalInteger("c", 0, 10));
        QCOMPARE(read.optionalInteger("a", 0, 10), std::optional<std::int64_t>(7));
        QCOMPARE(read.number("d", 1, 0, 1), 1e-5);
        QCOMPARE(read.number("a", 1, 0, 10), 7.0);
        QVERIFY(read.boolean("e", false));
        QVERIFY(!read.boolean("h", true));
        QCOMPARE(read.text("f", ""), std::string("gelu"));
        QCOMPARE(read.choice("f", "relu", {"relu", "gelu"}), std::string("gelu"));
        QCOMPARE(read.integers("g", {}, 1, 10), (std::vector<std::int64_t>{5, 2}));
        QVERIFY(read.outcome());
    }

    void namesTheKeyThatCannotBeUsed_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("words");
        QTest::newRow("too large") << R"({"hidden_size": 1000000000000})"
                                   << "hidden_size = 1000000000000, but it must be a whole number from 1 to 65536";
        QTest::newRow("beyond 64 bits") << R"({"hidden_size": 18446744073709551615})"
                                        << "hidden_size = 18446744073709551615";
        QTest::newRow("beyond a double") << R"({"hidden_size": 1e400})"
                                         << "out of range";
        QTest::newRow("negative") << R"({"hidden_size": -1})"
                                  << "hidden_size = -1";
        QTest::newRow("fraction") << R"({"hidden_size": 1.5})"
                                  << "hidden_size = 1.5";
        QTest::newRow("text") << R"({"hidden_size": "many"})"
                              << "hidden_size = \"many\"";
        QTest::newRow("list") << R"({"conv_dim": [512, 1e300]})"
                              << "conv_dim";
        QTest::newRow("empty list") << R"({"conv_dim": []})"
                                    << "conv_dim = []";
        QTest::newRow("long list") << "{\"conv_dim\": [1" + QString(",1").repeated(100000) + "]}"
                                   << "conv_dim = [1,1,1";
        QTest::newRow("word") << R"({"hidden_act": "tanhh"})"
                              << "one of gelu, relu";
        QTest::newRow("no object") << "[1]"
                                   << "not a JSON object";
        QTest::newRow("no JSON") << "{"
                                 << "not valid JSON";
        QTest::newRow("deep") << QString("[").repeated(100000) << "too deeply";
        QTest::newRow("deep closed") << QString("{\"a\":").repeated(100000) + "1" + QString("}").repeated(100000)
                                     << "too deeply";
    }

    void namesTheKeyThatCannotBeUsed()
    {
        QFETCH(QString, json);
        QFETCH(QString, words);
        const auto outcome = [&]() -> Result<void> {
            EARMARK_TRY(const Json parsed, parseJson(json.toStdString(), "config.json"));
            ConfigReader read(parsed, "config.json");
            read.integer("hidden_size", 768, 1, 65536);
            read.integers("conv_dim", {512}, 1, 65536);
            read.choice("hidden_act", "gelu", {"gelu", "relu"});
            return read.outcome();
        }();
        QVERIFY(!outcome);
        const auto message = QString::fromStdString(outcome.error().message);
        QCOMPARE(outcome.error().code, std::string("model.bad_config"));
        QVERIFY2(message.contains(words) && message.contains("config.json"), qPrintable(message));
        QVERIFY2(message.size() < 300, qPrintable(message));
    }

    void bracketsInTextsAreNoDepth()
    {
        QVERIFY(parseJson("{\"a\": \"" + std::string(1000, '[') + "\\\"" + std::string(1000, '{') + "\"}", "x"));
    }

    void labels()
    {
        const auto of = [](const char* text) { return labelsOf(Json::parse(text), "x"); };
        using Names = std::vector<std::string>;
        QCOMPARE(of("{}").value(), (Names{"LABEL_0", "LABEL_1"}));
        QCOMPARE(of(R"({"num_labels": 3})").value(), (Names{"LABEL_0", "LABEL_1", "LABEL_2"}));
        QCOMPARE(of(R"({"id2label": {"1": "b", "0": "a", "2": "é"}})").value(), (Names{"a", "b", "é"}));
        QCOMPARE(of(R"({"id2label": {"0": "a", "2": "c"}})").value(), (Names{"a", "LABEL_1"}));
        QVERIFY(!of(R"({"id2label": {"x": "a"}})"));
        QVERIFY(!of(R"({"id2label": ["a"]})"));
        QVERIFY(!of(R"({"num_labels": 1000000000})"));
        Json config = Json::parse(R"({"num_labels": 2, "unknown": [1]})");
        Names eleven;
        for (int i = 0; i < 11; ++i)
            eleven.push_back("n" + std::to_string(i));
        setLabels(config, eleven);
        QCOMPARE(labelsOf(config, "x").value(), eleven);
        QCOMPARE(config["label2id"]["n10"].get<int>(), 10);
        QVERIFY(config.contains("unknown") && !config.contains("num_labels"));
    }

    void writesAsPythonDoes()
    {
        QCOMPARE(dumpJson(Json{{"b", 1e-5}, {"a", "é"}, {"c", Json::array({1, 2})}}),
                 std::string("{\n  \"a\": \"\\u00e9\",\n  \"b\": 1e-05,\n  \"c\": [\n    1,\n    2\n  ]\n}\n"));
    }

    void missingFolderIsNoModel()
    {
        QTemporaryDir folder;
        QCOMPARE(readConfig(folder.path().toStdString()).error().code, std::string("model.not_found"));
        QVERIFY(writeFileAtomically(folder.filePath("config.json").toStdString(), "[]"));
        QCOMPARE(readConfig(folder.path().toStdString()).error().code, std::string("model.bad_config"));
    }
};

QTEST_GUILESS_MAIN(ConfigTest)
#include "tst_config.moc"
