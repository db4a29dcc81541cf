#include "ui/models/training_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace earmark
{

namespace
{

void append(std::vector<QPointF>& points, double step, double value)
{
    if (std::isfinite(value) && (points.empty() || points.back().x() <= step))
        points.emplace_back(step, value);
}

} // namespace

void TrainingCurves::add(const StepEvent& event)
{
    const auto step = static_cast<double>(event.step);
    append(points[static_cast<std::size_t>(Curve::trainingLoss)], step, event.loss);
    append(points[static_cast<std::size_t>(Curve::learningRate)], step, event.learningRate);
    append(points[static_cast<std::size_t>(Curve::gradientNorm)], step, event.gradientNorm);
    append(epochs, step, event.epoch);
}

void TrainingCurves::add(const EvaluateEvent& event)
{
    const auto step = static_cast<double>(event.step);
    for (const auto& [name, value] : event.metrics) {
        if (name == "eval_loss")
            append(points[static_cast<std::size_t>(Curve::validationLoss)], step, value);
        else if (name == "eval_accuracy")
            append(points[static_cast<std::size_t>(Curve::accuracy)], step, value);
    }
    append(epochs, step, event.epoch);
}

bool TrainingCurves::isEmpty() const
{
    return std::ranges::all_of(points, [](const std::vector<QPointF>& curve) { return curve.empty(); });
}

double TrainingCurves::epochAt(double step) const
{
    if (epochs.empty())
        return 0;
    const auto after = std::ranges::lower_bound(epochs, step, {}, &QPointF::x);
    if (after == epochs.end())
        return epochs.back().y();
    const QPointF before = after == epochs.begin() ? QPointF(0, 0) : *(after - 1);
    const double width = after->x() - before.x();
    return width <= 0 ? after->y() : before.y() + (after->y() - before.y()) * (step - before.x()) / width;
}

TrainingCurves curvesOf(const RunHistory& history)
{
    TrainingCurves curves;
    std::size_t evaluated = 0;
    const auto addEvaluations = [&](std::int64_t until) {
        while (evaluated < history.evaluations.size() && history.evaluations[evaluated].step <= until)
            curves.add(history.evaluations[evaluated++]);
    };
    for (const StepEvent& step : history.steps) {
        addEvaluations(step.step - 1);
        curves.add(step);
    }
    addEvaluations(std::numeric_limits<std::int64_t>::max());
    return curves;
}

QPointF Smoother::next(const QPointF& point)
{
    mean_ = factor_ * mean_ + (1 - factor_) * point.y();
    weight_ = factor_ * weight_ + (1 - factor_);
    return {point.x(), mean_ / weight_};
}

} // namespace earmark
