// The sizes of training, validation and test as one bar; the borders between them can be pulled. For the mouse: whoever shows it has boxes for the same
// numbers. Thread: the window's.
#pragma once

#include <QWidget>

#include <optional>

#include "ui/models/split_shares.h"

namespace earmark
{

class SplitBar : public QWidget
{
    Q_OBJECT

public:
    explicit SplitBar(QWidget* parent = nullptr);

    void setShares(const SplitShares& shares);

    QSize sizeHint() const override;

Q_SIGNALS:
    void pulled(const earmark::SplitShares& shares);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    enum class Border { first, second };

    int at(Border border) const; ///< percent
    double placeOf(int percent) const;
    std::optional<Border> borderNear(double x) const;
    void pull(int percent);

    SplitShares shares_;
    std::optional<Border> held_;
};

} // namespace earmark
