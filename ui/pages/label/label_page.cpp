#include "ui/pages/label/label_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

#include "ui/dialogs/label_set_dialog.h"
#include "ui/models/text.h"
#include "ui/pages/label/label_panel.h"
#include "ui/pages/label/queue_bar.h"
#include "ui/pages/label/sound_editor.h"
#include "ui/widgets/label_keys.h"
#include "ui/widgets/theme.h"

namespace earmark
{

LabelPage::LabelPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), queue_(workspace), details_(workspace), keys_(new LabelKeys(workspace.project(), this)), stack_(new QStackedWidget)
{
    setObjectName("labelPage");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit);
    stack_->addWidget(makeEmpty());
    stack_->addWidget(makeWork());
    column->addWidget(stack_);
    makeShortcuts();
    connectAll();
    sound_->setPlaysSelection(bar_->autoplay());
    showState();
    showFinished();
}

QWidget* LabelPage::makeWork()
{
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * spaceUnit);
    bar_ = new QueueBar(workspace(), queue_);
    sound_ = new SoundEditor(workspace(), details_);
    panel_ = new LabelPanel(workspace(), details_);

    finished_ = new QFrame;
    finished_->setObjectName("queueFinished");
    finished_->setProperty("card", true);
    finishedText_ = new QLabel;
    finishedText_->setObjectName("queueFinishedText");
    auto* train = new QPushButton(tr("Train a model"));
    train->setObjectName("goTrain");
    train->setProperty("primary", true);
    connect(train, &QPushButton::clicked, this, [this] { workspace().showPage(Workspace::PageId::train); });
    auto* banner = new QHBoxLayout(finished_);
    banner->setContentsMargins(3 * spaceUnit, spaceUnit, spaceUnit, spaceUnit);
    banner->addWidget(finishedText_, 1);
    banner->addWidget(train);

    auto* row = new QHBoxLayout;
    row->setSpacing(4 * spaceUnit);
    row->addWidget(sound_, 1);
    row->addWidget(panel_);
    column->addWidget(bar_);
    column->addWidget(finished_);
    column->addLayout(row, 1);
    return work;
}

QWidget* LabelPage::makeEmpty()
{
    auto* empty = new QWidget;
    auto* column = new QVBoxLayout(empty);
    column->setSpacing(3 * spaceUnit);
    emptyTitle_ = new QLabel;
    emptyTitle_->setObjectName("labelEmptyTitle");
    emptyTitle_->setProperty("title", true);
    emptyText_ = new QLabel;
    emptyText_->setObjectName("labelEmptyText");
    emptyText_->setProperty("muted", true);
    emptyText_->setWordWrap(true);
    for (QLabel* label : {emptyTitle_, emptyText_})
        label->setAlignment(Qt::AlignCenter);
    emptyButton_ = new QPushButton;
    emptyButton_->setObjectName("labelEmptyButton");
    emptyButton_->setProperty("primary", true);
    connect(emptyButton_, &QPushButton::clicked, this, [this] {
        if (workspace().view().rows.empty())
            workspace().showPage(Workspace::PageId::data);
        else
            bar_->chooseAll();
    });
    column->addStretch();
    column->addWidget(emptyTitle_, 0, Qt::AlignHCenter);
    column->addWidget(emptyText_); // the whole width: a text that wraps needs to know it
    column->addWidget(emptyButton_, 0, Qt::AlignHCenter);
    column->addStretch();
    return empty;
}

void LabelPage::connectAll()
{
    ProjectSession& project = workspace().project();
    connect(keys_, &LabelKeys::chosen, this, [this](const LabelClass& label, bool further) { choose(label.name, further); });
    connect(panel_, &LabelPanel::labelChosen, this, &LabelPage::choose);
    connect(panel_, &LabelPanel::labelsCleared, this, &LabelPage::clearLabels);
    connect(panel_, &LabelPanel::stateChosen, this, &LabelPage::chooseState);
    connect(panel_, &LabelPanel::editLabelsAsked, this, &LabelPage::editLabels);
    connect(panel_, &LabelPanel::typingLeft, sound_, &SoundEditor::focusSound);
    connect(panel_, &LabelPanel::nextAsked, this, [this] { go(&LabelQueue::next); });
    connect(panel_, &LabelPanel::previousAsked, this, [this] { go(&LabelQueue::previous); });
    connect(&project, &ProjectSession::stepping, panel_, &LabelPanel::keepTexts);
    connect(&project, &ProjectSession::stepping, &sound_->regions(), &RegionOverlay::commit);
    connect(&project, &ProjectSession::stepped, this, &LabelPage::follow);
    connect(&project, &ProjectSession::rowsChanged, this, [this] { labelled_.reset(); });
    connect(&project, &ProjectSession::failed, this, [this] {
        if (const auto clip = std::exchange(labelled_, std::nullopt); clip && isVisible())
            workspace().setCurrentClip(clip); // its label was not kept: the disk may be full
    });
    connect(bar_, &QueueBar::autoplayChanged, sound_, &SoundEditor::setPlaysSelection);
    connect(bar_, &QueueBar::chosen, this, [this] {
        go(&LabelQueue::begin);
        sound_->focusSound();
    });
    connect(&sound_->regions(), &RegionOverlay::selectionChanged, this, &LabelPage::showRegion);
    connect(&sound_->regions(), &RegionOverlay::changed, this, &LabelPage::showRegion);
    connect(&queue_, &LabelQueue::clipsChanged, this, &LabelPage::showState);
    connect(&queue_, &LabelQueue::progressChanged, this, &LabelPage::showFinished);
    connect(&project, &ProjectSession::opened, this, &LabelPage::showState);
    connect(&project, &ProjectSession::closed, this, &LabelPage::showState);
    connect(&project, &ProjectSession::loadingChanged, this, [this](bool loading) {
        if (!loading && isVisible() && !workspace().currentClip()) // all are there: the first of the order is known
            queue_.begin();
    });
}

void LabelPage::entered()
{
    if (!workspace().currentClip())
        queue_.begin();
    sound_->focusSound();
}

// ---- what is shown ----

void LabelPage::showState()
{
    const bool isOpen = workspace().project().state() == ProjectSession::State::open;
    if (!isOpen || workspace().view().rows.empty()) {
        emptyTitle_->setText(isOpen ? tr("There are no clips yet") : tr("No project is open"));
        emptyText_->setText(isOpen ? tr("Import recordings on the Data page; then listen to them here and say what they are.")
                                   : tr("Open or make a project on the Data page; then listen to its clips here and say what they are."));
        emptyButton_->setText(tr("Go to Data"));
        stack_->setCurrentIndex(0);
    } else if (queue_.clips().empty()) {
        emptyTitle_->setText(tr("No clip is left here"));
        emptyText_->setText(tr("None of the clips is one of those that you chose to see."));
        emptyButton_->setText(tr("Show all clips"));
        stack_->setCurrentIndex(0);
    } else {
        stack_->setCurrentIndex(1);
    }
}

void LabelPage::showFinished()
{
    const int size = static_cast<int>(queue_.clips().size());
    finished_->setVisible(queue_.isFinished());
    finishedText_->setText(queue_.labelled() == size ? tr("All %Ln clip(s) have a label.", nullptr, size)
                                                     : tr("All %Ln clip(s) have a label or were skipped.", nullptr, size));
}

void LabelPage::showRegion()
{
    const Region* region = sound_->regions().selectedRegion();
    panel_->showRegion(region ? std::optional(region->labels) : std::nullopt);
}

// ---- what is said ----

void LabelPage::choose(const std::string& label, bool further)
{
    const auto clip = workspace().currentClip();
    const auto place = clip ? workspace().view().rowOf(*clip) : std::nullopt;
    if (!place || !workspace().project().isWritable())
        return;
    if (sound_->regions().selected())
        return chooseForRegion(label, further);
    if (!further) {
        labelled_ = clip;
        workspace().project().setLabels({*clip}, {label});
        return goOn();
    }
    const LabelClass* known = workspace().view().labelNamed(label);
    const auto& labels = workspace().view().rows[*place].labels;
    if (known && std::ranges::find(labels, known->id) != labels.end())
        workspace().project().removeLabel({*clip}, label);
    else
        workspace().project().addLabel({*clip}, label);
}

void LabelPage::chooseForRegion(const std::string& label, bool further)
{
    const Region* region = sound_->regions().selectedRegion();
    if (!region)
        return;
    std::vector<std::string> labels{label};
    if (further) {
        labels = region->labels;
        if (std::erase(labels, label) == 0)
            labels.push_back(label);
    }
    sound_->regions().setLabels(std::move(labels));
}

void LabelPage::clearLabels()
{
    const auto clip = workspace().currentClip();
    if (!clip || !workspace().project().isWritable())
        return;
    if (sound_->regions().selected())
        sound_->regions().setLabels({});
    else
        workspace().project().setLabels({*clip}, {});
}

void LabelPage::chooseState(ClipState state)
{
    const auto clip = workspace().currentClip();
    if (!clip || !workspace().project().isWritable())
        return;
    workspace().project().setState({*clip}, state);
    if (state == ClipState::skip)
        goOn();
}

void LabelPage::go(void (LabelQueue::*step)())
{
    sound_->regions().commit();
    const auto before = workspace().currentClip();
    (queue_.*step)();
    if (bar_->autoplay() && workspace().currentClip() != before)
        workspace().transport().play();
}

void LabelPage::goOn()
{
    if (bar_->autoAdvance())
        go(queue_.hasNext() ? &LabelQueue::next : &LabelQueue::nextUnlabelled);
}

// ---- undo ----

void LabelPage::follow(const std::vector<ClipId>& clips)
{
    const auto current = workspace().currentClip();
    const bool isAtHand = current && std::ranges::binary_search(clips, *current);
    if (isVisible() && !clips.empty() && !isAtHand && workspace().view().rowOf(clips.front()))
        workspace().setCurrentClip(clips.front());
}

void LabelPage::editLabels()
{
    LabelSetDialog dialog(workspace(), this);
    dialog.exec();
    sound_->focusSound();
}

// ---- keys ----

/// Plain keys that no label has. They are shortcuts, so that the sheet of shortcuts knows them; LabelKeys keeps them out of what is being typed.
void LabelPage::makeShortcuts()
{
    const auto shortcut = [this](const QKeySequence& keys, const QString& what, auto act) {
        auto* made = new QShortcut(keys, this);
        made->setWhatsThis(what);
        connect(made, &QShortcut::activated, this, act);
    };
    const auto next = [this] { go(&LabelQueue::next); };
    const auto previous = [this] { go(&LabelQueue::previous); };
    shortcut(Qt::Key_Return, tr("Next clip"), next);
    shortcut(Qt::Key_Enter, {}, next);
    shortcut(Qt::Key_Backspace, tr("Clip before"), previous);
    shortcut(Qt::SHIFT | Qt::Key_Return, {}, previous);
    shortcut(Qt::SHIFT | Qt::Key_Enter, {}, previous);
    shortcut(Qt::Key_0, tr("Take all labels off"), [this] { clearLabels(); });
    shortcut(Qt::Key_Period, tr("Skip the clip"), [this] { toggleState(ClipState::skip); });
    shortcut(Qt::Key_Comma, tr("Unsure of the clip"), [this] { toggleState(ClipState::unsure); });
}

void LabelPage::toggleState(ClipState state)
{
    const auto clip = workspace().currentClip();
    const auto place = clip ? workspace().view().rowOf(*clip) : std::nullopt;
    if (place)
        chooseState(workspace().view().rows[*place].state == state ? ClipState::none : state);
}

} // namespace earmark
