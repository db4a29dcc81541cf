// The spectrogram, in the colours and on the axis of SpectrogramLook. Thread: the window's.
#pragma once

#include "ui/widgets/sound_view.h"

class QLabel;

namespace earmark
{

class SpectrogramView : public SoundView
{
    Q_OBJECT

public:
    SpectrogramView(SoundPicture& picture, TimeViewport& viewport, Transport& transport, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {480, 72}; }
    QSize minimumSizeHint() const override { return {120, 48}; }

    std::optional<double> yOf(double hertz) const override;
    std::optional<double> hertzAt(double y) const override;

protected:
    void renderContent(QImage& image) override;
    bool isDark() const override { return true; } // where it is quiet, with any of the colours
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    double lowest() const; ///< Hz, of the axis
    double highest() const;
    void renderColumns(QImage& columns, int level, std::int64_t first) const;
    const std::uint8_t* columnAt(int level, std::int64_t column, int& rows) const;
    void drawAxis(QImage& image) const;

    QLabel* place_ = nullptr; ///< time and frequency under the pointer
};

} // namespace earmark
