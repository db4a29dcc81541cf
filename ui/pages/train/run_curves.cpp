#include "ui/pages/train/run_curves.h"

#include <QCheckBox>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

#include "ui/models/text.h"
#include "ui/plots/curve_plot.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr Curve allCurves[] = {Curve::trainingLoss, Curve::validationLoss, Curve::accuracy, Curve::learningRate, Curve::gradientNorm};

/// False of a run that was evaluated and has no accuracy.
bool hasAccuracyOrNone(const TrainingCurves& curves) { return !curves.of(Curve::accuracy).empty() || curves.of(Curve::validationLoss).empty(); }

QFrame* framed(QWidget* plot)
{
    auto* card = new QFrame;
    card->setProperty("card", true);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(plot);
    return card;
}

} // namespace

RunCurves::RunCurves(QWidget* parent)
    : QWidget(parent), loss_(new CurvePlot(tr("Loss"))), accuracy_(new CurvePlot(tr("Accuracy"))), rate_(new CurvePlot(tr("Learning rate"))),
      norm_(new CurvePlot(tr("Gradient norm"))), grid_(new QGridLayout)
{
    loss_->setObjectName("lossPlot");
    accuracy_->setObjectName("accuracyPlot");
    rate_->setObjectName("ratePlot");
    norm_->setObjectName("normPlot");
    accuracy_->setValueText([](double value) { return percentText(value); });
    accuracy_->setTickSuffix(QStringLiteral(" %"), 100);
    loss_->setToolTip(tr("How far the model's answers are from the labels: lower is better. Where the validation loss rises while the training loss "
                         "falls, the model learns its clips by heart. Where runs are compared, the dashed curves are training losses."));
    accuracy_->setToolTip(tr("Share of the validation clips that are labelled right"));
    rate_->setToolTip(tr("How far each step goes"));
    norm_->setToolTip(tr("How strongly the clips of a step pull at the model, before it is held back by max_grad_norm"));
    grid_->setSpacing(2 * spaceUnit);
    grid_->addWidget(framed(loss_), 0, 0);
    grid_->addWidget(framed(accuracy_), 0, 1);
    grid_->addWidget(framed(rate_), 1, 0);
    grid_->addWidget(framed(norm_), 1, 1);
    grid_->setRowStretch(0, 3);
    grid_->setRowStretch(1, 2);
    grid_->setColumnStretch(0, 1);
    grid_->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * spaceUnit);
    column->addLayout(grid_, 1);
    column->addWidget(makeBar());
    for (CurvePlot* plot : {loss_, accuracy_, rate_, norm_})
        for (CurvePlot* other : {loss_, accuracy_, rate_, norm_})
            connect(plot, &CurvePlot::hovered, other, &CurvePlot::showCursor);
    clear();
}

QWidget* RunCurves::makeBar()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * spaceUnit);
    auto* label = new QLabel(tr("Smoothing"));
    label->setProperty("muted", true);
    auto* smoothing = new QSlider(Qt::Horizontal);
    smoothing->setObjectName("smoothing");
    smoothing->setRange(0, 99);
    smoothing->setFixedWidth(140);
    smoothing->setToolTip(tr("Draws a running mean over the points, which stay faint behind it"));
    label->setBuddy(smoothing);
    auto* logarithmic = new QCheckBox(tr("Logarithmic loss"));
    logarithmic->setObjectName("logarithmic");
    auto* where = new QLabel;
    where->setObjectName("cursorStep");
    where->setProperty("muted", true);
    row->addWidget(label);
    row->addWidget(smoothing);
    row->addSpacing(2 * spaceUnit);
    row->addWidget(logarithmic);
    row->addStretch();
    row->addWidget(where);
    connect(smoothing, &QSlider::valueChanged, this, [this](int value) {
        loss_->setSmoothing(value / 100.0);
        norm_->setSmoothing(value / 100.0);
    });
    connect(logarithmic, &QCheckBox::toggled, loss_, &CurvePlot::setLogarithmic);
    for (CurvePlot* plot : {loss_, accuracy_, rate_, norm_})
        connect(plot, &CurvePlot::hovered, where, [this, where](std::optional<double> step) {
            const QLocale locale;
            where->setText(step ? tr("Step %1, epoch %2").arg(locale.toString(*step, 'f', 0), locale.toString(shown_.epochAt(*step), 'f', 2)) : QString());
        });
    return bar;
}

CurvePlot* RunCurves::plot(Curve curve) const
{
    switch (curve) {
    case Curve::trainingLoss:
    case Curve::validationLoss: return loss_;
    case Curve::accuracy: return accuracy_;
    case Curve::learningRate: return rate_;
    case Curve::gradientNorm: break;
    }
    return norm_;
}

void RunCurves::clear() { show({}, 0); }

/// A run that was evaluated without an accuracy (numbers, transcripts) leaves its place to the loss.
void RunCurves::giveAccuracyRoom(bool wanted)
{
    if (std::exchange(accuracyHasRoom_, wanted) == wanted)
        return;
    accuracy_->parentWidget()->setVisible(wanted);
    QWidget* loss = loss_->parentWidget();
    grid_->removeWidget(loss);
    grid_->addWidget(loss, 0, 0, 1, wanted ? 1 : 2);
}

void RunCurves::show(const TrainingCurves& curves, std::int64_t totalSteps)
{
    shown_ = curves;
    giveAccuracyRoom(hasAccuracyOrNone(curves));
    loss_->setTitle(tr("Loss"));
    for (CurvePlot* plot : {loss_, accuracy_, rate_, norm_})
        plot->clearCurves();
    const QString names[] = {tr("Training"), tr("Validation"), tr("Validation"), QString(), QString()};
    for (const Curve curve : allCurves) {
        const auto index = static_cast<std::size_t>(curve);
        const bool validation = curve == Curve::validationLoss || curve == Curve::accuracy;
        lines_[index] = plot(curve)->addCurve(names[index], validation ? 1 : 0);
        plot(curve)->setPoints(lines_[index], shown_.of(curve));
        plot(curve)->setSpan(static_cast<double>(totalSteps));
    }
}

void RunCurves::add(std::span<const StepEvent> steps)
{
    if (steps.empty())
        return;
    std::array<std::size_t, curveCount> before{};
    for (const Curve curve : allCurves)
        before[static_cast<std::size_t>(curve)] = shown_.of(curve).size();
    for (const StepEvent& step : steps)
        shown_.add(step);
    for (const Curve curve : allCurves) {
        const auto index = static_cast<std::size_t>(curve);
        plot(curve)->append(lines_[index], std::span(shown_.of(curve)).subspan(before[index]));
        plot(curve)->setSpan(static_cast<double>(steps.back().totalSteps));
    }
}

void RunCurves::add(const EvaluateEvent& evaluation)
{
    for (const Curve curve : {Curve::validationLoss, Curve::accuracy}) {
        TrainingCurves one;
        one.add(evaluation);
        plot(curve)->append(lines_[static_cast<std::size_t>(curve)], one.of(curve));
    }
    shown_.add(evaluation);
    giveAccuracyRoom(hasAccuracyOrNone(shown_));
}

void RunCurves::compare(const std::vector<NamedCurves>& runs)
{
    shown_ = runs.empty() ? TrainingCurves() : runs.front().curves;
    giveAccuracyRoom(runs.empty() || std::ranges::any_of(runs, [](const NamedCurves& run) { return hasAccuracyOrNone(run.curves); }));
    for (CurvePlot* plot : {loss_, accuracy_, rate_, norm_})
        plot->clearCurves();
    const auto isValidated = [](const NamedCurves& run) { return !run.curves.of(Curve::validationLoss).empty(); };
    loss_->setTitle(std::ranges::any_of(runs, isValidated) ? tr("Loss (dashed: of training)") : tr("Loss"));
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto& [name, curves] = runs[i];
        const int colour = static_cast<int>(i);
        const auto lay = [&](Curve curve, const QString& title, bool dashed) {
            if (!curves.of(curve).empty())
                plot(curve)->setPoints(plot(curve)->addCurve(title, colour, dashed), curves.of(curve));
        };
        const bool validated = isValidated(runs[i]);
        lay(Curve::trainingLoss, validated ? tr("%1, training").arg(name) : name, validated);
        lay(Curve::validationLoss, name, false);
        for (const Curve curve : {Curve::accuracy, Curve::learningRate, Curve::gradientNorm})
            lay(curve, name, false);
    }
}

} // namespace earmark
