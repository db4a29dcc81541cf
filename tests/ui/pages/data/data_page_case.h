// A Data page over a project of tones, shown in a window of the size that must do. Thread: the test's.
#pragma once

#include <QAbstractButton>
#include <QLabel>

#include "tests/support/gui.h"
#include "tests/support/labelled_project.h"
#include "ui/pages/data/clip_table.h"
#include "ui/pages/data/data_page.h"
#include "ui/widgets/theme.h"

namespace earmark::test
{

class DataPageCase
{
public:
    explicit DataPageCase(int clips = 6) : project(clips)
    {
        page.resize(1200, 560);
        page.show();
        project.openIn(workspace);
        if (!QTest::qWaitForWindowActive(&page))
            QTest::qFail("the page is not active", __FILE__, __LINE__);
        page.entered();
        table = child<ClipTable>(page, "clips");
        QTRY_COMPARE(table->model()->rowCount(), clips);
    }

    void click(const QString& name) { QTest::mouseClick(child<QAbstractButton>(page, name), Qt::LeftButton); }
    void clickRow(int row, Qt::KeyboardModifiers modifiers = {})
    {
        const QRect cell = table->visualRect(table->model()->index(row, static_cast<int>(ClipColumn::name)));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, modifiers, cell.center());
    }
    QString text(const QString& label) const { return child<QLabel>(page, label)->text(); }
    QString labels(int clip) { return labelsOf(workspace, project.ids[static_cast<std::size_t>(clip)]); }
    const ClipRow& row(int clip) { return workspace.view().rows[static_cast<std::size_t>(clip)]; }

    LabelledProject project;
    Workspace workspace;
    DataPage page{workspace};
    ClipTable* table = nullptr;
};

} // namespace earmark::test
