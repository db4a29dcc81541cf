#include "engine/audio/spectrogram.h"

#include <algorithm>
#include <cmath>
#include <fftw3.h>
#include <limits>
#include <memory>
#include <mutex>
#include <numbers>

namespace earmark
{

namespace
{

struct FreeFftw {
    void operator()(float* memory) const { fftwf_free(memory); }
};

/// FFTW plans one at a time, but runs several.
std::mutex& planner()
{
    static std::mutex mutex;
    return mutex;
}

/// Power spectrum of a windowed frame; a sine of full scale has power 1.
class Spectrum
{
public:
    explicit Spectrum(int size) : window_(static_cast<std::size_t>(size)), in_(fftwf_alloc_real(window_.size())), out_(fftwf_alloc_real(window_.size() + 2))
    {
        double sum = 0;
        for (std::size_t i = 0; i < window_.size(); ++i) {
            window_[i] = static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / size));
            sum += static_cast<double>(window_[i]);
        }
        scale_ = static_cast<float>(4 / (sum * sum));
        const std::lock_guard lock(planner());
        plan_ = fftwf_plan_dft_r2c_1d(size, in_.get(), bins(), FFTW_ESTIMATE);
    }

    ~Spectrum()
    {
        const std::lock_guard lock(planner());
        fftwf_destroy_plan(plan_);
    }

    Spectrum(const Spectrum&) = delete;
    Spectrum& operator=(const Spectrum&) = delete;

    /// Adds to `power`, which has size/2 + 1 bins.
    void addPower(std::span<const float> frame, std::vector<double>& power)
    {
        for (std::size_t i = 0; i < window_.size(); ++i)
            in_[i] = std::isfinite(frame[i]) ? frame[i] * window_[i] : 0;
        fftwf_execute(plan_);
        for (std::size_t i = 0; i < power.size(); ++i)
            power[i] += static_cast<double>((bins()[i][0] * bins()[i][0] + bins()[i][1] * bins()[i][1]) * scale_);
    }

private:
    fftwf_complex* bins() const { return reinterpret_cast<fftwf_complex*>(out_.get()); }

    std::vector<float> window_;
    std::unique_ptr<float[], FreeFftw> in_;
    std::unique_ptr<float[], FreeFftw> out_;
    float scale_ = 0;
    fftwf_plan plan_ = nullptr;
};

double toAxis(FrequencyAxis axis, double hertz)
{
    return axis == FrequencyAxis::mel ? 2595 * std::log10(1 + hertz / 700) : axis == FrequencyAxis::logarithmic ? std::log(hertz) : hertz;
}

double fromAxis(FrequencyAxis axis, double value)
{
    return axis == FrequencyAxis::mel ? 700 * (std::pow(10, value / 2595) - 1) : axis == FrequencyAxis::logarithmic ? std::exp(value) : value;
}

/// Where the rows' edges lie, counted in bins.
std::vector<double> rowEdges(int rows, double lowest, double highest, FrequencyAxis axis, double binWidth)
{
    std::vector<double> edges(static_cast<std::size_t>(rows) + 1);
    const double low = toAxis(axis, lowest);
    const double high = toAxis(axis, highest);
    for (std::size_t i = 0; i < edges.size(); ++i)
        edges[i] = fromAxis(axis, low + (high - low) * static_cast<double>(i) / rows) / binWidth;
    return edges;
}

struct Band {
    double lowest, highest; ///< Hz
};

Band bandOf(const SpectrogramSettings& settings, int sampleRate)
{
    const double half = sampleRate / 2.0;
    const double highest = settings.highest > 0 ? std::min(settings.highest, half) : half;
    const double lowest = settings.axis == FrequencyAxis::logarithmic ? std::max(settings.lowest, 20.0) : settings.lowest;
    return {std::clamp(lowest, 0.0, highest * 0.99), highest};
}

/// A row wider than a bin shows its strongest one, a narrower row lies between two.
double rowPower(const std::vector<double>& power, double from, double to)
{
    const auto last = static_cast<double>(power.size() - 1);
    const double first = std::ceil(from);
    if (to - from > 1 && first <= last) {
        double strongest = 0;
        for (double bin = first; bin < to && bin <= last; ++bin)
            strongest = std::max(strongest, power[static_cast<std::size_t>(bin)]);
        return strongest;
    }
    const double centre = std::clamp((from + to) / 2, 0.0, last);
    const auto below = static_cast<std::size_t>(centre);
    const double share = centre - std::floor(centre);
    return power[below] * (1 - share) + power[std::min(below + 1, power.size() - 1)] * share;
}

} // namespace

/// Gives columns while the samples come.
class SpectrogramStream::Painter
{
public:
    /// `first` is where column 0 starts, `perColumn` how many samples a column covers; the sound starts at sample `begin`.
    Painter(int rows, const SpectrogramSettings& settings, int rate, double first, double perColumn, std::int64_t begin, ColumnSink sink)
        : sink_(std::move(sink)), floor_(settings.floor), window_(std::clamp(settings.window, 32, 65536) & ~1), first_(first), perColumn_(perColumn),
          begin_(begin), spectrum_(window_),
          edges_(rowEdges(rows, bandOf(settings, rate).lowest, bandOf(settings, rate).highest, settings.axis, static_cast<double>(rate) / window_)),
          power_(static_cast<std::size_t>(window_) / 2 + 1), column_(static_cast<std::size_t>(rows)), frame_(static_cast<std::size_t>(window_)),
          frames_(std::clamp(static_cast<int>(perColumn / (window_ / 2.0)), 1, 16))
    {
    }

    int window() const { return window_; }

    void push(std::span<const float> block, std::int64_t columns)
    {
        samples_.insert(samples_.end(), block.begin(), block.end());
        while (next_ < columns * frames_ && frameStart() + window_ <= begin_ + static_cast<std::int64_t>(samples_.size()))
            paint();
        const auto gone = std::clamp<std::int64_t>(frameStart() - begin_, 0, static_cast<std::int64_t>(samples_.size()));
        samples_.erase(samples_.begin(), samples_.begin() + gone);
        begin_ += gone;
    }

    void finish(std::int64_t columns)
    {
        while (next_ < columns * frames_)
            paint();
    }

private:
    std::int64_t frameStart() const
    {
        return std::llround(std::floor(first_ + (static_cast<double>(next_) + 0.5) * perColumn_ / frames_)) - window_ / 2;
    }

    void paint()
    {
        std::ranges::fill(frame_, 0.0F);
        const std::int64_t offset = frameStart() - begin_;
        const std::int64_t from = std::clamp<std::int64_t>(-offset, 0, window_);
        const std::int64_t to = std::clamp<std::int64_t>(static_cast<std::int64_t>(samples_.size()) - offset, from, window_);
        if (from < to)
            std::copy(samples_.begin() + offset + from, samples_.begin() + offset + to, frame_.begin() + from);
        spectrum_.addPower(frame_, power_);
        if (++next_ % frames_ == 0)
            closeColumn();
    }

    void closeColumn()
    {
        for (std::size_t row = 0; row < column_.size(); ++row) {
            const double power = rowPower(power_, edges_[row], edges_[row + 1]) / frames_;
            column_[row] = power > 0 ? std::max(floor_, 10 * std::log10(static_cast<float>(power))) : floor_;
        }
        std::ranges::fill(power_, 0.0);
        sink_(column_);
    }

    ColumnSink sink_;
    float floor_;
    int window_;
    double first_;
    double perColumn_;
    std::int64_t begin_; ///< the sample that samples_ starts with
    std::vector<float> samples_;
    Spectrum spectrum_;
    std::vector<double> edges_;
    std::vector<double> power_;
    std::vector<float> column_;
    std::vector<float> frame_;
    int frames_;            ///< windows a column
    std::int64_t next_ = 0; ///< window
};

SpectrogramStream::SpectrogramStream(int rows, int sampleRate, double samplesPerColumn, const SpectrogramSettings& settings, ColumnSink sink, double before)
    : painter_(std::make_unique<Painter>(rows, settings, sampleRate, before, samplesPerColumn, 0, std::move(sink)))
{
}

SpectrogramStream::~SpectrogramStream() = default;

void SpectrogramStream::push(std::span<const float> samples) { painter_->push(samples, std::numeric_limits<std::int64_t>::max() / 16); }

void SpectrogramStream::finish(std::int64_t columns) { painter_->finish(columns); }

Result<SpectrogramTile> spectrogramTile(const AudioClip& clip, int columns, int rows, const SpectrogramSettings& settings, ChannelChoice channel)
{
    constexpr int most = 16384;
    if (columns < 1 || rows < 1 || columns > most || rows > most || !clip.end || !(*clip.end > clip.start) || !(clip.start >= 0) || !std::isfinite(*clip.end))
        return failure("usage", "A spectrogram needs 1 to 16384 columns and rows and a range that ends after it starts.", clip.source.path);
    EARMARK_TRY(const AudioFacts facts, probeAudio(clip.source));
    SpectrogramTile tile{columns, rows, bandOf(settings, facts.sampleRate).lowest, bandOf(settings, facts.sampleRate).highest};
    tile.decibels.reserve(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));

    const int window = std::clamp(settings.window, 32, 65536) & ~1;
    const double first = clip.start * facts.sampleRate;
    const double last = *clip.end * facts.sampleRate;
    const double read = std::max(0.0, std::floor(first) - window);
    const AudioClip wider{clip.source, read / facts.sampleRate, (std::ceil(last) + window) / facts.sampleRate};
    SpectrogramStream::Painter painter(rows, settings, facts.sampleRate, first, (last - first) / columns, static_cast<std::int64_t>(read),
                                       [&](std::span<const float> column) { tile.decibels.insert(tile.decibels.end(), column.begin(), column.end()); });
    EARMARK_TRY(const auto warnings, streamAudio(wider, channel, [&](std::span<const float> block) -> Result<void> {
        painter.push(block, columns);
        return {};
    }));
    (void)warnings;
    painter.finish(columns);
    return tile;
}

} // namespace earmark
