#include "ui/pages/train/run_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>

#include "ui/models/error_text.h"
#include "ui/models/process_memory.h"
#include "ui/models/remark_text.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int refreshInterval = 200; // milliseconds: figures that change faster cannot be read

QPushButton* button(const QString& text, const QString& name, const QString& icon)
{
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setIcon(Theme::instance().icon(icon));
    return made;
}

std::optional<RunScore> scoreOf(const TrainSession& session)
{
    if (!session.outcome() || !session.outcome()->report || session.outcome()->report->clips == 0)
        return std::nullopt;
    const ClassificationReport& report = *session.outcome()->report;
    return RunScore{.clips = report.clips, .accuracy = report.accuracy, .interval = report.accuracyInterval};
}

} // namespace

RunPanel::RunPanel(Workspace& workspace, RunTableModel& runs, QWidget* parent)
    : QWidget(parent), workspace_(workspace), runs_(runs), stack_(new QStackedWidget), curves_(new RunCurves)
{
    setObjectName("runPanel");
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(3 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit, 2 * spaceUnit);
    column->setSpacing(2 * spaceUnit);
    column->addWidget(makeHead());
    column->addWidget(curves_, 1);
    column->addWidget(makeRemarks());
    stack_->addWidget(makeEmpty());
    stack_->addWidget(page);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(stack_);
    soon_.setSingleShot(true);
    soon_.setInterval(refreshInterval);
    connect(&soon_, &QTimer::timeout, this, &RunPanel::refresh);
    connect(&workspace_.queue(), &SessionQueue::changed, this, &RunPanel::refresh);
    connect(&runs_, &QAbstractItemModel::dataChanged, this, &RunPanel::refresh);
    connect(&workspace_.project(), &ProjectSession::closed, this, [this] {
        if (session_ && !session_->isOver())
            return; // it goes on without the window's project
        session_.reset();
        stored_.reset();
        stack_->setCurrentIndex(0);
    });
}

QWidget* RunPanel::makeEmpty()
{
    auto* empty = new QWidget;
    auto* column = new QVBoxLayout(empty);
    column->addStretch();
    auto* heading = new QLabel(tr("No training is going on"));
    heading->setProperty("heading", true);
    auto* sentence = new QLabel(tr("Choose a base model and settings on the left and start one: its curves are drawn here while it learns. Those of an earlier run come with a click on it below."));
    sentence->setProperty("muted", true);
    sentence->setWordWrap(true);
    for (QLabel* label : {heading, sentence}) {
        label->setAlignment(Qt::AlignHCenter);
        column->addWidget(label);
    }
    column->addStretch();
    column->setContentsMargins(16 * spaceUnit, 0, 16 * spaceUnit, 0);
    return empty;
}

QWidget* RunPanel::makeHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spaceUnit);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * spaceUnit);
    name_ = new QLabel;
    name_->setObjectName("runTitle");
    name_->setProperty("heading", true);
    name_->setTextFormat(Qt::PlainText);
    result_ = new QLabel;
    result_->setObjectName("runResult");
    pause_ = button(tr("Pause"), "pauseRun", "pause");
    pause_->setCheckable(true);
    stop_ = button(tr("Stop"), "stopRun", "stop");
    stop_->setToolTip(tr("Ends at the next step and keeps a checkpoint: the run can be resumed"));
    resume_ = button(tr("Resume"), "resumeRun", "play");
    resume_->setToolTip(tr("Goes on from the last checkpoint"));
    test_ = button(tr("Test it"), "testRun", "test");
    use_ = button(tr("Use it"), "useRun", "predict");
    use_->setProperty("primary", true);
    use_->setIcon(Theme::instance().icon("predict", "onFill"));
    row->addWidget(name_);
    row->addWidget(result_);
    row->addStretch();
    for (QPushButton* each : {pause_, stop_, resume_, test_, use_})
        row->addWidget(each);
    state_ = new QLabel;
    state_->setObjectName("runState");
    state_->setProperty("muted", true);
    state_->setWordWrap(true);
    progress_ = new QProgressBar;
    progress_->setObjectName("runProgress");
    progress_->setAccessibleName(tr("Progress of the run"));
    progress_->setTextVisible(false);
    column->addLayout(row);
    column->addWidget(state_);
    column->addWidget(progress_);
    connect(pause_, &QPushButton::toggled, this, [this](bool on) {
        if (session_)
            on ? session_->pause() : session_->resume();
    });
    connect(stop_, &QPushButton::clicked, this, [this] {
        if (session_)
            session_->stop();
    });
    const auto runId = [this] { return session_ ? session_->runId() : stored_; };
    connect(resume_, &QPushButton::clicked, this, [this, runId] {
        const auto id = runId();
        const Run* run = id ? runs_.runById(*id) : nullptr;
        if (run)
            Q_EMIT resumeAsked(run->folder, run->name);
        else if (session_)
            Q_EMIT resumeAsked(session_->folder(), session_->plan().name);
    });
    connect(test_, &QPushButton::clicked, this, [this, runId] { Q_EMIT testAsked(runId()); });
    connect(use_, &QPushButton::clicked, this, [this, runId] { Q_EMIT useAsked(runId()); });
    return head;
}

// ---- remarks ------------------------------------------------------------------------------------------------------------

QWidget* RunPanel::makeRemarks()
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spaceUnit);
    remarksButton_ = new QPushButton;
    remarksButton_->setObjectName("remarksButton");
    remarksButton_->setProperty("plain", true);
    remarksButton_->setCheckable(true);
    remarksButton_->setIcon(Theme::instance().icon("info"));
    remarks_ = new QPlainTextEdit;
    remarks_->setObjectName("remarks");
    remarks_->setAccessibleName(tr("Remarks of the run"));
    remarks_->setReadOnly(true);
    remarks_->setMaximumHeight(96);
    remarks_->hide();
    column->addWidget(remarksButton_, 0, Qt::AlignLeft);
    column->addWidget(remarks_);
    connect(remarksButton_, &QPushButton::toggled, remarks_, &QWidget::setVisible);
    clearRemarks();
    return box;
}

void RunPanel::clearRemarks()
{
    remarkCount_ = 0;
    remarks_->clear();
    remarksButton_->setChecked(false);
    remarksButton_->hide();
}

void RunPanel::addRemark(const Remark& remark)
{
    remarks_->appendPlainText(remarkText(remark));
    ++remarkCount_;
    remarksButton_->setText(tr("%n remarks", nullptr, remarkCount_));
    remarksButton_->show();
}

// ---- which run ----------------------------------------------------------------------------------------------------------

void RunPanel::watch(std::shared_ptr<TrainSession> session)
{
    if (session_)
        disconnect(session_.get(), nullptr, this, nullptr);
    session_ = std::move(session);
    stored_.reset();
    compared_ = 0;
    clearRemarks();
    TrainingCurves sofar;
    for (const StepEvent& step : session_->steps())
        sofar.add(step);
    for (const EvaluateEvent& evaluation : session_->evaluations())
        sofar.add(evaluation);
    curves_->show(sofar, session_->total());
    TrainSession* watched = session_.get();
    connect(watched, &TrainSession::stepsAdded, this, [this, watched](int first, int count) {
        curves_->add(std::span(watched->steps()).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)));
    });
    connect(watched, &TrainSession::evaluationAdded, this, [this, watched] { curves_->add(watched->evaluations().back()); });
    connect(watched, &Session::remarked, this, &RunPanel::addRemark);
    connect(watched, &Session::stateChanged, this, &RunPanel::refresh);
    connect(watched, &TrainSession::begun, this, &RunPanel::refresh);
    connect(watched, &Session::progressed, this, [this] {
        if (!soon_.isActive())
            soon_.start();
    });
    stack_->setCurrentIndex(1);
    refresh();
}

void RunPanel::showRun(const Run& run, const TrainingCurves& curves, std::int64_t total)
{
    if (session_)
        disconnect(session_.get(), nullptr, this, nullptr);
    session_.reset();
    stored_ = run.id;
    compared_ = 0;
    clearRemarks();
    curves_->show(curves, total);
    stack_->setCurrentIndex(1);
    refresh();
}

void RunPanel::compare(const std::vector<NamedCurves>& runs)
{
    if (session_)
        disconnect(session_.get(), nullptr, this, nullptr);
    session_.reset();
    stored_.reset();
    compared_ = runs.size();
    clearRemarks();
    curves_->compare(runs);
    stack_->setCurrentIndex(1);
    refresh();
}

// ---- what is said of it -------------------------------------------------------------------------------------------------

void RunPanel::refresh()
{
    if (session_) {
        showSession();
    } else if (stored_) {
        showStored();
    } else if (compared_ > 0) {
        name_->setText(tr("%n runs compared", nullptr, static_cast<int>(compared_)));
        state_->setText(tr("What differs in their settings stands below."));
        progress_->hide();
        tellResult(std::nullopt);
        showButtons(false, false, false);
    }
}

void RunPanel::showButtons(bool going, bool resumable, bool usable)
{
    pause_->setVisible(going);
    stop_->setVisible(going);
    resume_->setVisible(resumable);
    test_->setVisible(usable);
    use_->setVisible(usable);
}

QString RunPanel::queueText() const
{
    int before = 0;
    for (const auto& other : workspace_.queue().sessions()) {
        if (other.get() == session_.get())
            break;
        const auto kind = other->kind();
        before += !other->isOver() && kind != Session::Kind::import && kind != Session::Kind::exporting ? 1 : 0;
    }
    return tr("Waiting: %n jobs before it", nullptr, before);
}

QString RunPanel::goingText() const
{
    const QLocale locale;
    QStringList parts;
    parts << (session_->state() == Session::State::paused ? tr("Paused") : tr("Training"));
    if (session_->total() <= 0)
        return tr("Reading the model and the clips…");
    parts << tr("step %1 of %2").arg(locale.toString(static_cast<qlonglong>(session_->done())), locale.toString(static_cast<qlonglong>(session_->total())));
    if (!session_->steps().empty())
        parts << tr("epoch %1").arg(locale.toString(session_->steps().back().epoch, 'f', 2));
    if (const double rate = session_->stepsPerSecond(); rate > 0)
        parts << (rate >= 1 ? tr("%1 steps a second").arg(locale.toString(rate, 'f', 1)) : tr("%1 a step").arg(durationText(1 / rate)));
    if (const auto left = session_->secondsLeft())
        parts << tr("%1 left").arg(durationText(*left < 120 ? *left : 60 * std::round(*left / 60)));
    if (const std::int64_t memory = processMemory(); memory > 0)
        parts << tr("%1 of memory").arg(bytesText(memory));
    return parts.join(QStringLiteral(" · "));
}

void RunPanel::showSession()
{
    const Run* run = session_->runId() ? runs_.runById(*session_->runId()) : nullptr;
    name_->setText(run ? shown(run->name) : session_->title().isEmpty() ? tr("New run") : session_->title());
    const Session::State state = session_->state();
    QString text;
    switch (state) {
    case Session::State::waiting: text = queueText(); break;
    case Session::State::running:
    case Session::State::paused: text = goingText(); break;
    case Session::State::finished:
        text = session_->outcome() ? tr("Finished after %1; best at step %2")
                                         .arg(durationText(session_->outcome()->seconds), QLocale().toString(static_cast<qlonglong>(session_->outcome()->bestStep)))
                                   : tr("Finished");
        break;
    case Session::State::stopped: text = tr("Stopped at step %1").arg(QLocale().toString(static_cast<qlonglong>(session_->done()))); break;
    case Session::State::failed: text = session_->error() ? errorText(*session_->error()) : tr("Failed"); break;
    }
    state_->setText(text);
    const bool going = !session_->isOver();
    progress_->setVisible(going);
    progress_->setRange(0, session_->total() > 0 || state == Session::State::waiting ? 1000 : 0);
    progress_->setValue(session_->total() > 0 ? static_cast<int>(1000 * session_->done() / session_->total()) : 0);
    const bool resumable = !going && state != Session::State::finished && session_->runId() && runs_.facts(*session_->runId()).canResume;
    showButtons(going, resumable, state == Session::State::finished);
    pause_->setEnabled(state == Session::State::running || state == Session::State::paused);
    const QSignalBlocker blocker(pause_);
    pause_->setChecked(state == Session::State::paused);
    pause_->setText(pause_->isChecked() ? tr("Go on") : tr("Pause"));
    pause_->setIcon(Theme::instance().icon(pause_->isChecked() ? "play" : "pause"));
    tellResult(scoreOf(*session_));
}

void RunPanel::showStored()
{
    const Run* run = runs_.runById(*stored_);
    if (!run) {
        stored_.reset();
        stack_->setCurrentIndex(0);
        return;
    }
    const RunFolderFacts facts = runs_.facts(run->id);
    name_->setText(shown(run->name));
    state_->setText(facts.exists ? tr("%1, from %2").arg(runStateText(run->state), baseText(run->base)) : tr("The folder of this run is gone: %1").arg(shown(run->folder)));
    progress_->hide();
    tellResult(runs_.score(run->id));
    showButtons(false, facts.canResume && (run->state == "stopped" || run->state == "failed"), facts.exists && run->state == "finished");
}

void RunPanel::tellResult(const std::optional<RunScore>& score)
{
    result_->setVisible(score.has_value());
    if (!score)
        return;
    result_->setText(tr("Accuracy %1").arg(scoreText(*score)));
    result_->setToolTip(tr("Of %Ln clips that it has not learnt from. With other clips of the same kind it would lie within the interval in 95 of 100 cases.",
                           nullptr, static_cast<int>(score->clips)));
}

} // namespace earmark
