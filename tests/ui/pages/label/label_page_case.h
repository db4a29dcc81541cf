// A Label page over a project of tones, shown in a window of the size that must do. Thread: the test's.
#pragma once

#include <QAbstractButton>
#include <QLabel>

#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/pages/label/label_page.h"
#include "ui/widgets/theme.h"

namespace earmark::test
{

class LabelPageCase
{
public:
    explicit LabelPageCase(int clips = 4) : project(clips) { open(); }

    void open()
    {
        page.reset();
        workspace = std::make_unique<Workspace>();
        workspace->settings().setAutoplay(false);
        page = std::make_unique<LabelPage>(*workspace);
        page->resize(1200, 560);
        page->show();
        project.openIn(*workspace);
        page->entered();
        if (!QTest::qWaitForWindowActive(page.get()))
            QTest::qFail("the page is not active", __FILE__, __LINE__);
        QTRY_VERIFY(workspace->transport().clip().has_value());
    }

    void press(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(focus(), static_cast<Qt::Key>(key), modifiers); }
    void click(const QString& name) { QTest::mouseClick(child<QAbstractButton>(*page, name), Qt::LeftButton); }
    QString text(const QString& label) const { return child<QLabel>(*page, label)->text(); }
    QWidget* focus() const { return QApplication::focusWidget() ? QApplication::focusWidget() : page.get(); }
    QString labels(int clip) const { return labelsOf(*workspace, project.ids[static_cast<std::size_t>(clip)]); }
    int current() const
    {
        const auto found = std::ranges::find(project.ids, workspace->currentClip().value_or(0));
        return found == project.ids.end() ? -1 : static_cast<int>(found - project.ids.begin());
    }

    LabelledProject project;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<LabelPage> page;
};

} // namespace earmark::test
