// How often each label was taken for which: truth by rows, the model's answer by columns, shaded by the share of the row. A cell is chosen by click or by
// the arrow keys, and tells of itself in a tooltip. Right answers and mistakes have colours of their own. 2 … 50 labels and more; cells never get too
// small to click, then it is to lie in a scroll area. Thread: the window's.
#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace earmark
{

class ConfusionMatrix : public QWidget
{
    Q_OBJECT

public:
    using Cell = std::pair<int, int>; ///< label, prediction

    explicit ConfusionMatrix(QWidget* parent = nullptr);

    void setCounts(QStringList labels, std::vector<std::vector<std::int64_t>> counts);
    void setShowsShares(bool shares); ///< per cent of the row instead of clips
    bool showsShares() const { return shares_; }
    std::optional<Cell> current() const { return current_; }
    void setCurrent(std::optional<Cell> cell); ///< without chosen()
    QImage picture(); ///< in the light colours, for paper
    QRectF cellRect(Cell cell) const;
    QString cellText(Cell cell) const; ///< "5 of 20 clips of “rock” were taken for “jazz” (25.0 %)"

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int label, int prediction);
    void currentMoved(const QRect& cell); ///< for a scroll area, to keep it in sight

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    int size() const { return static_cast<int>(labels_.size()); }
    void measure();
    double cellSide() const;
    QPointF origin() const;
    std::optional<Cell> cellAt(const QPointF& point) const;
    double share(Cell cell) const;
    void choose(Cell cell);
    void paintCell(QPainter& painter, Cell cell) const;
    void paintNames(QPainter& painter) const;

    QStringList labels_;
    std::vector<std::vector<std::int64_t>> counts_;
    std::vector<std::int64_t> rowSums_;
    bool shares_ = false;
    std::optional<Cell> current_;
    std::optional<Cell> hovered_;
    double nameWidth_ = 0;  ///< of the rows' names, pixels
    double nameHeight_ = 0; ///< of the columns' names, which stand upright where they would not fit
    double titleSide_ = 0;  ///< of "what it is" and "what the model says"
};

} // namespace earmark
