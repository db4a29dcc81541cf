#include "ui/pages/train/estimate_line.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/error_text.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

EstimateLine::EstimateLine(Workspace& workspace, const RecipeModel& recipe, std::function<TrainPlan()> plan, QWidget* parent)
    : QWidget(parent), workspace_(workspace), recipe_(recipe), plan_(std::move(plan)), ask_(new QPushButton), remedy_(new QPushButton), result_(new QLabel)
{
    ask_->setObjectName("estimate");
    ask_->setIcon(Theme::instance().icon("clock"));
    ask_->setToolTip(tr("Tries one step with an untrained copy of the model: takes some seconds"));
    result_->setObjectName("estimateText");
    result_->setWordWrap(true);
    remedy_->setObjectName("estimateRemedy");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spaceUnit);
    column->addWidget(result_);
    column->addWidget(remedy_, 0, Qt::AlignLeft);
    column->addWidget(ask_);
    connect(ask_, &QPushButton::clicked, this, &EstimateLine::ask);
    connect(remedy_, &QPushButton::clicked, this,
            [this] { Q_EMIT remedyAsked(estimate_.per_device_train_batch_size, estimate_.gradient_accumulation_steps); });
    showIdle();
}

void EstimateLine::setPossible(bool possible)
{
    possible_ = possible;
    if (!session_)
        ask_->setEnabled(possible);
}

void EstimateLine::forget()
{
    if (session_) {
        wanted_ = false;
        session_->stop();
    } else {
        showIdle();
    }
}

void EstimateLine::showIdle()
{
    ask_->setText(tr("Estimate time and memory"));
    ask_->setVisible(true);
    ask_->setEnabled(possible_);
    result_->setVisible(false);
    remedy_->setVisible(false);
}

void EstimateLine::ask()
{
    ask_->setText(tr("Measuring…"));
    ask_->setEnabled(false);
    wanted_ = true;
    session_ = std::make_shared<EstimateSession>(workspace_.project(), plan_());
    connect(session_.get(), &Session::ended, this, &EstimateLine::take);
    session_->start();
}

void EstimateLine::take()
{
    const auto session = std::exchange(session_, nullptr);
    // It may not be destroyed within its own signal.
    QMetaObject::invokeMethod(this, [session] {}, Qt::QueuedConnection);
    showIdle();
    if (!wanted_)
        return;
    if (session->error()) {
        result_->setText(errorText(*session->error()));
        result_->setVisible(true);
    } else if (session->estimate()) {
        tell(*session->estimate());
    }
}

void EstimateLine::tell(const TrainEstimate& estimate)
{
    estimate_ = estimate;
    const std::int64_t batch = estimate.per_device_train_batch_size;
    const bool canShrink = batch > 0 && batch < recipe_.recipe().integer("per_device_train_batch_size");
    ask_->setVisible(false);
    result_->setText(estimateText(estimate));
    result_->setVisible(true);
    remedy_->setVisible(!estimate.fits && canShrink);
    remedy_->setText(tr("Use batches of %1, %2 for a step").arg(batch).arg(estimate.gradient_accumulation_steps));
    remedy_->setToolTip(tr("Learns the same in less memory"));
}

QString estimateText(const TrainEstimate& estimate)
{
    const QString time = durationText(estimate.seconds);
    const QString memory = bytesText(estimate.stateBytes + estimate.activationBytes);
    if (estimate.freeBytes <= 0)
        return EstimateLine::tr("About %1, with %2 of memory.").arg(time, memory);
    const QString free = bytesText(estimate.freeBytes);
    return estimate.fits ? EstimateLine::tr("About %1, with %2 of the %3 of memory that are free.").arg(time, memory, free)
                         : EstimateLine::tr("Will not fit: it needs %1 of memory, and %2 are free. It would take about %3.").arg(memory, free, time);
}

} // namespace earmark
