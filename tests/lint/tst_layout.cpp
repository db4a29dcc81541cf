// Holds the source tree to the layout: who may include and link whom (rooms.txt, links.txt), and the house's habits that a machine can see.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <functional>
#include <map>

namespace
{

QString sourceRoot() { return qEnvironmentVariable("EARMARK_SOURCE"); }

QString textOf(const QString& path)
{
    QFile file(QDir(sourceRoot()).absoluteFilePath(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Paths from the root of every file below FOLDER, sorted; what git ignores is not there to be seen.
QStringList filesBelow(const QString& folder, const QStringList& patterns = {})
{
    QStringList files;
    QDirIterator walk(sourceRoot() + '/' + folder, patterns, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = QDir(sourceRoot()).relativeFilePath(walk.next());
        if (!path.contains("__pycache__") && !path.contains("/.cache/"))
            files += path;
    }
    files.sort();
    return files;
}

QStringList everyFile()
{
    QStringList files;
    for (const char* folder : {"app", "ui", "engine", "resources", "translations", "tests", "packaging"})
        files += filesBelow(folder);
    return files;
}

bool isHeader(const QString& path) { return path.endsWith(".h"); }
bool isCode(const QString& path) { return isHeader(path) || path.endsWith(".cpp"); }

QStringList words(const QString& text) { return text.simplified().split(' ', Qt::SkipEmptyParts); }

/// The rows of a table as columns; comments and empty lines left out.
QList<QStringList> tableRows(const QString& path)
{
    QList<QStringList> rows;
    for (const QString& line : textOf(path).split('\n', Qt::SkipEmptyParts))
        if (!line.startsWith('#'))
            rows += line.split('|');
    return rows;
}

struct Room {
    QString folder;
    QStringList rooms, foreignInSources, foreign;
};

QList<Room> readRooms()
{
    QList<Room> rooms;
    for (const QStringList& columns : tableRows("tests/lint/rooms.txt"))
        if (columns.size() == 4)
            rooms += {columns[0].trimmed(), words(columns[1]), words(columns[2]), words(columns[3])};
    return rooms;
}

struct Include {
    QString name;
    bool quoted;
};

QList<Include> includesOf(const QString& path)
{
    static const QRegularExpression pattern(R"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"])", QRegularExpression::MultilineOption);
    QList<Include> includes;
    for (auto match = pattern.globalMatch(textOf(path)); match.hasNext();) {
        const auto found = match.next();
        includes += {found.captured(2), found.captured(1) == "\""};
    }
    return includes;
}

bool isStandard(const QString& name)
{
    static const QRegularExpression pattern("^[a-z_]+$"); // <vector>, <cstdio>: no folder, no suffix
    return pattern.match(name).hasMatch();
}

bool isSystem(const QString& name)
{
    static const QRegularExpression pattern(
        "^(sys/[a-z]+|dirent|dlfcn|fcntl|grp|immintrin|malloc|netdb|poll|pthread|pwd|sched|signal|termios|unistd)\\.h$");
    return pattern.match(name).hasMatch();
}

bool startsWithOneOf(const QString& name, const QStringList& prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const QString& prefix) { return name.startsWith(prefix); });
}

/// The room whose folder holds PATH: the longest that fits.
const Room* roomOf(const QList<Room>& rooms, const QString& path)
{
    const Room* best = nullptr;
    for (const Room& room : rooms)
        if (path.startsWith(room.folder + '/') && (!best || room.folder.size() > best->folder.size()))
            best = &room;
    return best;
}

/// A header that names a library which only sources may name, itself or through another, is private to its room.
bool isPrivate(const QList<Room>& rooms, const QString& header)
{
    const Room* room = roomOf(rooms, header);
    const QList<Include> includes = room ? includesOf(header) : QList<Include>();
    return std::any_of(includes.begin(), includes.end(), [&](const Include& include) {
        if (!include.quoted)
            return startsWithOneOf(include.name, room->foreignInSources);
        return roomOf(rooms, include.name) == room && isPrivate(rooms, include.name);
    });
}

/// What is wrong with INCLUDE in PATH, or nothing.
QString whyRefused(const QList<Room>& rooms, const Room& room, const QString& path, const Include& include)
{
    const QString& name = include.name;
    if (include.quoted) {
        if (!QFile::exists(sourceRoot() + '/' + name))
            return "is not written from the root of the repository";
        const Room* target = roomOf(rooms, name);
        if (!target || (target->folder != room.folder && !room.rooms.contains(target->folder)))
            return "is not among what " + room.folder + " may include";
        if (target->folder != room.folder && isPrivate(rooms, name))
            return "is private to " + target->folder + ": it names another library";
        return {};
    }
    if (isStandard(name) || startsWithOneOf(name, room.foreign + room.foreignInSources))
        return {};
    if (!isHeader(path) && isSystem(name))
        return {};
    return isSystem(name) ? "has no place in a header there" : "is a library that " + room.folder + " does not use";
}

/// The library that a folder is built as.
QString targetOf(QString folder)
{
    return folder.replace("engine/", "earmark::").replace("ui/pages/", "earmark::ui_page_").replace("ui/pages", "earmark::ui_page").replace("ui/", "earmark::ui_");
}

QStringList matchesIn(const QStringList& files, const QRegularExpression& pattern)
{
    QStringList found;
    for (const QString& path : files) {
        const QStringList lines = textOf(path).split('\n');
        for (int i = 0; i < lines.size(); ++i)
            if (pattern.match(lines[i]).hasMatch())
                found += QString("%1:%2: %3").arg(path).arg(i + 1).arg(lines[i].trimmed());
    }
    return found;
}

} // namespace

#define VERIFY_NONE(list) QVERIFY2((list).isEmpty(), qPrintable('\n' + (list).join('\n')))

class LayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(sourceRoot() + "/tests/lint/rooms.txt"), "EARMARK_SOURCE must name the root of the source tree");
        QVERIFY(readRooms().size() > 10);
    }

    void tableHasNoCycles()
    {
        QStringList above, wrong;
        for (const Room& room : readRooms()) {
            for (const QString& name : room.rooms)
                if (!above.contains(name))
                    wrong += room.folder + " names " + name + ", which is not a row above it";
            above += room.folder;
        }
        VERIFY_NONE(wrong);
    }

    void everySourceHasARoom()
    {
        const QList<Room> rooms = readRooms();
        QStringList homeless;
        for (const QString& path : filesBelow("engine") + filesBelow("app") + filesBelow("ui"))
            if (isCode(path) && !roomOf(rooms, path))
                homeless += path + " lies in a folder without a row in tests/lint/rooms.txt";
        VERIFY_NONE(homeless);
    }

    void includesFollowTheTable()
    {
        const QList<Room> rooms = readRooms();
        QStringList wrong;
        for (const QString& path : filesBelow("engine") + filesBelow("app") + filesBelow("ui")) {
            const Room* room = roomOf(rooms, path);
            if (!isCode(path) || !room)
                continue;
            for (const Include& include : includesOf(path))
                if (const QString why = whyRefused(rooms, *room, path, include); !why.isEmpty())
                    wrong += path + ": " + include.name + ' ' + why;
        }
        VERIFY_NONE(wrong);
    }

    void theCheckItselfRefuses()
    {
        const QList<Room> rooms = readRooms();
        const Room& base = *roomOf(rooms, "engine/base/error.h");
        const Room& dataset = *roomOf(rooms, "engine/dataset/project.cpp");
        const Room& models = *roomOf(rooms, "engine/neural/models/x.h");
        QVERIFY(!whyRefused(rooms, base, "engine/base/error.cpp", {"engine/recipe/recipe.h", true}).isEmpty());
        QVERIFY(!whyRefused(rooms, base, "engine/base/error.cpp", {"error.h", true}).isEmpty());
        QVERIFY(!whyRefused(rooms, base, "engine/base/error.h", {"fcntl.h", false}).isEmpty());
        QVERIFY(!whyRefused(rooms, base, "engine/base/error.h", {"QString", false}).isEmpty());
        QVERIFY(!whyRefused(rooms, dataset, "engine/dataset/project.cpp", {"torch/torch.h", false}).isEmpty());
        QVERIFY(whyRefused(rooms, dataset, "engine/dataset/project.cpp", {"nlohmann/json.hpp", false}).isEmpty());
        QVERIFY(whyRefused(rooms, models, "engine/neural/models/x.h", {"torch/torch.h", false}).isEmpty());
        QVERIFY(isPrivate(rooms, "engine/audio/ffmpeg_input.h"));
        QVERIFY(!isPrivate(rooms, "engine/audio/decode.h"));
        QVERIFY(!whyRefused(rooms, dataset, "engine/dataset/project.cpp", {"engine/audio/ffmpeg_input.h", true}).isEmpty());
    }

    void headersDoNotIncludeEachOtherInCircles()
    {
        std::map<QString, int> state; // 1: on the path that led here, 2: done
        QStringList circles;
        const std::function<void(const QString&)> visit = [&](const QString& path) {
            state[path] = 1;
            for (const Include& include : includesOf(path)) {
                if (!include.quoted || !isHeader(include.name))
                    continue;
                if (state[include.name] == 1)
                    circles += path + " and " + include.name + " include each other";
                else if (state[include.name] == 0)
                    visit(include.name);
            }
            state[path] = 2;
        };
        for (const QString& path : filesBelow("engine", {"*.h"}) + filesBelow("app", {"*.h"}) + filesBelow("ui", {"*.h"}))
            if (state[path] == 0)
                visit(path);
        VERIFY_NONE(circles);
    }

    /// A header that its own source includes first is known to stand alone; the others are compiled alone by the preset ci.
    void sourcesIncludeTheirOwnHeaderFirst()
    {
        QStringList wrong;
        for (const QString& path : filesBelow("engine", {"*.cpp"}) + filesBelow("app", {"*.cpp"}) + filesBelow("ui", {"*.cpp"})) {
            const QString header = path.chopped(4) + ".h";
            const QList<Include> includes = includesOf(path);
            if (QFile::exists(sourceRoot() + '/' + header) && (includes.isEmpty() || includes.first().name != header))
                wrong += path + " must include " + header + " before all else";
        }
        VERIFY_NONE(wrong);
    }

    void targetsLinkAsTheTableSays()
    {
        const QList<Room> rooms = readRooms();
        std::map<QString, QStringList> rows;
        for (const QStringList& columns : tableRows("tests/lint/links.txt"))
            if (columns.size() == 4)
                rows[columns[0].trimmed()] = columns;
        QFile file(EARMARK_LINK_GRAPH); // "target visibility library" a line, written by CMake
        QVERIFY(file.open(QIODevice::ReadOnly));
        QStringList wrong;
        int links = 0;
        for (const QString& line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)) {
            const QStringList parts = words(line);
            if (parts.size() != 3 || parts[2] == "earmark_options")
                continue;
            ++links;
            const QString &target = parts[0], &library = parts[2];
            if (!rows.contains(target)) {
                wrong += target + " has no row in tests/lint/links.txt";
                continue;
            }
            const QStringList& row = rows[target];
            QStringList allowed = words(row[2]);
            if (parts[1] == "private")
                allowed += words(row[3]);
            const Room* room = roomOf(rooms, row[1].trimmed() + "/x");
            QVERIFY2(room, qPrintable(row[1]));
            for (const QString& name : room->rooms)
                allowed += targetOf(name);
            if (!allowed.contains(library))
                wrong += target + " must not link " + library + " (" + parts[1] + ")";
        }
        QVERIFY(links > 5);
        VERIFY_NONE(wrong);
    }

    void topLevelIsTheAgreedOne()
    {
        const QStringList agreed = {"CMakeLists.txt", "CMakePresets.json", "CMakeUserPresets.json", "LICENSE", "README.md", "CONTRIBUTING.md",
                                    "CHANGELOG.md", "app", "ui", "engine", "resources", "translations", "tests", "packaging", "build", "demo"};
        QStringList odd;
        for (const QString& name : QDir(sourceRoot()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot))
            if (!agreed.contains(name) && !name.startsWith("build-"))
                odd += name + " does not belong at the top level";
        VERIFY_NONE(odd);
        for (const char* needed : {"README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md"})
            QVERIFY2(QFile::exists(sourceRoot() + '/' + needed), needed);
        QVERIFY(textOf("CHANGELOG.md").contains("## [Unreleased]"));
        QVERIFY(textOf("LICENSE").contains("GNU GENERAL PUBLIC LICENSE"));
    }

    void everyRoomHasItsReadme()
    {
        QStringList missing;
        for (const Room& room : readRooms())
            if (!filesBelow(room.folder, {"*.h", "*.cpp"}).isEmpty() && textOf(room.folder + "/README.md").size() < 100)
                missing += room.folder + "/README.md";
        for (const char* folder : {"engine", "tests", "packaging"})
            if (textOf(QString(folder) + "/README.md").size() < 100)
                missing += QString(folder) + "/README.md";
        VERIFY_NONE(missing);
    }

    void headersBeginBySayingWhatTheyAre()
    {
        QStringList silent;
        for (const QString& path : filesBelow("engine", {"*.h"}) + filesBelow("app", {"*.h"}) + filesBelow("ui", {"*.h"}))
            if (!textOf(path).startsWith("//") || !textOf(path).contains("#pragma once"))
                silent += path + " must begin with a comment and hold #pragma once";
        VERIFY_NONE(silent);
    }

    void nothingIsLeftUnfinished()
    {
        const QRegularExpression pattern(QString("\\b(%1)\\b").arg(QStringList{"TO" "DO", "FIX" "ME", "X" "XX", "Q" "SKIP"}.join('|')));
        QStringList files = everyFile();
        files.removeIf([](const QString& path) { return path.startsWith("tests/data/"); });
        VERIFY_NONE(matchesIn(files, pattern));
    }

    void qtKeywordsAreSpelledOut()
    {
        const QRegularExpression pattern(R"(^\s*((public|private|protected)\s+slots|signals)\s*:|\bemit\s+\w+\()");
        QStringList files = everyFile();
        files.removeIf([](const QString& path) { return !isCode(path); });
        VERIFY_NONE(matchesIn(files, pattern));
    }

    void pythonStaysWhereItBelongs()
    {
        QStringList odd;
        for (const QString& path : everyFile()) {
            const bool python = path.endsWith(".py") || textOf(path).startsWith("#!/usr/bin/env python");
            if (python && !path.startsWith("tests/golden/") && !path.startsWith("tests/bench/") && !path.startsWith("packaging/"))
                odd += path;
        }
        VERIFY_NONE(odd);
    }

    void versionStandsInOnePlace()
    {
        static const QRegularExpression pattern(R"(project\(Earmark VERSION (\d+\.\d+\.\d+))");
        const QString version = pattern.match(textOf("CMakeLists.txt")).captured(1);
        QVERIFY(!version.isEmpty());
        QStringList files = filesBelow("app") + filesBelow("engine");
        VERIFY_NONE(matchesIn(files, QRegularExpression('"' + QRegularExpression::escape(version) + '"')));
    }
};

QTEST_GUILESS_MAIN(LayoutTest)
#include "tst_layout.moc"
