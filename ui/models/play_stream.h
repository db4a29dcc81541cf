// From a clip to the sound device: decodes ahead on a thread of its own into a ring that the device empties. A seek, another speed, loop or clip is a
// new order: the device fades what it plays out, jumps to where the new order's samples begin, and fades in; nothing clicks and nobody waits.
// Thread: the window's, but for pull(), which is the device's and never blocks.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>

#include "engine/audio/decode.h"
#include "engine/audio/time_stretch.h"
#include "ui/models/sample_ring.h"

namespace earmark
{

class PlayStream
{
public:
    struct Order {
        AudioClip clip;
        double from = 0; ///< seconds from the clip's start
        std::optional<double> to; ///< where it ends; the clip's end where absent
        double speed = 1;
        std::optional<std::pair<double, double>> loop; ///< seconds; it is entered where `from` lies before its end
    };
    /// Root of the mean square and largest value of what went to the device since it was asked last, before the volume.
    struct Level {
        float peak = 0;
        float effective = 0;
    };

    /// `failed` is called on the decoding thread. `outputRate` in Hz.
    PlayStream(int outputRate, std::function<void(const Error&)> failed);
    ~PlayStream();

    void order(Order order);
    void setAudible(bool audible);
    void setVolume(float volume) { volume_ = volume; }

    void pull(std::span<float> out);

    /// What is heard now, in seconds from the clip's start, where `pending` samples of the device are still to be heard.
    /// Nothing where the device has not come to the last order yet.
    std::optional<double> position(std::int64_t pending) const;
    /// The last order was played to its end.
    bool isOver(std::int64_t pending) const;
    bool isSilent() const { return silent_; } ///< faded out after setAudible(false)
    Level takeLevel();
    std::uint64_t starved() const { return starved_; } ///< samples that were wanted and not there in time

private:
    /// A place in the ring together with the order that it belongs to, in one word.
    struct Mark {
        std::uint16_t order = 0;
        std::uint64_t place = 0; ///< below 2^48

        std::uint64_t packed() const { return (std::uint64_t{order} << 48) | place; }
        static Mark of(std::uint64_t word) { return {static_cast<std::uint16_t>(word >> 48), word & ((std::uint64_t{1} << 48) - 1)}; }
    };
    /// From which sample of an order on (of those that went into the stretch) which second of the clip is played.
    struct Stretch {
        std::int64_t sample;
        double second;
    };

    void loop();
    Result<void> produce(const Order& order, std::uint16_t number);
    Result<void> playOnce(const Order& order, double from, std::optional<double> to, std::vector<float>* record);
    Result<void> repeat(const Order& order);
    Result<void> feed(std::span<const float> samples);
    std::span<const float> cleaned(std::span<const float> samples);
    Result<void> writeOut();
    void mark(double second);
    bool superseded() const;
    void jump(Mark to);

    const int outputRate_;
    const std::function<void(const Error&)> failed_;
    SampleRing ring_;

    // Between the threads.
    std::atomic<std::uint16_t> asked_ = 0;   ///< number of the last order
    std::atomic<std::uint64_t> began_ = 0;   ///< Mark: the order being decoded, and where it begins in the ring
    std::atomic<std::uint64_t> ended_ = 0;   ///< Mark: the order that was decoded to its end, and where that is
    std::atomic<std::uint64_t> heard_ = 0;   ///< Mark: what the device plays, and up to where
    std::atomic<std::int64_t> quiet_ = 0;    ///< silent samples that the device took after the last of these
    std::atomic<bool> audible_ = false;
    std::atomic<bool> silent_ = true;
    std::atomic<float> volume_ = 1;
    std::atomic<float> peak_ = 0;
    std::atomic<float> energy_ = 0;
    std::atomic<int> measured_ = 0;
    std::atomic<std::uint64_t> starved_ = 0;

    // The device's thread.
    Mark playing_;
    float gain_ = 0;
    std::int64_t quietRun_ = 0;
    bool primed_ = false; ///< enough has come since the jump to begin

    // The decoding thread.
    std::uint16_t number_ = 0;
    int inputRate_ = 0;
    std::int64_t fed_ = 0;
    std::unique_ptr<TimeStretch> stretch_;
    std::vector<float> ready_;
    std::vector<float> clean_; ///< samples that held some which were no numbers

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Order> next_;
    bool ending_ = false;
    mutable std::deque<Stretch> map_; ///< of order mapOrder_
    std::uint16_t mapOrder_ = 0;
    std::uint64_t mapBegin_ = 0;
    double mapRatio_ = 1; ///< samples into the stretch for one out of it
    int mapRate_ = 1;     ///< Hz, of the samples that go in
    double mapEnd_ = 0;   ///< second at which the sound ends
    std::thread thread_;
};

} // namespace earmark
