// How sound is shown, everywhere alike, and kept from one start to the next. Thread: the window's.
#pragma once

#include <QObject>

#include "engine/audio/spectrogram.h"
#include "ui/widgets/colour_map.h"

namespace earmark
{

class SpectrogramLook : public QObject
{
    Q_OBJECT

public:
    static SpectrogramLook& instance();

    ColourMap colours() const { return colours_; }
    FrequencyAxis axis() const { return axis_; }
    int range() const { return range_; }      ///< decibels from the darkest to the lightest colour
    int loudest() const { return loudest_; }  ///< decibels of the lightest colour
    /// Which is told apart more finely, moments or pitches: −1, 0 or 1.
    int detail() const { return detail_; } ///< for SoundPicture::setDetail()
    bool enlargesQuiet() const { return enlargesQuiet_; } ///< waveforms of quiet sounds are drawn larger

    void setColours(ColourMap colours);
    void setAxis(FrequencyAxis axis);
    void setRange(int decibels);
    void setLoudest(int decibels);
    void setDetail(int detail);
    void setEnlargesQuiet(bool enlarges);

Q_SIGNALS:
    void changed();

private:
    SpectrogramLook();
    void keep();

    ColourMap colours_ = ColourMap::meadow;
    FrequencyAxis axis_ = FrequencyAxis::mel;
    int range_ = 80;
    int loudest_ = -10;
    int detail_ = 0;
    bool enlargesQuiet_ = true;
};

/// Hertz to a place on an axis that runs from 0 to 1 between `lowest` and `highest`, and back.
double placeOf(FrequencyAxis axis, double hertz, double lowest, double highest);
double hertzOf(FrequencyAxis axis, double place, double lowest, double highest);

} // namespace earmark
