// How loud what is heard is: the effective value as a bar, the largest of the last moments as a line; from −60 decibels to full scale.
// Thread: the window's.
#pragma once

#include <QElapsedTimer>
#include <QWidget>

#include "ui/models/transport.h"

namespace earmark
{

class LevelMeter : public QWidget
{
    Q_OBJECT

public:
    explicit LevelMeter(Transport& transport, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {10, 120}; }
    QSize minimumSizeHint() const override { return {10, 32}; }

    double peak() const { return peak_; }           ///< decibels, as shown
    double effective() const { return effective_; } ///< decibels, as shown

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();

    static constexpr double lowest = -60; ///< decibels

    Transport& transport_;
    double peak_ = lowest;
    double effective_ = lowest;
    QElapsedTimer sincePeak_;
};

} // namespace earmark
