#include "engine/dataset/split.h"

#include "engine/dataset/numpy_random.h"
#include "engine/dataset/project.h"
#include "engine/dataset/split_rows.h"
#include "tests/engine/dataset/fast_folder.h"
#include "tests/engine/dataset/split_golden.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace earmark;

namespace
{

std::uint32_t crc32(const std::string& text)
{
    std::uint32_t crc = ~0u;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

std::uint32_t checksum(const std::vector<std::size_t>& rows)
{
    std::string text;
    for (const std::size_t row : rows)
        text += (text.empty() ? "" : ",") + std::to_string(row);
    return crc32(text);
}

struct TestClip {
    std::string label;
    std::string group;
};

using SplitMap = std::map<std::string, std::vector<ClipId>>;

} // namespace

class SplitTest : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_{fastFolder()};
    int number_ = 0;

    Project makeProject(const std::vector<TestClip>& clips)
    {
        Project project = Project::create(folder_.filePath(QString::number(++number_) + ".earmark").toStdString()).value();
        std::vector<NewClip> added;
        for (std::size_t i = 0; i < clips.size(); ++i) {
            NewClip clip;
            clip.audio.source.path = folder_.filePath("a/%1.wav").arg(i).toStdString();
            clip.labels = {clips[i].label};
            clip.group = clips[i].group;
            clip.columns = {{"track", clips[i].group}};
            added.push_back(clip);
        }
        if (!project.addClips(added, Origin::import))
            qFatal("addClips");
        return project;
    }

    /// `labels` labels, each with `groups` groups of 1…largest clips.
    static std::vector<TestClip> soundtracks(int labels, int groups, int largest)
    {
        std::vector<TestClip> clips;
        for (int label = 0; label < labels; ++label)
            for (int group = 0; group < groups; ++group)
                for (int i = 0; i < 1 + (group * 7 + label * 3) % largest; ++i)
                    clips.push_back({"label" + std::to_string(label), std::to_string(label) + "/" + std::to_string(group)});
        return clips;
    }

    static SplitMap splitsOf(const Project& project)
    {
        SplitMap map;
        const auto splits = project.splits().value();
        for (const Split& split : splits)
            for (const SplitMember& member : split.members)
                map[split.name].push_back(member.clip);
        return map;
    }

    static std::set<std::string> labelsIn(const Project& project, const std::string& split)
    {
        std::set<std::string> labels;
        const auto samples = project.samples(split).value();
        for (const Sample& sample : samples)
            labels.insert(sample.labels.begin(), sample.labels.end());
        return labels;
    }

    static std::set<std::string> groupsIn(const Project& project, const std::string& split)
    {
        std::set<std::string> groups;
        const auto samples = project.samples(split).value();
        for (const Sample& sample : samples)
            groups.insert(sample.group);
        return groups;
    }

private Q_SLOTS:
    void rowsOfDatasets()
    {
        for (const SplitGolden& golden : splitGolden) {
            const std::size_t size = golden.testSize < 1 ? static_cast<std::size_t>(std::ceil(golden.testSize * static_cast<double>(golden.count)))
                                                         : static_cast<std::size_t>(golden.testSize);
            QCOMPARE(size, golden.testCount);
            const auto [train, test] = trainTestSplit(golden.count, size, golden.seed);
            QCOMPARE(std::vector(test.begin(), test.begin() + static_cast<long>(golden.firstTestRows.size())), golden.firstTestRows);
            QCOMPARE(checksum(test), golden.testChecksum);
            QCOMPARE(checksum(train), golden.trainChecksum);
        }
    }

    void drawsOfNumpy() // numpy.random.default_rng(42).bit_generator.random_raw(3)
    {
        NumpyGenerator generator(42);
        for (const std::uint64_t raw : {std::uint64_t(14276969152011380360u), std::uint64_t(8095878257575067585u), std::uint64_t(15838336090824644132u)})
            QCOMPARE(generator.next64(), raw);
    }

    void methodDatasetsMakesTheTestSplit()
    {
        Project project = makeProject(soundtracks(10, 10, 19));
        const std::size_t count = project.clipIds().value().size();
        QVERIFY(splitProject(project, {.test = 0.1, .seed = 42, .method = SplitMethod::datasets}));
        const auto testCount = static_cast<std::size_t>(std::ceil(0.1 * static_cast<double>(count)));
        const auto [train, test] = trainTestSplit(count, testCount, 42);
        SplitMap splits = splitsOf(project);
        QVERIFY(!splits.contains("validation"));
        QCOMPARE(splits["test"].size(), testCount);
        for (std::size_t i = 0; i < test.size(); ++i)
            QCOMPARE(splits["test"][i], static_cast<ClipId>(test[i] + 1)); // ids count from 1
        for (std::size_t i = 0; i < train.size(); ++i)
            QCOMPARE(splits["train"][i], static_cast<ClipId>(train[i] + 1));

        // Validation comes off the rest by the same call.
        QVERIFY(splitProject(project, {.validation = 0.2, .test = 0.1, .seed = 42, .method = SplitMethod::datasets}));
        const auto [left, off] = trainTestSplit(train.size(), static_cast<std::size_t>(std::ceil(0.2 * static_cast<double>(train.size()))), 42);
        splits = splitsOf(project);
        QCOMPARE(splits["validation"].size(), off.size());
        QCOMPARE(splits["validation"][0], static_cast<ClipId>(train[off[0]] + 1));
        QCOMPARE(splits["train"].back(), static_cast<ClipId>(train[left.back()] + 1));
    }

    void randomSizesAreExactAndPartsDisjoint()
    {
        Project project = makeProject(soundtracks(4, 5, 11));
        const auto count = static_cast<double>(project.clipIds().value().size());
        QVERIFY(splitProject(project, {.validation = 0.1, .test = 7, .seed = 1}));
        SplitMap splits = splitsOf(project);
        QCOMPARE(splits["test"].size(), std::size_t(7));
        QCOMPARE(splits["validation"].size(), static_cast<std::size_t>(std::llround(0.1 * count)));
        std::set<ClipId> all;
        for (const auto& [name, members] : splits)
            all.insert(members.begin(), members.end());
        QCOMPARE(all.size(), static_cast<std::size_t>(count));
        QVERIFY(std::ranges::is_sorted(splits["train"]));
        const SplitMap before = splits;
        QVERIFY(splitProject(project, {.validation = 0.1, .test = 7, .seed = 1}));
        QCOMPARE(splitsOf(project), before);
        QVERIFY(splitProject(project, {.validation = 0.1, .test = 7, .seed = 2}));
        QVERIFY(splitsOf(project) != before);
        QVERIFY(project.undo().value());
        QCOMPARE(splitsOf(project), before);
    }

    void stratifiedSharesAreEven()
    {
        std::vector<TestClip> clips;
        for (int i = 0; i < 1000; ++i)
            clips.push_back({i < 700 ? "often" : i < 900 ? "less" : "rare", ""});
        Project project = makeProject(clips);
        QVERIFY(splitProject(project, {.validation = 0.1, .test = 0.2, .seed = 3, .stratify = true}));
        std::map<std::string, int> counts;
        const auto samples = project.samples("test").value();
        for (const Sample& sample : samples)
            ++counts[sample.labels[0]];
        QVERIFY2(std::abs(counts["often"] - 140) <= 2 && std::abs(counts["less"] - 40) <= 2 && std::abs(counts["rare"] - 20) <= 2,
                 qPrintable(QString("%1 %2 %3").arg(counts["often"]).arg(counts["less"]).arg(counts["rare"])));
    }

    void groupsStayWholeAndEveryLabelIsOnBothSides()
    {
        for (std::uint64_t seed = 0; seed < 6; ++seed) {
            Project project = makeProject(soundtracks(10, 12, 17));
            const auto report = splitProject(project, {.validation = 0.15, .test = 0.15, .seed = seed, .group = "track"}).value();
            QVERIFY2(report.remarks.empty(), report.remarks.empty() ? "" : report.remarks[0].c_str());
            const auto train = groupsIn(project, "train"), validation = groupsIn(project, "validation"), test = groupsIn(project, "test");
            for (const auto& group : test)
                QVERIFY(!train.contains(group) && !validation.contains(group));
            for (const auto& group : validation)
                QVERIFY(!train.contains(group));
            for (const char* split : {"train", "validation", "test"})
                QCOMPARE(labelsIn(project, split).size(), std::size_t(10));
            const double count = static_cast<double>(project.clipIds().value().size());
            QVERIFY(std::abs(static_cast<double>(splitsOf(project)["test"].size()) / count - 0.15) < 0.03);
        }
    }

    void aLabelWithTwoGroupsIsOnBothSides()
    {
        std::vector<TestClip> clips;
        for (int i = 0; i < 40; ++i)
            clips.push_back({"big", "b" + std::to_string(i % 20)});
        for (int i = 0; i < 20; ++i)
            clips.push_back({"pair", i < 10 ? "p0" : "p1"});
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            Project project = makeProject(clips);
            QVERIFY(splitProject(project, {.test = 0.1, .seed = seed, .group = "group"}));
            QCOMPARE(labelsIn(project, "test").size(), std::size_t(2));
            QCOMPARE(labelsIn(project, "train").size(), std::size_t(2));
        }
    }

    void foldsCoverEveryClipOnce_data()
    {
        QTest::addColumn<QByteArray>("group");
        QTest::addColumn<bool>("stratify");
        QTest::newRow("random") << QByteArray() << false;
        QTest::newRow("stratified") << QByteArray() << true;
        QTest::newRow("grouped") << QByteArray("track") << false;
    }
    void foldsCoverEveryClipOnce()
    {
        QFETCH(QByteArray, group);
        QFETCH(bool, stratify);
        Project project = makeProject(soundtracks(10, 10, 13));
        const std::size_t count = project.clipIds().value().size();
        std::set<ClipId> tested;
        for (int fold = 0; fold < 5; ++fold) {
            QVERIFY(splitProject(project, {.validation = 0.1, .stratify = stratify, .group = group.toStdString(), .folds = 5, .fold = fold}));
            SplitMap splits = splitsOf(project);
            QCOMPARE(splits["train"].size() + splits["validation"].size() + splits["test"].size(), count);
            QVERIFY(std::abs(static_cast<double>(splits["test"].size()) / static_cast<double>(count) - 0.2) < 0.03);
            for (const ClipId clip : splits["test"])
                QVERIFY(tested.insert(clip).second);
            if (!group.isEmpty()) {
                QCOMPARE(labelsIn(project, "test").size(), std::size_t(10));
                for (const std::string& g : groupsIn(project, "test"))
                    QVERIFY(!groupsIn(project, "train").contains(g));
            }
        }
        QCOMPARE(tested.size(), count);
    }

    void leaksAreRemarkedOn()
    {
        Project project = makeProject(soundtracks(2, 3, 30));
        const auto report = splitProject(project, {.test = 0.1, .method = SplitMethod::datasets}).value();
        QVERIFY(std::ranges::any_of(report.remarks, [](const std::string& r) { return r.find("share their group") != std::string::npos; }));
    }

    void planIsWhatIsMade()
    {
        Project project = makeProject(soundtracks(3, 4, 9));
        const SplitOptions options{.validation = 0.1, .test = 0.2, .stratify = true, .group = "recording"};
        const SplitPlan plan = planSplit(SplitClips::read(project).value(), options).value();
        QVERIFY(splitsOf(project).empty());
        QVERIFY(splitProject(project, options));
        SplitMap made = splitsOf(project);
        for (std::size_t i = 0; i < plan.splits.size(); ++i) {
            const auto& members = plan.splits[i].members;
            QCOMPARE(members.size(), made[plan.splits[i].name].size());
            for (std::size_t m = 0; m < members.size(); ++m)
                QCOMPARE(members[m].clip, made[plan.splits[i].name][m]);
            QCOMPARE(std::accumulate(plan.parts[i].labels.begin(), plan.parts[i].labels.end(), std::size_t(0)), members.size());
        }
        QVERIFY(splitLeaks(project).value().empty());
    }

    /// Clips without a group belong to the file they are cut from; those with one to their group.
    void recordingsStayWhole()
    {
        Project project = Project::create(folder_.filePath("recordings.earmark").toStdString()).value();
        std::vector<NewClip> clips;
        for (int i = 0; i < 40; ++i) {
            NewClip clip;
            clip.audio = {.source = {.path = folder_.filePath("long/%1.wav").arg(i / 4).toStdString()}, .start = i % 4 * 1.0, .end = i % 4 + 1.0};
            clip.labels = {i % 2 ? "a" : "b"};
            if (i < 12)
                clip.group = "one";
            clips.push_back(clip);
        }
        QVERIFY(project.addClips(clips, Origin::import));
        const auto parted = planSplit(SplitClips::read(project).value(), {.test = 0.5, .seed = 1}).value();
        QVERIFY(parted.parts[2].shared > 10);
        QVERIFY(splitProject(project, {.test = 0.5, .seed = 1}));
        const auto leaks = splitLeaks(project).value();
        QCOMPARE(leaks.size(), std::size_t(1));
        QCOMPARE(leaks[0].split, std::string("test"));
        QCOMPARE(leaks[0].shared, parted.parts[2].shared);
        QVERIFY(splitProject(project, {.test = 0.5, .group = "recording"}));
        QVERIFY(splitLeaks(project).value().empty());
        const auto splits = project.splits().value();
        for (const Split& split : splits)
            for (const SplitMember& member : split.members)
                QVERIFY(member.group.empty()); // a clip's own
    }

    void clipsMoveByHand()
    {
        Project project = makeProject(soundtracks(2, 4, 5));
        QVERIFY(splitProject(project, {.test = 0.25, .group = "track"}));
        const SplitMap before = splitsOf(project);
        const ClipId moved = before.at("test").front(), kept = before.at("train").front();
        QVERIFY(project.moveToSplit(std::vector{moved}, "train"));
        SplitMap after = splitsOf(project);
        QCOMPARE(after["train"].back(), moved);
        QCOMPARE(after["train"].front(), kept);
        QCOMPARE(after["test"].size() + 1, before.at("test").size());
        QCOMPARE(project.splits().value()[0].method, std::string("earmark, seed 42, by “track”, by hand"));
        QCOMPARE(splitLeaks(project).value().size(), std::size_t(1)); // its track is on both sides now
        QVERIFY(project.moveToSplit(project.clipIds().value(), "odd"));
        QCOMPARE(splitsOf(project).size(), std::size_t(1));
        QVERIFY(project.moveToSplit(std::vector{moved}, ""));
        QCOMPARE(splitsOf(project)["odd"].size() + 1, project.clipIds().value().size());
        for (int i = 0; i < 3; ++i)
            QVERIFY(project.undo().value());
        QCOMPARE(splitsOf(project), before);
        QCOMPARE(project.moveToSplit(std::vector<ClipId>{999}, "train").error().code, std::string("project.invalid_edit"));
    }

    void excludedClipsStayOut()
    {
        Project project = makeProject(soundtracks(2, 5, 5));
        QVERIFY(project.setState(std::vector<ClipId>{1, 2}, ClipState::excluded));
        QVERIFY(splitProject(project, {.test = 0.5}));
        for (const auto& [name, members] : splitsOf(project))
            QVERIFY(std::ranges::find(members, 1) == members.end() && std::ranges::find(members, 2) == members.end());
    }

    void whatCannotBe()
    {
        Project project = makeProject({{"a", "g"}, {"b", "g"}, {"a", "h"}});
        const auto code = [&](const SplitOptions& options) { return splitProject(project, options).error().code; };
        QCOMPARE(code({}), std::string("usage"));
        QCOMPARE(code({.test = -0.1}), std::string("usage"));
        QCOMPARE(code({.test = 1.5}), std::string("usage"));
        QCOMPARE(code({.test = 0.0 / 0.0}), std::string("usage"));
        QCOMPARE(code({.folds = 5, .fold = 5}), std::string("usage"));
        QCOMPARE(code({.test = 0.1, .stratify = true, .method = SplitMethod::datasets}), std::string("usage"));
        QCOMPARE(code({.test = 3}), std::string("split.impossible"));
        QCOMPARE(code({.test = 3, .method = SplitMethod::datasets}), std::string("split.impossible"));
        QCOMPARE(code({.group = "group", .folds = 3}), std::string("split.impossible"));
        const auto missing = splitProject(project, {.test = 1, .group = "speaker"});
        QCOMPARE(missing.error().code, std::string("split.impossible"));
        QVERIFY(missing.error().message.find("“track”") != std::string::npos);
        QVERIFY(splitsOf(project).empty());
    }
};

QTEST_GUILESS_MAIN(SplitTest)
#include "tst_split.moc"
