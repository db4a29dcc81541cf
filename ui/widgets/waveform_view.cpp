#include "ui/widgets/waveform_view.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

#include "ui/widgets/spectrogram_look.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

QRgb mixed(const QColor& one, const QColor& other, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * (1 - share) + b * share)); };
    return qRgb(mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue()));
}

/// Root of the mean square of so few samples says nothing beside their extremes.
constexpr double closest = 24; ///< samples a column

} // namespace

WaveformView::WaveformView(SoundPicture& picture, TimeViewport& viewport, Transport& transport, QWidget* parent)
    : SoundView(picture, viewport, transport, parent)
{
    setObjectName("waveform");
    setAccessibleName(tr("Waveform"));
    connect(&picture, &SoundPicture::peaksChanged, this, &WaveformView::invalidate);
    connect(&picture, &SoundPicture::samplesChanged, this, &WaveformView::invalidate);
    connect(&SpectrogramLook::instance(), &SpectrogramLook::changed, this, &WaveformView::invalidate);
}

std::vector<Peak> peaksOfSamples(std::span<const float> samples, double first, double count, int columns)
{
    std::vector<Peak> peaks(static_cast<std::size_t>(std::max(columns, 0)));
    const auto all = static_cast<std::int64_t>(samples.size());
    for (int column = 0; column < columns; ++column) {
        // One sample shared with the column before: lines between them do not tear.
        const auto from = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(first + column * count / columns)) - 1, 0, all);
        const auto to = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(first + (column + 1) * count / columns)), from, all);
        if (from >= to)
            continue;
        const auto part = samples.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
        const auto [low, high] = std::ranges::minmax(part);
        double energy = 0;
        for (const float sample : part)
            energy += static_cast<double>(sample) * static_cast<double>(sample);
        peaks[static_cast<std::size_t>(column)] = {low, high, static_cast<float>(std::sqrt(energy / static_cast<double>(part.size())))};
    }
    return peaks;
}

void drawPeaks(QImage& image, std::span<const Peak> peaks, QRgb outer, QRgb inner, double gain)
{
    const double middle = (image.height() - 1) / 2.0;
    const auto row = [&](float value) { return static_cast<int>(std::lround(middle - std::clamp(static_cast<double>(value) * gain, -1.0, 1.0) * middle)); };
    const auto stride = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    auto* pixels = reinterpret_cast<QRgb*>(image.bits());
    const int columns = std::min(static_cast<int>(peaks.size()), image.width());
    for (int x = 0; x < columns; ++x) {
        const Peak& peak = peaks[static_cast<std::size_t>(x)];
        const int top = row(peak.highest), bottom = row(peak.lowest);
        const int innerTop = std::max(top, row(peak.effective)), innerBottom = std::min(bottom, row(-peak.effective));
        for (int y = top; y <= bottom; ++y)
            pixels[y * stride + x] = y >= innerTop && y <= innerBottom ? inner : outer;
    }
}

void WaveformView::renderContent(QImage& image)
{
    image.fill(palette().color(QPalette::Base));
    QPainter painter(&image);
    painter.fillRect(QRectF(0, std::floor(height() / 2.0), width(), 1 / image.devicePixelRatio()), Theme::instance().faint());
    painter.end();
    if (viewport().length() <= 0 || image.width() <= 0 || picture().sampleRate() <= 0)
        return;
    const double factor = gain();
    drawSound(image, factor);
    if (factor > 1)
        drawGain(image, factor);
}

/// From the samples where less than a block of the peaks falls on a column, as soon as they are there.
void WaveformView::drawSound(QImage& image, double gain)
{
    const TimeViewport& shown = viewport();
    const double samples = shown.length() * picture().sampleRate();
    const double perColumn = samples / image.width();
    const QColor accent = Theme::instance().accent();
    const QRgb inner = accent.rgb(), outer = mixed(palette().color(QPalette::Base), accent, 0.55);
    const auto* near = perColumn < Peaks::blockSize ? picture().samples(shown.start(), shown.end()) : nullptr;
    const auto& peaks = picture().peaks();
    if (near && perColumn < 1.5) {
        drawSamples(image, *near, gain);
    } else if (near) {
        const double first = shown.start() * picture().sampleRate() - static_cast<double>(near->first);
        drawPeaks(image, peaksOfSamples(*near->values, first, samples, image.width()), perColumn < closest ? inner : outer, inner, gain);
    } else if (peaks) {
        drawPeaks(image, peaksBetween(*peaks, peaks->start + shown.start(), peaks->start + shown.end(), image.width()), outer, inner, gain);
    }
}

void WaveformView::drawGain(QImage& image, double gain) const
{
    QPainter painter(&image);
    QFont small = font();
    small.setPointSizeF(std::max(6.5, small.pointSizeF() * 0.75));
    painter.setFont(small);
    painter.setPen(Theme::instance().muted());
    painter.drawText(QRectF(rect()).adjusted(4, 1, -4, -1), Qt::AlignLeft | Qt::AlignTop, tr("%1×", "enlarged").arg(gain));
}

/// Doubled, as often as the loudest place of the clip allows, up to 16 times.
double WaveformView::gain() const
{
    const auto& peaks = picture().peaks();
    if (!SpectrogramLook::instance().enlargesQuiet() || !peaks || peaks->levels.empty())
        return 1;
    float loudest = 0;
    for (const Peak& peak : peaks->levels.back())
        loudest = std::max({loudest, peak.highest, -peak.lowest});
    double gain = 1;
    while (gain < 16 && static_cast<double>(loudest) * gain * 2 <= 1)
        gain *= 2;
    return gain;
}

/// A line through the samples, with dots where there is room for them.
void WaveformView::drawSamples(QImage& image, const SoundPicture::Samples& samples, double gain) const
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const double rate = picture().sampleRate();
    const auto all = static_cast<std::int64_t>(samples.values->size());
    const auto first = std::clamp<std::int64_t>(static_cast<std::int64_t>(viewport().start() * rate) - 1 - samples.first, 0, all);
    const auto last = std::clamp<std::int64_t>(static_cast<std::int64_t>(viewport().end() * rate) + 2 - samples.first, first, all);
    QPolygonF line;
    for (std::int64_t i = first; i < last; ++i) {
        const double value = std::clamp(static_cast<double>((*samples.values)[static_cast<std::size_t>(i)]) * gain, -1.0, 1.0);
        line << QPointF(xOf(static_cast<double>(i + samples.first) / rate), (1 - value) * (height() - 1) / 2);
    }
    painter.setPen(QPen(Theme::instance().accent(), 1.2));
    painter.drawPolyline(line);
    if (xOf(1 / rate) - xOf(0) < 6)
        return;
    painter.setBrush(Theme::instance().accent());
    for (const QPointF& point : std::as_const(line))
        painter.drawEllipse(point, 1.6, 1.6);
}

} // namespace earmark
