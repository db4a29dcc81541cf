#include "ui/pages/data/data_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/dialogs/split_dialog.h"
#include "ui/pages/data/balance_list.h"
#include "ui/pages/data/clip_menu.h"
#include "ui/pages/data/clip_table.h"
#include "ui/pages/data/filter_bar.h"
#include "ui/pages/data/import_banner.h"
#include "ui/pages/data/import_flow.h"
#include "ui/pages/data/inspector.h"
#include "ui/pages/data/missing_files.h"
#include "ui/pages/data/split_banner.h"
#include "ui/widgets/label_keys.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

/// A sentence in the middle of an empty place, and what can be done about it.
QVBoxLayout* centred(QWidget& place, const QString& title, const QString& text)
{
    auto* column = new QVBoxLayout(&place);
    column->setSpacing(3 * spaceUnit);
    auto* heading = new QLabel(title);
    heading->setProperty("title", true);
    heading->setAlignment(Qt::AlignCenter);
    auto* sentence = new QLabel(text);
    sentence->setProperty("muted", true);
    sentence->setAlignment(Qt::AlignCenter);
    sentence->setWordWrap(true);
    column->addStretch();
    column->addWidget(heading);
    column->addWidget(sentence);
    column->addStretch();
    return column;
}

} // namespace

DataPage::DataPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), clips_(workspace), import_(new ImportFlow(workspace, this)), keys_(new LabelKeys(workspace.project(), this)), stack_(new QStackedWidget)
{
    setObjectName("dataPage");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit);
    stack_->addWidget(makeEmpty());
    stack_->addWidget(makeWork());
    column->setSpacing(2 * spaceUnit);
    column->addWidget(new ImportBanner(workspace.queue()));
    column->addWidget(stack_, 1);
    connectAll();
    showState();
}

QWidget* DataPage::makeEmpty()
{
    auto* empty = new QWidget;
    QVBoxLayout* column = centred(*empty, tr("Bring in your recordings"),
                                  tr("Drop a folder, sound files or a table anywhere in this window. The name of each folder becomes a label; the files stay where they are."));
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * spaceUnit);
    const auto add = [&](const char* name, const char* icon, const QString& text, void (ImportFlow::*ask)(), bool primary) {
        auto* button = new QPushButton(text);
        button->setObjectName(name);
        button->setIcon(Theme::instance().icon(icon, primary ? "onFill" : nullptr));
        button->setProperty("primary", primary);
        connect(button, &QPushButton::clicked, import_, ask);
        row->addWidget(button);
    };
    row->addStretch();
    add("emptyImportFolder", "folder", tr("Import a folder…"), &ImportFlow::askFolder, true);
    add("emptyImportFiles", "file", tr("Import files or a table…"), &ImportFlow::askFiles, false);
    row->addStretch();
    column->insertLayout(3, row);
    return empty;
}

QWidget* DataPage::makeNothing()
{
    auto* nothing = new QWidget;
    QVBoxLayout* column = centred(*nothing, tr("No clip fits"), tr("None of the clips has all that was asked for above."));
    auto* all = new QPushButton(tr("Show all clips"));
    all->setObjectName("showAllClips");
    connect(all, &QPushButton::clicked, this, [this] { clips_.setFilter({}); });
    column->insertWidget(3, all, 0, Qt::AlignHCenter);
    return nothing;
}

QWidget* DataPage::makeTable()
{
    found_ = new QStackedWidget;
    table_ = new ClipTable(workspace(), clips_);
    found_->addWidget(table_);
    found_->addWidget(makeNothing());
    return found_;
}

QWidget* DataPage::makeWork()
{
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * spaceUnit);
    bar_ = new FilterBar(workspace(), clips_);
    column->addWidget(bar_);
    missing_ = new MissingFiles(workspace());
    column->addWidget(missing_);
    auto* leak = new SplitBanner(workspace());
    connect(leak, &WarningCard::remedyAsked, this, &DataPage::askDivide);
    column->addWidget(leak);

    auto* side = new QVBoxLayout;
    side->setSpacing(spaceUnit);
    auto* heading = new QLabel(tr("Labels"));
    heading->setProperty("heading", true);
    auto* balance = new BalanceList(workspace(), clips_);
    balance->setFixedWidth(46 * spaceUnit);
    side->addWidget(heading);
    side->addWidget(balance, 1);

    inspector_ = new Inspector(workspace());
    auto* row = new QHBoxLayout;
    row->setSpacing(3 * spaceUnit);
    row->addLayout(side);
    row->addWidget(makeTable(), 1);
    row->addWidget(inspector_);
    column->addLayout(row, 1);
    return work;
}

void DataPage::connectAll()
{
    const ProjectSession& project = workspace().project();
    connect(bar_, &FilterBar::importFolderAsked, import_, &ImportFlow::askFolder);
    connect(bar_, &FilterBar::importFilesAsked, import_, &ImportFlow::askFiles);
    connect(bar_, &FilterBar::divideAsked, this, &DataPage::askDivide);
    connect(&workspace(), &Workspace::importAsked, import_, &ImportFlow::take);
    connect(&workspace(), &Workspace::clipsShown, bar_, &FilterBar::showOnly);
    connect(keys_, &LabelKeys::chosen, this, &DataPage::label);
    connect(table_, &ClipTable::selectedChanged, this, [this] { inspector_->showClips(table_->selectedClips()); });
    connect(table_, &ClipTable::openAsked, this, [this] { workspace().showPage(Workspace::PageId::label); });
    connect(table_, &ClipTable::removeAsked, this, &DataPage::askRemove);
    connect(table_, &ClipTable::menuAsked, this, &DataPage::openMenu);
    connect(&clips_, &ClipTableModel::shownChanged, this, &DataPage::showState);
    connect(&project, &ProjectSession::opened, this, &DataPage::showState);
    connect(&project, &ProjectSession::closed, this, &DataPage::showState);
    connect(&project, &ProjectSession::loadingChanged, this, &DataPage::showState);
    connect(&project, &ProjectSession::rowsReset, this, &DataPage::showState);
}

void DataPage::entered()
{
    missing_->cameBack();
    if (stack_->currentIndex() == 1 && found_->currentIndex() == 0)
        table_->setFocus();
}

void DataPage::showState()
{
    stack_->setCurrentIndex(workspace().view().rows.empty() ? 0 : 1);
    found_->setCurrentIndex(clips_.clips().empty() && !clips_.isBusy() ? 1 : 0);
}

// ---- what is done with clips --------------------------------------------------------------------------------------------

void DataPage::label(const LabelClass& label, bool further)
{
    const std::vector<ClipId> clips = table_->selectedClips();
    if (clips.empty() || !workspace().project().isWritable())
        return;
    if (!further)
        return workspace().project().setLabels(clips, {label.name});
    const ProjectView& view = workspace().view();
    const bool allHaveIt = std::ranges::all_of(clips, [&](ClipId clip) {
        const auto place = view.rowOf(clip);
        return place && std::ranges::find(view.rows[*place].labels, label.id) != view.rows[*place].labels.end();
    });
    if (allHaveIt)
        workspace().project().removeLabel(clips, label.name);
    else
        workspace().project().addLabel(clips, label.name);
}

void DataPage::openMenu(const QPoint& place)
{
    auto* menu = new ClipMenu(workspace(), table_->selectedClips(), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &ClipMenu::removeAsked, this, &DataPage::askRemove);
    connect(menu, &ClipMenu::relocateAsked, missing_, &MissingFiles::ask);
    menu->popup(place);
}

void DataPage::askDivide()
{
    auto* dialog = new SplitDialog(workspace(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void DataPage::askRemove()
{
    const std::vector<ClipId> clips = table_->selectedClips();
    if (clips.empty() || !workspace().project().isWritable())
        return;
    QMessageBox box(QMessageBox::Question, tr("Remove clips"), tr("Remove %Ln clip(s) from the project?", nullptr, static_cast<int>(clips.size())), QMessageBox::Cancel, this);
    box.setObjectName("removeQuestion");
    box.setInformativeText(tr("Their labels, regions and notes go with them. The sound files stay, and Undo brings all of it back."));
    QPushButton* remove = box.addButton(tr("Remove"), QMessageBox::DestructiveRole);
    remove->setObjectName("removeConfirm");
    box.setDefaultButton(remove);
    box.exec();
    if (box.clickedButton() == remove)
        workspace().project().removeClips(clips);
}

} // namespace earmark
