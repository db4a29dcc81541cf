#include "ui/pages/label/queue_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

#include "ui/models/clip_table_model.h"
#include "ui/models/text.h"
#include "ui/models/undo_text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

QueueBar::QueueBar(Workspace& workspace, LabelQueue& queue, QWidget* parent)
    : QWidget(parent), workspace_(workspace), queue_(queue), position_(new QLabel), progress_(new QProgressBar), order_(new QComboBox),
      which_(new QComboBox)
{
    position_->setObjectName("queuePosition");
    progress_->setObjectName("queueProgress");
    progress_->setAccessibleName(tr("Clips with a label"));
    progress_->setTextVisible(false);
    progress_->setFixedHeight(6);
    makeChoices();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * spaceUnit);
    auto* place = new QVBoxLayout;
    place->setSpacing(spaceUnit);
    place->addWidget(position_);
    place->addWidget(progress_);
    row->addLayout(place, 1);
    auto* renew = makeButton("renewQueue", "refresh");
    renew->setToolTip(tr("Choose and order the clips anew"));
    renew->setAccessibleName(tr("Renew the queue"));
    connect(renew, &QToolButton::clicked, &queue_, &LabelQueue::renew);
    row->addWidget(which_);
    row->addWidget(order_);
    row->addWidget(renew);
    row->addSpacing(2 * spaceUnit);
    Settings& settings = workspace_.settings();
    const auto toggle = [&](const QString& name, const QString& icon, const QString& text, const QString& tip, bool on) {
        QToolButton* button = makeButton(name, icon);
        button->setText(text);
        button->setToolTip(tip);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setChecked(on);
        row->addWidget(button);
        return button;
    };
    autoplay_ = toggle("autoplay", "autoplay", tr("Autoplay"), tr("Play each clip as soon as it is there"), settings.autoplay());
    advance_ = toggle("autoAdvance", "advance", tr("Go on by itself"), tr("A label leads on to the next clip"), settings.advance());
    connect(autoplay_, &QToolButton::toggled, &settings, &Settings::setAutoplay);
    connect(advance_, &QToolButton::toggled, &settings, &Settings::setAdvance);
    connect(&settings, &Settings::changed, this, [this, &settings] { // the window's settings have the same two
        autoplay_->setChecked(settings.autoplay());
        advance_->setChecked(settings.advance());
    });
    connect(autoplay_, &QToolButton::toggled, this, &QueueBar::autoplayChanged);
    row->addSpacing(2 * spaceUnit);
    undo_ = makeButton("undoButton", "undo");
    redo_ = makeButton("redoButton", "redo");
    connect(undo_, &QToolButton::clicked, &workspace_.project(), &ProjectSession::undo);
    connect(redo_, &QToolButton::clicked, &workspace_.project(), &ProjectSession::redo);
    row->addWidget(undo_);
    row->addWidget(redo_);

    connect(&queue_, &LabelQueue::clipsChanged, this, &QueueBar::showPosition);
    connect(&queue_, &LabelQueue::positionChanged, this, &QueueBar::showPosition);
    connect(&queue_, &LabelQueue::progressChanged, this, &QueueBar::showProgress);
    ProjectSession& project = workspace_.project();
    connect(&project, &ProjectSession::undoChanged, this, &QueueBar::showUndo);
    connect(&project, &ProjectSession::splitsChanged, this, &QueueBar::showSplits);
    connect(&project, &ProjectSession::opened, this, &QueueBar::showSplits);
    showSplits();
    showProgress();
    showUndo();
}

bool QueueBar::autoplay() const { return autoplay_->isChecked(); }
bool QueueBar::autoAdvance() const { return advance_->isChecked(); }

QToolButton* QueueBar::makeButton(const QString& name, const QString& icon)
{
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(Theme::instance().icon(icon));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the clip
    return button;
}

void QueueBar::makeChoices()
{
    order_->setObjectName("queueOrder");
    order_->setAccessibleName(tr("Order of the clips"));
    using Order = LabelQueue::Order;
    for (const auto& [order, text] : {std::pair(Order::unlabelled, tr("Without a label first")), std::pair(Order::leastCertain, tr("Least certain first")),
                                      std::pair(Order::mostSuspicious, tr("Most suspicious label first")), std::pair(Order::table, tr("As in the table")),
                                      std::pair(Order::random, tr("In random order"))})
        order_->addItem(text, static_cast<int>(order));
    order_->setItemData(1, tr("By how sure the run was that is shown: what it doubts teaches it most"), Qt::ToolTipRole);
    order_->setItemData(2, tr("Clips whose label the run contradicts, beginning with those it is surest of"), Qt::ToolTipRole);
    which_->setObjectName("queueWhich");
    which_->setAccessibleName(tr("Which clips"));
    for (QComboBox* box : {order_, which_}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMaximumWidth(56 * spaceUnit);
    }
    connect(order_, &QComboBox::activated, this, &QueueBar::chooseOrder);
    connect(which_, &QComboBox::activated, this, &QueueBar::chooseWhich);
}

void QueueBar::showPosition()
{
    const int size = static_cast<int>(queue_.clips().size());
    const QString labelled = tr("%Ln labelled", "clips of the queue", queue_.labelled());
    const QString place = queue_.position() ? tr("%1 of %2").arg(locale().toString(*queue_.position() + 1), locale().toString(size))
                                            : tr("%Ln clip(s)", nullptr, size);
    position_->setText(tr("%1 · %2", "place in the queue, clips labelled").arg(place, labelled));
    position_->setToolTip(queue_.position() || !workspace_.currentClip() ? QString() : tr("The clip at hand is not among these."));
}

void QueueBar::showProgress()
{
    progress_->setRange(0, std::max(1, static_cast<int>(queue_.clips().size())));
    progress_->setValue(queue_.labelled());
    showPosition();
}

void QueueBar::showUndo()
{
    const ProjectView& view = workspace_.view();
    const bool writable = workspace_.project().isWritable();
    const auto show = [&](QToolButton& button, const std::optional<std::string>& what, const QString& plain, const QString& naming, QKeySequence::StandardKey keys) {
        const QString text = what ? naming.arg(undoText(*what)) : plain;
        button.setEnabled(writable && what);
        button.setAccessibleName(text);
        button.setToolTip(tr("%1 (%2)", "what a button does (its keys)").arg(text, QKeySequence(keys).toString(QKeySequence::NativeText))); // the window's
    };
    show(*undo_, view.undoable, tr("Undo"), tr("Undo: %1"), QKeySequence::Undo);
    show(*redo_, view.redoable, tr("Redo"), tr("Redo: %1"), QKeySequence::Redo);
}

void QueueBar::showSplits()
{
    const QSignalBlocker quiet(which_);
    which_->clear();
    using Which = LabelQueue::Which;
    which_->addItem(tr("All clips"), static_cast<int>(Which::all));
    which_->addItem(tr("Without a label"), static_cast<int>(Which::unlabelled));
    which_->addItem(tr("Unsure"), static_cast<int>(Which::unsure));
    for (const SplitSize& split : workspace_.view().splits)
        which_->addItem(tr("Split “%1”").arg(ClipTableModel::splitText(split.name)), QString::fromUtf8(split.name.c_str()));
    int now = 0;
    for (int i = 0; i < which_->count(); ++i) {
        const QVariant data = which_->itemData(i);
        if (data.typeId() == QMetaType::QString ? queue_.which() == Which::split && bytesOf(data.toString()) == queue_.split()
                                                : static_cast<int>(queue_.which()) == data.toInt())
            now = i;
    }
    which_->setCurrentIndex(now);
    order_->setCurrentIndex(order_->findData(static_cast<int>(queue_.order())));
}

void QueueBar::chooseOrder()
{
    const auto order = static_cast<LabelQueue::Order>(order_->currentData().toInt());
    queue_.setOrder(order);
    const ProjectView& view = workspace_.view();
    if (LabelQueue::needsRun(order) && !view.shownRun) {
        const auto finished = std::ranges::find_if(view.runs.rbegin(), view.runs.rend(), [](const Run& run) { return run.state == "finished"; });
        if (finished != view.runs.rend())
            workspace_.project().showRun(finished->id);
        else
            workspace_.notify(tr("This order needs a trained run that has looked at the clips. Train one, then test it on them."));
    }
    Q_EMIT chosen();
}

void QueueBar::chooseAll()
{
    which_->setCurrentIndex(0);
    chooseWhich();
}

void QueueBar::chooseWhich()
{
    const QVariant data = which_->currentData();
    if (data.typeId() == QMetaType::QString)
        queue_.setWhich(LabelQueue::Which::split, bytesOf(data.toString()));
    else
        queue_.setWhich(static_cast<LabelQueue::Which>(data.toInt()));
    Q_EMIT chosen();
}

} // namespace earmark
