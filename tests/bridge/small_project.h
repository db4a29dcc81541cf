// Projects for tests of the sessions, whose sound files nobody opens; and a session that has one open. Thread: the test's.
#pragma once

#include <QSignalSpy>
#include <QTest>

#include <string>
#include <vector>

#include "engine/bridge/project_session.h"

namespace earmark::test
{

inline NewClip quietClip(const std::string& path, std::vector<std::string> labels = {}, std::string split = {})
{
    NewClip clip;
    clip.audio.source.path = path;
    clip.facts = {.hash = path, .sampleRate = 16000, .channels = 1, .duration = 2.5, .container = "wav", .codec = "pcm_s16le", .fileSize = 1};
    clip.labels = std::move(labels);
    clip.split = std::move(split);
    return clip;
}

/// `folder`/NAME.earmark with clips 1…count, labelled "a" and "b" in turn, every fourth of the split "test", the others "train".
inline std::string makeProject(const std::string& folder, const std::string& name, int count)
{
    const std::string path = folder + "/" + name + ".earmark";
    Project project = Project::create(path).value();
    std::vector<NewClip> clips;
    for (int i = 0; i < count; ++i)
        clips.push_back(quietClip(folder + "/audio/" + std::to_string(i) + ".wav", {i % 2 ? "b" : "a"}, i % 4 == 3 ? "test" : "train"));
    if (!project.addClips(clips, Origin::import) || !project.close())
        qFatal("the project could not be made");
    return path;
}

/// Opens and waits until all rows are there.
inline void openAndLoad(ProjectSession& session, const std::string& path)
{
    QSignalSpy loading(&session, &ProjectSession::loadingChanged);
    session.open(path);
    QTRY_COMPARE_WITH_TIMEOUT(loading.size(), 2, 20000);
}

} // namespace earmark::test
