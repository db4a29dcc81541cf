#include "ui/pages/predict/predict_page.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

#include "engine/base/file.h"
#include "engine/bridge/predict_session.h"
#include "engine/compute/scores.h"
#include "ui/models/dropped_files.h"
#include "ui/models/label_colours.h"
#include "ui/models/model_choices.h"
#include "ui/models/text.h"
#include "ui/pages/predict/prediction_panel.h"
#include "ui/pages/predict/take_over.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

enum Listening { asTested, whole, inWindows };

QPushButton* button(const QString& name, const QString& text, const QString& icon = {})
{
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    if (!icon.isEmpty())
        made->setIcon(Theme::instance().icon(icon));
    return made;
}

} // namespace

PredictPage::PredictPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), table_(new PredictionTable(this)), models_(new ModelChoices(workspace, this)), stack_(new QStackedWidget)
{
    setObjectName("predictPage");
    setAcceptDrops(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTopBar());
    stack_->addWidget(makeEmptyState());
    stack_->addWidget(makeContent());
    column->addWidget(stack_, 1);
    column->addWidget(makeFoot());
    connectRecorder();
    connect(table_, &PredictionTable::rowsInserted, this, &PredictPage::updateState);
    connect(table_, &PredictionTable::rowsRemoved, this, &PredictPage::updateState);
    connect(table_, &PredictionTable::modelReset, this, &PredictPage::updateState);
    connect(table_, &PredictionTable::chosenChanged, this, &PredictPage::updateState);
    connect(table_, &PredictionTable::dataChanged, this, [this] { showCurrent(); });
    connect(&workspace.project(), &ProjectSession::opened, this, &PredictPage::updateState);
    connect(&workspace.project(), &ProjectSession::closed, this, &PredictPage::updateState);
    connect(&workspace.project(), &ProjectSession::rowsReset, this, &PredictPage::updateState);
    updateState();
}

PredictPage::~PredictPage() = default;

// ---- building -----------------------------------------------------------------------------------------------------------

QWidget* PredictPage::makeTopBar()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(4 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit);
    row->setSpacing(2 * spaceUnit);
    auto* modelLabel = new QLabel(tr("&Model"));
    model_ = new QComboBox;
    model_->setObjectName("model");
    model_->setModel(models_);
    model_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    model_->setMinimumContentsLength(16);
    model_->setPlaceholderText(tr("Choose a model"));
    modelLabel->setBuddy(model_);
    auto* folder = button("modelFolder", tr("Folder…"), "folder");
    folder->setToolTip(tr("Use a model folder: one that Earmark trained, or one from the Hugging Face Hub"));
    auto* listeningLabel = new QLabel(tr("&Listen to"));
    listening_ = new QComboBox;
    listening_->setObjectName("listening");
    listening_->addItem(tr("as much as in its test"), asTested);
    listening_->addItem(tr("the whole file"), whole);
    listening_->addItem(tr("windows of"), inWindows);
    listening_->setToolTip(tr("How a long file is heard: as in the model's own test, at once, or window by window, which shows where in the file things are"));
    listeningLabel->setBuddy(listening_);
    window_ = new QDoubleSpinBox;
    window_->setObjectName("window");
    window_->setAccessibleName(tr("Length of a window"));
    window_->setRange(0.1, 600);
    window_->setValue(5);
    window_->setDecimals(1);
    window_->setSuffix(tr(" s", "seconds"));
    window_->setKeyboardTracking(false);
    window_->hide();
    record_ = button("record", tr("Record"), "mic");
    row->addWidget(modelLabel);
    row->addWidget(model_);
    row->addWidget(folder);
    row->addSpacing(2 * spaceUnit);
    row->addWidget(listeningLabel);
    row->addWidget(listening_);
    row->addWidget(window_);
    row->addStretch();
    row->addWidget(record_);
    connect(folder, &QPushButton::clicked, this, &PredictPage::chooseModelFolder);
    connect(model_, &QComboBox::currentIndexChanged, this, &PredictPage::listenAnew);
    connect(listening_, &QComboBox::currentIndexChanged, this, [this] {
        window_->setVisible(listening_->currentData() == inWindows);
        listenAnew();
    });
    connect(window_, &QDoubleSpinBox::valueChanged, this, &PredictPage::listenAnew);
    return bar;
}

QWidget* PredictPage::makeEmptyState()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->addStretch();
    auto* zone = new QFrame;
    zone->setObjectName("dropZone");
    auto* inside = new QVBoxLayout(zone);
    inside->setContentsMargins(12 * spaceUnit, 10 * spaceUnit, 12 * spaceUnit, 10 * spaceUnit);
    inside->setSpacing(3 * spaceUnit);
    auto* title = new QLabel(tr("Drop sounds here"));
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    font.setBold(true);
    title->setFont(font);
    title->setAlignment(Qt::AlignCenter);
    auto* hint = new QLabel(tr("Files or whole folders, in any format. The model says what it hears, and nothing leaves this computer."));
    hint->setWordWrap(true);
    hint->setMinimumWidth(110 * spaceUnit);
    hint->setProperty("muted", true);
    hint->setAlignment(Qt::AlignCenter);
    auto* buttons = new QHBoxLayout;
    auto* files = button("addFiles", tr("Choose files…"), "file");
    auto* folder = button("addFolder", tr("Choose a folder…"), "folder");
    unlabelled_ = button("addUnlabelled", tr("Clips without a label"), "label");
    unlabelled_->setToolTip(tr("Let the model listen to the clips of this project that nobody has labelled yet"));
    buttons->addStretch();
    for (QPushButton* each : {files, folder, unlabelled_})
        buttons->addWidget(each);
    buttons->addStretch();
    inside->addWidget(title);
    inside->addWidget(hint);
    inside->addLayout(buttons);
    auto* row = new QHBoxLayout; // with room on both sides, not an alignment: that forgets that wrapped text is higher
    row->addStretch();
    row->addWidget(zone);
    row->addStretch();
    column->addLayout(row);
    column->addStretch();
    connect(files, &QPushButton::clicked, this, &PredictPage::chooseFiles);
    connect(folder, &QPushButton::clicked, this, &PredictPage::chooseFolder);
    connect(unlabelled_, &QPushButton::clicked, this, &PredictPage::addUnlabelledClips);
    return page;
}

QWidget* PredictPage::makeContent()
{
    auto* splitter = new QSplitter;
    view_ = new QTableView;
    view_->setObjectName("predictions");
    view_->setAccessibleName(tr("Files and what was heard in them"));
    table_->setColours([this](const std::string& label, std::size_t place) { return labelColour(workspace().view(), label, place); });
    view_->setModel(table_);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setSortingEnabled(true);
    view_->sortByColumn(-1, Qt::AscendingOrder);
    view_->setShowGrid(false);
    view_->setAlternatingRowColors(true);
    view_->setTabKeyNavigation(false);
    view_->verticalHeader()->hide();
    view_->verticalHeader()->setDefaultSectionSize(9 * spaceUnit);
    view_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view_->horizontalHeader()->setHighlightSections(false);
    view_->horizontalHeader()->setSectionResizeMode(PredictionTable::file, QHeaderView::Stretch);
    view_->horizontalHeader()->setSectionResizeMode(PredictionTable::prediction, QHeaderView::ResizeToContents);
    view_->horizontalHeader()->setSectionResizeMode(PredictionTable::confidence, QHeaderView::ResizeToContents);
    view_->horizontalHeader()->setSectionResizeMode(PredictionTable::length, QHeaderView::ResizeToContents);
    panel_ = new PredictionPanel(workspace());
    splitter->addWidget(view_);
    auto* scroll = new QScrollArea; // a long answer must not make the window taller than a small screen
    scroll->setObjectName("heardScroll");
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(panel_->minimumSizeHint().width());
    scroll->setWidget(panel_);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
        if (current.isValid()) {
            const PredictionTable::Row& row = table_->rows()[static_cast<std::size_t>(current.row())];
            if (row.clip)
                workspace().setCurrentClip(row.clip);
            else if (!row.file.error)
                workspace().setCurrentSound({.audio = row.file.sample.clip, .title = fileName(row.file.sample.name), .duration = row.file.duration});
        }
        showCurrent();
    });
    auto* remove = new QShortcut(QKeySequence::Delete, view_, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &PredictPage::removeSelected);
    auto* play = new QShortcut(Qt::Key_Space, view_, nullptr, nullptr, Qt::WidgetShortcut);
    connect(play, &QShortcut::activated, &workspace().transport(), &Transport::toggle);
    return splitter;
}

QWidget* PredictPage::makeFoot()
{
    auto* foot = new QWidget;
    foot->setObjectName("foot");
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(4 * spaceUnit, 2 * spaceUnit, 4 * spaceUnit, 2 * spaceUnit);
    row->setSpacing(2 * spaceUnit);
    state_ = new QLabel;
    state_->setObjectName("state");
    progress_ = new QProgressBar;
    progress_->setObjectName("progress");
    progress_->setMaximumWidth(50 * spaceUnit);
    progress_->setAccessibleName(tr("Progress"));
    stop_ = button("stop", tr("Stop"));
    auto* more = button("addMore", tr("Add files…"), "add");
    auto* clear = button("clear", tr("Clear"));
    save_ = button("saveTable", tr("Save as CSV…"), "export");
    take_ = button("takeOver", tr("Take over as labels…"), "label");
    take_->setToolTip(tr("Give the ticked files the label that was heard, marked as the model's; files that are not in the project are imported"));
    row->addWidget(state_);
    row->addWidget(progress_);
    row->addWidget(stop_);
    row->addStretch();
    for (QPushButton* each : {more, clear, save_, take_})
        row->addWidget(each);
    connect(stop_, &QPushButton::clicked, this, &PredictPage::stopListening);
    connect(more, &QPushButton::clicked, this, &PredictPage::chooseFiles);
    connect(clear, &QPushButton::clicked, this, [this] {
        stopListening();
        table_->clear();
        showCurrent();
    });
    connect(save_, &QPushButton::clicked, this, &PredictPage::saveTable);
    connect(take_, &QPushButton::clicked, this, &PredictPage::takeOver);
    return foot;
}

void PredictPage::connectRecorder()
{
    SoundRecorder* recorder = workspace().recorder();
    record_->setVisible(recorder);
    if (!recorder)
        return;
    connect(record_, &QPushButton::clicked, recorder, [recorder] { recorder->isRecording() ? recorder->stop() : recorder->start(); });
    connect(recorder, &SoundRecorder::recordingChanged, this, [this](bool going) { record_->setText(going ? tr("Stop recording") : tr("Record")); });
    connect(recorder, &SoundRecorder::level, this, [this](double, double seconds) { record_->setText(tr("Stop (%1)", "how long the recording is").arg(clockText(seconds).chopped(2))); });
    connect(recorder, &SoundRecorder::finished, this, [this](const QString& file) { addPaths({file}); });
    connect(recorder, &SoundRecorder::failed, this, [this](const Error& error) { workspace().report(error); });
}

// ---- files in -----------------------------------------------------------------------------------------------------------

void PredictPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedPaths(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void PredictPage::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    addPaths(droppedPaths(*event->mimeData()));
}

void PredictPage::addPaths(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    std::vector<std::string> bytes;
    for (const QString& path : paths)
        bytes.push_back(QFile::encodeName(path).toStdString());
    const auto gather = std::make_shared<GatherSession>(std::move(bytes));
    GatherSession* known = gather.get();
    connect(known, &GatherSession::filesAdded, this, [this, known](int first, int count) {
        const auto begin = known->files().begin() + first;
        table_->add({begin, begin + count});
        chooseFirst();
    });
    connect(known, &Session::ended, this, &PredictPage::predict);
    workspace().queue().startNow(gather);
}

void PredictPage::chooseFiles()
{
    addPaths(QFileDialog::getOpenFileNames(this, tr("Sounds to listen to")));
}

void PredictPage::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of sounds to listen to"));
    if (!folder.isEmpty())
        addPaths({folder});
}

void PredictPage::addUnlabelledClips()
{
    std::vector<PredictionTable::Row> rows;
    for (const ClipRow& clip : workspace().view().rows)
        if (clip.labels.empty() && clip.state != ClipState::excluded)
            rows.push_back({.file = {.sample = {.id = clip.id, .name = clip.name, .clip = clip.audio}, .duration = clip.duration}, .clip = clip.id});
    if (rows.empty())
        return workspace().notify(tr("Every clip of this project has a label."));
    table_->addClips(std::move(rows));
    chooseFirst();
    predict();
}

void PredictPage::chooseFirst()
{
    if (!view_->currentIndex().isValid() && !table_->isEmpty())
        view_->selectRow(0);
}

void PredictPage::removeSelected()
{
    std::vector<int> rows;
    for (const QModelIndex& index : view_->selectionModel()->selectedRows())
        rows.push_back(index.row());
    stopListening();
    table_->remove(std::move(rows));
}

// ---- listening ----------------------------------------------------------------------------------------------------------

void PredictPage::chooseModelFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Model folder"));
    if (!folder.isEmpty())
        model_->setCurrentIndex(models_->addFolder(folder));
}

ClassifyRequest PredictPage::request() const
{
    ClassifyRequest request{.samples = table_->samples(), .options = workspace().settings().computeOptions()};
    const auto choice = static_cast<std::size_t>(model_->currentIndex());
    request.model = models_->choices()[choice].folder;
    if (listening_->currentData() == inWindows)
        request.window = window_->value();
    return request;
}

void PredictPage::listenAnew()
{
    stopListening();
    table_->forgetPredictions();
    predict();
}

void PredictPage::predict()
{
    if (session_ || model_->currentIndex() < 0 || table_->waiting() == 0)
        return updateState();
    session_ = std::make_shared<PredictSession>(request(), model_->currentText());
    session_->setAsTested(listening_->currentData() == asTested);
    PredictSession* known = session_.get();
    connect(known, &PredictSession::clipsAdded, this, [this, known](int first, int count) {
        for (int i = first; i < first + count && known == session_.get(); ++i)
            table_->take(known->clips()[static_cast<std::size_t>(i)], known->labels());
    });
    connect(known, &Session::progressed, this, &PredictPage::updateState);
    connect(known, &Session::stateChanged, this, &PredictPage::updateState);
    connect(known, &Session::ended, this, [this, known] {
        if (known != session_.get())
            return;
        const bool finished = known->state() == Session::State::finished;
        session_.reset();
        if (finished)
            predict(); // what was added meanwhile
        updateState();
    });
    if (session_->isSmall())
        workspace().queue().startNow(session_);
    else
        workspace().queue().enqueue(session_);
    updateState();
}

void PredictPage::stopListening()
{
    if (const auto going = std::exchange(session_, nullptr))
        going->stop();
    updateState();
}

void PredictPage::showCurrent()
{
    const QModelIndex current = view_->currentIndex();
    panel_->show(current.isValid() ? &table_->rows()[static_cast<std::size_t>(current.row())] : nullptr, table_->labels());
}

// ---- results out --------------------------------------------------------------------------------------------------------

void PredictPage::saveTable()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save predictions"), "predictions.csv", tr("Tables (*.csv)"));
    if (path.isEmpty())
        return;
    std::vector<std::pair<std::string, std::shared_ptr<const ClassifiedClip>>> heard;
    heard.reserve(table_->rows().size());
    for (const PredictionTable::Row& row : table_->rows())
        if (row.heard)
            heard.emplace_back(row.file.sample.name, row.heard);
    const auto write = [heard = std::move(heard), path]() -> Result<void> {
        ScoresTable table(5);
        for (const auto& [name, clip] : heard)
            table.add(name, *clip);
        return writeFileAtomically(bytesOf(path), table.text());
    };
    files_.ask(this, write, [this, path](const Result<void>& written) {
        if (!written)
            return workspace().report(written.error());
        workspace().notify(tr("Saved as %1.").arg(QFileInfo(path).fileName()));
    });
}

void PredictPage::takeOver()
{
    std::vector<TakenOver> taken;
    for (const PredictionTable::Row& row : table_->rows())
        if (const auto best = table_->best(row); best && row.chosen)
            taken.push_back({.path = row.file.sample.clip.source.path, .clip = row.clip, .label = best->label});
    const auto count = static_cast<int>(taken.size());
    const auto answer = QMessageBox::question(this, tr("Take over as labels"),
                                              tr("%Ln file(s) get the label that was heard, instead of those that they have. It can be undone.", nullptr, count),
                                              QMessageBox::Ok | QMessageBox::Cancel);
    if (answer != QMessageBox::Ok)
        return;
    workspace().project().edit(takingOver(std::move(taken)));
    workspace().notify(tr("%Ln label(s) taken over.", nullptr, count));
}

void PredictPage::updateState()
{
    stack_->setCurrentIndex(table_->isEmpty() ? 0 : 1);
    int heard = 0, chosen = 0;
    for (const PredictionTable::Row& row : table_->rows()) {
        heard += row.heard && !row.heard->error;
        chosen += row.chosen && !row.scores.empty();
    }
    const bool listening = session_ != nullptr;
    progress_->setVisible(listening);
    stop_->setVisible(listening);
    if (listening) {
        progress_->setMaximum(static_cast<int>(session_->total()));
        progress_->setValue(static_cast<int>(session_->done()));
    }
    const bool waits = listening && session_->state() == Session::State::waiting;
    state_->setText(table_->isEmpty()                ? QString()
                    : waits                          ? tr("Waits for its turn")
                    : model_->currentIndex() < 0     ? tr("Choose a model to hear what is in the files")
                                                     : tr("%L1 of %Ln file(s) heard", nullptr, static_cast<int>(table_->rows().size())).arg(heard));
    const bool open = workspace().project().state() == ProjectSession::State::open;
    save_->setEnabled(heard > 0);
    take_->setEnabled(chosen > 0 && open && workspace().project().isWritable());
    unlabelled_->setVisible(open);
    findChild<QWidget*>("foot")->setVisible(!table_->isEmpty());
}

} // namespace earmark
