#include "ui/pages/train/runs_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

RunsPanel::RunsPanel(Workspace& workspace, RunTableModel& runs, QWidget* parent)
    : QWidget(parent), workspace_(workspace), runs_(runs), table_(new QTableView), differences_(new QTableWidget)
{
    setObjectName("runsPanel");
    table_->setObjectName("runsTable");
    table_->setAccessibleName(tr("Earlier runs"));
    table_->setModel(&runs_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    table_->setShowGrid(false);
    table_->setAlternatingRowColors(true);
    table_->setTabKeyNavigation(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(7 * spaceUnit);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int widths[] = {140, 110, 130, 85, 85, 145, 60};
    for (int column = 0; column < RunTableModel::columnCountOf; ++column)
        table_->setColumnWidth(column, widths[column]);
    table_->horizontalHeader()->setStretchLastSection(true);
    differences_->setObjectName("differences");
    differences_->setAccessibleName(tr("Settings that differ"));
    differences_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    differences_->setSelectionMode(QAbstractItemView::NoSelection);
    differences_->setShowGrid(false);
    differences_->setTabKeyNavigation(false);
    differences_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    differences_->verticalHeader()->hide();
    differences_->verticalHeader()->setDefaultSectionSize(7 * spaceUnit);
    differences_->hide();
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->addWidget(table_);
    sides->addWidget(differences_);
    sides->setStretchFactor(0, 3);
    sides->setStretchFactor(1, 2);
    sides->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * spaceUnit, 2 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit);
    column->setSpacing(2 * spaceUnit);
    column->addWidget(makeBar());
    column->addWidget(sides, 1);
    setMinimumHeight(120);

    connect(table_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        if (const Run* run = runs_.run(index.row()))
            Q_EMIT curvesAsked(run->id);
    });
    connect(table_, &QTableView::clicked, this, [this](const QModelIndex& index) { // also where that row is selected already
        if (const Run* run = runs_.run(index.row()))
            Q_EMIT chosen(run->id);
    });
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showButtons();
        workspace_.project().showRun(selected());
        if (const auto run = selected(); run && !restoring_)
            Q_EMIT chosen(*run);
    });
    connect(&runs_, &QAbstractItemModel::modelAboutToBeReset, this, [this] { table_->setProperty("kept", selected() ? QVariant::fromValue(*selected()) : QVariant()); });
    connect(&runs_, &QAbstractItemModel::modelReset, this, [this] {
        restoring_ = true;
        if (const QVariant kept = table_->property("kept"); kept.isValid())
            select(kept.toLongLong());
        restoring_ = false;
        showButtons();
        showDifferences();
    });
    connect(&runs_, &QAbstractItemModel::dataChanged, this, &RunsPanel::showButtons);
    connect(&runs_, &RunTableModel::tickedChanged, this, &RunsPanel::showDifferences);
    showButtons();
}

QWidget* RunsPanel::makeBar()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * spaceUnit);
    auto* heading = new QLabel(tr("Runs"));
    heading->setProperty("heading", true);
    hint_ = new QLabel;
    hint_->setProperty("muted", true);
    hint_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    const auto make = [&](const QString& text, const QString& name, const QString& icon, const QString& tip) {
        auto* button = new QPushButton(text);
        button->setObjectName(name);
        button->setIcon(Theme::instance().icon(icon));
        button->setToolTip(tip);
        return button;
    };
    curves_ = make(tr("Show curves"), "showCurves", "eye", tr("Also by a double click"));
    settings_ = make(tr("Use its settings"), "useSettings", "copy", tr("Puts the settings of this run into the recipe"));
    resume_ = make(tr("Resume"), "resumeStored", "play", tr("Goes on from the last checkpoint"));
    delete_ = make(tr("Delete…"), "deleteRun", "delete", tr("The run, its predictions and its folder"));
    row->addWidget(heading);
    row->addWidget(hint_, 1);
    for (QPushButton* button : {curves_, settings_, resume_, delete_})
        row->addWidget(button);
    connect(curves_, &QPushButton::clicked, this, [this] { Q_EMIT curvesAsked(*selected()); });
    connect(settings_, &QPushButton::clicked, this, [this] { Q_EMIT settingsAsked(*selected()); });
    connect(resume_, &QPushButton::clicked, this, [this] {
        if (const Run* run = runs_.runById(*selected()))
            Q_EMIT resumeAsked(run->folder, run->name);
    });
    connect(delete_, &QPushButton::clicked, this, &RunsPanel::askDelete);
    return bar;
}

std::optional<std::int64_t> RunsPanel::selected() const
{
    const QModelIndexList rows = table_->selectionModel()->selectedRows();
    const Run* run = rows.isEmpty() ? nullptr : runs_.run(rows.front().row());
    return run ? std::optional(run->id) : std::nullopt;
}

void RunsPanel::select(std::int64_t run)
{
    if (const int row = runs_.rowOf(run); row >= 0)
        table_->selectRow(row);
}

void RunsPanel::showButtons()
{
    const auto id = selected();
    const Run* run = id ? runs_.runById(*id) : nullptr;
    const RunFolderFacts facts = run ? runs_.facts(run->id) : RunFolderFacts();
    const bool going = run && run->state == "running";
    curves_->setEnabled(run && facts.exists);
    settings_->setEnabled(run && !run->settings.empty());
    resume_->setEnabled(run && !going && facts.canResume && run->state != "finished" && workspace_.project().isWritable());
    delete_->setEnabled(run && !going && workspace_.project().isWritable());
    hint_->setText(runs_.rowCount() == 0 ? tr("Nothing has been trained yet.")
                                         : tr("Tick two to lay their curves over each other."));
}

void RunsPanel::showDifferences()
{
    const std::vector<std::int64_t> ticked = runs_.ticked();
    differences_->setVisible(ticked.size() >= 2);
    if (ticked.size() < 2)
        return;
    const std::vector<SettingDifference> differences = runs_.differences(ticked);
    differences_->clear();
    differences_->setRowCount(static_cast<int>(differences.size()));
    differences_->setColumnCount(1 + static_cast<int>(ticked.size()));
    QStringList headers{differences.empty() ? tr("No setting differs") : tr("Setting")};
    for (const std::int64_t id : ticked)
        if (const Run* run = runs_.runById(id))
            headers << shown(run->name);
    differences_->setHorizontalHeaderLabels(headers);
    for (int row = 0; row < differences_->rowCount(); ++row) {
        const SettingDifference& difference = differences[static_cast<std::size_t>(row)];
        auto* title = new QTableWidgetItem(difference.title);
        title->setToolTip(difference.key);
        differences_->setItem(row, 0, title);
        for (int column = 0; column < static_cast<int>(difference.values.size()); ++column)
            differences_->setItem(row, 1 + column, new QTableWidgetItem(difference.values[static_cast<std::size_t>(column)]));
    }
    differences_->resizeColumnToContents(0);
    differences_->horizontalHeader()->setStretchLastSection(true);
}

// ---- deleting -----------------------------------------------------------------------------------------------------------

void RunsPanel::askDelete()
{
    const auto id = selected();
    if (!id)
        return;
    workspace_.project().askRunBytes(this, *id, [this, id = *id](Result<std::uint64_t> bytes) {
        if (const Run* run = runs_.runById(id))
            confirmDelete(*run, bytes);
    });
}

void RunsPanel::confirmDelete(const Run& run, const Result<std::uint64_t>& bytes)
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Delete run"), tr("Delete the run “%1”?").arg(shown(run.name)), QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName("confirmDelete");
    box->setTextFormat(Qt::PlainText);
    const QString freed = bytes ? bytesText(static_cast<qint64>(*bytes)) : QString();
    box->setInformativeText(bytes && *bytes > 0 ? tr("Its model, checkpoints and predictions are lost. This frees %1 on the disk and cannot be undone.").arg(freed)
                                                : tr("Its predictions are lost; its folder is gone already. This cannot be undone."));
    auto* remove = box->addButton(tr("Delete run"), QMessageBox::DestructiveRole);
    remove->setObjectName("confirmDeleteButton");
    connect(remove, &QPushButton::clicked, this, [this, id = run.id] { workspace_.project().deleteRun(id); });
    box->setDefaultButton(QMessageBox::Cancel);
    box->open();
}

} // namespace earmark
