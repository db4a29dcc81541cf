// Can the confidence be believed: the reliability plot as the model gives it and at the temperature that fits, and a threshold below which an answer
// counts as "none of these". Thread: the window's.
#pragma once

#include <QWidget>

#include <memory>

#include "ui/models/test_result.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QSlider;

namespace earmark
{

class ReliabilityPlot;

class ConfidenceView : public QWidget
{
    Q_OBJECT

public:
    explicit ConfidenceView(QWidget* parent = nullptr);
    void show(std::shared_ptr<const TestResult> result);
    using QWidget::show;

Q_SIGNALS:
    void binChosen(int bin, int bins, const QString& title);
    void belowChosen(double threshold);

private:
    double threshold() const;
    void showPlot();
    void showThreshold();

    std::shared_ptr<const TestResult> result_;
    QLabel* words_;
    ReliabilityPlot* plot_;
    QCheckBox* calibrated_;
    QLabel* thresholdText_;
    QLabel* consequence_;
    QSlider* slider_;
    QPushButton* below_;
};

} // namespace earmark
