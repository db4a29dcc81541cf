// The tokenizer against RobertaTokenizerFast's own ids and texts (tests/golden/roberta_golden.py), and what it refuses.
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include "engine/base/file.h"
#include "engine/text/roberta_tokenizer.h"
#include "engine/text/text_template.h"

using namespace earmark;
using Json = nlohmann::json;
using Files = std::map<std::string, std::string>;

namespace
{

Json golden()
{
    QFile file(qEnvironmentVariable("EARMARK_SOURCE") + "/tests/data/text/roberta_tokenizer.json");
    return file.open(QIODevice::ReadOnly) ? Json::parse(file.readAll().toStdString()) : Json();
}

/// A tokenizer.json of four tokens.
Json small()
{
    return Json::parse(R"({"added_tokens": [{"id": 0, "content": "<s>", "special": true}], "normalizer": null,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0]},
        "model": {"type": "BPE", "vocab": {"<s>": 0, "</s>": 1, "a": 2, "b": 3, "ab": 4}, "merges": ["a b"]}})");
}

Result<RobertaTokenizer> from(const Json& whole, const std::string& config = "{}")
{
    return RobertaTokenizer::fromFiles({{"tokenizer.json", whole.dump()}, {"tokenizer_config.json", config}}, "folder");
}

} // namespace

class RobertaTokenizerTest : public QObject
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
        const auto tokenizer = RobertaTokenizer::fromFiles(wanted["files"].get<Files>(), "golden");
        QVERIFY2(tokenizer, tokenizer ? "" : tokenizer.error().message.c_str());
        QCOMPARE(tokenizer->size(), wanted["size"].get<std::int64_t>());
        QCOMPARE(tokenizer->padId(), wanted["pad"].get<std::int64_t>());
        QCOMPARE(tokenizer->longest(), wanted["longest"].get<std::int64_t>());
        for (const Json& one : wanted["encode"]) {
            const std::string read = one["text"].get<std::string>();
            QVERIFY2(Json(tokenizer->encode(read, one.value("most", 0))) == one["ids"], (read + ": " + Json(tokenizer->encode(read)).dump() + " instead of " + one["ids"].dump()).c_str());
        }
        for (const Json& one : wanted["decode"])
            QCOMPARE(tokenizer->decode(one["ids"].get<std::vector<std::int64_t>>(), one["skips"].get<bool>()), one["text"].get<std::string>());
        std::vector<std::vector<std::int64_t>> rows;
        for (const Json& read : wanted["batch"]["texts"])
            rows.push_back(tokenizer->encode(read.get<std::string>()));
        const TokenBatch batch = tokenizer->pad(rows);
        std::vector<std::int64_t> ids, mask;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto append = [&](std::vector<std::int64_t>& to, const char* key) {
                const auto row = wanted["batch"][key][i].get<std::vector<std::int64_t>>();
                to.insert(to.end(), row.begin(), row.end());
            };
            append(ids, "ids");
            append(mask, "mask");
        }
        QCOMPARE(batch.ids, ids);
        QCOMPARE(batch.mask, mask);
        QCOMPARE(batch.rows * batch.length, static_cast<std::int64_t>(ids.size()));
    }

    void savedIsWhatWasLoaded()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        QVERIFY(!RobertaTokenizer::isIn(path));
        QCOMPARE(RobertaTokenizer::load(path).error().code, std::string("model.not_found"));
        const auto made = from(small());
        QVERIFY2(made, made ? "" : made.error().message.c_str());
        QVERIFY(made->save(path));
        QVERIFY(RobertaTokenizer::isIn(path));
        const auto loaded = RobertaTokenizer::load(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->files(), made->files());
        QCOMPARE(loaded->encode("abba"), (std::vector<std::int64_t>{0, 4, 3, 2, 1}));
    }

    /// A word of a hundred thousand letters is no matter of minutes.
    void longWordsAreQuick()
    {
        const auto tokenizer = from(small());
        std::string word;
        for (int i = 0; i < 50000; ++i)
            word += "ab";
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(tokenizer->encode(word).size(), std::size_t{50002});
        QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
    }

    void invalidBytesAreReplaced()
    {
        const auto tokenizer = from(small());
        QCOMPARE(tokenizer->encode("a\xff\xc3"), (std::vector<std::int64_t>{0, 2, 1}));
        QCOMPARE(tokenizer->decode(std::vector<std::int64_t>{2, -1, 1 << 30, 4}), std::string("aab"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const char* patch, const char* code = "model.bad_config", const char* config = "{}") {
            QTest::newRow(name) << QString(patch) << QString(config) << QString(code);
        };
        row("no vocabulary", R"({"model": {"vocab": {"<s>": null, "</s>": null, "a": null, "b": null, "ab": null}}})");
        row("an id that is none", R"({"model": {"vocab": {"a": -1}}})");
        row("an id too large", R"({"model": {"vocab": {"a": 99999999999}}})");
        row("a merge of strangers", R"({"model": {"merges": ["a x"]}})");
        row("a merge into nothing", R"({"model": {"merges": ["b a"]}})");
        row("a merge of one part", R"({"model": {"merges": ["ab"]}})");
        row("a merge of three parts", R"({"model": {"merges": ["a b b"]}})");
        row("a merge of numbers", R"({"model": {"merges": [[1, 2]]}})");
        row("merges are no list", R"({"model": {"merges": {}}})");
        row("an unknown token that is unknown", R"({"model": {"unk_token": "x"}})");
        row("an added token that is none", R"({"added_tokens": [3]})");
        row("no cls", R"({"post_processor": {"cls": null}})");
        row("another model", R"({"model": {"type": "Unigram"}})", "model.unsupported");
        row("dropout", R"({"model": {"dropout": 0.1}})", "model.unsupported");
        row("a normaliser", R"({"normalizer": {"type": "Lowercase"}})", "model.unsupported");
        row("other words", R"({"pre_tokenizer": {"type": "Whitespace"}})", "model.unsupported");
        row("another template", R"({"post_processor": {"type": "TemplateProcessing"}})", "model.unsupported");
        row("another class", "{}", "model.unsupported", R"({"tokenizer_class": "BertTokenizer"})");
        row("a configuration that is none", "{}", "model.bad_config", "[]");
        row("a listed token that is none", "{}", "model.bad_config", R"({"added_tokens_decoder": {"x": {}}})");
    }

    void refuses()
    {
        QFETCH(QString, patch);
        QFETCH(QString, config);
        QFETCH(QString, code);
        Json whole = small();
        whole.merge_patch(Json::parse(patch.toStdString()));
        const auto read = from(whole, config.toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().code, code.toStdString());
        QVERIFY2(read.error().message.find("folder/") != std::string::npos, read.error().message.c_str());
    }

    void refusesFilesThatAreCutShortOrDeep()
    {
        for (const std::string& text : {std::string("{"), std::string(), std::string("[]"), "{\"model\": " + std::string(100000, '[') + std::string(100000, ']') + "}"})
            QVERIFY(!RobertaTokenizer::fromFiles({{"tokenizer.json", text}}, "folder"));
        QVERIFY(!RobertaTokenizer::fromFiles({{"vocab.json", R"({"a": 0})"}, {"merges.txt", "#version\nx y\n"}}, "folder"));
        QVERIFY(RobertaTokenizer::fromFiles({{"vocab.json", R"({"a": 0})"}, {"merges.txt", ""}}, "folder"));
        QVERIFY(!RobertaTokenizer::fromFiles({{"vocab.json", R"({"a": 0})"}}, "folder"));
    }

    void templatesAreFilledAsPythonDoes()
    {
        QCOMPARE(*filledTemplate("This is a sound of {}.", "a dog"), std::string("This is a sound of a dog."));
        QCOMPARE(*filledTemplate("{0}, {{{0}}}", "x{}"), std::string("x{}, {x{}}"));
        for (const char* bad : {"", "no place", "{} {}", "{} {0}", "{1}", "{name}", "{:>9}", "{!r}", "{", "}", "{} {"})
            QCOMPARE(filledTemplate(bad, "x").error().code, std::string("usage"));
    }
};

QTEST_GUILESS_MAIN(RobertaTokenizerTest)
#include "tst_roberta_tokenizer.moc"
