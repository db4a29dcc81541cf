// The clips of a set: decoded once before the first step (which finds those that cannot be used, and every length), then kept in memory as far as
// a budget goes and decoded again beyond it. Also used to predict.
// Thread: prepareClips() from one; the rest from any, several at once. Never a torch call.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/audio/decode.h"
#include "engine/compute/sample.h"
#include "engine/neural/features/feature_extractor.h"

namespace earmark::neural
{

/// What becomes of a clip that is longer than a set's greatest length.
enum class LengthRule { whole, truncate, randomCrop, dropLonger, windows };

struct ClipSetOptions {
    int sampleRate = 16000; ///< Hz, the extractor's
    ChannelChoice channel;
    LengthRule rule = LengthRule::whole;
    double maxLengthSeconds = 0;     ///< not looked at with LengthRule::whole
    std::int64_t minimumSamples = 1; ///< shorter clips cannot be used
    std::int64_t memoryBudget = 0;   ///< bytes of samples and features to keep
    const FeatureExtractor* extractor = nullptr; ///< where set, tried on very short clips: those it refuses cannot be used
    int threads = 1;
};

/// One thing to learn from or to predict: a clip, or a window of one.
struct ClipRow {
    std::size_t sample = 0;   ///< into the samples given
    std::int64_t start = 0;   ///< samples at the set's rate
    std::int64_t length = 0;  ///< samples that the network gets
    std::int64_t slack = 0;   ///< samples by which the clip is longer than `length` where a crop is drawn; else 0
};

struct LeftOutClip {
    std::size_t sample = 0;
    Error error;
};

class ClipStore
{
public:
    /// Decodes every sample. Rows are in the samples' order. A stop leaves the rest undecoded and `stopped` true.
    static std::unique_ptr<ClipStore> prepare(std::vector<Sample> samples, const ClipSetOptions& options, std::stop_token stop,
                                              const std::function<void(std::size_t done)>& progress = {});

    /// Rows of which `judge` says why they cannot be used join those left out. Before anything is read from the store.
    void leaveOut(const std::function<std::optional<Error>(const ClipRow&)>& judge);

    const std::vector<Sample>& samples() const { return samples_; }
    const std::vector<ClipRow>& rows() const { return rows_; }
    const std::vector<LeftOutClip>& leftOut() const { return leftOut_; }
    const std::vector<Remark>& warnings() const { return warnings_; }
    bool stopped() const { return stopped_; }
    /// Bytes of the memory budget that nothing lies in yet.
    std::int64_t budgetLeft() const { return budget_; }
    /// Samples of the longest row.
    std::int64_t longest() const;

    /// The row's samples, from `offset` on where it is cropped (0…slack).
    Result<std::vector<float>> waveform(std::size_t row, std::int64_t offset = 0) const;

    /// extractor.extract() of the row; kept where nothing is drawn for it and the budget allows.
    Result<std::shared_ptr<const Features>> features(std::size_t row, std::int64_t offset, const FeatureExtractor& extractor) const;

private:
    using Wave = std::shared_ptr<const std::vector<float>>;

    ClipStore(std::vector<Sample> samples, const ClipSetOptions& options);
    void decodeAll(std::stop_token stop, const std::function<void(std::size_t)>& progress);
    void makeRows(std::size_t sample, std::int64_t length);
    Result<Wave> decodeWhole(std::size_t sample) const;
    bool reserve(std::int64_t bytes) const;

    std::vector<Sample> samples_;
    ClipSetOptions options_;
    std::vector<ClipRow> rows_;
    std::vector<LeftOutClip> leftOut_;
    std::vector<Remark> warnings_;
    bool stopped_ = false;

    mutable std::mutex mutex_; ///< of the two below
    mutable std::vector<Wave> waves_;                                ///< by sample, null where not kept
    mutable std::vector<std::shared_ptr<const Features>> features_;  ///< by row
    mutable std::atomic<std::int64_t> budget_ = 0;
};

/// A third of the memory that is free now, 8 GiB at most.
std::int64_t sensibleMemoryBudget();

/// "2 clips of the training set were left out: “a.wav” (reason) …"; nothing where none was. `set` is "training" or "validation".
std::optional<Remark> describeLeftOut(const ClipStore& store, const std::string& set);

} // namespace earmark::neural
