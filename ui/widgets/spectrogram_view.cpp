#include "ui/widgets/spectrogram_view.h"

#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/models/text.h"
#include "ui/widgets/spectrogram_look.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

/// Which of a column's rows a line of the screen shows: the loudest of [first, last), or what lies between `first` and the next.
struct Line {
    int first = 0;
    int last = 0;
    int share = 0; ///< of 256; only where it lies between two
};

std::vector<Line> linesOf(int height, int rows, FrequencyAxis axis, double lowest, double highest, double half)
{
    std::vector<Line> lines(static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        const double from = hertzOf(axis, 1 - static_cast<double>(y + 1) / height, lowest, highest) / half * rows;
        const double to = hertzOf(axis, 1 - static_cast<double>(y) / height, lowest, highest) / half * rows;
        Line& line = lines[static_cast<std::size_t>(y)];
        if (to - from > 1.5) {
            line.first = std::clamp(static_cast<int>(std::floor(from)), 0, rows - 1);
            line.last = std::clamp(static_cast<int>(std::ceil(to)), line.first + 1, rows);
        } else {
            const double centre = std::clamp((from + to) / 2 - 0.5, 0.0, rows - 1.0);
            line.first = std::min(static_cast<int>(centre), std::max(rows - 2, 0));
            line.share = static_cast<int>((centre - line.first) * 256);
        }
    }
    return lines;
}

std::uint8_t valueAt(const std::uint8_t* column, const Line& line)
{
    if (line.last > 0)
        return *std::max_element(column + line.first, column + line.last);
    return static_cast<std::uint8_t>((column[line.first] * (256 - line.share) + column[line.first + 1] * line.share) >> 8);
}

/// A colour for every byte of a SpectrogramPart.
std::array<QRgb, 256> paletteNow()
{
    const SpectrogramLook& look = SpectrogramLook::instance();
    const auto& colours = coloursOf(look.colours());
    std::array<QRgb, 256> table;
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        const double decibels = static_cast<double>(SpectrogramPart::decibelsOf(static_cast<std::uint8_t>(byte)));
        const double place = (decibels - (look.loudest() - look.range())) / look.range();
        table[byte] = colours[static_cast<std::size_t>(std::clamp(std::lround(place * 255), 0L, 255L))];
    }
    return table;
}

} // namespace

SpectrogramView::SpectrogramView(SoundPicture& picture, TimeViewport& viewport, Transport& transport, QWidget* parent)
    : SoundView(picture, viewport, transport, parent)
{
    setObjectName("spectrogram");
    setAccessibleName(tr("Spectrogram"));
    place_ = new QLabel(this);
    place_->setObjectName("placeUnderPointer");
    place_->setAttribute(Qt::WA_TransparentForMouseEvents);
    place_->setStyleSheet("background: rgba(0, 0, 0, 150); color: white; padding: 1px 4px;");
    place_->hide();
    connect(&picture, &SoundPicture::partsChanged, this, &SpectrogramView::invalidate);
    connect(&SpectrogramLook::instance(), &SpectrogramLook::changed, this, &SpectrogramView::invalidate);
}

void SpectrogramView::mouseMoveEvent(QMouseEvent* event)
{
    SoundView::mouseMoveEvent(event);
    const auto hertz = hertzAt(event->position().y());
    place_->setVisible(hertz && viewport().length() > 0);
    if (!hertz)
        return;
    //: time and frequency under the pointer
    place_->setText(tr("%1, %2 Hz").arg(clockText(std::clamp(secondsAt(event->position().x()), 0.0, viewport().duration())), locale().toString(qRound(*hertz))));
    place_->adjustSize();
    const bool left = event->position().x() > width() / 2.0; // never under the pointer
    place_->move(left ? 56 : width() - place_->width() - 2, 2);
}

void SpectrogramView::leaveEvent(QEvent* event)
{
    SoundView::leaveEvent(event);
    place_->hide();
}

double SpectrogramView::lowest() const { return SpectrogramLook::instance().axis() == FrequencyAxis::logarithmic ? 40 : 0; }
double SpectrogramView::highest() const { return std::max(picture().sampleRate() / 2.0, 100.0); }

std::optional<double> SpectrogramView::yOf(double hertz) const
{
    if (picture().sampleRate() <= 0)
        return std::nullopt;
    return (1 - placeOf(SpectrogramLook::instance().axis(), hertz, lowest(), highest())) * height();
}

std::optional<double> SpectrogramView::hertzAt(double y) const
{
    if (picture().sampleRate() <= 0 || height() <= 0)
        return std::nullopt;
    return hertzOf(SpectrogramLook::instance().axis(), std::clamp(1 - y / height(), 0.0, 1.0), lowest(), highest());
}

/// At the level asked for, or the next coarser one where it is not there yet. Null where nothing is known.
const std::uint8_t* SpectrogramView::columnAt(int level, std::int64_t column, int& rows) const
{
    for (; level <= picture().coarsestLevel(); ++level, column /= 2) {
        const SpectrogramPart* part = picture().part(level, column / SpectrogramPart::columns);
        const int place = static_cast<int>(column % SpectrogramPart::columns);
        if (part && place < part->filled) {
            rows = part->rows;
            return part->column(place);
        }
    }
    return nullptr;
}

void SpectrogramView::renderColumns(QImage& columns, int level, std::int64_t first) const
{
    const auto colours = paletteNow();
    const double half = picture().sampleRate() / 2.0;
    const auto stride = columns.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    auto* pixels = reinterpret_cast<QRgb*>(columns.bits());
    std::vector<Line> lines;
    int linesFor = 0;
    for (int x = 0; x < columns.width(); ++x) {
        int rows = 0;
        const std::uint8_t* values = columnAt(level, first + x, rows);
        if (!values)
            continue;
        if (rows != linesFor)
            lines = linesOf(columns.height(), linesFor = rows, SpectrogramLook::instance().axis(), lowest(), highest(), half);
        QRgb* to = pixels + x;
        for (const Line& line : lines) {
            *to = colours[valueAt(values, line)];
            to += stride;
        }
    }
}

void SpectrogramView::renderContent(QImage& image)
{
    image.fill(palette().color(QPalette::Base));
    const TimeViewport& shown = viewport();
    if (shown.length() <= 0 || image.width() <= 0 || picture().sampleRate() <= 0)
        return;
    const int level = picture().levelFor(shown.length() / image.width());
    const double column = columnSeconds(level);
    const auto first = static_cast<std::int64_t>(std::floor(shown.start() / column)) - 1;
    const auto last = static_cast<std::int64_t>(std::ceil(shown.end() / column)) + 1;
    picture().want(level, std::max<std::int64_t>(first, 0) / SpectrogramPart::columns, (last - 1) / SpectrogramPart::columns);
    const auto from = std::max<std::int64_t>(first, 0);
    QImage columns(static_cast<int>(last - from), image.height(), QImage::Format_RGB32);
    columns.fill(palette().color(QPalette::Base));
    renderColumns(columns, level, from);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const double left = xOf(static_cast<double>(from) * column), right = xOf(static_cast<double>(last) * column);
    painter.drawImage(QRectF(left, 0, right - left, height()), columns);
    painter.end();
    drawAxis(image);
}

/// Some frequencies at the left edge, as many as there is room for.
void SpectrogramView::drawAxis(QImage& image) const
{
    QPainter painter(&image);
    QFont small = font();
    small.setPointSizeF(std::max(6.5, small.pointSizeF() * 0.75));
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    double free = height() - 1; // lowest y that is not taken
    for (const int hertz : {50, 100, 200, 500, 1000, 2000, 4000, 8000, 16000, 32000, 64000}) {
        const auto y = yOf(hertz);
        const double half = metrics.height() / 2;
        if (!y || *y - half < 1 || *y + half > free)
            continue;
        const QString text = hertz < 1000 ? tr("%1 Hz").arg(hertz) : tr("%1 kHz").arg(hertz / 1000);
        const QRectF box(2, *y - half, metrics.horizontalAdvance(text) + 6, metrics.height());
        painter.fillRect(box, QColor(0, 0, 0, 120));
        painter.setPen(QColor(0xff, 0xff, 0xff, 220));
        painter.drawText(box, Qt::AlignCenter, text);
        free = *y - half - 4;
    }
}

} // namespace earmark
