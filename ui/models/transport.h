// The player behind the foot of the window: which sound is loaded, where it stands, whether it plays. Sound goes out through an AudioOutput, which
// ui/playback implements with Qt Multimedia, and tests with a clock. Thread: the window's; decoding happens on a thread of its own.
#pragma once

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "engine/bridge/project_view.h"
#include "ui/models/audio_output.h"

namespace earmark
{

/// What can be put into the player: a clip of the project, or any other sound.
struct PlayableClip {
    std::optional<ClipId> id; ///< in the open project
    AudioClip audio;
    QString title;
    double duration = 0; ///< seconds; 0 where not known yet

    bool operator==(const PlayableClip&) const = default;
};

class PlayStream;

class Transport : public QObject
{
    Q_OBJECT

public:
    explicit Transport(QObject* parent = nullptr);
    ~Transport() override;

    /// Where sound goes from now on; until it is called, nowhere, at the speed of a clock. What plays is paused.
    void setOutput(std::unique_ptr<AudioOutput> output);
    bool isAudible() const { return output_->isAudible(); } ///< false where there is no sound device

    void load(const std::optional<PlayableClip>& clip); ///< stops what plays; nothing empties the player
    const std::optional<PlayableClip>& clip() const { return clip_; }
    double duration() const { return duration_; } ///< seconds
    double position() const { return position_; } ///< seconds from the start of the clip
    bool isPlaying() const { return playing_; }
    double speed() const { return speed_; }
    double volume() const { return volume_; }
    /// How loud what is heard is, 1 being full scale, before the volume: largest value and root of the mean square of the last moment.
    struct Level {
        float peak = 0;
        float effective = 0;
    };
    Level level() const { return level_; }
    std::uint64_t starved() const; ///< samples that the output wanted and that were not decoded in time
    const std::optional<std::pair<double, double>>& loop() const { return loop_; }

    void play();
    void playRange(double from, double to); ///< this stretch, once, without a loop; seconds
    void pause();
    void toggle() { playing_ ? pause() : play(); }
    void seek(double seconds);
    void setSpeed(double speed);   ///< 0.25 … 2, pitch kept
    void setVolume(double volume); ///< 0 … 1
    /// Plays this stretch again and again, to the sample, once it is reached; play() from outside of it begins at its start.
    void setLoop(std::optional<std::pair<double, double>> seconds);
    void setDuration(double seconds); ///< what was found by reading the clip; headers err

Q_SIGNALS:
    void clipChanged();
    void durationChanged();
    void positionChanged(double seconds);
    void playingChanged(bool playing);
    void speedChanged(double speed);
    void volumeChanged(double volume);
    void loopChanged();
    void finished(); ///< the clip was played to its end, not looped
    void levelChanged();
    void audibleChanged();                    ///< isAudible()
    void failed(const earmark::Error& error); ///< the clip could not be played, or not to its end

private:
    void order();
    void startOutput();
    void stopOutput();
    void tick();
    void setPosition(double seconds);
    void setLevel(Level level);

    std::optional<PlayableClip> clip_;
    double duration_ = 0;
    double position_ = 0;
    bool playing_ = false;
    double speed_ = 1;
    double volume_ = 1;
    std::optional<std::pair<double, double>> loop_;
    std::optional<double> rangeEnd_; ///< where playRange() stops; a seek or a loop ends that
    Level level_;
    std::unique_ptr<AudioOutput> output_;
    std::unique_ptr<PlayStream> stream_; ///< empties into output_
    bool outputRuns_ = false;
    bool ordered_ = false; ///< stream_ has been told to play from position_
    int quietTicks_ = 0;
    QTimer timer_;
};

} // namespace earmark
