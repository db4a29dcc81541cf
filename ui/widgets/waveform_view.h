// The waveform: from peaks, and where one looks closely from the samples themselves. Thread: the window's.
#pragma once

#include <span>
#include <vector>

#include "ui/widgets/sound_view.h"

namespace earmark
{

class WaveformView : public SoundView
{
    Q_OBJECT

public:
    WaveformView(SoundPicture& picture, TimeViewport& viewport, Transport& transport, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {480, 48}; }
    QSize minimumSizeHint() const override { return {120, 32}; }

protected:
    void renderContent(QImage& image) override;

private:
    double gain() const;
    void drawSound(QImage& image, double gain);
    void drawGain(QImage& image, double gain) const;
    void drawSamples(QImage& image, const SoundPicture::Samples& samples, double gain) const;
};

/// A column for each of `columns` equal stretches of `count` samples from place `first` on, which may lie before or beyond `samples`.
std::vector<Peak> peaksOfSamples(std::span<const float> samples, double first, double count, int columns);

/// Draws peaks as bars around the middle of `image`, a device pixel each, beginning at column 0: the largest values in `outer`, the effective in `inner`,
/// `gain` times as large as they are.
void drawPeaks(QImage& image, std::span<const Peak> peaks, QRgb outer, QRgb inner, double gain = 1);

} // namespace earmark
