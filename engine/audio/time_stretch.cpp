#include "engine/audio/time_stretch.h"

#include <algorithm>
#include <cmath>

#include "engine/audio/resampler.h"
#include "engine/audio/tempo.h"

namespace earmark
{

namespace
{

class Untouched : public TimeStretch
{
public:
    Result<void> push(std::span<const float> in, std::vector<float>& out) override
    {
        out.insert(out.end(), in.begin(), in.end());
        return {};
    }
    Result<void> finish(std::vector<float>&) override { return {}; }
};

class Resampled : public TimeStretch
{
public:
    explicit Resampled(std::unique_ptr<Resampler> resampler) : resampler_(std::move(resampler)) {}
    Result<void> push(std::span<const float> in, std::vector<float>& out) override { return resampler_->push(in, out); }
    Result<void> finish(std::vector<float>& out) override { return resampler_->finish(out); }

private:
    std::unique_ptr<Resampler> resampler_;
};

/// Straight lines between the samples: what a build without FFmpeg has.
class Interpolated : public TimeStretch
{
public:
    Interpolated(int from, int to) : step_(static_cast<double>(from) / to) {}

    Result<void> push(std::span<const float> in, std::vector<float>& out) override
    {
        for (const float sample : in) {
            for (; next_ <= 1 && hasLast_; next_ += step_)
                out.push_back(last_ + (sample - last_) * static_cast<float>(next_));
            next_ -= hasLast_;
            last_ = sample;
            hasLast_ = true;
        }
        return {};
    }
    Result<void> finish(std::vector<float>&) override { return {}; }

private:
    double step_;
    double next_ = 0; ///< place of the next sample between last_ and the one after it
    float last_ = 0;
    bool hasLast_ = false;
};

} // namespace

Result<std::unique_ptr<TimeStretch>> makeTimeStretch(int from, int to, double speed)
{
    if (from <= 0 || to <= 0)
        return failure("audio.unsupported", "A sample rate of " + std::to_string(std::min(from, to)) + " Hz cannot be played. Check the file's header.");
    speed = std::clamp(speed, slowestSpeed, fastestSpeed);
    if (std::abs(speed - 1) > 1e-6)
        return makeTempo(from, to, speed);
    if (from == to)
        return std::make_unique<Untouched>();
    if (auto resampler = makeResampler(from, to, {}))
        return std::make_unique<Resampled>(std::move(*resampler));
    return std::make_unique<Interpolated>(from, to);
}

} // namespace earmark
