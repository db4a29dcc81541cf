// What a training takes from a project: whole clips or labelled regions, and what an earlier run.json says.
#include "engine/dataset/training_request.h"

#include "tests/engine/dataset/fast_folder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark;

namespace
{

NewClip clipIn(const std::string& path, const std::string& split, double start = 0, std::optional<double> end = {})
{
    NewClip clip;
    clip.audio = {.source = {.path = path}, .start = start, .end = end};
    clip.facts = {.hash = path, .sampleRate = 16000, .channels = 1, .duration = 10, .fileSize = 1};
    clip.labels = {"song"};
    clip.group = "tape";
    clip.split = split;
    return clip;
}

} // namespace

class TrainingRequestTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_{fastFolder()};
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }

private Q_SLOTS:
    void regionsAreSamples()
    {
        Project project = Project::create(path("regions.earmark")).value();
        const auto ids = project.addClips(std::vector{clipIn(path("a.wav"), "train", 2.0, 6.0), clipIn(path("b.wav"), "test")}, Origin::import).value();
        QVERIFY(project.addRegion(ids[0], {.start = 3.0, .end = 9.0, .labels = {"bark"}})); // on beyond the clip's end
        QVERIFY(project.addRegion(ids[0], {.start = 0.5, .end = 1.5, .labels = {"meow"}}));
        QVERIFY(project.addRegion(ids[0], {.start = 1.0, .end = 2.0}));                      // without a label
        QVERIFY(project.addRegion(ids[0], {.start = 4.5, .end = 5.0, .labels = {"bark"}})); // wholly beyond it
        const auto samples = project.samples("train", SampleUnit::regions).value();
        QCOMPARE(samples.size(), std::size_t(2));
        QCOMPARE(samples[0].id, ids[0]);
        QCOMPARE(samples[0].labels, std::vector<std::string>{"meow"});
        QCOMPARE(samples[0].clip.start, 2.5);
        QCOMPARE(*samples[0].clip.end, 3.5);
        QCOMPARE(samples[0].group, std::string("tape"));
        QCOMPARE(samples[0].seconds, 1.0);
        QCOMPARE(samples[1].clip.start, 5.0);
        QCOMPARE(*samples[1].clip.end, 6.0);
        QVERIFY(samples[0].name != samples[1].name);
        QVERIFY(project.samples("test", SampleUnit::regions).value().empty());
        QCOMPARE(project.samples("", SampleUnit::regions).value().size(), std::size_t(2));
        QCOMPARE(project.samples("train").value().front().seconds, 4.0);
        QCOMPARE(project.samples("train").value().front().labels, std::vector<std::string>{"song"});
    }

    void regionsCountWhereTheyAreLearnt()
    {
        Project project = Project::create(path("prints.earmark")).value();
        const auto ids = project.addClips(std::vector{clipIn(path("a.wav"), "train")}, Origin::import).value();
        const std::string clips = project.fingerprint().value();
        const std::string regions = project.fingerprint(SampleUnit::regions).value();
        QVERIFY(project.addRegion(ids[0], {.start = 1, .end = 2, .labels = {"song"}}));
        QCOMPARE(project.fingerprint().value(), clips);
        QVERIFY(project.fingerprint(SampleUnit::regions).value() != regions);
    }

    void splitsThatAreNotThere()
    {
        Project project = Project::create(path("splits.earmark")).value();
        QVERIFY(project.addClips(std::vector{clipIn(path("a.wav"), "train"), clipIn(path("b.wav"), "validation")}, Origin::import));
        TrainRequest request;
        QVERIFY(readTrainingSet(project, {}, request));
        QCOMPARE(request.train.size(), std::size_t(1));
        QCOMPARE(request.validation.size(), std::size_t(1));
        QCOMPARE(request.reportSplit, std::string("validation")); // there is no test split
        QCOMPARE(request.report.size(), std::size_t(1));
        QCOMPARE(request.origin.at("project"), path("splits.earmark"));
        QCOMPARE(readTrainingSet(project, {.trainSplit = "fold 1"}, request).error().code, std::string("train.no_clips"));
    }

    void anEarlierRunGoesOn()
    {
        QFile file(folder_.filePath("run.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"base": "/models/x", "task": "classification", "settings": {"learning_rate": 0.25},
                       "origin": {"base_name": "owner/x", "train_split": "fold 1", "report_split": "fold 2", "samples": "regions"}})");
        file.close();
        TrainRequest request;
        TrainingSet set;
        QVERIFY(readRunJson(path("run.json"), request, &set));
        QCOMPARE(request.base, std::string("/models/x"));
        QCOMPARE(request.recipe.number("learning_rate"), 0.25);
        QCOMPARE(request.origin.at("base_name"), std::string("owner/x"));
        QCOMPARE(set.trainSplit, std::string("fold 1"));
        QCOMPARE(set.validationSplit, std::string("validation")); // not said
        QCOMPARE(set.testSplit, std::string("fold 2"));
        QVERIFY(set.unit == SampleUnit::regions);
        QCOMPARE(readRunJson(path("nothing.json"), request).error().code, std::string("io.not_found"));
    }

    void runFoldersAreNumbered()
    {
        QCOMPARE(freeRunFolder(path("n.earmark")), path("n-runs/1"));
        QVERIFY(QDir(folder_.path()).mkpath("n-runs/1"));
        QCOMPARE(freeRunFolder(path("n.earmark")), path("n-runs/2"));
    }
};

QTEST_GUILESS_MAIN(TrainingRequestTest)
#include "tst_training_request.moc"
