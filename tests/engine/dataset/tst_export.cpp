#include "engine/dataset/export.h"

#include "engine/audio/decode.h"
#include "engine/base/file.h"
#include "engine/dataset/import.h"
#include "engine/dataset/project.h"
#include "engine/dataset/wav_writer.h"
#include "tests/engine/dataset/fast_folder.h"
#include "tests/engine/dataset/wav_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <map>

using namespace earmark;
namespace fs = std::filesystem;

class ExportTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::optional<Project> project_;

    std::string path(const std::string& name) const { return folder_->path().toStdString() + "/" + name; }
    std::string content(const std::string& name) const { return readFile(path(name)).value(); }
    std::vector<std::string> namesIn(const std::string& name) const
    {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(path(name)))
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }
    void makeProject(bool severalLabels = true)
    {
        fs::create_directories(path("audio"));
        writeWav(path("audio/long.wav"), 2, 440);
        writeWav(path("audio/whole, \"b\".wav"), 0.5, 220);
        NewClip cut;
        cut.audio = {.source = {.path = path("audio/long.wav")}, .start = 0.5, .end = 1.25};
        cut.facts = {.hash = "x", .sampleRate = 8000, .channels = 1, .duration = 2, .codec = "pcm_s16le"};
        cut.labels = {"jazz"};
        if (severalLabels)
            cut.labels.push_back("live\nset");
        cut.transcript = "so, what";
        cut.group = "tape";
        cut.split = "train";
        cut.columns = {{"year", "1959"}};
        NewClip whole;
        whole.audio = {.source = {.path = path("audio/whole, \"b\".wav")}};
        whole.facts = {.hash = "y", .sampleRate = 8000, .channels = 1, .duration = 0.5, .codec = "pcm_s16le"};
        whole.labels = {"rock"};
        whole.split = "test";
        QVERIFY(project_->addClips(std::vector{cut, whole}, Origin::import));
        QVERIFY(project_->addRegion(1, {.start = 0.25, .end = 0.5, .low = 100, .high = 2000, .labels = {"cough"}}));
    }

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>(fastFolder());
        project_ = Project::create(path("p.earmark")).value();
    }
    void cleanup()
    {
        project_.reset();
        folder_.reset();
    }

    void csvReadsBackAsTheSameClips()
    {
        makeProject();
        const ExportReport report = exportProject(*project_, {.out = path("out")}).value();
        QCOMPARE(report.clips, std::size_t(2));
        QCOMPARE(report.files, (std::vector<std::string>{"clips.csv", "regions.csv"}));
        QVERIFY(content("out/regions.csv").find(",0.75,1,100,2000,cough,") != std::string::npos);
        Project other = Project::create(path("q.earmark")).value();
        const auto imported = importClips(other, {path("out/clips.csv")}, {.labelSeparator = "|"}).value();
        QCOMPARE(imported.added, std::size_t(2));
        const auto before = project_->samples("").value(), after = other.samples("").value();
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(after[i].clip, before[i].clip);
            QCOMPARE(after[i].labels, before[i].labels);
            QCOMPARE(after[i].text, before[i].text);
            QCOMPARE(after[i].group, before[i].group);
        }
        QCOMPARE(other.samples("test").value().size(), std::size_t(1));
    }

    void audiofolderCopiesAndCuts()
    {
        makeProject(false);
        const ExportReport report = exportProject(*project_, {.format = ExportFormat::audiofolder, .out = path("out")}).value();
        QCOMPARE(report.clips, std::size_t(2));
        QVERIFY2(report.remarks.empty(), report.remarks.empty() ? "" : report.remarks[0].message.c_str());
        QCOMPARE(namesIn("out"), (std::vector<std::string>{"test", "train"}));
        QCOMPARE(namesIn("out/train"), (std::vector<std::string>{"000001-long.wav", "metadata.csv"}));
        QCOMPARE(content("out/train/metadata.csv"),
                 std::string("file_name,label,transcription,year\r\n000001-long.wav,jazz,\"so, what\",1959\r\n"));
        QCOMPARE(content("out/test/000002-whole, _b_.wav"), content("audio/whole, \"b\".wav"));
        const Waveform cut = decodeAudio({.source = {.path = path("out/train/000001-long.wav")}}).value();
        const Waveform original = decodeAudio({.source = {.path = path("audio/long.wav")}, .start = 0.5, .end = 1.25}).value();
        QCOMPARE(cut.sampleRate, 8000);
        QCOMPARE(cut.samples, original.samples); // 16 bits lose nothing of 16 bits
        Project other = Project::create(path("q.earmark")).value();
        QCOMPARE(importClips(other, {path("out")})->format, ImportFormat::audiofolder);
        QCOMPARE(other.samples("train").value().at(0).labels, std::vector<std::string>{"jazz"});
    }

    void audiofolderWithSeveralLabelsIsJsonLines()
    {
        makeProject();
        QVERIFY(exportProject(*project_, {.format = ExportFormat::audiofolder, .out = path("out")}));
        const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(content("out/train/metadata.jsonl"))).object();
        QCOMPARE(object["label"].toArray().size(), 2);
        QCOMPARE(object["label"].toArray()[1].toString(), QString("live\nset"));
    }

    void audiofolderOfRegions()
    {
        makeProject();
        const auto report = exportProject(*project_, {.format = ExportFormat::audiofolder, .out = path("out"), .regions = true}).value();
        QCOMPARE(report.clips, std::size_t(1));
        const Waveform cut = decodeAudio({.source = {.path = path("out/train/000001-1-long.wav")}}).value();
        QCOMPARE(cut.samples.size(), std::size_t(2000)); // a quarter of a second
        QVERIFY(content("out/train/metadata.csv").find("cough") != std::string::npos);
    }

    void missingSoundIsLeftOutAndNamed()
    {
        makeProject();
        fs::remove(path("audio/long.wav"));
        const auto report = exportProject(*project_, {.format = ExportFormat::audiofolder, .out = path("out")}).value();
        QCOMPARE(report.clips, std::size_t(1));
        QVERIFY(report.remarks.at(0).message.find("long.wav") != std::string::npos);
    }

    void labelStudio()
    {
        makeProject();
        QVERIFY(exportProject(*project_, {.format = ExportFormat::labelStudio, .out = path("out")}));
        const QJsonArray tasks = QJsonDocument::fromJson(QByteArray::fromStdString(content("out/tasks.json"))).array();
        QCOMPARE(tasks.size(), 2);
        const QJsonObject task = tasks[0].toObject();
        QCOMPARE(task["data"].toObject()["start"].toDouble(), 0.5);
        const QJsonArray results = task["annotations"].toArray()[0].toObject()["result"].toArray();
        QCOMPARE(results.size(), 3);
        QCOMPARE(results[1].toObject()["value"].toObject()["labels"].toArray()[0].toString(), QString("cough"));
    }

    void audacityAndRaven()
    {
        makeProject();
        QVERIFY(exportProject(*project_, {.format = ExportFormat::audacity, .out = path("a")}));
        QCOMPARE(content("a/long.txt"), std::string("0.5\t1.25\tjazz\n0.5\t1.25\tlive set\n0.75\t1\tcough\n\\\t100\t2000\n"));
        QVERIFY(exportProject(*project_, {.format = ExportFormat::raven, .out = path("r")}));
        const std::string table = content("r/long.Table.1.selections.txt");
        QVERIFY(table.starts_with("Selection\tView\tChannel\tBegin Time (s)"));
        QVERIFY(table.find("\n3\tSpectrogram 1\t1\t0.75\t1\t100\t2000\tcough\n") != std::string::npos);
        QVERIFY(table.find("\n1\tSpectrogram 1\t1\t0.5\t1.25\t0\t4000\tjazz\n") != std::string::npos);
    }

    void excludedClipsStayOut()
    {
        makeProject();
        QVERIFY(project_->setState(std::vector<ClipId>{1}, ClipState::excluded));
        QCOMPARE(exportProject(*project_, {.out = path("out")})->clips, std::size_t(1));
    }

    void foldersAreNotReplacedUnasked()
    {
        makeProject();
        const auto code = [&](const ExportOptions& options) { return exportProject(*project_, options).error().code; };
        fs::create_directories(path("out"));
        QCOMPARE(code({.out = path("out")}), std::string("usage.out_exists"));
        QVERIFY(exportProject(*project_, {.out = path("out"), .overwrite = true}));
        QVERIFY(fs::exists(path("out/clips.csv")));
        QCOMPARE(code({.out = path("audio"), .overwrite = true}), std::string("usage")); // the sound itself
        QCOMPARE(code({.out = path(""), .overwrite = true}), std::string("usage"));
        QVERIFY(fs::exists(path("audio/long.wav")));
    }

    void stopped()
    {
        makeProject();
        std::stop_source source;
        source.request_stop();
        const auto report = exportProject(*project_, {.format = ExportFormat::audiofolder, .out = path("out")}, {}, source.get_token());
        QVERIFY(report->stopped);
        QVERIFY(!fs::exists(path("out")));
    }

    void wavKeepsFloats()
    {
        const std::vector<float> samples = {0.f, 1.5f, -0.25f, 1e-7f};
        QVERIFY(writeWavFile(path("f.wav"), samples, 96000, WavFormat::float32));
        const Waveform read = decodeAudio({.source = {.path = path("f.wav")}}).value();
        QCOMPARE(read.samples, samples);
        QCOMPARE(read.sampleRate, 96000);
    }

    void formatsByName()
    {
        QCOMPARE(exportFormatNamed("label-studio").value(), ExportFormat::labelStudio);
        QCOMPARE(exportFormatNamed("x").error().code, std::string("usage"));
    }
};

QTEST_GUILESS_MAIN(ExportTest)
#include "tst_export.moc"
