// What a run told of itself as curves over its steps: of a session that goes on, or of a folder's history. Plain values. Thread: any.
#pragma once

#include <QPointF>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/dataset/run_history.h"

namespace earmark
{

enum class Curve { trainingLoss, validationLoss, accuracy, learningRate, gradientNorm };
constexpr std::size_t curveCount = 5;

struct TrainingCurves {
    std::array<std::vector<QPointF>, curveCount> points; ///< step and value, rising
    std::vector<QPointF> epochs;                         ///< step and epoch

    const std::vector<QPointF>& of(Curve curve) const { return points[static_cast<std::size_t>(curve)]; }
    void add(const StepEvent& event);
    void add(const EvaluateEvent& event);
    bool isEmpty() const;
    /// The epoch at a step, between those known.
    double epochAt(double step) const;
};

TrainingCurves curvesOf(const RunHistory& history);

/// A running mean that forgets: each point keeps `factor` of the mean before it (0: the points as they are), freed of the bias of its start.
class Smoother
{
public:
    explicit Smoother(double factor) : factor_(factor) {}
    QPointF next(const QPointF& point);

private:
    double factor_;
    double mean_ = 0;
    double weight_ = 0;
};

} // namespace earmark
