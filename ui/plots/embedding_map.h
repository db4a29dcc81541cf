// A cloud of clips: colour tells the label, a disc that the model was right, a cross that it was wrong. Hovering tells the clip's name, a click chooses it;
// the wheel zooms, dragging moves. The cloud is painted once and kept as a picture, the marks of what is hovered and chosen lie over it.
// Thread: the window's; finding the nearest point is linear and takes a fraction of a millisecond for 100,000.
#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QCPGraph;
class QCPItemEllipse;
class QCustomPlot;

namespace earmark
{

class EmbeddingMap : public QWidget
{
    Q_OBJECT

public:
    struct Point {
        QPointF at;  ///< not finite: not drawn
        int group = 0; ///< index into the colours; −1 for none of them
        bool right = false;
    };

    explicit EmbeddingMap(QWidget* parent = nullptr);

    void setPoints(std::vector<Point> points, const std::vector<QColor>& colours);
    void setTipText(std::function<QString(int point)> text) { tip_ = std::move(text); }
    void setCurrent(std::optional<int> point);
    void setShownGroup(std::optional<int> group); ///< the others are faint
    void zoomAll();
    QImage picture(); ///< in the light colours, for paper
    QPointF pixelOf(int point) const; ///< where it is drawn, in this widget

    QSize sizeHint() const override { return {480, 320}; }
    QSize minimumSizeHint() const override { return {200, 140}; }

Q_SIGNALS:
    void hovered(std::optional<int> point);
    void chosen(int point);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::optional<int> pointAt(const QPointF& pixel) const;
    void hover(const QPointF& pixel);
    void step(Qt::Key key);
    void build();
    void retheme();
    void mark(QCPItemEllipse* ring, std::optional<int> point);

    QCustomPlot* plot_;
    QCPItemEllipse* hoverRing_ = nullptr;
    QCPItemEllipse* currentRing_ = nullptr;
    std::vector<Point> points_;
    std::vector<QColor> colours_;
    std::function<QString(int)> tip_;
    std::optional<int> hovered_;
    std::optional<int> current_;
    std::optional<int> shownGroup_;
    QPointF pressedAt_;
};

} // namespace earmark
