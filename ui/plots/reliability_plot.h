// Can the confidence be believed? A bar for each tenth of confidence, as high as the share that was right; on the dashed diagonal the two agree. A bar is
// chosen by click, or with the arrow keys, and tells of itself in a tooltip. A line marks a threshold. Thread: the window's.
#pragma once

#include <QImage>
#include <QWidget>

#include <optional>
#include <vector>

#include "engine/eval/calibration.h"

class QCPBars;
class QCPItemLine;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace earmark
{

class ReliabilityPlot : public QWidget
{
    Q_OBJECT

public:
    explicit ReliabilityPlot(QWidget* parent = nullptr);

    void setReliability(const Reliability& reliability);
    void setThreshold(std::optional<double> threshold);
    std::optional<int> current() const { return current_; }
    QImage picture(); ///< in the light colours, for paper
    QString binText(int bin) const; ///< "Between 80 % and 90 % sure: 25 clips, of which 72.0 % are right"

    QSize sizeHint() const override { return {420, 260}; }
    QSize minimumSizeHint() const override { return {200, 140}; }

Q_SIGNALS:
    void chosen(int bin);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    std::optional<int> binAt(const QPointF& point) const;
    void choose(int bin);
    void retheme();
    void showBars();

    QCustomPlot* plot_;
    QCPBars* bars_;
    QCPBars* chosenBar_;
    QCPItemLine* diagonal_;
    QCPItemStraightLine* threshold_;
    std::vector<QCPItemText*> counts_; ///< clips of each bin, over its bar
    Reliability reliability_;
    std::optional<int> current_;
};

} // namespace earmark
