#include "ui/widgets/thumbnail_source.h"

#include <QGuiApplication>
#include <QImage>

#include <algorithm>

#include "ui/widgets/theme.h"
#include "ui/widgets/waveform_view.h"

namespace earmark
{

namespace
{

constexpr int keptBytes = 48 << 20;
constexpr int keptShapes = 4 << 20; ///< columns
constexpr std::size_t waitingMost = 256;

/// By what it is, not by its number: another project counts from 1 again.
quint64 keyOf(const ClipRow& clip, int columns)
{
    const QByteArrayView path(clip.audio.source.path.data(), static_cast<qsizetype>(clip.audio.source.path.size()));
    return static_cast<quint64>(qHashMulti(0, path, clip.audio.source.offset, clip.audio.start, clip.audio.end.value_or(-1), clip.id, columns));
}

QPixmap drawn(const std::vector<Peak>& shape, QSize size, qreal dpr)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const QColor colour = Theme::instance().accent();
    QColor light = colour;
    light.setAlphaF(0.55F);
    float loudest = 0.02F; // what is nearly silent stays flat
    for (const Peak& peak : shape)
        loudest = std::max({loudest, peak.highest, -peak.lowest});
    std::vector<Peak> scaled = shape;
    for (Peak& peak : scaled)
        peak = {peak.lowest / loudest, peak.highest / loudest, peak.effective / loudest};
    drawPeaks(image, scaled, qPremultiply(light.rgba()), colour.rgba());
    image.setDevicePixelRatio(dpr);
    return QPixmap::fromImage(std::move(image));
}

} // namespace

ThumbnailSource::ThumbnailSource(QObject* parent, PictureStore& store)
    : QObject(parent), store_(store), shapes_(keptShapes), pixmaps_(keptBytes), made_([this](std::vector<Made>&& made) { take(std::move(made)); }, this),
      jobs_(1, waitingMost)
{
    connect(&Theme::instance(), &Theme::changed, this, [this] { pixmaps_.clear(); });
}

ThumbnailSource::~ThumbnailSource() = default;

QPixmap ThumbnailSource::thumbnail(const ClipRow& clip, QSize size, qreal dpr)
{
    const QSize pixels = (QSizeF(size) * dpr).toSize();
    if (pixels.isEmpty())
        return {};
    const quint64 key = keyOf(clip, pixels.width());
    if (const QPixmap* found = pixmaps_.object(key); found && found->size() == pixels)
        return *found;
    if (const Made* made = shapes_.object(key)) {
        if (!made->shape)
            return {};
        auto* pixmap = new QPixmap(drawn(*made->shape, pixels, dpr));
        const QPixmap result = *pixmap;
        pixmaps_.insert(key, pixmap, pixels.width() * pixels.height() * 4);
        return result;
    }
    if (!asked_.insert(key).second)
        return {};
    const auto dropped = jobs_.push({key, [this, key, id = clip.id, audio = clip.audio, columns = pixels.width()](std::stop_token stop) {
                                         auto peaks = store_.peaks(audio);
                                         if (!peaks) {
                                             if (auto computed = computePeaks(audio, {}, stop)) {
                                                 store_.keep(audio, *computed);
                                                 peaks = std::move(*computed);
                                             }
                                         }
                                         if (stop.stop_requested())
                                             return;
                                         Made made{.key = key, .clip = id, .shape = {}, .columns = columns};
                                         if (peaks && peaks->samples > 0)
                                             made.shape = peaksBetween(*peaks, peaks->start, peaks->start + static_cast<double>(peaks->samples) / peaks->sampleRate, columns);
                                         made_.push(std::move(made));
                                     }});
    if (dropped)
        asked_.erase(*dropped);
    return {};
}

void ThumbnailSource::take(std::vector<Made>&& all)
{
    for (Made& made : all) {
        asked_.erase(made.key);
        const ClipId clip = made.clip;
        const quint64 key = made.key;
        const int cost = made.columns;
        const bool readable = made.shape.has_value();
        shapes_.insert(key, new Made(std::move(made)), cost);
        if (readable)
            Q_EMIT ready(clip);
    }
}

} // namespace earmark
