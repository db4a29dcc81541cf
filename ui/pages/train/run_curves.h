// Four plots of a run, or of several laid over each other: loss, accuracy, learning rate, gradient norm; one line under the mouse in all of them.
// Thread: the window's.
#pragma once

#include <QWidget>

#include <array>
#include <span>
#include <vector>

#include "ui/models/training_curves.h"

class QGridLayout;

namespace earmark
{

class CurvePlot;

struct NamedCurves {
    QString name;
    TrainingCurves curves;
};

class RunCurves : public QWidget
{
    Q_OBJECT

public:
    explicit RunCurves(QWidget* parent = nullptr);

    /// One run, whose curves may grow by add().
    void show(const TrainingCurves& curves, std::int64_t totalSteps);
    void add(std::span<const StepEvent> steps);
    void add(const EvaluateEvent& evaluation);
    /// Several, in the colours of their order.
    void compare(const std::vector<NamedCurves>& runs);
    void clear();

    CurvePlot* plot(Curve curve) const;
    const TrainingCurves& shown() const { return shown_; }

private:
    QWidget* makeBar();
    void giveAccuracyRoom(bool wanted);

    CurvePlot* loss_;
    CurvePlot* accuracy_;
    CurvePlot* rate_;
    CurvePlot* norm_;
    QGridLayout* grid_;
    bool accuracyHasRoom_ = true;
    TrainingCurves shown_;
    std::array<int, curveCount> lines_{}; ///< each curve's place in its plot, while one run is shown
};

} // namespace earmark
