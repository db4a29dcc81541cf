#include "ui/pages/data/filter_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int typingPause = 120; ///< ms
constexpr int any = -1;
using Mark = ClipFilter::Mark;
using Opinion = ClipFilter::Opinion;

} // namespace

FilterBar::FilterBar(Workspace& workspace, ClipTableModel& clips, QWidget* parent)
    : QWidget(parent), workspace_(workspace), clips_(clips), search_(new QLineEdit), typed_(new QTimer(this)), listed_(new QPushButton), count_(new QLabel)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * spaceUnit);
    search_->setObjectName("clipSearch");
    search_->setAccessibleName(tr("Search"));
    search_->setPlaceholderText(tr("Search names, labels and groups"));
    search_->setToolTip(tr("Show clips that have these words in their name, label or group (Ctrl+F)"));
    search_->setClearButtonEnabled(true);
    search_->addAction(Theme::instance().icon("search", "muted"), QLineEdit::LeadingPosition);
    search_->setMinimumWidth(40 * spaceUnit);
    search_->setMaximumWidth(90 * spaceUnit);
    row->addWidget(search_, 1);
    split_ = addCombo(*row, "splitFilter", tr("Split"));
    state_ = addCombo(*row, "stateFilter", tr("State"));
    run_ = addCombo(*row, "shownRun", tr("Run whose predictions are shown"));
    opinion_ = addCombo(*row, "opinionFilter", tr("Predictions"));
    listed_->setObjectName("listedFilter");
    listed_->setIcon(Theme::instance().icon("close"));
    row->addWidget(listed_);
    row->addStretch();
    count_->setObjectName("clipCount");
    count_->setProperty("muted", true);
    row->addWidget(count_);
    addDivide(*row);
    addImport(*row);

    typed_->setSingleShot(true);
    connect(search_, &QLineEdit::textChanged, typed_, [this] { typed_->start(typingPause); });
    connect(typed_, &QTimer::timeout, this, [this] { change([this](ClipFilter& filter) { filter.text = search_->text(); }); });
    connect(split_, &QComboBox::activated, this, [this] {
        change([this](ClipFilter& filter) {
            const QVariant name = split_->currentData();
            filter.split = name.isNull() ? std::nullopt : std::optional(name.toByteArray().toStdString());
        });
    });
    connect(state_, &QComboBox::activated, this, [this] { change([this](ClipFilter& filter) { filter.mark = static_cast<Mark>(state_->currentData().toInt()); }); });
    connect(opinion_, &QComboBox::activated, this,
            [this] { change([this](ClipFilter& filter) { filter.opinion = static_cast<Opinion>(opinion_->currentData().toInt()); }); });
    connect(run_, &QComboBox::activated, this, [this] {
        const qint64 run = run_->currentData().toLongLong();
        workspace_.project().showRun(run == any ? std::nullopt : std::optional<std::int64_t>(run));
    });
    connect(listed_, &QPushButton::clicked, this, [this] { change([](ClipFilter& filter) { filter.listed.reset(); }); });
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setWhatsThis(tr("Search clips"));
    connect(find, &QShortcut::activated, this, &FilterBar::focusSearch);

    const ProjectSession& project = workspace.project();
    connect(&project, &ProjectSession::splitsChanged, this, &FilterBar::fillSplits);
    connect(&project, &ProjectSession::runsChanged, this, &FilterBar::fillRuns);
    connect(&project, &ProjectSession::shownRunChanged, this, &FilterBar::fillRuns);
    for (const auto signal : {&ProjectSession::opened, &ProjectSession::closed}) {
        connect(&project, signal, this, &FilterBar::fillSplits);
        connect(&project, signal, this, &FilterBar::fillRuns);
    }
    connect(&clips, &ClipTableModel::filterChanged, this, &FilterBar::follow);
    connect(&clips, &ClipTableModel::shownChanged, this, &FilterBar::count);
    connect(&project, &ProjectSession::rowsAppended, this, &FilterBar::count);
    fillStates();
    fillOpinions();
    fillSplits();
    fillRuns();
    count();
}

QComboBox* FilterBar::addCombo(QHBoxLayout& row, const char* name, const QString& accessibleName)
{
    auto* combo = new QComboBox;
    combo->setObjectName(name);
    combo->setAccessibleName(accessibleName);
    combo->setToolTip(accessibleName);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    combo->setMaximumWidth(44 * spaceUnit);
    row.addWidget(combo);
    return combo;
}

void FilterBar::addDivide(QHBoxLayout& row)
{
    auto* button = new QPushButton(tr("Divide…"));
    button->setObjectName("divideButton");
    button->setIcon(Theme::instance().icon("split"));
    button->setToolTip(tr("Divide the clips into training, validation and test (Ctrl+D)"));
    connect(button, &QPushButton::clicked, this, &FilterBar::divideAsked);
    connect(&workspace_.project(), &ProjectSession::opened, button, [this, button] { button->setEnabled(workspace_.project().isWritable()); });
    row.addWidget(button);
}

void FilterBar::addImport(QHBoxLayout& row)
{
    auto* button = new QPushButton(tr("Import"));
    button->setObjectName("importButton");
    button->setProperty("primary", true);
    button->setIcon(Theme::instance().icon("import", "onFill"));
    button->setToolTip(tr("Add recordings to the project (Ctrl+I)"));
    auto* menu = new QMenu(button);
    menu->setObjectName("importMenu");
    QAction* folder = menu->addAction(Theme::instance().icon("folder"), tr("A folder…"), this, &FilterBar::importFolderAsked);
    folder->setObjectName("importFolderHere");
    QAction* files = menu->addAction(Theme::instance().icon("file"), tr("Files or a table…"), this, &FilterBar::importFilesAsked);
    files->setObjectName("importFilesHere");
    connect(button, &QPushButton::clicked, menu, [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height() + 2))); });
    const auto enable = [this, button] { button->setEnabled(workspace_.project().isWritable()); };
    connect(&workspace_.project(), &ProjectSession::opened, button, enable);
    row.addWidget(button);
}

template <class Change> void FilterBar::change(Change change)
{
    ClipFilter filter = clips_.filter();
    change(filter);
    clips_.setFilter(std::move(filter));
}

void FilterBar::showOnly(std::vector<ClipId> clips, const QString& title)
{
    title_ = title;
    ClipFilter filter;
    filter.listed = std::move(clips);
    clips_.setFilter(std::move(filter));
    follow(); // the title may differ where the clips do not
}

void FilterBar::focusSearch()
{
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

// ---- what can be chosen -------------------------------------------------------------------------------------------------

void FilterBar::fillStates()
{
    for (const auto& [text, mark] : {std::pair(tr("Any state"), Mark::any), std::pair(tr("Not marked"), Mark::decided), std::pair(tr("Skipped"), Mark::skip),
                                     std::pair(tr("Unsure"), Mark::unsure), std::pair(tr("Excluded"), Mark::excluded), std::pair(tr("With a transcript"), Mark::transcript),
                                     std::pair(tr("Without a transcript"), Mark::noTranscript), std::pair(tr("With regions"), Mark::regions),
                                     std::pair(tr("With a note"), Mark::note)})
        state_->addItem(text, static_cast<int>(mark));
}

void FilterBar::fillOpinions()
{
    for (const auto& [text, opinion] : {std::pair(tr("Any prediction"), Opinion::any), std::pair(tr("As labelled"), Opinion::agree),
                                        std::pair(tr("Other than labelled"), Opinion::disagree)})
        opinion_->addItem(text, static_cast<int>(opinion));
}

void FilterBar::fillSplits()
{
    split_->clear();
    split_->addItem(tr("All splits"));
    for (const SplitSize& split : workspace_.view().splits)
        split_->addItem(ClipTableModel::splitText(split.name), QByteArray::fromStdString(split.name));
    split_->addItem(tr("In no split"), QByteArray(""));
    split_->setVisible(!workspace_.view().splits.empty());
    follow();
}

void FilterBar::fillRuns()
{
    const ProjectView& view = workspace_.view();
    run_->clear();
    run_->addItem(tr("No predictions"), qint64{any});
    for (const Run& run : view.runs)
        run_->addItem(tr("By %1", "a run").arg(shown(run.name)), qint64{run.id});
    run_->setCurrentIndex(std::max(0, run_->findData(view.shownRun ? qint64{*view.shownRun} : qint64{any})));
    run_->setVisible(!view.runs.empty());
    opinion_->setVisible(view.shownRun.has_value());
}

// ---- what is chosen -----------------------------------------------------------------------------------------------------

void FilterBar::follow()
{
    const ClipFilter& filter = clips_.filter();
    if (search_->text() != filter.text && !typed_->isActive()) {
        const QSignalBlocker quiet(search_);
        search_->setText(filter.text);
    }
    int split = 0;
    for (int i = 1; filter.split && i < split_->count(); ++i)
        if (split_->itemData(i).toByteArray().toStdString() == *filter.split)
            split = i;
    split_->setCurrentIndex(split);
    state_->setCurrentIndex(state_->findData(static_cast<int>(filter.mark)));
    opinion_->setCurrentIndex(opinion_->findData(static_cast<int>(filter.opinion)));
    listed_->setVisible(filter.listed.has_value());
    if (filter.listed) {
        listed_->setText(fontMetrics().elidedText(title_, Qt::ElideMiddle, 60 * spaceUnit));
        listed_->setToolTip(tr("%1. Click to show all clips again.").arg(title_));
    }
    count();
}

void FilterBar::count()
{
    const QLocale locale;
    const auto all = static_cast<qlonglong>(workspace_.view().rows.size());
    const auto those = static_cast<qlonglong>(clips_.clips().size());
    count_->setText(clips_.filter().isEmpty() ? tr("%Ln clip(s)", nullptr, static_cast<int>(all)) : tr("%1 of %2", "clips").arg(locale.toString(those), locale.toString(all)));
}

} // namespace earmark
