#include "ui/widgets/spectrogram_look.h"

#include <QSettings>

#include <algorithm>
#include <cmath>

namespace earmark
{

namespace
{

double scaled(FrequencyAxis axis, double hertz)
{
    return axis == FrequencyAxis::mel ? std::log1p(hertz / 700) : axis == FrequencyAxis::logarithmic ? std::log(std::max(hertz, 1.0)) : hertz;
}

double unscaled(FrequencyAxis axis, double value)
{
    return axis == FrequencyAxis::mel ? 700 * std::expm1(value) : axis == FrequencyAxis::logarithmic ? std::exp(value) : value;
}

} // namespace

double placeOf(FrequencyAxis axis, double hertz, double lowest, double highest)
{
    const double low = scaled(axis, lowest);
    return (scaled(axis, hertz) - low) / (scaled(axis, highest) - low);
}

double hertzOf(FrequencyAxis axis, double place, double lowest, double highest)
{
    const double low = scaled(axis, lowest);
    return unscaled(axis, low + place * (scaled(axis, highest) - low));
}

SpectrogramLook& SpectrogramLook::instance()
{
    static SpectrogramLook look;
    return look;
}

SpectrogramLook::SpectrogramLook()
{
    const QSettings settings;
    const auto number = [&](const char* key, int low, int high, int otherwise) {
        return std::clamp(settings.value(QString("spectrogram/") + key, otherwise).toInt(), low, high);
    };
    colours_ = static_cast<ColourMap>(number("colours", 0, 2, static_cast<int>(colours_)));
    axis_ = static_cast<FrequencyAxis>(number("axis", 0, 2, static_cast<int>(axis_)));
    range_ = number("range", 20, 120, range_);
    loudest_ = number("loudest", -60, 0, loudest_);
    detail_ = number("detail", -1, 1, detail_);
    enlargesQuiet_ = settings.value("waveform/enlargesQuiet", true).toBool();
}

void SpectrogramLook::setColours(ColourMap colours)
{
    colours_ = colours;
    keep();
}

void SpectrogramLook::setAxis(FrequencyAxis axis)
{
    axis_ = axis;
    keep();
}

void SpectrogramLook::setRange(int decibels)
{
    range_ = std::clamp(decibels, 20, 120);
    keep();
}

void SpectrogramLook::setLoudest(int decibels)
{
    loudest_ = std::clamp(decibels, -60, 0);
    keep();
}

void SpectrogramLook::setDetail(int detail)
{
    detail_ = std::clamp(detail, -1, 1);
    keep();
}

void SpectrogramLook::setEnlargesQuiet(bool enlarges)
{
    enlargesQuiet_ = enlarges;
    keep();
}

void SpectrogramLook::keep()
{
    QSettings settings;
    settings.setValue("spectrogram/colours", static_cast<int>(colours_));
    settings.setValue("spectrogram/axis", static_cast<int>(axis_));
    settings.setValue("spectrogram/range", range_);
    settings.setValue("spectrogram/loudest", loudest_);
    settings.setValue("spectrogram/detail", detail_);
    settings.setValue("waveform/enlargesQuiet", enlargesQuiet_);
    Q_EMIT changed();
}

} // namespace earmark
