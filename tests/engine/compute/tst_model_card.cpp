// What a model folder says of itself without being opened, and that hostile ones say nothing.
#include "engine/compute/model_card.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark;

class ModelCardTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    std::string write(const QString& name, const QByteArray& bytes) const
    {
        const QString path = folder_.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return path.toStdString();
    }
    std::string folder(const QString& name) const { return folder_.filePath(name).toStdString(); }

    static QByteArray safetensors(const QByteArray& header)
    {
        const quint64 length = static_cast<quint64>(header.size());
        return QByteArray(reinterpret_cast<const char*>(&length), sizeof length) + header;
    }

private Q_SLOTS:
    void readsWhatSmallFilesSay()
    {
        write("m/config.json", R"({"model_type": "wav2vec2", "architectures": ["Wav2Vec2ForSequenceClassification"], "id2label": {"1": "no", "0": "yes"}})");
        write("m/preprocessor_config.json", R"({"sampling_rate": 16000})");
        write("m/README.md", "---\nlanguage:\n- en\n- de\nlicense: \"apache-2.0\"\n---\n# A model\nlanguage: fr\n");
        write("m/model.safetensors", safetensors(R"({"__metadata__": {"format": "pt"}, "a": {"shape": [3, 4]}, "b": {"shape": []}})"));
        write("m/pytorch_model.bin", "the same weights");
        const ModelCard card = readModelCard(folder("m")).value();
        QCOMPARE(card.family, std::string("wav2vec2"));
        QVERIFY(card.hasHead);
        QCOMPARE(card.labels, (std::vector<std::string>{"yes", "no"}));
        QCOMPARE(card.languages, (std::vector<std::string>{"en", "de"}));
        QCOMPARE(card.licence, std::string("apache-2.0"));
        QCOMPARE(card.sampleRate, 16000);
        QCOMPARE(card.parameters, 13);
        QCOMPARE(card.bytes, QFileInfo(folder_.filePath("m/model.safetensors")).size());
    }

    void placeholdersAreNoLabels()
    {
        write("base/config.json", R"({"model_type": "hubert", "id2label": {"0": "LABEL_0", "1": "LABEL_1"}})");
        const ModelCard card = readModelCard(folder("base")).value();
        QVERIFY(card.labels.empty());
        QVERIFY(!card.hasHead);
    }

    void refuses()
    {
        QCOMPARE(readModelCard(folder("nowhere")).error().code, std::string("model.not_found"));
        write("bad/config.json", "[]");
        QCOMPARE(readModelCard(folder("bad")).error().code, std::string("model.bad_config"));
        write("deep/config.json", QByteArray(100000, '['));
        QCOMPARE(readModelCard(folder("deep")).error().code, std::string("model.bad_config"));
    }

    void hostileHeadersCountNothing()
    {
        QCOMPARE(parametersOf(folder("none.safetensors")), 0);
        QCOMPARE(parametersOf(write("short.safetensors", "abc")), 0);
        QCOMPARE(parametersOf(write("long.safetensors", QByteArray(8, '\xff'))), 0);
        QCOMPARE(parametersOf(write("list.safetensors", safetensors("[]"))), 0);
        QCOMPARE(parametersOf(write("huge.safetensors", safetensors(R"({"a": {"shape": [9000000000000000000, 9000000000000000000]}})"))), 0);
        QCOMPARE(parametersOf(write("odd.safetensors", safetensors(R"({"a": {"shape": [-1, 2]}, "b": {"shape": "2"}, "c": 3})"))), 0);
    }

    void frontMatter_data()
    {
        QTest::addColumn<QString>("readme");
        QTest::addColumn<QStringList>("values");
        QTest::newRow("one") << "---\nlanguage: en\n---\n" << QStringList{"en"};
        QTest::newRow("flow") << "---\nlanguage: [en, 'de' , \"fr\"]\n---\n" << QStringList{"en", "de", "fr"};
        QTest::newRow("list") << "---\nlanguage:\n  - en\n  - de\ntags:\n  - audio\n---\n" << QStringList{"en", "de"};
        QTest::newRow("windows lines") << "---\r\nlanguage: en\r\n---\r\n" << QStringList{"en"};
        QTest::newRow("another key") << "---\nlanguages: en\n---\n" << QStringList{};
        QTest::newRow("no front matter") << "language: en\n" << QStringList{};
        QTest::newRow("never closed") << "---\nlanguage: en" << QStringList{"en"};
        QTest::newRow("empty") << "" << QStringList{};
    }

    void frontMatter()
    {
        QFETCH(QString, readme);
        QFETCH(QStringList, values);
        QStringList found;
        for (const std::string& value : frontMatterValues(readme.toStdString(), "language"))
            found << QString::fromStdString(value);
        QCOMPARE(found, values);
    }
};

QTEST_GUILESS_MAIN(ModelCardTest)
#include "tst_model_card.moc"
