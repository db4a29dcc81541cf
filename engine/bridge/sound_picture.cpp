#include "engine/bridge/sound_picture.h"

#include <cmath>

#include "engine/audio/spectrogram.h"

namespace earmark
{

namespace
{

/// The clip's stretch [from, to) as a clip of its own, within it; seconds.
AudioClip stretch(const AudioClip& clip, double from, double to)
{
    const double end = clip.start + to;
    return {clip.source, clip.start + std::max(from, 0.0), clip.end ? std::min(*clip.end, end) : end};
}

tl::unexpected<Error> stopped() { return failure("internal", "stopped"); }

/// The columns [index · 256, …) of a level.
std::shared_ptr<const SpectrogramPart> computePart(const AudioClip& clip, double duration, int rate, int window, int level, std::int64_t index, const std::stop_token& stop)
{
    const double start = static_cast<double>(index) * partSeconds(level);
    const double margin = static_cast<double>(window) / rate;
    const auto from = std::max<std::int64_t>(0, std::llround((start - margin) * rate)); // a whole number of samples
    const int columns = std::clamp(static_cast<int>(std::ceil((duration - start) / columnSeconds(level))), 0, SpectrogramPart::columns);
    auto part = std::make_shared<SpectrogramPart>();
    part->rows = DecodeSession::rowsOf(window);
    SpectrogramStream spectrogram(
        part->rows, rate, columnSeconds(level) * rate, {.window = window, .floor = SpectrogramPart::floor},
        [&](std::span<const float> column) {
            if (part->filled < columns)
                part->append(column);
        },
        start * rate - static_cast<double>(from));
    const AudioClip needed = stretch(clip, static_cast<double>(from) / rate, start + columns * columnSeconds(level) + margin);
    if (!(needed.end > needed.start))
        return nullptr;
    const auto read = streamAudio(needed, {}, [&](std::span<const float> block) -> Result<void> {
        spectrogram.push(block);
        return stop.stop_requested() ? Result<void>(stopped()) : Result<void>();
    });
    if (stop.stop_requested())
        return nullptr;
    if (read)
        spectrogram.finish(columns);
    return part;
}

/// Two columns into one: what was loud in either stays visible.
void merge(SpectrogramPart& into, int at, const SpectrogramPart& from)
{
    const auto rows = static_cast<std::size_t>(into.rows);
    into.levels.resize(rows * SpectrogramPart::columns);
    for (int column = 0; column < from.filled; column += 2) {
        const std::uint8_t* left = from.column(column);
        const std::uint8_t* right = from.column(std::min(column + 1, from.filled - 1));
        std::uint8_t* to = into.levels.data() + static_cast<std::size_t>(at + column / 2) * rows;
        for (std::size_t row = 0; row < rows; ++row)
            to[row] = std::max(left[row], right[row]);
    }
    into.filled = std::max(into.filled, at + (from.filled + 1) / 2);
}

} // namespace

SoundPicture::SoundPicture(QObject* parent, PictureStore& store)
    : QObject(parent),
      fineParts_([this](std::vector<Fine>&& all) {
          for (Fine& fine : all)
              keepFine(std::move(fine));
          Q_EMIT partsChanged();
      }, this),
      fetched_([this](std::vector<Fetched>&& all) {
          for (Fetched& one : all)
              if (one.id == id_) {
                  samples_ = std::move(one.samples);
                  fetching_.reset();
              }
          Q_EMIT samplesChanged();
      }, this),
      decode_(store, [this](std::vector<DecodeSession::Event>&& events) { take(std::move(events)); }, this), fineJobs_(2), sampleJobs_(1)
{
}

SoundPicture::~SoundPicture() = default;

void SoundPicture::show(const std::optional<AudioClip>& clip, double duration)
{
    if (clip == clip_)
        return;
    clip_ = clip;
    duration_ = duration;
    facts_ = {};
    restart();
}

void SoundPicture::setDetail(int detail)
{
    if (detail == detail_)
        return;
    detail_ = detail;
    if (clip_)
        restart();
}

void SoundPicture::restart()
{
    ++id_;
    whole_ = false;
    error_.reset();
    peaks_.reset();
    samples_ = {};
    fetching_.reset();
    overview_.clear();
    mips_.clear();
    fine_.clear();
    ages_.clear();
    keptBytes_ = 0;
    fineJobs_.replace({});
    sampleJobs_.replace({});
    if (clip_)
        decode_.read({.id = id_, .clip = *clip_, .duration = duration_, .detail = detail_});
    else
        decode_.stop();
    Q_EMIT clipChanged();
}

void SoundPicture::take(std::vector<DecodeSession::Event>&& events)
{
    bool facts = false, peaks = false, parts = false, samples = false, over = false;
    for (DecodeSession::Event& event : events) {
        if (event.id != id_)
            continue;
        if (event.facts) {
            facts_ = *event.facts;
            duration_ = event.duration;
            overviewLevel_ = event.level;
            facts = true;
        }
        if (event.peaks) {
            peaks_ = std::move(event.peaks);
            peaks = true;
        }
        if (event.part) {
            takeOverview(event.partIndex, std::move(event.part));
            parts = true;
        }
        if (event.samples) {
            samples_ = {0, std::move(event.samples)};
            samples = true;
        }
        if (event.over) {
            whole_ = !event.error;
            error_ = std::move(event.error);
            over = true;
        }
    }
    if (over && whole_ && peaks_ && facts_.sampleRate > 0)
        duration_ = static_cast<double>(peaks_->samples) / facts_.sampleRate; // what there was, not what the header says
    facts = facts || (over && whole_);
    if (facts)
        Q_EMIT factsChanged();
    if (peaks)
        Q_EMIT peaksChanged();
    if (samples)
        Q_EMIT samplesChanged();
    if (parts)
        Q_EMIT partsChanged();
    if (over)
        Q_EMIT wholeChanged();
}

/// Keeps a part of the overview and brings the levels above it up to date.
void SoundPicture::takeOverview(std::int64_t index, std::shared_ptr<const SpectrogramPart> part)
{
    const SpectrogramPart* below = part.get();
    overview_[index] = part;
    for (int level = overviewLevel_ + 1; level <= overviewLevel_ + mips; ++level) {
        auto& mip = mips_[{level, index / 2}];
        if (!mip)
            mip = std::make_shared<SpectrogramPart>(SpectrogramPart{.rows = below->rows});
        merge(*mip, index % 2 == 0 ? 0 : SpectrogramPart::columns / 2, *below);
        below = mip.get();
        index /= 2;
    }
}

int SoundPicture::levelFor(double secondsPerColumn) const
{
    int level = 0;
    while (level < coarsestLevel() && columnSeconds(level + 1) <= secondsPerColumn * 1.2)
        ++level;
    return level;
}

const SpectrogramPart* SoundPicture::part(int level, std::int64_t index) const
{
    if (level == overviewLevel_) {
        const auto found = overview_.find(index);
        return found == overview_.end() ? nullptr : found->second.get();
    }
    if (level > overviewLevel_) {
        const auto found = mips_.find({level, index});
        return found == mips_.end() ? nullptr : found->second.get();
    }
    const auto found = fine_.find({level, index});
    if (found == fine_.end())
        return nullptr;
    ages_.splice(ages_.begin(), ages_, found->second.age);
    return found->second.part.get();
}

void SoundPicture::want(int level, std::int64_t first, std::int64_t last)
{
    if (!clip_ || level >= overviewLevel_ || facts_.sampleRate <= 0)
        return;
    std::vector<JobStack::Job> jobs;
    for (std::int64_t index = std::max<std::int64_t>(first, 0); index <= last && static_cast<double>(index) * partSeconds(level) < duration_; ++index)
        if (!fine_.contains({level, index}))
            jobs.push_back(fineJob({level, index}));
    fineJobs_.replace(std::move(jobs));
}

JobStack::Job SoundPicture::fineJob(Key key)
{
    const int window = DecodeSession::windowOf(facts_.sampleRate, detail_);
    const auto place = (static_cast<std::uint64_t>(id_) << 40) | (static_cast<std::uint64_t>(key.first) << 32) | static_cast<std::uint64_t>(key.second);
    return {place, [this, key, id = id_, clip = *clip_, duration = duration_, rate = facts_.sampleRate, window](std::stop_token stop) {
                if (auto part = computePart(clip, duration, rate, window, key.first, key.second, stop))
                    fineParts_.push({id, key, std::move(part)});
            }};
}

void SoundPicture::keepFine(Fine&& fine)
{
    if (fine.id != id_ || fine_.contains(fine.key))
        return;
    keptBytes_ += fine.part->levels.capacity();
    ages_.push_front(fine.key);
    fine_[fine.key] = {std::move(fine.part), ages_.begin()};
    while (keptBytes_ > mostBytes) {
        const auto oldest = fine_.find(ages_.back());
        keptBytes_ -= oldest->second.part->levels.capacity();
        fine_.erase(oldest);
        ages_.pop_back();
    }
}

const SoundPicture::Samples* SoundPicture::samples(double start, double end)
{
    if (!clip_ || facts_.sampleRate <= 0)
        return nullptr;
    const auto all = static_cast<std::int64_t>(std::ceil(duration_ * facts_.sampleRate));
    const auto first = std::clamp<std::int64_t>(static_cast<std::int64_t>(start * facts_.sampleRate) - 2, 0, all);
    const auto last = std::clamp<std::int64_t>(static_cast<std::int64_t>(end * facts_.sampleRate) + 2, first, all);
    const bool there = samples_.values && samples_.first <= first && samples_.first + static_cast<std::int64_t>(samples_.values->size()) >= last;
    if (there)
        return &samples_;
    if (last > first)
        fetchSamples(first, last);
    return nullptr;
}

/// With as much again on either side, so that a small pan needs nothing new.
void SoundPicture::fetchSamples(std::int64_t first, std::int64_t last)
{
    if (fetching_ && fetching_->first <= first && fetching_->second >= last)
        return;
    if (last - first > DecodeSession::keptSamples)
        return;
    const std::int64_t around = last - first;
    const std::int64_t from = std::max<std::int64_t>(0, first - around);
    const std::int64_t to = last + around;
    fetching_ = {from, to};
    const auto rate = static_cast<double>(facts_.sampleRate);
    sampleJobs_.replace({{static_cast<std::uint64_t>(from) ^ (static_cast<std::uint64_t>(to) << 24) ^ (static_cast<std::uint64_t>(id_) << 48),
                          [this, id = id_, from, clip = stretch(*clip_, static_cast<double>(from) / rate, static_cast<double>(to) / rate)](std::stop_token stop) {
                              auto values = std::make_shared<std::vector<float>>();
                              const auto read = streamAudio(clip, {}, [&](std::span<const float> block) -> Result<void> {
                                  values->insert(values->end(), block.begin(), block.end());
                                  return stop.stop_requested() ? Result<void>(stopped()) : Result<void>();
                              });
                              if (read)
                                  fetched_.push({id, {from, std::move(values)}});
                          }}});
}

} // namespace earmark
