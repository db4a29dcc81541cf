// Curves over steps, drawn with QCustomPlot in the theme's colours: points come while it is shown, and it is painted anew at most ten times a second.
// A line follows the mouse and tells the value of every curve there; several plots can share it. 100,000 points a curve stay quick.
// Thread: the window's.
#pragma once

#include <QPointF>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "ui/models/training_curves.h"

class QCPGraph;
class QCPItemStraightLine;
class QCustomPlot;
class QLabel;

namespace earmark
{

class CurvePlot : public QWidget
{
    Q_OBJECT

public:
    explicit CurvePlot(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// How a value is written beside its curve.
    void setValueText(std::function<QString(double)> text) { valueText_ = std::move(text); }
    void setTickSuffix(const QString& suffix, double factor); ///< 0.5 with "%" and 100 stands at the axis as 50 %

    /// Colours are numbered; dashed tells the second kind of curve of one run.
    int addCurve(const QString& name, int colour, bool dashed = false);
    void clearCurves();
    void setPoints(int curve, std::span<const QPointF> points);
    void append(int curve, std::span<const QPointF> points); ///< to the right of those there are
    int curveCount() const { return static_cast<int>(curves_.size()); }
    int pointCount(int curve) const;

    void setSmoothing(double factor); ///< 0: none
    void setLogarithmic(bool on);     ///< of the values, where all of them are positive
    bool isLogarithmic() const { return logarithmic_; }
    void setSpan(double steps); ///< the whole run, before it has gone so far; 0: as far as the points

    /// The line at a step, or none; what the curves have there stands in the head.
    void showCursor(std::optional<double> step);
    /// "Training 0.53, validation 0.61" at a step: the nearest point of each curve.
    QString valuesAt(double step) const;

    QSize sizeHint() const override { return {320, 180}; }
    QSize minimumSizeHint() const override { return {180, 96}; }

Q_SIGNALS:
    void hovered(std::optional<double> step);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct CurveLine {
        QString name;
        int colour = 0;
        bool dashed = false;
        std::vector<QPointF> points;
        Smoother smoother;
        QCPGraph* raw = nullptr; ///< faint behind the smoothed one
        QCPGraph* line = nullptr;
    };

    void paintSoon();
    void paintNow();
    void retheme();
    void rescale();
    void tellHead();
    void addTo(CurveLine& curve, std::span<const QPointF> points);
    void resmooth(CurveLine& curve);
    const QPointF* nearest(const CurveLine& curve, double step) const;

    QLabel* title_;
    QLabel* head_;
    QCustomPlot* plot_;
    QCPItemStraightLine* cursor_;
    std::vector<CurveLine> curves_;
    std::function<QString(double)> valueText_;
    double smoothing_ = 0;
    double span_ = 0;
    double factor_ = 1;
    QString suffix_;
    bool logarithmic_ = false;
    std::optional<double> cursorStep_;
    QTimer soon_;
};

/// Colour of the n-th run or curve.
QColor curveColour(int number);

} // namespace earmark
