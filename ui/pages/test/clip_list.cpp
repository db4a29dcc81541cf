#include "ui/pages/test/clip_list.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <numeric>

#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/pages/test/label_delegate.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

bool areSameClips(const TestResult* a, const TestResult* b)
{
    if (!a || !b || a->modelFolder != b->modelFolder || a->data != b->data || a->report.perClip.size() != b->report.perClip.size())
        return false;
    return std::equal(a->report.perClip.begin(), a->report.perClip.end(), b->report.perClip.begin(),
                      [](const ReportedClip& one, const ReportedClip& other) { return one.id == other.id; });
}

} // namespace

ClipList::ClipList(Workspace& workspace, QWidget* parent)
    : QWidget(parent), workspace_(workspace), lists_(new QComboBox), heading_(new QLabel), empty_(new QLabel), showInData_(new QPushButton(tr("Show in Data"))),
      table_(new QTableView)
{
    lists_->setObjectName("testList");
    lists_->setAccessibleName(tr("List of clips"));
    lists_->setPlaceholderText(tr("Chosen clips"));
    lists_->addItem(tr("Wrong and sure of it"), static_cast<int>(List::sureButWrong));
    lists_->setItemData(0, tr("Clips whose label the model contradicts with more confidence than usual: often it is the label that is wrong"), Qt::ToolTipRole);
    lists_->addItem(tr("All mistakes"), static_cast<int>(List::wrong));
    lists_->addItem(tr("All clips"), static_cast<int>(List::all));
    connect(lists_, &QComboBox::activated, this, [this](int index) { showList(static_cast<List>(lists_->itemData(index).toInt())); });
    showInData_->setObjectName("testShowInData");
    showInData_->setProperty("plain", true);
    showInData_->setToolTip(tr("Show these clips on the Data page"));
    connect(showInData_, &QPushButton::clicked, this, &ClipList::showInData);
    heading_->setObjectName("testListHeading");
    heading_->setProperty("muted", true);
    heading_->setWordWrap(true);
    empty_->setObjectName("testListEmpty");
    empty_->setProperty("muted", true);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);

    table_->setObjectName("testClipTable");
    table_->setAccessibleName(tr("Clips"));
    table_->setModel(&model_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setTextElideMode(Qt::ElideMiddle);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(7 * spaceUnit);
    auto* cells = new LabelDelegate(this);
    cells->setColourOf([this](const QModelIndex& index) { return colourOf(index); });
    table_->setItemDelegate(cells);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(TestedClips::confidence, QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table_->horizontalHeader()->setSortIndicatorClearable(true);
    table_->setSortingEnabled(true);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) { load(now.row()); });
    connect(table_, &QTableView::clicked, this, [this](const QModelIndex& index) { load(index.row()); }); // another page may have put something else into the player

    auto* head = new QHBoxLayout;
    head->addWidget(lists_);
    head->addStretch();
    head->addWidget(showInData_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * spaceUnit);
    column->addLayout(head);
    column->addWidget(heading_);
    column->addWidget(table_, 1);
    column->addWidget(empty_, 1);
}

void ClipList::setResult(std::shared_ptr<const TestResult> result)
{
    const bool isSame = areSameClips(result_.get(), result.get());
    result_ = std::move(result);
    if (isSame)
        return model_.renew(result_);
    if (!result_)
        return model_.show(nullptr, {});
    showList(result_->suspiciousClips().empty() ? List::wrong : List::sureButWrong);
}

void ClipList::showList(List list)
{
    lists_->setCurrentIndex(static_cast<int>(list));
    if (list == List::sureButWrong)
        return fill(result_->suspiciousClips(), tr("Wrong and sure of it"));
    if (list == List::wrong)
        return fill(result_->wrong(), tr("All mistakes"));
    std::vector<std::size_t> all(result_->report.perClip.size());
    std::iota(all.begin(), all.end(), std::size_t(0));
    fill(std::move(all), tr("All clips"));
}

void ClipList::show(std::vector<std::size_t> places, const QString& title)
{
    lists_->setCurrentIndex(-1);
    fill(std::move(places), title);
}

void ClipList::showAndLoad(std::vector<std::size_t> places, const QString& title)
{
    show(std::move(places), title);
    if (model_.rowCount() > 0)
        table_->selectRow(0);
}

std::optional<ClipId> ClipList::current() const
{
    const int row = table_->currentIndex().row();
    if (row < 0 || row >= model_.rowCount() || !result_)
        return std::nullopt;
    return result_->report.perClip[model_.placeOf(row)].id;
}

void ClipList::fill(std::vector<std::size_t> places, const QString& title)
{
    title_ = title;
    const int count = static_cast<int>(places.size());
    const QString heading = tr("%1: %Ln clip(s)", "what they are, and how many", count).arg(title);
    const bool canCorrect = result_->ofProject && workspace_.project().isWritable() && lists_->currentIndex() == static_cast<int>(List::sureButWrong) && count > 0;
    heading_->setText(canCorrect ? tr("%1. Often it is the label that is wrong: listen, and press the right label's key.").arg(heading) : heading);
    const bool isMistakes = lists_->currentIndex() == static_cast<int>(List::wrong) || lists_->currentIndex() == static_cast<int>(List::sureButWrong);
    empty_->setText(isMistakes ? tr("There are no mistakes of this kind.") : tr("No clips are here."));
    table_->setVisible(count > 0);
    empty_->setVisible(count == 0);
    showInData_->setVisible(result_->ofProject);
    showInData_->setEnabled(count > 0);
    model_.show(result_, std::move(places));
    table_->scrollToTop();
}

void ClipList::select(std::size_t place)
{
    if (const int row = model_.rowOf(place); row >= 0) {
        table_->selectRow(row);
        table_->scrollTo(model_.index(row, 0));
    }
}

void ClipList::next()
{
    const int row = table_->currentIndex().row();
    if (row >= 0 && row + 1 < model_.rowCount())
        table_->selectRow(row + 1);
}

void ClipList::load(int row)
{
    if (row < 0 || row >= model_.rowCount() || !result_)
        return;
    const std::size_t place = model_.placeOf(row);
    const ReportedClip& clip = result_->report.perClip[place];
    if (result_->ofProject)
        workspace_.setCurrentClip(clip.id);
    else if (const auto sound = result_->sounds.find(clip.id); sound != result_->sounds.end())
        workspace_.setCurrentSound({.audio = sound->second.clip, .title = fileName(clip.name), .duration = sound->second.seconds});
    Q_EMIT selected(place);
}

std::optional<QColor> ClipList::colourOf(const QModelIndex& index) const
{
    const ReportedClip& clip = result_->report.perClip[model_.placeOf(index.row())];
    const int label = index.column() == TestedClips::label ? clip.label : index.column() == TestedClips::prediction ? clip.prediction : -1;
    if (label < 0)
        return std::nullopt;
    return labelColour(workspace_.view(), result_->labelName(label), static_cast<std::size_t>(label));
}

void ClipList::showInData()
{
    std::vector<ClipId> clips;
    for (const std::size_t place : model_.places())
        clips.push_back(result_->report.perClip[place].id);
    workspace_.showClips(std::move(clips), title_);
}

} // namespace earmark
