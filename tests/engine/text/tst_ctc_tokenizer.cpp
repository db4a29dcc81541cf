// The tokenizer against Wav2Vec2CTCTokenizer's own ids and texts (tests/golden/tokenizer_golden.py), and what it refuses.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include "engine/base/file.h"
#include "engine/text/ctc_tokenizer.h"

using namespace earmark;
using Json = nlohmann::json;

namespace
{

Json golden()
{
    QFile file(qEnvironmentVariable("EARMARK_SOURCE") + "/tests/data/text/ctc_tokenizer.json");
    return file.open(QIODevice::ReadOnly) ? Json::parse(file.readAll().toStdString()) : Json();
}

} // namespace

class CtcTokenizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsUpstream_data()
    {
        QTest::addColumn<QString>("text");
        for (const Json& one : golden())
            QTest::newRow(one["name"].get<std::string>().c_str()) << QString::fromStdString(one.dump());
    }

    void equalsUpstream()
    {
        QFETCH(QString, text);
        const Json wanted = Json::parse(text.toStdString());
        const auto tokenizer = CtcTokenizer::fromFiles(wanted["files"].get<std::map<std::string, std::string>>(), "golden");
        QVERIFY2(tokenizer, tokenizer ? "" : tokenizer.error().message.c_str());
        QCOMPARE(tokenizer->size(), wanted["size"].get<std::int64_t>());
        QCOMPARE(tokenizer->padId(), wanted["pad"].get<std::int64_t>());
        for (const Json& one : wanted["encode"]) {
            const auto ids = tokenizer->encode(one["text"].get<std::string>());
            QCOMPARE(ids.has_value(), !one["ids"].is_null());
            if (ids)
                QCOMPARE(Json(*ids).dump(), one["ids"].dump());
            else
                QCOMPARE(ids.error().code, std::string("train.bad_labels"));
        }
        for (const Json& one : wanted["decode"]) {
            const auto ids = one["ids"].get<std::vector<std::int64_t>>();
            const DecodedText decoded = tokenizer->decode(ids, one["groups"].get<bool>());
            QCOMPARE(decoded.text, one["text"].get<std::string>());
            if (!one.contains("words"))
                continue;
            Json words = Json::array();
            for (const DecodedWord& word : decoded.words)
                words.push_back({{"word", word.word}, {"start", word.start}, {"end", word.end}});
            QCOMPARE(words.dump(), one["words"].dump());
        }
    }

    void newVocabularyIsSorted()
    {
        const std::vector<std::string> texts = {"b a", "ä|B"};
        const auto tokenizer = CtcTokenizer::fromTexts(texts);
        QVERIFY(tokenizer);
        QCOMPARE(Json::parse(tokenizer->files().at("vocab.json")).dump(), std::string(R"({"B":1,"[PAD]":6,"[UNK]":5,"a":2,"b":3,"|":0,"ä":4})"));
        QCOMPARE(*tokenizer->encode("ba B?"), (std::vector<std::int64_t>{3, 2, 0, 1, 5}));
        QCOMPARE(tokenizer->padId(), 6);
        QVERIFY(tokenizer->knows(U'ä') && tokenizer->knows(U' ') && !tokenizer->knows(U'?'));
    }

    void savedIsWhatWasLoaded()
    {
        const std::vector<std::string> texts = {"one two"};
        QTemporaryDir folder;
        const auto made = CtcTokenizer::fromTexts(texts);
        QVERIFY(made && made->save(folder.path().toStdString()));
        const auto loaded = CtcTokenizer::load(folder.path().toStdString());
        QVERIFY(loaded);
        QCOMPARE(loaded->files(), made->files());
        QCOMPARE(*loaded->encode("two <s>one"), *made->encode("two <s>one"));
    }

    void languageIsChosenAndSaved()
    {
        const std::string vocabulary = R"({"deu": {"a": 0, "<pad>": 1, "|": 2}, "eng": {"a": 2, "<pad>": 0, "|": 1}})";
        const auto german = CtcTokenizer::fromFiles({{"vocab.json", vocabulary}}, "folder", "deu");
        QVERIFY(german);
        QCOMPARE(german->padId(), 1);
        QCOMPARE(german->languages(), (std::vector<std::string>{"deu", "eng"}));
        QCOMPARE(CtcTokenizer::fromFiles(german->files(), "folder")->language(), std::string("deu"));
        QCOMPARE(CtcTokenizer::fromFiles({{"vocab.json", vocabulary}}, "folder").error().code, std::string("usage"));
        QCOMPARE(CtcTokenizer::fromFiles({{"vocab.json", vocabulary}}, "folder", "fra").error().code, std::string("usage"));
        QCOMPARE(CtcTokenizer::fromFiles({{"vocab.json", R"({"a": 0})"}}, "folder", "deu").error().code, std::string("usage"));
    }

    void refusesWhatIsNoVocabulary_data()
    {
        QTest::addColumn<QByteArray>("vocabulary");
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("empty") << QByteArray("{}") << QByteArray("{}");
        QTest::newRow("a list") << QByteArray("[]") << QByteArray("{}");
        QTest::newRow("cut short") << QByteArray("{\"a\": 0, \"b\"") << QByteArray("{}");
        QTest::newRow("negative id") << QByteArray("{\"a\": -1}") << QByteArray("{}");
        QTest::newRow("no whole id") << QByteArray("{\"a\": 1.5}") << QByteArray("{}");
        QTest::newRow("huge id") << QByteArray("{\"a\": 123456789012345678901234567890}") << QByteArray("{}");
        QTest::newRow("deep") << "{\"a\": " + QByteArray(100000, '[') + QByteArray(100000, ']') + "}" << QByteArray("{}");
        QTest::newRow("a token without an id") << QByteArray("{\"a\": 0}") << QByteArray("{\"added_tokens_decoder\": {\"x\": {\"content\": \"a\"}}}");
        QTest::newRow("configuration is no object") << QByteArray("{\"a\": 0}") << QByteArray("3");
    }

    void refusesWhatIsNoVocabulary()
    {
        QFETCH(QByteArray, vocabulary);
        QFETCH(QByteArray, config);
        const auto read = CtcTokenizer::fromFiles({{"vocab.json", vocabulary.toStdString()}, {"tokenizer_config.json", config.toStdString()}}, "folder");
        QVERIFY(!read);
        QCOMPARE(read.error().code, std::string("model.bad_config"));
    }

    void folderWithoutVocabulary()
    {
        QTemporaryDir folder;
        QCOMPARE(CtcTokenizer::load(folder.path().toStdString()).error().code, std::string("model.not_found"));
    }
};

QTEST_APPLESS_MAIN(CtcTokenizerTest)
#include "tst_ctc_tokenizer.moc"
