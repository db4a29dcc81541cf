#include "engine/neural/infer/clip_store.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <fstream>
#include <thread>

namespace earmark::neural
{

namespace
{

constexpr std::size_t namesInARemark = 20;
/// Above this a crop is decoded alone rather than out of the whole clip.
constexpr double longClipSeconds = 300;

struct Decoded {
    std::int64_t length = -1;
    std::optional<Error> error;
    std::vector<Remark> warnings;
};

/// Why a clip shorter than a second cannot be used, if it cannot.
std::optional<Error> refusal(const std::vector<float>& samples, const ClipSetOptions& options)
{
    if (!options.extractor || static_cast<int>(samples.size()) >= options.sampleRate)
        return std::nullopt;
    auto features = options.extractor->extract(samples);
    return features ? std::nullopt : std::optional(std::move(features.error()));
}

} // namespace

std::int64_t sensibleMemoryBudget()
{
    constexpr std::int64_t most = std::int64_t(8) << 30;
    std::ifstream file("/proc/meminfo");
    std::string key;
    std::int64_t kibibytes = 0;
    for (std::string unit; file >> key >> kibibytes; std::getline(file, unit))
        if (key == "MemAvailable:")
            return std::min(kibibytes * 1024 / 3, most);
    return std::int64_t(1) << 30;
}

ClipStore::ClipStore(std::vector<Sample> samples, const ClipSetOptions& options)
    : samples_(std::move(samples)), options_(options), waves_(samples_.size()), budget_(options.memoryBudget)
{
}

std::unique_ptr<ClipStore> ClipStore::prepare(std::vector<Sample> samples, const ClipSetOptions& options, std::stop_token stop,
                                              const std::function<void(std::size_t)>& progress)
{
    std::unique_ptr<ClipStore> store(new ClipStore(std::move(samples), options));
    store->decodeAll(stop, progress);
    store->features_.resize(store->rows_.size());
    return store;
}

bool ClipStore::reserve(std::int64_t bytes) const
{
    if (budget_.fetch_sub(bytes) >= bytes)
        return true;
    budget_ += bytes;
    return false;
}

void ClipStore::decodeAll(std::stop_token stop, const std::function<void(std::size_t)>& progress)
{
    std::vector<Decoded> decoded(samples_.size());
    std::atomic<std::size_t> next = 0;
    std::size_t done = 0;
    std::exception_ptr thrown;
    const auto work = [&] {
        try {
            for (std::size_t i = next++; i < samples_.size() && !stop.stop_requested(); i = next++) {
                const DecodeOptions options{.sampleRate = options_.sampleRate, .channel = options_.channel};
                Result<Waveform> waveform = decodeAudio(samples_[i].clip, options);
                if (!waveform) {
                    decoded[i].error = std::move(waveform.error());
                } else if (auto refused = refusal(waveform->samples, options_)) {
                    decoded[i].error = std::move(refused);
                } else {
                    decoded[i].length = static_cast<std::int64_t>(waveform->samples.size());
                    decoded[i].warnings = std::move(waveform->warnings);
                    if (reserve(decoded[i].length * static_cast<std::int64_t>(sizeof(float))))
                        waves_[i] = std::make_shared<const std::vector<float>>(std::move(waveform->samples));
                }
                const std::lock_guard lock(mutex_);
                ++done;
                if (progress)
                    progress(done);
            }
        } catch (...) {
            const std::lock_guard lock(mutex_);
            thrown = std::current_exception();
            next = samples_.size();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 1; i < options_.threads; ++i)
            threads.emplace_back(work);
        work();
    }
    if (thrown)
        std::rethrow_exception(thrown);
    for (std::size_t i = 0; i < samples_.size(); ++i) {
        if (decoded[i].error)
            leftOut_.push_back({i, std::move(*decoded[i].error)});
        else if (decoded[i].length >= 0)
            makeRows(i, decoded[i].length);
        else
            stopped_ = true;
        for (Remark& warning : decoded[i].warnings)
            warnings_.push_back(std::move(warning));
    }
}

void ClipStore::makeRows(std::size_t sample, std::int64_t length)
{
    const double limit = options_.sampleRate * options_.maxLengthSeconds;
    const auto leaveOut = [&](const char* code, const std::string& sentence) {
        leftOut_.push_back({sample, Error{code, sentence, samples_[sample].clip.source.path}});
        waves_[sample] = nullptr;
    };
    if (length < options_.minimumSamples)
        return leaveOut("audio.too_short", quoteName(samples_[sample].name) + " is too short for the model, which needs " +
                                               std::to_string(options_.minimumSamples) + " samples at least.");
    ClipRow row{.sample = sample, .length = length};
    switch (options_.rule) {
    case LengthRule::whole:
        break;
    case LengthRule::truncate: // as the course: max_length=int(rate * seconds)
        row.length = std::min(length, static_cast<std::int64_t>(limit));
        break;
    case LengthRule::randomCrop: // as random_subsample: int(round(rate * seconds))
        row.length = std::min(length, static_cast<std::int64_t>(std::nearbyint(limit)));
        row.slack = length - row.length;
        break;
    case LengthRule::dropLonger: // as the TIMIT recipe: only what is shorter stays
        if (static_cast<double>(length) >= limit)
            return leaveOut("train.too_long", quoteName(samples_[sample].name) + " is longer than max_length_seconds.");
        break;
    case LengthRule::windows: {
        const auto window = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::nearbyint(limit)));
        const std::int64_t shortest = std::max(options_.minimumSamples, window / 2); // a shorter rest is not a window of its own
        for (row.start = 0; row.start == 0 || length - row.start >= shortest; row.start += window) {
            row.length = std::min(window, length - row.start);
            rows_.push_back(row);
        }
        return;
    }
    }
    if (row.length < options_.minimumSamples)
        return leaveOut("audio.too_short", "max_length_seconds is shorter than what the model needs.");
    rows_.push_back(row);
}

void ClipStore::leaveOut(const std::function<std::optional<Error>(const ClipRow&)>& judge)
{
    std::erase_if(rows_, [&](const ClipRow& row) {
        auto error = judge(row);
        if (error)
            leftOut_.push_back({row.sample, std::move(*error)});
        return error.has_value();
    });
    features_.resize(rows_.size());
}

std::int64_t ClipStore::longest() const
{
    return rows_.empty() ? 0 : std::ranges::max_element(rows_, {}, &ClipRow::length)->length;
}

Result<ClipStore::Wave> ClipStore::decodeWhole(std::size_t sample) const
{
    EARMARK_TRY(Waveform waveform, decodeAudio(samples_[sample].clip, {.sampleRate = options_.sampleRate, .channel = options_.channel}));
    return std::make_shared<const std::vector<float>>(std::move(waveform.samples));
}

Result<std::vector<float>> ClipStore::waveform(std::size_t index, std::int64_t offset) const
{
    const ClipRow& row = rows_[index];
    const std::int64_t first = row.start + offset;
    Wave wave;
    {
        const std::lock_guard lock(mutex_);
        wave = waves_[row.sample];
    }
    const double rate = options_.sampleRate;
    if (!wave && static_cast<double>(row.start + row.length + row.slack) > longClipSeconds * rate &&
        static_cast<double>(row.length) < longClipSeconds * rate / 4) {
        AudioClip part = samples_[row.sample].clip;
        part.end = part.start + static_cast<double>(first + row.length) / rate;
        part.start += static_cast<double>(first) / rate;
        EARMARK_TRY(Waveform decoded, decodeAudio(part, {.sampleRate = options_.sampleRate, .channel = options_.channel}));
        return std::move(decoded.samples);
    }
    if (!wave) {
        EARMARK_TRY(wave, decodeWhole(row.sample));
    }
    if (first + row.length > static_cast<std::int64_t>(wave->size()))
        return failure("io.unreadable", quoteName(samples_[row.sample].name) + " has become shorter since it was first read. Keep the clips as they are while they are in use.",
                       samples_[row.sample].clip.source.path);
    return std::vector<float>(wave->begin() + first, wave->begin() + first + row.length);
}

Result<std::shared_ptr<const Features>> ClipStore::features(std::size_t index, std::int64_t offset, const FeatureExtractor& extractor) const
{
    const ClipRow& row = rows_[index];
    if (row.slack == 0) {
        const std::lock_guard lock(mutex_);
        if (features_[index])
            return features_[index];
    }
    EARMARK_TRY(const std::vector<float> samples, waveform(index, offset));
    EARMARK_TRY(Features extracted, extractor.extract(samples));
    auto features = std::make_shared<const Features>(std::move(extracted));
    if (row.slack != 0)
        return features;
    const std::lock_guard lock(mutex_);
    Wave& wave = waves_[row.sample];
    const bool onlyRow = options_.rule != LengthRule::windows; // then its samples are not needed again
    if (wave && onlyRow) {
        budget_ += static_cast<std::int64_t>(wave->size() * sizeof(float));
        if (reserve(static_cast<std::int64_t>(features->values.size() * sizeof(float)))) {
            features_[index] = features;
            wave = nullptr;
        } else {
            budget_ -= static_cast<std::int64_t>(wave->size() * sizeof(float));
        }
    } else if (reserve(static_cast<std::int64_t>(features->values.size() * sizeof(float)))) {
        features_[index] = features;
    }
    return features;
}

std::optional<Remark> describeLeftOut(const ClipStore& store, const std::string& set)
{
    const auto& leftOut = store.leftOut();
    if (leftOut.empty())
        return std::nullopt;
    Remark remark{.code = "train." + set + "_left_out", .message = {}, .parameters = {{"clips", std::to_string(leftOut.size())}}, .causes = {}};
    std::string& text = remark.message;
    text = std::to_string(leftOut.size()) + (leftOut.size() == 1 ? " clip" : " clips") + " of the " + set + " set " +
                       (leftOut.size() == 1 ? "was" : "were") + " left out: ";
    for (std::size_t i = 0; i < std::min(leftOut.size(), namesInARemark); ++i) {
        remark.causes.push_back(leftOut[i].error);
        text += (i ? "; " : "") + quoteName(store.samples()[leftOut[i].sample].name) + " (" + leftOut[i].error.message + ")";
    }
    if (leftOut.size() > namesInARemark)
        text += "; and " + std::to_string(leftOut.size() - namesInARemark) + " more";
    text += ".";
    return remark;
}

} // namespace earmark::neural
