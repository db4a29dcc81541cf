// A Test page over a project of tones with a run that has been reported on: labels a, b and c, twelve clips, of which four are mistaken; one of them is
// a wrong label that the model is sure of. Thread: the test's.
#pragma once

#include <QAbstractButton>
#include <QLabel>
#include <QTableView>

#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/pages/test/test_page.h"
#include "ui/widgets/theme.h"

namespace earmark::test
{

class TestPageCase
{
public:
    TestPageCase() : project(12)
    {
        auto file = Project::open(project.path(), Access::write);
        const std::vector<LabelClass> classes{{.name = "a", .key = "1"}, {.name = "b", .key = "2"}, {.name = "c", .key = "3"}};
        Split split{.name = "test", .method = "by hand"};
        std::vector<ReportedClip> clips;
        bool done = file && file->setLabelSet(classes);
        for (int i = 0; done && i < 12; ++i) {
            const int label = i % 3, prediction = i == 0 ? 1 : i == 4 ? 2 : i == 5 || i == 7 ? 0 : label;
            const float sure = i == 0 ? 0.97f : i == 4 || i == 5 || i == 7 ? 0.4f : 0.5f + 0.03f * static_cast<float>(i);
            std::vector<float> scores(3, (1 - sure) / 2);
            scores[static_cast<std::size_t>(prediction)] = sure;
            const ClipId id = project.ids[static_cast<std::size_t>(i)];
            clips.push_back({.id = id, .name = std::to_string(i + 1) + ".wav", .label = label, .prediction = prediction, .scores = scores});
            split.members.push_back({.clip = id});
            done = file->setLabels(std::vector<ClipId>{id}, std::vector<std::string>{classes[static_cast<std::size_t>(label)].name}).has_value();
        }
        const std::string report = toJson(classificationReport({"a", "b", "c"}, clips), "test");
        done = done && file->setSplits(std::vector<Split>{split}) &&
               file->addRun({.name = "first", .folder = folder() + "/first", .labels = {"a", "b", "c"}, .state = "finished", .report = report});
        if (!done || !file->close())
            qFatal("no project");
        page.resize(1192, 560);
        page.show();
        project.openIn(workspace);
        if (!QTest::qWaitForWindowActive(&page))
            QTest::qFail("the page is not active", __FILE__, __LINE__);
        QTRY_VERIFY(page.test().result() != nullptr);
    }

    std::string folder() const { return project.folder.path().toStdString(); }
    QString text(const QString& label) const { return child<QLabel>(page, label)->text(); }
    void click(const QString& name) { QTest::mouseClick(child<QAbstractButton>(page, name), Qt::LeftButton); }
    QTableView& table() { return *child<QTableView>(page, "testClipTable"); }
    QString cell(int row, int column) { return table().model()->index(row, column).data().toString(); }
    void openTab(int index) { child<QTabWidget>(page, "testTabs")->setCurrentIndex(index); }

    LabelledProject project;
    Workspace workspace;
    TestPage page{workspace};
};

} // namespace earmark::test
