// What undo says it changed, labels merged, sound that lies elsewhere, runs deleted.
#include "engine/dataset/delete_run.h"
#include "engine/dataset/examine_files.h"
#include "engine/dataset/missing_files.h"
#include "engine/dataset/project.h"
#include "engine/dataset/run_record.h"

#include "tests/engine/dataset/fast_folder.h"
#include "tests/support/corpus.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark;

namespace
{

NewClip clipIn(const std::string& path, std::vector<std::string> labels = {}, std::string split = {})
{
    NewClip clip;
    clip.audio.source.path = path;
    clip.facts = {.hash = path, .sampleRate = 16000, .channels = 1, .duration = 10, .fileSize = 1};
    clip.labels = std::move(labels);
    clip.split = std::move(split);
    return clip;
}

std::vector<std::string> labelsOf(const Project& project, ClipId id)
{
    std::vector<std::string> labels;
    const Clip clip = project.clip(id).value();
    for (const ClipLabel& label : clip.labels)
        labels.push_back(label.label);
    return labels;
}

std::vector<std::string> names(const Project& project)
{
    std::vector<std::string> all;
    const auto labels = project.labels().value();
    for (const LabelClass& label : labels)
        all.push_back(label.name);
    return all;
}

} // namespace

class ProjectUpkeepTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_{fastFolder()};
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }

    void write(const QString& name, const QByteArray& bytes) const
    {
        const QString place = folder_.filePath(name);
        QDir().mkpath(QFileInfo(place).path());
        QFile file(place);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("write");
    }

private Q_SLOTS:
    void undoSaysWhatItTouched()
    {
        Project project = Project::create(path("undo.earmark")).value();
        const auto ids = project.addClips(std::vector{clipIn("a", {"x"}), clipIn("b", {"y"}, "train"), clipIn("c", {"x"})}, Origin::import).value();
        QVERIFY(project.setLabels(std::vector{ids[0], ids[2]}, std::vector<std::string>{"y"}));
        UndoStep step = project.undo().value().value();
        QCOMPARE(step.what, std::string("Label 2 clips"));
        QCOMPARE(step.clips, (std::vector{ids[0], ids[2]}));
        QVERIFY(!step.clipsCameOrWent && !step.labelSet && !step.splits);
        QCOMPARE(project.redo().value().value().clips, (std::vector{ids[0], ids[2]}));

        const std::int64_t region = project.addRegion(ids[1], {.start = 1, .end = 2, .labels = {"y"}}).value();
        QVERIFY(project.changeRegion(region, {.start = 1, .end = 3, .labels = {"y"}}));
        QCOMPARE(project.undo().value().value().clips, std::vector{ids[1]});
        QVERIFY(project.addLabel(std::vector{ids[1]}, "new"));
        step = project.undo().value().value();
        QVERIFY(step.labelSet && !step.splits);
        QCOMPARE(step.clips, std::vector{ids[1]});
        QVERIFY(project.setSplits(std::vector{Split{.name = "test", .members = {{ids[0], ""}}}}));
        step = project.undo().value().value();
        QVERIFY(step.splits && !step.labelSet && step.clips.empty());
        QVERIFY(project.removeClips(std::vector{ids[1]}));
        step = project.undo().value().value();
        QVERIFY(step.clipsCameOrWent && step.splits);
        QCOMPARE(step.clips, std::vector{ids[1]});
        QVERIFY(project.setState(std::vector{ids[2]}, ClipState::skip));
        QCOMPARE(project.undo().value().value().clips, std::vector{ids[2]});
        while (const auto earlier = project.undo().value())
            step = *earlier;
        QVERIFY(step.clipsCameOrWent);
        QCOMPARE(step.clips, ids);
    }

    void undoGoesBackFar()
    {
        Project project = Project::create(path("far.earmark")).value();
        const auto ids = project.addClips(std::vector{clipIn("a")}, Origin::import).value();
        constexpr int edits = 2500;
        for (int i = 0; i < edits; ++i)
            QVERIFY(project.setNote(ids[0], std::to_string(i)));
        for (int i = 0; i < edits; ++i)
            QVERIFY(project.undo().value());
        QVERIFY(!project.clip(ids[0]).value().note);
        QCOMPARE(project.undoable().value().value(), std::string("Add 1 clip"));
        QVERIFY(project.redo().value());
        QCOMPARE(project.clip(ids[0]).value().note->text, std::string("0"));
        QVERIFY(project.setNote(ids[0], "another way"));
        QVERIFY(!project.redoable().value());
    }

    void labelsAreRenamed()
    {
        Project project = Project::create(path("rename.earmark")).value();
        const auto ids = project.addClips(std::vector{clipIn("a", {"dgo"}), clipIn("b", {"cat"})}, Origin::import).value();
        auto labels = project.labels().value();
        labels[0].name = "dog";
        std::swap(labels[0], labels[1]);
        QVERIFY(project.setLabelSet(labels));
        QCOMPARE(names(project), (std::vector<std::string>{"cat", "dog"}));
        QCOMPARE(labelsOf(project, ids[0]), std::vector<std::string>{"dog"});
        QVERIFY(project.undo().value()->labelSet);
        QCOMPARE(labelsOf(project, ids[0]), std::vector<std::string>{"dgo"});
    }

    void labelsAreMerged()
    {
        Project project = Project::create(path("merge.earmark")).value();
        const auto ids =
            project.addClips(std::vector{clipIn("a", {"hound"}), clipIn("b", {"dog", "hound"}), clipIn("c", {"dog"}), clipIn("d", {"hound"})}, Origin::import)
                .value();
        QVERIFY(project.addRegion(ids[2], {.start = 0, .end = 1, .labels = {"hound"}}));
        QVERIFY(project.removeClips(std::vector{ids[3]}));
        const std::string before = project.fingerprint(SampleUnit::regions).value();
        QCOMPARE(project.mergeLabels("hound", "dog").value(), (std::vector{ids[0], ids[1], ids[2]}));
        QCOMPARE(names(project), std::vector<std::string>{"dog"});
        for (const ClipId id : {ids[0], ids[1], ids[2]})
            QCOMPARE(labelsOf(project, id), std::vector<std::string>{"dog"});
        QCOMPARE(project.clip(ids[2]).value().regions[0].labels, std::vector<std::string>{"dog"});
        QVERIFY(project.undo().value()->labelSet);
        QCOMPARE(project.fingerprint(SampleUnit::regions).value(), before);
        QVERIFY(project.redo().value());
        QVERIFY(project.undo().value() && project.undo().value());
        QCOMPARE(labelsOf(project, ids[3]), std::vector<std::string>{"hound"});
        QCOMPARE(project.mergeLabels("wolf", "dog").error().code, std::string("project.invalid_edit"));
        QCOMPARE(project.mergeLabels("dog", "dog").error().code, std::string("project.invalid_edit"));
    }

    void soundThatLiesElsewhere()
    {
        test::writeToneCorpus(folder_.filePath("old"), 1, 4);
        Project project = Project::create(path("moved.earmark")).value();
        std::vector<NewClip> clips;
        for (int i = 0; i < 4; ++i) {
            NewClip clip = clipIn(path("old/tone-0/00" + std::to_string(i) + ".wav"));
            clip.facts = examineFile(clip.audio.source.path).value();
            clips.push_back(clip);
        }
        const auto ids = project.addClips(clips, Origin::import).value();
        QVERIFY(QDir(folder_.path()).rename("old", "new"));
        QVERIFY(QFile::copy(folder_.filePath("new/tone-0/001.wav"), folder_.filePath("copy"))); // another time, the same bytes
        QVERIFY(QFile::remove(folder_.filePath("new/tone-0/001.wav")) && QFile::rename(folder_.filePath("copy"), folder_.filePath("new/tone-0/001.wav")));
        QVERIFY(QFile::remove(folder_.filePath("new/tone-0/002.wav")));
        write("new/tone-0/003.wav", "something else");
        QCOMPARE(project.changedFiles().value().size(), std::size_t(4));
        const Relocation moved = project.relocate(path("old/"), path("new")).value();
        QCOMPARE(moved.found, std::size_t(2));
        QCOMPARE(moved.missing, std::size_t(1));
        QCOMPARE(moved.other, std::size_t(1));
        QCOMPARE(moved.clips, (std::vector{ids[0], ids[1]}));
        QCOMPARE(project.clip(ids[1]).value().name, std::string("new/tone-0/001.wav"));
        QCOMPARE(project.clip(ids[1]).value().facts.hash, clips[1].facts.hash);
        QCOMPARE(project.clip(ids[3]).value().name, std::string("old/tone-0/003.wav"));
        QCOMPARE(project.changedFiles().value().size(), std::size_t(2));
        QCOMPARE(project.undo().value()->clips, (std::vector{ids[0], ids[1]}));
        QCOMPARE(project.clip(ids[0]).value().name, std::string("old/tone-0/000.wav"));
        QVERIFY(project.redo().value());
        QCOMPARE(project.relocate(path("nowhere"), path("new")).value().found, std::size_t(0));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(project.relocate(path("old"), path("new"), {}, stop.get_token()).value().stopped);
    }

    void aCopyKnowsSoundAndRunsFromItsOwnPlace()
    {
        write("copied/here.wav", "a");
        write("copied/below/here.wav", "b");
        QVERIFY(QDir().mkpath(folder_.filePath("away/deep")));
        auto project = Project::create(path("copied/p.earmark"));
        QVERIFY(project);
        const std::vector<NewClip> clips = {clipIn(path("copied/here.wav"), {"a"}, "train"), clipIn(path("copied/below/here.wav"), {"b"}), clipIn("/else/where.wav")};
        const auto ids = project->addClips(clips, Origin::import).value();
        QVERIFY(project->setLabels({{ids[0]}}, {{"c"}}));
        QVERIFY(project->addRun({.name = "run", .folder = path("copied/p-runs/run"), .state = "finished"}));
        QVERIFY(project->addRun({.name = "lost", .state = "failed"}));
        QVERIFY(project->saveCopy(path("away/deep/copy.earmark"))); // also while it is open for writing
        QVERIFY(project->saveCopy(path("copied/beside.earmark")));
        QCOMPARE(project->saveCopy(path("copied/p.earmark")).error().code, std::string("project.invalid_edit"));
        QCOMPARE(project->saveCopy(path("no such folder/p.earmark")).error().code.substr(0, 3), std::string("io."));
        QVERIFY(project->close());
        for (const char* name : {"away/deep/copy.earmark", "copied/beside.earmark"}) {
            auto copy = Project::open(path(name), Access::write);
            QVERIFY2(copy, copy ? "" : copy.error().message.c_str());
            const auto all = copy->clips(ids).value();
            for (std::size_t i = 0; i < clips.size(); ++i)
                QCOMPARE(all[i].audio.source.path, clips[i].audio.source.path);
            QCOMPARE(copy->runs().value()[0].folder, path("copied/p-runs/run"));
            QCOMPARE(copy->runs().value()[1].folder, std::string());
            QCOMPARE(labelsOf(*copy, ids[0]), std::vector<std::string>{"c"});
            QVERIFY(copy->undo().value()); // its history came along
            QCOMPARE(labelsOf(*copy, ids[0]), std::vector<std::string>{"a"});
            QVERIFY(copy->close());
        }
        QCOMPARE(QDir(folder_.filePath("away/deep")).entryList(QDir::Files), QStringList("copy.earmark"));
        QCOMPARE(Project::open(path("away/deep/copy.earmark"), Access::read)->clip(ids[0])->name, std::string("../../copied/here.wav"));
    }

    void missingFilesBelowAnyFolder()
    {
        test::writeToneCorpus(folder_.filePath("disk/sounds"), 2, 2);
        Project project = Project::create(path("missing.earmark")).value();
        std::vector<NewClip> clips;
        for (const char* name : {"disk/sounds/tone-0/000.wav", "disk/sounds/tone-0/001.wav", "disk/sounds/tone-1/000.wav"}) {
            clips.push_back(clipIn(path(name)));
            clips.back().facts = examineFile(clips.back().audio.source.path).value();
        }
        QVERIFY(project.addClips(clips, Origin::import));
        QVERIFY(QDir(folder_.path()).rename("disk/sounds", "elsewhere"));
        const std::vector<std::string> missing = {path("disk/sounds/tone-0/001.wav"), path("disk/sounds/tone-1/000.wav"), path("disk/sounds/tone-1/001.wav")};
        QCOMPARE(folderBefore(missing, path("elsewhere")), path("disk/sounds"));
        QCOMPARE(folderBefore(missing, path("elsewhere/tone-1")), path("disk/sounds/tone-1")); // though tone-0/001.wav has a namesake there
        QCOMPARE(folderBefore(missing, path("nowhere")), std::string());
        QCOMPARE(findMissingFiles(project, path("nowhere")).value().missing, std::size_t(3));
        QCOMPARE(findMissingFiles(project, path("elsewhere/tone-0")).value().missing, std::size_t(1));
        const Relocation rest = findMissingFiles(project, path("elsewhere")).value();
        QCOMPARE(rest.found, std::size_t(1));
        QCOMPARE(rest.missing, std::size_t(0));
        QVERIFY(project.changedFiles().value().empty());
    }

    void runsAreDeleted()
    {
        Project project = Project::create(path("runs.earmark")).value();
        const auto ids = project.addClips(std::vector{clipIn("a")}, Origin::import).value();
        write("runs-runs/1/run.json", "{}");
        write("runs-runs/1/checkpoint-3/model.safetensors", QByteArray(100000, 'x'));
        const std::int64_t id = project.addRun({.name = "one", .folder = path("runs-runs/1"), .state = "finished"}).value();
        QVERIFY(project.addPredictions(id, std::vector{Prediction{.clip = ids[0], .label = "x"}}));
        const Run run = project.runs().value().front();
        const std::uint64_t bytes = runBytes(run);
        QVERIFY(bytes >= 100000);
        QCOMPARE(deleteRun(project, id).value(), bytes);
        QCOMPARE(runBytes(run), std::uint64_t(0));
        QVERIFY(QDir(folder_.filePath("runs-runs")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
        QVERIFY(project.runs().value().empty());
        QVERIFY(project.predictions(id).value().empty());
    }

    void foldersThatNoTrainingWroteStay()
    {
        Project project = Project::create(path("strange.earmark")).value();
        write("letters/dear.txt", "dear");
        const std::int64_t id = project.addRun({.name = "home", .folder = path("letters"), .state = "finished"}).value();
        QCOMPARE(deleteRun(project, id).value(), std::uint64_t(0));
        QVERIFY(QFile::exists(folder_.filePath("letters/dear.txt")));
        QVERIFY(project.runs().value().empty());
        QCOMPARE(deleteRun(project, id).error().code, std::string("project.invalid_edit"));
    }

    void aRunThatGoesOnStays()
    {
        Project project = Project::create(path("going.earmark")).value();
        const RunRecord record = RunRecord::begin(project, {.out = path("going-runs/1")}).value();
        QCOMPARE(deleteRun(project, record.id()).error().code, std::string("project.locked"));
    }
};

QTEST_GUILESS_MAIN(ProjectUpkeepTest)
#include "tst_project_upkeep.moc"
