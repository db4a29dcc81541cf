#include "ui/dialogs/import_report_dialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/models/error_text.h"
#include "ui/models/remark_text.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int firstColumn = 56 * spaceUnit; ///< a path; what is said of it needs more

/// The path stands beside it.
QString reasonFor(const BrokenFile& file)
{
    QString text = errorText(file.error);
    return text.replace(shown(file.path), fileName(file.path));
}

QString quoted(QString cell)
{
    if (cell.contains('"') || cell.contains(',') || cell.contains('\n'))
        return '"' + cell.replace('"', "\"\"") + '"';
    return cell;
}

} // namespace

ImportReportDialog::ImportReportDialog(const ImportReport& report, QWidget* parent) : QDialog(parent), tabs_(new QTabWidget)
{
    setObjectName("importReport");
    setWindowTitle(tr("What was imported"));
    resize(190 * spaceUnit, 110 * spaceUnit);
    QStringList sentences{tr("%Ln clip(s) imported.", nullptr, static_cast<int>(report.added))};
    if (report.skipped > 0)
        sentences << tr("%Ln clip(s) were there already.", nullptr, static_cast<int>(report.skipped));
    if (report.changed > 0)
        sentences << tr("%Ln file(s) known before have new content.", nullptr, static_cast<int>(report.changed));
    auto* summary = new QLabel(sentences.join(' '));
    summary->setObjectName("importSummary");
    summary->setWordWrap(true);

    QList<QStringList> broken, duplicates, remarks;
    for (const BrokenFile& file : report.broken)
        broken << QStringList{shown(file.path), reasonFor(file)};
    for (const DuplicateFile& file : report.duplicates)
        duplicates << QStringList{shown(file.path), shown(file.original)};
    for (const Remark& remark : report.remarks)
        remarks << QStringList{remarkText(remark)};
    tabs_->setObjectName("importLists");
    tabs_->setAccessibleName(windowTitle());
    addList("brokenFiles", tr("Could not be read: %L1").arg(broken.size()), {tr("File"), tr("Reason")}, broken);
    addList("duplicateFiles", tr("Same content: %L1").arg(duplicates.size()), {tr("File"), tr("Same as")}, duplicates);
    addList("importRemarks", tr("Remarks: %L1").arg(remarks.size()), {tr("Remark")}, remarks);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("Copy the list"), QDialogButtonBox::ActionRole);
    copy->setObjectName("copyReport");
    copy->setIcon(Theme::instance().icon("copy"));
    auto* save = buttons->addButton(tr("Save as CSV…"), QDialogButtonBox::ActionRole);
    save->setObjectName("saveReport");
    save->setIcon(Theme::instance().icon("save"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(csv()); });
    connect(save, &QPushButton::clicked, this, &ImportReportDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * spaceUnit, 5 * spaceUnit, 5 * spaceUnit, 4 * spaceUnit);
    column->setSpacing(3 * spaceUnit);
    column->addWidget(summary);
    column->addWidget(tabs_, 1);
    column->addWidget(buttons);
}

void ImportReportDialog::addList(const QString& name, const QString& title, const QStringList& columns, QList<QStringList> rows)
{
    if (rows.isEmpty())
        return;
    auto* list = new QTreeWidget;
    list->setObjectName(name);
    list->setAccessibleName(title);
    list->setHeaderLabels(columns);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setTextElideMode(Qt::ElideMiddle);
    QList<QTreeWidgetItem*> items;
    for (const QStringList& row : rows) {
        items << new QTreeWidgetItem(row);
        for (int i = 0; i < row.size(); ++i)
            items.back()->setToolTip(i, row[i]);
    }
    list->addTopLevelItems(items);
    list->header()->setStretchLastSection(true);
    list->header()->resizeSection(0, firstColumn);
    tabs_->addTab(list, title);
}

QString ImportReportDialog::csv() const
{
    const auto* list = static_cast<const QTreeWidget*>(tabs_->currentWidget());
    if (!list)
        return {};
    QString text;
    const auto addLine = [&](const QTreeWidgetItem& item) {
        QStringList cells;
        for (int i = 0; i < list->columnCount(); ++i)
            cells << quoted(item.text(i));
        text += cells.join(',') + '\n';
    };
    addLine(*list->headerItem());
    for (int i = 0; i < list->topLevelItemCount(); ++i)
        addLine(*list->topLevelItem(i));
    return text;
}

void ImportReportDialog::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the list"), tr("import.csv"), tr("Tables (*.csv)"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(csv().toUtf8()) < 0 || !file.commit())
        QMessageBox::warning(this, tr("Save the list"), tr("The list could not be written to “%1”: %2.").arg(path, file.errorString()));
}

} // namespace earmark
