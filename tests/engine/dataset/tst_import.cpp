#include "engine/dataset/import.h"

#include "engine/dataset/project.h"
#include "tests/engine/dataset/fast_folder.h"
#include "tests/engine/dataset/wav_file.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace earmark;
namespace fs = std::filesystem;

class ImportTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::optional<Project> project_;
    double tone_ = 100;

    std::string path(const std::string& name = {}) const { return folder_->path().toStdString() + "/data" + (name.empty() ? "" : "/" + name); }

    /// A tone of its own in each file, so that none is another's duplicate.
    void makeWav(const std::string& name, double seconds = 0.05)
    {
        fs::create_directories(fs::path(path(name)).parent_path());
        writeWav(path(name), seconds, tone_ += 1);
    }
    void makeFile(const std::string& name, const std::string& content)
    {
        fs::create_directories(fs::path(path(name)).parent_path());
        std::ofstream(path(name), std::ios::binary) << content;
    }
    ImportReport import(const std::string& source, const ImportOptions& options = {})
    {
        auto report = importClips(*project_, {source}, options);
        if (!report)
            qWarning("%s", report.error().message.c_str());
        return report.value();
    }
    std::string errorOf(const std::string& source, const ImportOptions& options = {})
    {
        const auto report = importClips(*project_, {source}, options);
        return report ? "" : report.error().code;
    }
    std::vector<Sample> samples(std::string_view split = {}) const { return project_->samples(split).value(); }
    std::map<std::string, std::string> labelsByName() const
    {
        std::map<std::string, std::string> labels;
        const auto all = samples();
        for (const Sample& sample : all) {
            std::string& text = labels[sample.name];
            for (const std::string& label : sample.labels)
                text += (text.empty() ? "" : "+") + label;
        }
        return labels;
    }

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>(fastFolder());
        fs::create_directory(path());
        project_ = Project::create(folder_->filePath("p.earmark").toStdString()).value();
    }
    void cleanup()
    {
        project_.reset();
        std::error_code ignored;
        fs::remove_all(path(), ignored); // QTemporaryDir cannot remove names that are not UTF-8
        folder_.reset();
    }

    void folders()
    {
        makeWav("rock/b.wav");
        makeWav("rock/A.WAV");
        makeWav("rock/deep/nested/c.wav");
        makeWav("jazz/a.wav");
        makeWav("loose.wav");
        makeWav("jazz/.hidden.wav");
        makeFile("jazz/notes.txt", "x");
        const ImportReport report = import(path());
        QCOMPARE(report.format, ImportFormat::folders);
        QCOMPARE(report.added, std::size_t(5));
        QVERIFY(report.broken.empty());
        QVERIFY(report.remarks.at(0).message.find(".txt") != std::string::npos);
        std::vector<std::string> names;
        const auto all = samples();
        for (const Sample& sample : all)
            names.push_back(sample.name);
        QCOMPARE(names, (std::vector<std::string>{"data/jazz/a.wav", "data/loose.wav", "data/rock/A.WAV", "data/rock/b.wav",
                                                  "data/rock/deep/nested/c.wav"}));
        QCOMPARE(all[4].labels, std::vector<std::string>{"nested"});
        QVERIFY(all[1].labels.empty());
        const Clip clip = project_->clip(all[0].id).value();
        QCOMPARE(clip.facts.sampleRate, 8000);
        QCOMPARE(clip.facts.channels, 1);
        QVERIFY(std::abs(clip.facts.duration - 0.05) < 1e-9);
        QCOMPARE(clip.labels[0].stamp.origin, Origin::import);
    }

    void splitFolders()
    {
        makeWav("train/cat/1.wav");
        makeWav("train/dog/1.wav");
        makeWav("Valid/cat/1.wav");
        makeWav("test/dog/1.wav");
        import(path());
        QCOMPARE(samples("train").size(), std::size_t(2));
        QCOMPARE(samples("validation").at(0).labels, std::vector<std::string>{"cat"});
        QCOMPARE(samples("test").at(0).labels, std::vector<std::string>{"dog"});
    }

    void severalSources()
    {
        makeWav("cat/1.wav");
        makeWav("dog/1.wav");
        QVERIFY(importClips(*project_, {path("cat/"), path("dog")}));
        QCOMPARE(labelsByName(), (std::map<std::string, std::string>{{"data/cat/1.wav", "cat"}, {"data/dog/1.wav", "dog"}}));
    }

    void againNothingIsNew()
    {
        makeWav("a/1.wav");
        makeWav("a/2.wav");
        import(path());
        ImportReport report = import(path());
        QCOMPARE(report.added, std::size_t(0));
        QCOMPARE(report.skipped, std::size_t(2));
        makeWav("b/3.wav");
        report = import(path());
        QCOMPARE(report.added, std::size_t(1));
        QCOMPARE(report.skipped, std::size_t(2));
        QVERIFY(project_->undo().value());
        QCOMPARE(samples().size(), std::size_t(2));
        QVERIFY(project_->redo().value());
        QCOMPARE(samples().size(), std::size_t(3));
        QVERIFY(project_->undo().value());
        QCOMPARE(import(path()).added, std::size_t(1)); // what was undone can come back
        QCOMPARE(labelsByName().at("data/b/3.wav"), std::string("b"));
    }

    void changedFilesAreNoticed()
    {
        makeWav("a/1.wav");
        makeWav("a/2.wav");
        import(path());
        QVERIFY(project_->changedFiles().value().empty());
        makeWav("a/1.wav", 0.1);
        fs::remove(path("a/2.wav"));
        const auto changes = project_->changedFiles().value();
        QCOMPARE(changes.size(), std::size_t(2));
        QVERIFY(!changes[0].missing && changes[1].missing);
        const ImportReport report = import(path());
        QCOMPARE(report.changed, std::size_t(1));
        QCOMPARE(report.added, std::size_t(0));
        QVERIFY(std::abs(project_->clip(1).value().facts.duration - 0.1) < 1e-9);
        QCOMPARE(project_->changedFiles().value().size(), std::size_t(1));
    }

    void duplicatesByContent()
    {
        makeWav("a/1.wav");
        fs::create_directories(path("b"));
        fs::copy(path("a/1.wav"), path("b/copy.wav"));
        const ImportReport report = import(path());
        QCOMPARE(report.added, std::size_t(1));
        QCOMPARE(report.duplicates.size(), std::size_t(1));
        QCOMPARE(report.duplicates[0].path, path("b/copy.wav"));
        QCOMPARE(report.duplicates[0].original, path("a/1.wav"));
        QVERIFY(report.remarks.at(0).message.find("other labels") != std::string::npos);
    }

    void duplicatesThatATableListsAreClips()
    {
        makeWav("a/1.wav");
        fs::copy(path("a/1.wav"), path("a/2.wav"));
        makeFile("clips.csv", "file,label\na/1.wav,x\na/2.wav,x\n");
        const ImportReport report = import(path("clips.csv"));
        QCOMPARE(report.added, std::size_t(2));
        QCOMPARE(report.duplicates.size(), std::size_t(1));
        QCOMPARE(import(path("clips.csv")).skipped, std::size_t(2));
    }

    void brokenFilesAreNamedAndTheRestImported()
    {
        makeWav("a/good.wav");
        makeFile("a/empty.wav", "");
        makeFile("a/text.wav", "this is no sound at all, whatever its suffix says\n");
        makeFile("a/headless.mp3", std::string(2000, '\x01'));
        fs::create_symlink("nowhere.wav", path("a/link.wav"));
        ::mkfifo(path("a/pipe.wav").c_str(), 0666);
        const ImportReport report = import(path());
        QCOMPARE(report.added, std::size_t(1));
        std::map<std::string, std::string> codes;
        for (const BrokenFile& broken : report.broken) {
            codes[fs::path(broken.path).filename().string()] = broken.error.code;
            QVERIFY(!broken.error.message.empty());
        }
        QCOMPARE(codes.size(), std::size_t(5));
        QCOMPARE(codes.at("text.wav"), std::string("audio.not_audio"));
        QCOMPARE(codes.at("link.wav"), std::string("io.not_found"));
        QCOMPARE(codes.at("empty.wav"), std::string("audio.empty"));
    }

    void linkLoopsAndStrangeNames()
    {
        const std::string strange = "caf\xE9\n\xF0\x9F\x8E\xB5";
        makeWav(strange + "/tone\n\xFF.wav");
        fs::create_directory_symlink("..", path(strange + "/loop"));
        fs::create_directory_symlink(".", path("self"));
        const ImportReport report = import(path());
        QCOMPARE(report.added, std::size_t(1));
        const Sample sample = samples().at(0);
        QCOMPARE(sample.clip.source.path, path(strange + "/tone\n\xFF.wav"));
        QCOMPARE(sample.labels.at(0), std::string("caf\xC3\xA9\n\xF0\x9F\x8E\xB5")); // labels are UTF-8
    }

    void unreadableFolders()
    {
        makeWav("a/1.wav");
        makeWav("secret/2.wav");
        fs::permissions(folder_->path().toStdString(), fs::perms(0755));
        ::chmod(path("secret").c_str(), 0);
        const bool root = ::geteuid() == 0;
        QVERIFY(!root || ::seteuid(65534) == 0);
        const auto listed = importClips(*project_, {path()}, {});
        if (root && ::seteuid(0) != 0)
            qFatal("seteuid");
        ::chmod(path("secret").c_str(), 0755);
        QVERIFY(listed);
        QCOMPARE(listed->added, std::size_t(1));
        QCOMPARE(listed->broken.at(0).path, path("secret"));
        QCOMPARE(listed->broken.at(0).error.code, std::string("io.unreadable"));
    }

    void csvWithUsualColumns()
    {
        makeWav("genres/a 1.wav");
        makeWav("genres/b,2.wav");
        makeWav("genres/c.wav");
        makeFile("clips.csv", "\xEF\xBB\xBF" "file,label,track,start_s\r\n"
                              "genres/a 1.wav,rock,one,12.5\r\n"
                              "\"genres/b,2.wav\",\"jazz \"\"cool\"\"\",two,0\r\n"
                              "\r\n"
                              "genres/c.wav,\"two\nlines\",two,0\r\n"
                              "genres/missing.wav,rock,one,0\r\n"
                              ",rock,one,0\r\n"
                              "genres/c.wav,rock,one,0,surplus\r\n");
        const ImportReport report = import(path("clips.csv"), {.groupColumn = "track"});
        QCOMPARE(report.format, ImportFormat::table);
        QCOMPARE(report.added, std::size_t(3));
        QCOMPARE(report.broken.size(), std::size_t(3));
        QCOMPARE(report.broken[0].error.code, std::string("io.not_found"));
        QCOMPARE(report.broken[0].path, path("genres/missing.wav"));
        QVERIFY(report.broken[2].error.message.find("Line 9") != std::string::npos); // the quoted line break counts, and so does the blank line
        const auto all = samples();
        QCOMPARE(all[0].clip.start, 0.0); // start_s says where the clip was cut from another recording
        QCOMPARE(all[1].labels, std::vector<std::string>{"jazz \"cool\""});
        QCOMPARE(all[2].labels, std::vector<std::string>{"two\nlines"});
        QCOMPARE(all[1].group, std::string("two"));
        QCOMPARE(project_->summary().value().columns, (std::vector<std::string>{"track", "start_s"}));
    }

    void csvSplitsTimesAndText()
    {
        makeWav("long.wav", 2);
        makeWav("other.wav", 1);
        makeFile("t.csv", "path;class;subset;start;end;sentence\n"
                          "long.wav;a;training;0;0,5;first words\n"
                          "long.wav;b;dev;0.5;1;\n"
                          "long.wav;c;TEST;1;2;\n"
                          "long.wav;d;TEST;1;2;\n"
                          "other.wav;e;holdout;;;all of it\n"
                          "other.wav;f;train;5;6;\n"
                          "other.wav;f;train;x;6;\n"
                          "other.wav;f;train;1;0.5;\n");
        const ImportReport report = import(path("t.csv"));
        QCOMPARE(report.added, std::size_t(4));
        QCOMPARE(report.broken.size(), std::size_t(3));
        QCOMPARE(samples("train").at(0).clip.end.value(), 0.5); // with a decimal comma
        QCOMPARE(samples("train").at(0).text, std::string("first words"));
        QCOMPARE(samples("validation").at(0).labels, std::vector<std::string>{"b"});
        QCOMPARE(samples("test").at(0).labels, (std::vector<std::string>{"c", "d"})); // two rows, one clip, two labels
        QVERIFY(!samples("holdout").at(0).clip.end);
        QCOMPARE(import(path("t.csv")).skipped, std::size_t(5));
    }

    void csvMadeOnWindows()
    {
        makeWav("clips/caf\xC3\xA9.wav");
        makeWav("clips/b.wav");
        makeFile("w.csv", "Filename,Label\r\nclips\\caf\xE9.wav,caf\xE9\r\nC:\\Users\\me\\clips\\b.wav,b\r\n");
        QCOMPARE(import(path("w.csv")).added, std::size_t(2));
        QCOMPARE(labelsByName(), (std::map<std::string, std::string>{{"data/clips/caf\xC3\xA9.wav", "caf\xC3\xA9"}, {"data/clips/b.wav", "b"}}));
    }

    void severalLabelsInACell()
    {
        makeWav("1.wav");
        makeWav("2.wav");
        makeFile("s.csv", "file,tags\n1.wav,dog | bark|\n2.wav,cat\n");
        import(path("s.csv"), {.labelSeparator = "|"});
        QCOMPARE(labelsByName().at("data/1.wav"), std::string("dog+bark"));
    }

    void numbersOfColumns()
    {
        for (const char* name : {"1.wav", "2.wav", "3.wav", "4.wav"})
            makeWav(name);
        makeFile("n.csv", "file;target;valence;other\n1.wav;a;1,5;x\n2.wav;b;;y\n3.wav;c;nan;z\n4.wav;d;-2e-1;\n1.wav;e;7;\n");
        const ImportReport report = import(path("n.csv"), {.numberColumns = {"Valence"}});
        QCOMPARE(report.added, std::size_t(3));
        QCOMPARE(report.broken.size(), std::size_t(1));
        QVERIFY2(report.broken[0].error.message.starts_with("Line 4 "), report.broken[0].error.message.c_str());
        QVERIFY(std::ranges::any_of(report.remarks, [](const Remark& remark) { return remark.code == "import.other_numbers"; }));
        using Numbers = std::vector<std::pair<std::string, double>>;
        QVERIFY((samples()[0].numbers == Numbers{{"valence", 1.5}})); // the first row's
        QVERIFY(samples()[1].numbers.empty());
        QVERIFY((samples()[2].numbers == Numbers{{"valence", -0.2}}));
        QCOMPARE(labelsByName().at("data/1.wav"), std::string("a+e"));
        QCOMPARE(project_->columns().value(), (std::vector<std::string>{"other"})); // a number is no further column
        QVERIFY((project_->summary().value().numbers == std::vector<std::pair<std::string, std::size_t>>{{"valence", 2}}));
        QCOMPARE(errorOf(path("n.csv"), {.numberColumns = {"arousal"}}), std::string("import.no_column"));
    }

    void aNumberIsNoLabel() // "target" is a usual name of labels
    {
        makeWav("1.wav");
        makeFile("n.csv", "file,target\n1.wav,0.25\n");
        import(path("n.csv"), {.numberColumns = {"target"}});
        QVERIFY(samples()[0].labels.empty());
        QCOMPARE(samples()[0].numbers[0].second, 0.25);
    }

    void longLabels()
    {
        makeWav("1.wav");
        makeFile("l.csv", "file,label\n1.wav," + std::string(20000, 'x') + "\n");
        import(path("l.csv"));
        QCOMPARE(samples().at(0).labels.at(0), std::string(20000, 'x'));
    }

    void tsvAndJsonLines()
    {
        for (const char* name : {"1.wav", "2.wav", "3.wav", "4.wav"})
            makeWav(name);
        makeFile("t.tsv", "file\tlabel\n1.wav\ta, with comma\n");
        makeFile("t.jsonl", "{\"audio\": \"2.wav\", \"label\": [\"x\", \"y\"], \"year\": 1959}\n\n"
                            "{\"audio\": \"3.wav\", \"text\": \"caf\\u00e9\", \"label\": null}\r\n"
                            "{\"audio\": \"4.wav\", \"label\": 7, \"more\": {\"deep\": [1]}}\n");
        import(path("t.tsv"));
        import(path("t.jsonl"));
        const auto labels = labelsByName();
        QCOMPARE(labels.at("data/1.wav"), std::string("a, with comma"));
        QCOMPARE(labels.at("data/2.wav"), std::string("x+y"));
        QCOMPARE(labels.at("data/3.wav"), std::string());
        QCOMPARE(labels.at("data/4.wav"), std::string("7"));
        QCOMPARE(samples().at(2).text, std::string("caf\xC3\xA9"));
        QCOMPARE(project_->clip(4).value().columns.at(0).second, std::string("{\"deep\":[1]}"));
    }

    void badTables_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no file column") << QByteArray("t.csv") << QByteArray("a,b\n1,2\n") << QByteArray("import.no_column");
        QTest::newRow("empty") << QByteArray("t.csv") << QByteArray() << QByteArray("import.bad_table");
        QTest::newRow("header alone") << QByteArray("t.csv") << QByteArray("file,label\n") << QByteArray("import.no_clips");
        QTest::newRow("open quote") << QByteArray("t.csv") << QByteArray("file,label\n\"a.wav,x\n") << QByteArray("import.bad_table");
        QTest::newRow("binary") << QByteArray("t.csv") << QByteArray("file\0x", 6) << QByteArray("import.bad_table");
        QTest::newRow("UTF-16") << QByteArray("t.csv") << QByteArray("\xFF\xFE" "f\0", 4) << QByteArray("import.bad_table");
        QTest::newRow("no JSON") << QByteArray("t.jsonl") << QByteArray("{\"file\": }\n") << QByteArray("import.bad_table");
        QTest::newRow("JSON list") << QByteArray("t.jsonl") << QByteArray("[1]\n") << QByteArray("import.bad_table");
        QTest::newRow("deep JSON") << QByteArray("t.jsonl") << QByteArray(200000, '[') << QByteArray("import.bad_table");
        QTest::newRow("deep JSON, closed") << QByteArray("t.jsonl")
                                           << "{\"a\":" + QByteArray(200000, '[') + QByteArray(200000, ']') + "}\n" << QByteArray("import.no_column");
    }
    void badTables()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, code);
        makeFile(name.toStdString(), content.toStdString());
        QCOMPARE(errorOf(path(name.toStdString())), code.toStdString());
    }

    void aMissingColumnListsThoseThere()
    {
        makeWav("1.wav");
        makeFile("t.csv", "file,genre\n1.wav,rock\n");
        const auto report = importClips(*project_, {path("t.csv")}, {.labelColumn = "mood"});
        QCOMPARE(report.error().code, std::string("import.no_column"));
        QVERIFY(report.error().message.find("“mood”") != std::string::npos);
        QVERIFY(report.error().message.find("“file”, “genre”") != std::string::npos);
    }

    void groupsByPattern()
    {
        makeWav("en/hello.wav");
        makeWav("fr/hello.wav");
        makeWav("fr/bye.wav");
        const ImportReport report = import(path(), {.groupPattern = "^[^/]+/(he.*)\\.wav"});
        std::multiset<std::string> groups;
        const auto all = samples();
        for (const Sample& sample : all)
            groups.insert(sample.group);
        QCOMPARE(groups, (std::multiset<std::string>{"", "hello", "hello"}));
        QVERIFY(std::ranges::any_of(report.remarks, [](const Remark& r) { return r.message.find("1 of 3") != std::string::npos; }));
        QCOMPARE(errorOf(path(), {.groupPattern = "(unclosed"}), std::string("usage"));
    }

    void evilPatternsEnd()
    {
        makeWav(std::string(120, 'a') + ".wav");
        QCOMPARE(import(path(), {.groupPattern = "^(a+)+$"}).added, std::size_t(1));
    }

    void audiofolderWithMetadata()
    {
        makeWav("train/x/1.wav");
        makeWav("test/2.wav");
        makeFile("metadata.csv", "file_name,genre,artist\ntest/2.wav,jazz,Miles\ntrain/x/1.wav,rock,Kim\n");
        const ImportReport report = import(path());
        QCOMPARE(report.format, ImportFormat::audiofolder);
        QCOMPARE(samples("train").at(0).labels, std::vector<std::string>{"rock"});
        QCOMPARE(samples("test").at(0).labels, std::vector<std::string>{"jazz"});
        QCOMPARE(samples().at(0).labels, std::vector<std::string>{"jazz"}); // in the table's order
    }

    void audiofolderWithATableASplit()
    {
        makeWav("train/1.wav");
        makeWav("validation/1.wav");
        makeFile("train/metadata.jsonl", "{\"file_name\": \"1.wav\", \"transcription\": \"one\"}\n");
        makeFile("validation/metadata.jsonl", "{\"file_name\": \"1.wav\", \"transcription\": \"two\"}\n");
        QCOMPARE(import(path()).format, ImportFormat::audiofolder);
        QCOMPARE(samples("train").at(0).text, std::string("one"));
        QCOMPARE(samples("validation").at(0).text, std::string("two"));
    }

    void audiofolderWithoutMetadata()
    {
        makeWav("cat/1.wav");
        makeWav("dog/1.wav");
        import(path(), {.format = ImportFormat::audiofolder});
        QCOMPARE(labelsByName().at("data/dog/1.wav"), std::string("dog"));
    }

    void audiofolderNeedsFileName()
    {
        makeWav("1.wav");
        makeFile("metadata.csv", "path,label\n1.wav,a\n");
        QCOMPARE(errorOf(path()), std::string("import.no_column"));
    }

    void speechCommands()
    {
        for (const char* name : {"yes/aa11_nohash_0.wav", "yes/bb22_nohash_0.wav", "no/aa11_nohash_1.wav", "bed/cc33_nohash_0.wav"})
            makeWav(name);
        for (const char* name : {"_background_noise_/a.wav", "_background_noise_/b.wav", "_background_noise_/c.wav"})
            makeWav(name, 2.5);
        makeFile("validation_list.txt", "yes/bb22_nohash_0.wav\r\n");
        makeFile("testing_list.txt", "no/aa11_nohash_1.wav\n");
        makeFile("LICENSE", "");
        const ImportReport report = import(path());
        QCOMPARE(report.format, ImportFormat::speechCommands);
        QCOMPARE(report.added, std::size_t(4 + 3 * 2));
        const auto labels = labelsByName();
        QCOMPARE(labels.at("data/bed/cc33_nohash_0.wav"), std::string("_unknown_"));
        QCOMPARE(labels.at("data/yes/aa11_nohash_0.wav"), std::string("yes"));
        QCOMPARE(samples("validation").size(), std::size_t(1 + 2));
        QCOMPARE(samples("test").size(), std::size_t(1 + 2));
        std::size_t silent = 0;
        const auto all = samples();
        for (const Sample& sample : all)
            if (sample.labels[0] == "_silence_") {
                ++silent;
                QCOMPARE(sample.clip.end.value() - sample.clip.start, 1.0);
            }
        QCOMPARE(silent, std::size_t(6));
        QCOMPARE(all[0].labels[0] == "_unknown_" ? all[0].group : "", std::string("cc33"));
        QCOMPARE(import(path()).skipped, std::size_t(10));
    }

    void speechCommandsWithOtherWords()
    {
        makeWav("bed/1.wav");
        makeWav("cat/1.wav");
        makeWav("yes/1.wav");
        import(path(), {.format = ImportFormat::speechCommands, .words = {"bed"}});
        QCOMPARE(labelsByName().at("data/bed/1.wav"), std::string("bed"));
        QCOMPARE(labelsByName().at("data/yes/1.wav"), std::string("_unknown_"));
        project_ = Project::create(folder_->filePath("q.earmark").toStdString()).value();
        import(path(), {.format = ImportFormat::speechCommands, .words = {"all"}});
        QCOMPARE(labelsByName().at("data/yes/1.wav"), std::string("yes"));
    }

    void progressAndStop()
    {
        for (int i = 0; i < 30; ++i)
            makeWav("a/" + std::to_string(i) + ".wav");
        std::size_t last = 0;
        const auto done = importClips(*project_, {path()}, {}, [&](const ImportProgress& progress) {
            QCOMPARE(progress.total, std::size_t(30));
            QVERIFY(progress.done >= last);
            last = progress.done;
        });
        QCOMPARE(done->added, std::size_t(30));
        QCOMPARE(last, std::size_t(30));
        makeWav("a/new.wav");
        std::stop_source source;
        source.request_stop();
        const auto stopped = importClips(*project_, {path()}, {}, {}, source.get_token());
        QVERIFY(stopped->stopped);
        QCOMPARE(samples().size(), std::size_t(30));
    }

    void formatsByName()
    {
        QCOMPARE(importFormatNamed("csv").value(), ImportFormat::table);
        QCOMPARE(importFormatNamed("timit").error().code, std::string("usage"));
        QCOMPARE(importFormatNamed("nonsense").error().code, std::string("usage"));
        QCOMPARE(errorOf(path("none")), std::string("io.not_found"));
        QCOMPARE(errorOf(path()), std::string("import.no_clips"));
    }
};

QTEST_GUILESS_MAIN(ImportTest)
#include "tst_import.moc"
