// Pictures of sound by time and frequency, tile by tile, for the eye; the networks' features are computed elsewhere. Thread: any.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/audio/decode.h"

namespace earmark
{

/// How rows divide the frequencies; mel after O'Shaughnessy: 2595·log10(1 + f/700).
enum class FrequencyAxis { linear, mel, logarithmic };

struct SpectrogramSettings {
    int window = 1024; ///< samples of a Hann window, 32 … 65536, rounded to an even number
    FrequencyAxis axis = FrequencyAxis::linear;
    double lowest = 0;   ///< Hz; at least 20 on the logarithmic axis
    double highest = 0;  ///< Hz; half the sample rate where 0
    float floor = -120;  ///< decibels given for silence
};

struct SpectrogramTile {
    int columns = 0;
    int rows = 0;
    double lowest = 0;  ///< Hz, lower edge of row 0
    double highest = 0; ///< Hz, upper edge of the last row
    std::vector<float> decibels; ///< [column · rows + row]; a sine of full scale reaches 0

    float at(int column, int row) const { return decibels[static_cast<std::size_t>(column) * static_cast<std::size_t>(rows) + static_cast<std::size_t>(row)]; }
};

/// A spectrogram of sound that comes bit by bit: column after column, without end.
class SpectrogramStream
{
public:
    /// Takes a column's decibels, lowest row first.
    using ColumnSink = std::function<void(std::span<const float>)>;

    /// The first column begins `before` samples after the first that is pushed; each is the mean power of up to 16 windows.
    SpectrogramStream(int rows, int sampleRate, double samplesPerColumn, const SpectrogramSettings& settings, ColumnSink sink, double before = 0);
    ~SpectrogramStream();

    void push(std::span<const float> samples);
    /// Gives columns until there are `columns`, as if silence followed.
    void finish(std::int64_t columns);

private:
    class Painter;
    friend Result<SpectrogramTile> spectrogramTile(const AudioClip&, int, int, const SpectrogramSettings&, ChannelChoice);
    std::unique_ptr<Painter> painter_;
};

/// `clip.end` must be given: the tile's columns divide [start, end) evenly, each is the mean power of up to 16 windows in it; a row
/// shows its strongest frequency; what lies outside the source is silence. Samples that are no numbers count as silence. Columns and rows are 1 … 16384. Errors: as decodeAudio, usage (sizes out of range).
Result<SpectrogramTile> spectrogramTile(const AudioClip& clip, int columns, int rows, const SpectrogramSettings& settings = {}, ChannelChoice channel = {});

} // namespace earmark
