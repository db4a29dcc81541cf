// What can be drawn of one clip, at any zoom: its peaks, its spectrogram in parts, its samples where one looks closely. The clip is read once for the
// overview; finer parts are computed when a view wants them, the newest wish first, and kept in bounded memory. All that is asked for is either there at
// once or comes later with a signal. Times are seconds from the start of the clip. Thread: that of the object.
#pragma once

#include <QObject>

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/bridge/decode_session.h"
#include "engine/bridge/job_stack.h"
#include "engine/bridge/spectrogram_part.h"

namespace earmark
{

class SoundPicture : public QObject
{
    Q_OBJECT

public:
    explicit SoundPicture(QObject* parent = nullptr, PictureStore& store = PictureStore::user());
    ~SoundPicture() override;

    /// `duration` in seconds, 0 where not known. Showing what is shown already does nothing.
    void show(const std::optional<AudioClip>& clip, double duration);
    const std::optional<AudioClip>& clip() const { return clip_; }
    double duration() const { return duration_; }
    int sampleRate() const { return facts_.sampleRate; } ///< Hz, 0 until the file was opened
    const AudioFacts& facts() const { return facts_; }
    bool isWhole() const { return whole_; }                   ///< read to its end
    const std::optional<Error>& error() const { return error_; } ///< why it could not be read, or not to its end

    // ---- the waveform ----
    const std::shared_ptr<const Peaks>& peaks() const { return peaks_; } ///< null until the first came; they begin at the clip's start
    struct Samples {
        std::int64_t first = 0; ///< in the clip
        std::shared_ptr<const std::vector<float>> values;
    };
    /// Samples of [start, end) and around; null where they are not there: then they are fetched.
    const Samples* samples(double start, double end);

    // ---- the spectrogram ----
    /// The level to draw from where a column on the screen covers this many seconds.
    int levelFor(double secondsPerColumn) const;
    /// Null where it is not there. Those that are wanted come, unless others are wanted meanwhile.
    const SpectrogramPart* part(int level, std::int64_t index) const;
    void want(int level, std::int64_t first, std::int64_t last);
    int coarsestLevel() const { return overviewLevel_ + mips; }
    /// Which is told apart more finely, moments (−1) or pitches (1). Reads the clip anew.
    void setDetail(int detail);
    int detail() const { return detail_; }

    std::size_t keptBytes() const { return keptBytes_; } ///< in the cache of fine parts
    static constexpr std::size_t mostBytes = 64u << 20;

Q_SIGNALS:
    void clipChanged();   ///< all that was known is gone
    void factsChanged();  ///< sampleRate() and duration() are known
    void peaksChanged();
    void samplesChanged();
    void partsChanged();
    void wholeChanged();  ///< isWhole() or error()

private:
    static constexpr int mips = 5; ///< levels above the overview, made of it

    using Key = std::pair<int, std::int64_t>;
    struct Kept {
        std::shared_ptr<const SpectrogramPart> part;
        std::list<Key>::iterator age;
    };
    struct Fine {
        int id;
        Key key;
        std::shared_ptr<const SpectrogramPart> part;
    };
    struct Fetched {
        int id;
        Samples samples;
    };

    void restart();
    void take(std::vector<DecodeSession::Event>&& events);
    void takeOverview(std::int64_t index, std::shared_ptr<const SpectrogramPart> part);
    void keepFine(Fine&& fine);
    void fetchSamples(std::int64_t first, std::int64_t last);
    JobStack::Job fineJob(Key key);

    std::optional<AudioClip> clip_;
    double duration_ = 0;
    int detail_ = 0;
    int id_ = 0; ///< of the clip as shown: what comes late from another is dropped
    AudioFacts facts_;
    bool whole_ = false;
    std::optional<Error> error_;
    std::shared_ptr<const Peaks> peaks_;
    Samples samples_;
    std::optional<std::pair<std::int64_t, std::int64_t>> fetching_;
    int overviewLevel_ = 0;
    std::map<Key, std::shared_ptr<SpectrogramPart>> mips_;
    std::map<std::int64_t, std::shared_ptr<const SpectrogramPart>> overview_;
    mutable std::list<Key> ages_; ///< the one used last first
    std::map<Key, Kept> fine_;
    std::size_t keptBytes_ = 0;

    Delivery<Fine> fineParts_;
    Delivery<Fetched> fetched_;
    DecodeSession decode_;
    JobStack fineJobs_;
    JobStack sampleJobs_;
};

} // namespace earmark
