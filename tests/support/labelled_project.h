// A project of tones for tests of labelling, opened in a workspace. Thread: the test's.
#pragma once

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/corpus.h"
#include "ui/models/workspace.h"

namespace earmark::test
{

/// `clips` tones of two seconds, 1…n, without labels; label set rock (1), jazz (2), blues (b).
class LabelledProject
{
public:
    explicit LabelledProject(int clips = 4)
    {
        std::vector<NewClip> added;
        for (int i = 0; i < clips; ++i) {
            const QString path = folder.filePath(QString("%1.wav").arg(i + 1));
            writeBytes(path.toStdString(), toneWav(200 + 50 * i, 2, static_cast<unsigned>(i)));
            added.push_back({.audio = {.source = {.path = path.toStdString()}},
                             .facts = {.hash = std::string(16, static_cast<char>('a' + i)), .sampleRate = 16000, .channels = 1, .duration = 2, .container = "wav"}});
        }
        auto project = Project::create(path());
        if (!project || !project->addClips(added, Origin::import) ||
            !project->setLabelSet(std::vector<LabelClass>{{.name = "rock", .key = "1"}, {.name = "jazz", .key = "2"}, {.name = "blues", .key = "b"}}))
            qFatal("no project");
        ids = *project->clipIds();
    }

    std::string path() const { return folder.filePath("p.earmark").toStdString(); }

    void openIn(Workspace& workspace) const
    {
        QSignalSpy loading(&workspace.project(), &ProjectSession::loadingChanged);
        workspace.project().open(path());
        QTRY_COMPARE(loading.size(), 2);
    }

    QTemporaryDir folder;
    std::vector<ClipId> ids;
};

/// Waits until all edits asked for so far are in view().
inline void settle(Workspace& workspace)
{
    bool done = false;
    workspace.project().ask(&workspace, [](Project&) { return 0; }, [&](int) { done = true; });
    QTRY_VERIFY(done);
}

inline QString labelsOf(Workspace& workspace, ClipId clip)
{
    const auto place = workspace.view().rowOf(clip);
    return place ? QString::fromStdString(workspace.view().labelName(workspace.view().rows[*place])) : QString("(gone)");
}

} // namespace earmark::test
