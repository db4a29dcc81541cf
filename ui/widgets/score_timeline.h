// What a model heard along a sound: a row for each of its foremost labels, a cell for each window, as strong as the score, and the playhead over it.
// A click leads there. Thread: the window's.
#pragma once

#include <QColor>
#include <QImage>
#include <QWidget>

#include <vector>

namespace earmark
{

class ScoreTimeline : public QWidget
{
    Q_OBJECT

public:
    struct Window {
        double start = 0; ///< seconds
        double end = 0;
        std::vector<float> scores; ///< by row
    };
    struct Row {
        QString label;
        QColor colour;
    };

    explicit ScoreTimeline(QWidget* parent = nullptr);

    void setContent(std::vector<Row> rows, std::vector<Window> windows, double duration);
    void setPlayhead(double seconds);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void seekAsked(double seconds);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRect chart() const;
    int rowHeight() const;
    double secondsAt(double x) const;
    double xOf(double seconds) const;
    int windowAt(double seconds) const; ///< −1 for none
    void paintCells(QPainter& painter, const QRect& area) const;
    void paintTicks(QPainter& painter, const QRect& area) const;
    QString tipAt(const QPoint& point) const;

    std::vector<Row> rows_;
    std::vector<Window> windows_;
    double duration_ = 0;
    double playhead_ = 0;
};

} // namespace earmark
