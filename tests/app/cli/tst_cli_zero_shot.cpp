// `zero-shot` with a small CLAP folder: what it prints and writes, and what it refuses.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/engine/neural/untrained_folder.h"
#include "tests/support/cli.h"
#include "tests/support/sound_files.h"

using namespace earmark;
using earmark::test::CliResult;
using earmark::test::runCli;

namespace
{

const char* config = R"({"architectures": ["ClapModel"], "projection_dim": 8, "logit_scale_init_value": 5.0,
    "text_config": {"vocab_size": 40, "hidden_size": 12, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16, "max_position_embeddings": 40},
    "audio_config": {"spec_size": 64, "patch_embeds_hidden_size": 8, "hidden_size": 16, "depths": [1, 2], "num_attention_heads": [1, 2], "num_hidden_layers": 2}})";
const char* preprocessor = R"({"feature_extractor_type": "ClapFeatureExtractor", "sampling_rate": 4000, "hop_length": 160, "max_length_s": 2,
    "fft_window_size": 256, "frequency_max": 2000, "truncation": "rand_trunc"})";

} // namespace

class CliZeroShotTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;

    QString path(const QString& name) const { return folder_.filePath(name); }
    QStringList asked(const QStringList& more) const { return QStringList{"zero-shot", "--model", path("clap"), "--label", "rain", "--label", "a dog"} + more; }

    void write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::string folder = path("clap").toStdString();
        neural::saveUntrained("clap", *neural::parseJson(config, "config"), preprocessor, folder);
        QByteArray vocabulary = R"({"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "Ġ": 4, ".": 5, "T": 6)";
        for (char c = 'a'; c <= 'z'; ++c)
            vocabulary += QString(", \"%1\": %2").arg(QChar(c)).arg(7 + c - 'a').toUtf8();
        write("clap/vocab.json", vocabulary + "}");
        write("clap/merges.txt", "#version: 0.2\n");
        test::writeSwellingNoise(path("a.wav").toStdString(), 9000, 1);
        test::writeSwellingNoise(path("b.wav").toStdString(), 40000, 2);
    }

    void printsALineAFile()
    {
        const CliResult result = runCli(asked({path("a.wav"), path("b.wav"), "--json", "--csv", path("scores.csv")}));
        QVERIFY2(result.status == 0, result.err.constData());
        const auto lines = result.lines();
        QCOMPARE(lines.size(), std::size_t{2});
        for (const test::Json& line : lines) {
            QCOMPARE(line.size(), std::size_t{2});
            QCOMPARE(line["scores"].size(), std::size_t{2});
            const double first = line["scores"][0]["score"], second = line["scores"][1]["score"];
            QVERIFY(first >= second && std::abs(first + second - 1) < 1e-5);
        }
        QCOMPARE(lines[1]["file"].get<std::string>(), path("b.wav").toStdString());
        QFile table(path("scores.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QList<QByteArray> rows = table.readAll().trimmed().split('\n');
        QCOMPARE(rows[0].trimmed(), QByteArray("file,start,end,label,score"));
        QCOMPARE(rows.size(), 5);

        const CliResult text = runCli(asked({path("a.wav"), "--top-k", "1"}));
        QCOMPARE(text.status, 0);
        QCOMPARE(text.out.count('\n'), 1);
        QVERIFY2(text.out.contains("rain") != text.out.contains("a dog"), text.out.constData());
    }

    void theTemplateMatters()
    {
        const auto scores = [&](const QStringList& more) { return runCli(asked(QStringList{path("a.wav"), "--json"} + more)).lines().at(0)["scores"]; };
        QVERIFY(scores({}) == scores({"--template", "This is a sound of {}."}));
        QVERIFY(scores({}) != scores({"--template", "{}"}));
    }

    void whatIsWrongIsSaid()
    {
        const CliResult missing = runCli(asked({path("a.wav"), path("none.wav"), "--json"}));
        QCOMPARE(missing.status, 3); // what could be heard was
        QCOMPARE(missing.lines().size(), std::size_t{1});
        QCOMPARE(missing.errors().size(), std::size_t{1});

        write("there.csv", "mine");
        QCOMPARE(runCli(asked({path("a.wav"), "--csv", path("there.csv"), "--json"})).errors().size(), std::size_t{1});
        QCOMPARE(runCli({"zero-shot", "--model", path("clap"), path("a.wav"), "--json"}).status, 2); // no label

        neural::saveUntrained("wav2vec2", *neural::parseJson(R"({"architectures": ["Wav2Vec2Model"], "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
            "intermediate_size": 8, "conv_dim": [4], "conv_kernel": [8], "conv_stride": [320], "num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2})", "config"),
            "{}", path("ears").toStdString());
        const CliResult other = runCli({"zero-shot", "--model", path("ears"), "--label", "rain", path("a.wav"), "--json"});
        QCOMPARE(other.status, 3);
        QCOMPARE(other.errorCode(), std::string("model.unsupported"));
    }
};

QTEST_GUILESS_MAIN(CliZeroShotTest)
#include "tst_cli_zero_shot.moc"
