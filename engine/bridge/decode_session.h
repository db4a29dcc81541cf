// One pass over the clip that is being looked at: its facts, its peaks, its spectrogram as a whole, and where it is short the samples themselves, all
// of it as far as it has come, some times a second. The clip asked for last is the one that is read; asking for another ends the reading of the first.
// Thread: that of the owner; the reading has its own, and asking never waits for it.
#pragma once

#include <QObject>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/audio/decode.h"
#include "engine/audio/peaks.h"
#include "engine/bridge/delivery.h"
#include "engine/bridge/picture_store.h"
#include "engine/bridge/spectrogram_part.h"

namespace earmark
{

class DecodeSession
{
public:
    /// The overview has at most this many columns.
    static constexpr int overviewColumns = 8192;
    /// Sounds of at most this many samples are kept as samples, too.
    static constexpr std::int64_t keptSamples = 2 << 20;

    struct Request {
        int id = 0;
        AudioClip clip;
        double duration = 0; ///< seconds; what the container states where 0
        int detail = 0;      ///< of the spectrogram, as for windowOf()
    };

    /// One of many for a request; what is absent has not changed.
    struct Event {
        int id = 0;
        std::optional<AudioFacts> facts; ///< first of all, with the next two
        double duration = 0;             ///< seconds
        int level = 0;                   ///< of the parts
        std::shared_ptr<const Peaks> peaks; ///< of all that was read so far
        std::shared_ptr<const SpectrogramPart> part;
        std::int64_t partIndex = 0; 
        std::shared_ptr<const std::vector<float>> samples;
        bool over = false;
        std::optional<Error> error; ///< with `over`
    };
    using Receiver = std::function<void(std::vector<Event>&&)>;

    DecodeSession(PictureStore& store, Receiver receiver, QObject* owner);
    ~DecodeSession();

    void read(Request request);
    void stop();

    /// The level whose columns are just long enough for an overview of this many seconds.
    static int overviewLevel(double seconds);
    /// Samples of the spectrogram's window: about 30 ms; a quarter of it for detail −1 (moments are told apart), twice as many for 1 (pitches are).
    static int windowOf(int sampleRate, int detail);
    static int rowsOf(int window) { return std::clamp(window / 2, 128, 1024); }

private:
    class Pass;
    void loop();

    PictureStore& store_;
    Delivery<Event> delivery_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::optional<Request> next_;
    bool ending_ = false;
    std::atomic<int> wanted_ = 0; ///< id of the request that matters
    std::thread thread_;
};

} // namespace earmark
