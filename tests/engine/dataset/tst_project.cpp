#include "engine/dataset/project.h"

#include "tests/engine/dataset/fast_folder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace earmark;

namespace
{

NewClip newClip(const std::string& path, std::vector<std::string> labels = {})
{
    NewClip clip;
    clip.audio.source.path = path;
    clip.facts = {.hash = path, .sampleRate = 16000, .channels = 1, .duration = 2.5, .container = "wav", .codec = "pcm_s16le", .fileSize = 1};
    clip.labels = std::move(labels);
    return clip;
}

/// Labels of every clip, for comparing states.
std::vector<std::vector<std::string>> labelsOf(const Project& project)
{
    std::vector<std::vector<std::string>> all;
    const auto visited = project.forEachClip([&](const Clip& clip) {
        std::vector<std::string> labels;
        for (const ClipLabel& label : clip.labels)
            labels.push_back(label.label);
        all.push_back(labels);
        return true;
    });
    if (!visited)
        qFatal("%s", visited.error().message.c_str());
    return all;
}

/// Runs `work` in a child process; its exit status, or minus the signal that ended it.
int inChild(const std::function<int()>& work)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(work());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

class ProjectTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_{fastFolder()};
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }
    QStringList filesLike(const char* pattern) const { return QDir(folder_.path()).entryList({pattern}, QDir::Files); }

    /// A closed project with clips 1…count, labelled "a" and "b" in turn.
    std::string makeProject(const std::string& name, int count = 3)
    {
        Project project = Project::create(path(name)).value();
        std::vector<NewClip> clips;
        for (int i = 0; i < count; ++i)
            clips.push_back(newClip(path("audio/" + std::to_string(i) + ".wav"), {i % 2 ? "b" : "a"}));
        if (!project.addClips(clips, Origin::import))
            qFatal("addClips");
        return path(name);
    }

private Q_SLOTS:
    void keepsEverythingOfAClip()
    {
        const std::string file = path("all.earmark");
        ClipId id = 0;
        {
            Project project = Project::create(file, {.author = "ada"}).value();
            NewClip clip = newClip(path("audio/long.wav"), {"jazz", "live"});
            clip.audio.start = 0.5;
            clip.audio.end = 2.25;
            clip.audio.source.offset = 512;
            clip.audio.source.length = 4096;
            clip.group = "tape 7";
            clip.numbers = {{"valence", 0.25}};
            clip.transcript = "so what";
            clip.columns = {{"year", "1959"}};
            clip.split = "train";
            id = project.addClips(std::vector{clip}, Origin::import).value().front();
            QVERIFY(project.setNote(id, "hum at 50 Hz"));
            QVERIFY(project.setState(std::vector{id}, ClipState::unsure));
            QVERIFY(project.addRegion(id, {.start = 0.1, .end = 0.2, .low = 100, .high = 4000, .labels = {"cough"}}));
            QVERIFY(project.close());
        }
        QCOMPARE(filesLike("all.earmark*"), QStringList{"all.earmark"}); // side files only while it is open
        const Project project = Project::open(file, Access::read).value();
        const Clip clip = project.clip(id).value();
        QCOMPARE(clip.name, std::string("audio/long.wav"));
        QCOMPARE(clip.audio.source.path, path("audio/long.wav"));
        QCOMPARE(clip.audio.source.offset, std::uint64_t(512));
        QCOMPARE(clip.audio.source.length.value(), std::uint64_t(4096));
        QCOMPARE(clip.audio.start, 0.5);
        QCOMPARE(clip.audio.end.value(), 2.25);
        QCOMPARE(clip.facts.codec, std::string("pcm_s16le"));
        QCOMPARE(clip.group, std::string("tape 7"));
        QCOMPARE(clip.labels.size(), std::size_t(2));
        QCOMPARE(clip.labels[1].label, std::string("live"));
        QCOMPARE(clip.labels[1].stamp.author, std::string("ada"));
        QCOMPARE(clip.labels[1].stamp.origin, Origin::import);
        QVERIFY(clip.labels[1].stamp.time > 1'600'000'000'000'000);
        QCOMPARE(clip.numbers[0].value, 0.25);
        QCOMPARE(clip.transcript->text, std::string("so what"));
        QCOMPARE(clip.note->text, std::string("hum at 50 Hz"));
        QCOMPARE(clip.note->stamp.origin, Origin::person);
        QCOMPARE(clip.state, ClipState::unsure);
        QCOMPARE(clip.regions.size(), std::size_t(1));
        QCOMPARE(clip.regions[0].high.value(), 4000.0);
        QCOMPARE(clip.regions[0].labels, std::vector<std::string>{"cough"});
        QCOMPARE(clip.columns[0].second, std::string("1959"));
        const ProjectSummary summary = project.summary().value();
        QCOMPARE(summary.clips, std::size_t(1));
        QCOMPARE(summary.seconds, 1.75);
        QCOMPARE(summary.splits[0].second, std::size_t(1));
    }

    void pathsAreRelativeWhereTheyCanBe()
    {
        QVERIFY(QDir(folder_.path()).mkpath("sub/project"));
        {
            Project project = Project::create(path("sub/project/p.earmark")).value();
            QVERIFY(project.addClips(std::vector{newClip(path("sub/project/in/a.wav")), newClip(path("sub/audio/b.wav")),
                                                 newClip("/elsewhere/c.wav")},
                                     Origin::import));
        }
        QVERIFY(QDir(folder_.path()).rename("sub", "moved"));
        const Project project = Project::open(path("moved/project/p.earmark"), Access::read).value();
        const auto samples = project.samples("").value();
        QCOMPARE(samples[0].name, std::string("in/a.wav"));
        QCOMPARE(samples[0].clip.source.path, path("moved/project/in/a.wav"));
        QCOMPARE(samples[1].name, std::string("../audio/b.wav"));
        QCOMPARE(samples[1].clip.source.path, path("moved/audio/b.wav"));
        QCOMPARE(samples[2].clip.source.path, std::string("/elsewhere/c.wav"));
    }

    void strangeNamesAndLongLabels()
    {
        const std::string file = path("n\xE4me\n\xF0\x9F\x8E\xB5 %41?#.earmark"); // Latin-1, newline, emoji, what URIs use
        const std::string audio = path("caf\xE9\n\xF0\x9F\x8E\xB5.wav");
        std::string longLabel;
        for (int i = 0; i < 20000; ++i)
            longLabel += "é";
        {
            Project project = Project::create(file).value();
            QVERIFY(project.addClips(std::vector{newClip(audio, {longLabel, "a\nb", "\xF0\x9F\x8E\xB5"})}, Origin::import));
        }
        const Project project = Project::open(file, Access::read).value();
        const Sample sample = project.samples("").value().front();
        QCOMPARE(sample.clip.source.path, audio);
        QCOMPARE(sample.labels[0], longLabel);
        QCOMPARE(sample.labels[1], std::string("a\nb"));
        ::unlink(file.c_str()); // QTemporaryDir cannot
    }

    void labelSetHasOrderColoursAndKeys()
    {
        const std::string file = makeProject("labels.earmark");
        Project project = Project::open(file, Access::write).value();
        auto classes = project.labels().value();
        QCOMPARE(classes.size(), std::size_t(2));
        QCOMPARE(classes[0].name, std::string("a"));
        QCOMPARE(classes[0].key, std::string("1"));
        QVERIFY(classes[0].colour != classes[1].colour);
        std::swap(classes[0], classes[1]);
        classes[0].name = "bee";
        classes[0].colour = "#123456";
        classes.push_back({.name = "new", .key = "z"});
        QVERIFY(project.setLabelSet(classes));
        QCOMPARE(project.labels().value()[0].name, std::string("bee"));
        QCOMPARE(project.labels().value()[2].key, std::string("z"));
        QCOMPARE(labelsOf(project)[1], std::vector<std::string>{"bee"});
        classes = project.labels().value();
        classes.erase(classes.begin());
        QCOMPARE(project.setLabelSet(classes).error().code, std::string("project.invalid_edit")); // still in use
        QVERIFY(project.undo().value());
        QCOMPARE(project.labels().value()[0].name, std::string("a"));
    }

    void badEditsAreRefusedWhole()
    {
        Project project = Project::open(makeProject("bad.earmark"), Access::write).value();
        const auto before = labelsOf(project);
        const std::vector<ClipId> oneMissing = {1, 99};
        const std::vector<ClipId> one = {1};
        const auto refused = [](const auto& result) { return !result && result.error().code == "project.invalid_edit"; };
        QVERIFY(refused(project.setLabels(oneMissing, std::vector<std::string>{"x"})));
        QVERIFY(refused(project.addLabel(one, "")));
        QVERIFY(refused(project.addLabel(one, "\xFF")));
        QVERIFY(refused(project.setNumber(one, "n", 1.0 / 0.0)));
        QVERIFY(refused(project.addRegion(1, {.start = 2, .end = 1})));
        QVERIFY(refused(project.addRegion(1, {.start = 0, .end = 1, .low = 10, .high = 5})));
        QVERIFY(refused(project.setTranscript(99, "x")));
        QVERIFY(refused(project.setSplits(std::vector{Split{"train", "", {{1, ""}, {1, ""}}}})));
        QCOMPARE(project.samples("nope").error().code, std::string("project.invalid_edit"));
        QCOMPARE(labelsOf(project), before);
        QCOMPARE(project.undoable().value().value(), std::string("Add 3 clips")); // nothing of it was journalled
    }

    /// Some file dialogs look into each file that they list; that costs this process its locks.
    void aReaderLeavesTheFilesOfAWriterThatLostItsLocks()
    {
        const std::string file = makeProject("sniffed.earmark");
        Project writer = Project::open(file, Access::write).value();
        const std::vector<ClipId> one = {1};
        QVERIFY(writer.setLabels(one, std::vector<std::string>{"first"}));
        const auto readElsewhere = [&] {
            return inChild([&] { return Project::open(file, Access::read).value().clip(1)->labels.front().label == "second" ? 2 : 1; });
        };
        QFile sniffed(QString::fromStdString(file));
        QVERIFY(sniffed.open(QFile::ReadOnly) && sniffed.read(100).size() == 100);
        sniffed.close();
        QCOMPARE(readElsewhere(), 1);
        QVERIFY(QFile::exists(QString::fromStdString(file + "-wal")));
        QVERIFY(writer.setLabels(one, std::vector<std::string>{"second"}));
        QCOMPARE(readElsewhere(), 2);
    }

    void readingInTheWritersProcessKeepsItsLocks()
    {
        const std::string file = makeProject("twice.earmark");
        Project writer = Project::open(file, Access::write).value();
        QVERIFY(writer.setNote(1, "first"));
        QVERIFY(Project::open(file, Access::read).value().close());
        const int status = inChild([&] { // whoever gets SQLite's whole shared range is alone with the side files
            const int other = ::open(file.c_str(), O_RDWR);
            struct flock alone {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000002, .l_len = 510, .l_pid = 0};
            return other >= 0 && ::fcntl(other, F_SETLK, &alone) == 0 ? 1 : 0;
        });
        QCOMPARE(status, 0);
    }

    void severalEditsAreOne()
    {
        Project project = Project::create(path("together.earmark")).value();
        const std::vector<ClipId> clips = project.addClips(std::vector{newClip(path("a.wav"))}, Origin::import).value();
        const ClipId clip = clips.front();
        const std::vector<std::string> birds{"bird"};
        QVERIFY(project.together("Two things", [&]() -> Result<void> {
            EARMARK_TRY_VOID(project.setLabels(clips, birds));
            return project.setNote(clip, "loud");
        }));
        QCOMPARE(project.undoable().value(), std::optional(std::string("Two things")));
        QVERIFY(project.undo().value());
        QVERIFY(project.clip(clip)->labels.empty());
        QVERIFY(!project.clip(clip)->note);
        const auto failed = project.together("Fails", [&]() -> Result<void> {
            EARMARK_TRY_VOID(project.setLabels(clips, birds));
            return project.setNote(clip + 100, "nobody");
        });
        QCOMPARE(failed.error().code, std::string("project.invalid_edit"));
        QVERIFY(project.clip(clip)->labels.empty());
        QVERIFY(project.setNote(clip, "quiet")); // edits are their own again
        QCOMPARE(project.undoable().value(), std::optional(std::string("Change a note")));
    }

    void undoAndRedoOutliveTheProcess()
    {
        const std::string file = makeProject("undo.earmark");
        const std::vector<ClipId> all = {1, 2, 3};
        std::vector<std::vector<std::vector<std::string>>> states;
        {
            Project project = Project::open(file, Access::write).value();
            states.push_back(labelsOf(project));
            QVERIFY(project.setLabels(all, std::vector<std::string>{"c"}));
            states.push_back(labelsOf(project));
            QVERIFY(project.addLabel(std::vector<ClipId>{2}, "d"));
            states.push_back(labelsOf(project));
            QVERIFY(project.removeClips(std::vector<ClipId>{1}));
            states.push_back(labelsOf(project));
            QVERIFY(project.addClips(std::vector{newClip("/x.wav", {"e"})}, Origin::person));
            states.push_back(labelsOf(project));
        }
        for (std::size_t i = states.size() - 1; i-- > 0;) {
            Project project = Project::open(file, Access::write).value();
            QVERIFY(project.undo().value());
            QCOMPARE(labelsOf(project), states[i]);
        }
        QCOMPARE(Project::open(file, Access::read).value().labels().value().size(), std::size_t(2));
        for (std::size_t i = 1; i < states.size(); ++i) {
            Project project = Project::open(file, Access::write).value();
            QVERIFY(project.redo().value());
            QCOMPARE(labelsOf(project), states[i]);
        }
        Project project = Project::open(file, Access::write).value();
        QVERIFY(!project.redo().value());
        QVERIFY(project.undo().value());
        QVERIFY(project.setGroup(std::vector<ClipId>{2}, "g"));
        QVERIFY(!project.redoable().value()); // a new edit ends the chain of undone ones
    }

    void everyEditCanBeUndone()
    {
        Project project = Project::open(makeProject("each.earmark"), Access::write).value();
        const std::vector<ClipId> one = {1};
        const std::int64_t region = project.addRegion(1, {.start = 0, .end = 1, .labels = {"r"}}).value();
        QVERIFY(project.setSplits(std::vector{Split{"train", "m", {{2, "g"}, {1, ""}}}}));
        const std::vector<std::function<Result<void>()>> edits = {
            [&] { return project.setNumber(one, "n", 1.5); },
            [&] { return project.setTranscript(1, "words"); },
            [&] { return project.setNote(1, "note"); },
            [&] { return project.setState(one, ClipState::excluded); },
            [&] { return project.setGroup(one, "other"); },
            [&] { return project.changeRegion(region, {.start = 0.5, .end = 0.75, .labels = {"a"}}); },
            [&] { return project.removeRegion(region); },
            [&] { return project.removeLabel(one, "a"); },
            [&] { return project.setSplits(std::vector{Split{"train", "n", {{3, ""}}}, Split{"test", "n", {{1, ""}}}}); },
            [&] { return project.setSplits(std::vector{Split{"train"}}); },
            [&] { return project.removeClips(std::vector<ClipId>{1, 2}); },
        };
        const auto state = [&] {
            std::string text = project.fingerprint().value();
            const auto visited = project.forEachClip([&](const Clip& clip) {
                text += "|" + clip.group + (clip.note ? clip.note->text : "");
                for (const Region& r : clip.regions)
                    text += std::to_string(r.start) + (r.labels.empty() ? "" : r.labels[0]);
                return true;
            });
            return visited ? text : "unreadable";
        };
        for (const auto& edit : edits) {
            const std::string before = state();
            QVERIFY(edit());
            const std::string after = state();
            QVERIFY(before != after);
            QVERIFY(project.undo().value());
            QCOMPARE(state(), before);
            QVERIFY(project.redo().value());
            QCOMPARE(state(), after);
            QVERIFY(project.undo().value());
        }
    }

    void splitsKeepTheirOrder()
    {
        Project project = Project::open(makeProject("order.earmark", 5), Access::write).value();
        QVERIFY(project.setSplits(std::vector{Split{"train", "by hand", {{4, ""}, {1, "g"}, {3, ""}}}, Split{"test", "", {{2, ""}}}}));
        QVERIFY(project.setState(std::vector<ClipId>{3}, ClipState::excluded));
        const auto samples = project.samples("train").value();
        QCOMPARE(samples.size(), std::size_t(2));
        QCOMPARE(samples[0].id, ClipId(4));
        QCOMPARE(samples[1].id, ClipId(1));
        QCOMPARE(samples[1].group, std::string("g"));
        QCOMPARE(project.samples("").value().size(), std::size_t(4));
    }

    void fingerprintFollowsWhatTrainingSees()
    {
        Project project = Project::open(makeProject("print.earmark"), Access::write).value();
        const std::string first = project.fingerprint().value();
        QCOMPARE(first.size(), std::size_t(32));
        QVERIFY(project.setNote(1, "heard twice"));
        QCOMPARE(project.fingerprint().value(), first);
        QVERIFY(project.setLabels(std::vector<ClipId>{1}, std::vector<std::string>{"b"}));
        QVERIFY(project.fingerprint().value() != first);
    }

    void runsAndPredictions()
    {
        const std::string file = makeProject("runs.earmark");
        {
            Project project = Project::open(file, Access::write).value();
            Run run{.name = "first", .folder = path("runs-runs/first"), .base = "scratch:x", .labels = {"a", "b"}, .state = "running"};
            run.id = project.addRun(run).value();
            QVERIFY(project.addPredictions(run.id, std::vector{Prediction{.clip = 1, .split = "test", .label = "a", .scores = {0.75f, 0.25f}}}));
            run.state = "finished";
            run.ended = 5;
            QVERIFY(project.updateRun(run));
            QCOMPARE(project.addPredictions(99, {}).error().code, std::string("project.invalid_edit"));
            QCOMPARE(project.undoable().value().value(), std::string("Add 3 clips"));
        }
        const Project project = Project::open(file, Access::read).value();
        const Run run = project.runs().value().at(0);
        QCOMPARE(run.state, std::string("finished"));
        QCOMPARE(run.folder, path("runs-runs/first"));
        QCOMPARE(run.labels, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(project.predictions(run.id).value().at(0).scores, (std::vector<float>{0.75f, 0.25f}));
    }

    void oneWriterAtATime()
    {
        const std::string file = makeProject("lock.earmark");
        Project writer = Project::open(file, Access::write).value();
        const auto second = Project::open(file, Access::write);
        QCOMPARE(second.error().code, std::string("project.locked"));
        QVERIFY2(second.error().message.find("process " + std::to_string(::getpid())) != std::string::npos, second.error().message.c_str());
        QVERIFY(Project::open(file, Access::read).value().clip(1)); // readers are welcome
        QVERIFY(QFile::link("lock.earmark", QString::fromStdString(path("alias.earmark"))));
        QCOMPARE(Project::open(path("alias.earmark"), Access::write).error().code, std::string("project.locked"));
        QVERIFY(writer.close());
        QVERIFY(Project::open(file, Access::write));
        QVERIFY(filesLike("*-lock").isEmpty());
    }

    void theSecondWriterCanWait()
    {
        const std::string file = makeProject("wait.earmark");
        auto writer = std::make_optional(Project::open(file, Access::write).value());
        std::jthread closer([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            writer.reset();
        });
        QVERIFY(Project::open(file, Access::write, {.wait = std::chrono::seconds(20)}));
    }

    void readersSeeFinishedEditsOnly()
    {
        const std::string file = makeProject("read.earmark");
        Project writer = Project::open(file, Access::write).value();
        const Project reader = Project::open(file, Access::read).value();
        QVERIFY(writer.setLabels(std::vector<ClipId>{1}, std::vector<std::string>{"seen"}));
        QCOMPARE(labelsOf(reader)[0], std::vector<std::string>{"seen"});
        QCOMPARE(const_cast<Project&>(reader).setNote(1, "x").error().code, std::string("project.read_only"));
    }

    void killedAtAnyMomentNothingIsLost()
    {
        const std::string file = makeProject("killed.earmark", 40);
        // The child says in a pipe which edit has returned, and dies at some moment of a later one.
        for (int round = 0; round < 8; ++round) {
            int ends[2];
            QCOMPARE(::pipe(ends), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                Project project = Project::open(file, Access::write).value();
                std::vector<ClipId> ids = project.clipIds().value();
                for (std::int32_t edit = 0;; ++edit) {
                    const std::string label = std::to_string(round) + "-" + std::to_string(edit);
                    if (!project.setLabels(ids, std::vector{label}) || ::write(ends[1], &edit, sizeof edit) != sizeof edit)
                        ::_exit(1);
                }
            }
            std::int32_t done = -1;
            for (int edits = 0; edits < 2; ++edits)
                QCOMPARE(::read(ends[0], &done, sizeof done), ssize_t(sizeof done));
            std::this_thread::sleep_for(std::chrono::microseconds(200 + 900 * round));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            ::close(ends[1]);
            while (::read(ends[0], &done, sizeof done) == ssize_t(sizeof done)) {
            }
            ::close(ends[0]);
            Project project = Project::open(file, round % 2 ? Access::read : Access::write).value();
            const auto labels = labelsOf(project);
            const std::string last = std::to_string(round) + "-" + std::to_string(done);
            const std::string next = std::to_string(round) + "-" + std::to_string(done + 1); // committed, its return not yet told
            QVERIFY2(labels[0][0] == last || labels[0][0] == next, labels[0][0].c_str());
            for (const auto& label : labels)
                QCOMPARE(label, labels[0]); // an edit is whole
        }
        Project project = Project::open(file, Access::write).value();
        while (project.undo().value()) {
        }
        QVERIFY(project.clipIds().value().empty()); // the journal reaches back to the first import, through every kill
    }

    void killedWhileBeingMade()
    {
        for (int round = 0; round < 4; ++round) {
            const std::string file = path("made" + std::to_string(round) + ".earmark");
            const pid_t child = ::fork();
            if (child == 0) {
                (void)Project::create(file);
                ::_exit(0);
            }
            std::this_thread::sleep_for(std::chrono::microseconds(300 * (round + 1)));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            QVERIFY(Project::openOrCreate(file)); // whole or absent
        }
    }

    void readOnlyFolder()
    {
        const std::string sub = path("locked");
        QVERIFY(QDir().mkpath(QString::fromStdString(sub)));
        QVERIFY(QFile::rename(QString::fromStdString(makeProject("ro.earmark")), QString::fromStdString(sub + "/ro.earmark")));
        ::chmod(folder_.path().toLocal8Bit().constData(), 0755);
        ::chmod(sub.c_str(), 0555);
        const int status = inChild([&] {
            if (::geteuid() == 0 && (::setegid(65534) != 0 || ::seteuid(65534) != 0))
                return 10;
            const auto reading = Project::open(sub + "/ro.earmark", Access::read);
            if (!reading || reading->samples("").value().size() != 3)
                return 11;
            if (Project::open(sub + "/ro.earmark", Access::write).error().code != "project.read_only")
                return 12;
            return Project::create(sub + "/new.earmark").error().code == "io.unwritable" ? 0 : 13;
        });
        ::chmod(sub.c_str(), 0755);
        QCOMPARE(status, 0);
        QCOMPARE(QDir(QString::fromStdString(sub)).entryList(QDir::Files), QStringList{"ro.earmark"});
    }

    void fromTheFuture()
    {
        const std::string file = makeProject("future.earmark");
        SQLite::Database(file, SQLite::OPEN_READWRITE).exec("PRAGMA user_version=7");
        for (const Access access : {Access::read, Access::write})
            QCOMPARE(Project::open(file, access).error().code, std::string("project.from_future"));
    }

    void otherFiles_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("not a project");
        QTest::newRow("header alone") << QByteArray("SQLite format 3\0", 16);
    }
    void otherFiles()
    {
        QFETCH(QByteArray, content);
        QFile file(QString::fromStdString(path("other.earmark")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QCOMPARE(Project::open(path("other.earmark"), Access::read).error().code, std::string("project.not_a_project"));
        QCOMPARE(Project::openOrCreate(path("other.earmark")).error().code, std::string("project.not_a_project"));
        QCOMPARE(Project::open(path("none.earmark"), Access::read).error().code, std::string("io.not_found"));
        SQLite::Database(path("stranger.earmark"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE IF NOT EXISTS t(x)");
        QCOMPARE(Project::open(path("stranger.earmark"), Access::read).error().code, std::string("project.not_a_project"));
    }

    void strangersTablesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("trigger") << QByteArray("CREATE TRIGGER t AFTER UPDATE ON clips BEGIN DELETE FROM clips; END");
        QTest::newRow("view") << QByteArray("ALTER TABLE runs RENAME TO r2; CREATE VIEW runs AS SELECT * FROM r2");
        QTest::newRow("missing table") << QByteArray("DROP TABLE members");
        QTest::newRow("extra column") << QByteArray("ALTER TABLE clips ADD COLUMN x INT");
        QTest::newRow("version zero") << QByteArray("PRAGMA user_version=0");
    }
    void strangersTablesAreRefused()
    {
        QFETCH(QByteArray, sql);
        const std::string file = makeProject(std::string("stranger-") + QTest::currentDataTag() + ".earmark");
        SQLite::Database(file, SQLite::OPEN_READWRITE).exec(sql.toStdString());
        QCOMPARE(Project::open(file, Access::read).error().code, std::string("project.damaged"));
    }

    void badValuesAreDamage_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("no source") << QByteArray("DELETE FROM sources");
        QTest::newRow("range") << QByteArray("UPDATE clips SET start=-1");
        QTest::newRow("infinite") << QByteArray("UPDATE clips SET start=9e999");
        QTest::newRow("origin") << QByteArray("UPDATE clips SET origin=77");
        QTest::newRow("kind") << QByteArray("UPDATE annotations SET kind=9");
        QTest::newRow("label gone") << QByteArray("DELETE FROM labels");
        QTest::newRow("state") << QByteArray("UPDATE annotations SET kind=4, value=1e300");
        QTest::newRow("not UTF-8") << QByteArray("UPDATE labels SET name=CAST(x'ff' AS TEXT)");
        QTest::newRow("NUL in a path") << QByteArray("UPDATE sources SET path=CAST(x'6100'||rowid AS BLOB)");
        QTest::newRow("region gone") << QByteArray("UPDATE annotations SET region=5");
        QTest::newRow("sample rate") << QByteArray("UPDATE sources SET sample_rate=1<<40");
    }
    void badValuesAreDamage()
    {
        QFETCH(QByteArray, sql);
        const std::string file = makeProject("values.earmark");
        SQLite::Database(file, SQLite::OPEN_READWRITE).exec(sql.toStdString());
        QCOMPARE(Project::open(file, Access::read).value().samples("").error().code, std::string("project.damaged"));
        ::unlink(file.c_str());
    }

    void damagedJournal_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::newRow("no end of the name") << QByteArray("5404000102030405060708090a0b"); // SQLite 3.40 reads this for ever
        QTest::newRow("unknown operation") << QByteArray("54020100636C69707300FF0001");
        QTest::newRow("another table") << QByteArray("5402010072756E73001200010000000000000001050000");
        QTest::newRow("cut short") << QByteArray("54020100636C69707300120001000000");
        QTest::newRow("length beyond the end") << QByteArray("54020100636C6970730012000100000000000000010370");
        QTest::newRow("nothing") << QByteArray("00");
    }
    void damagedJournal()
    {
        QFETCH(QByteArray, changes);
        const std::string file = makeProject(std::string("journal-") + QTest::currentDataTag() + ".earmark");
        SQLite::Database(file, SQLite::OPEN_READWRITE).exec("UPDATE journal SET changes=x'" + changes.toStdString() + "'");
        Project project = Project::open(file, Access::write).value();
        QCOMPARE(project.undo().error().code, std::string("project.damaged"));
        QCOMPARE(project.clipIds().value().size(), std::size_t(3));
    }

    void mangledJournalNeverHangs()
    {
        const std::string file = makeProject("mangled.earmark");
        const QByteArray good = [&] {
            SQLite::Database database(file);
            SQLite::Statement query(database, "SELECT changes FROM journal");
            query.executeStep();
            const std::string bytes = query.getColumn(0).getString();
            return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
        }();
        std::uint32_t random = 7;
        for (int round = 0; round < 60; ++round) {
            QByteArray bad = good;
            for (int i = 0; i < 3; ++i) {
                random = random * 1664525 + 1013904223;
                bad[static_cast<qsizetype>(random >> 8) % bad.size()] = static_cast<char>(random);
            }
            SQLite::Database(file, SQLite::OPEN_READWRITE).exec("PRAGMA synchronous=OFF; UPDATE journal SET changes=x'" + bad.toHex().toStdString() + "'");
            Project project = Project::open(file, Access::write).value();
            if (const auto undone = project.undo(); undone && *undone)
                QVERIFY(project.redo());
        }
    }

    void damagedBytesNeverCrash()
    {
        const std::string file = makeProject("bytes.earmark", 200);
        QFile original(QString::fromStdString(file));
        QVERIFY(original.open(QIODevice::ReadOnly));
        const QByteArray good = original.readAll();
        std::uint32_t random = 1;
        int refused = 0;
        for (int round = 0; round < 150; ++round) {
            QByteArray bad = good;
            for (int i = 0; i < 20; ++i) {
                random = random * 1664525 + 1013904223;
                bad[static_cast<qsizetype>(100 + random % (bad.size() - 100))] = static_cast<char>(random >> 24);
            }
            if (round % 5 == 0)
                bad.truncate(static_cast<qsizetype>(random % bad.size()));
            const std::string copy = path("bad.earmark");
            QFile out(QString::fromStdString(copy));
            QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
            out.write(bad);
            out.close();
            const auto project = Project::open(copy, Access::read);
            if (!project || !project->samples("") || !project->summary() || !project->fingerprint())
                ++refused;
        }
        QVERIFY(refused > 100);
    }
};

QTEST_GUILESS_MAIN(ProjectTest)
#include "tst_project.moc"
