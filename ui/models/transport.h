// The player behind the foot of the window: which sound is loaded, where it stands, whether it plays. Sound goes out through an AudioOutput, which
// ui/playback implements with Qt Multimedia, and tests with a clock. Thread: the window's; decoding happens on a thread of its own.
#pragma once

#include <QObject>

#include <memory>
#include <optional>
#include <utility>

#include "engine/bridge/project_view.h"

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

class Transport : public QObject
{
    Q_OBJECT

public:
    explicit Transport(QObject* parent = nullptr);
    ~Transport() override;

    void load(const std::optional<PlayableClip>& clip); ///< stops what plays; nothing empties the player
    const std::optional<PlayableClip>& clip() const { return clip_; }
    double duration() const { return duration_; } ///< seconds
    double position() const { return position_; } ///< seconds from the start of the clip
    bool isPlaying() const { return playing_; }
    double speed() const { return speed_; }
    double volume() const { return volume_; }
    const std::optional<std::pair<double, double>>& loop() const { return loop_; }

    void play();
    void pause();
    void toggle() { playing_ ? pause() : play(); }
    void seek(double seconds);
    void setSpeed(double speed);   ///< 0.25 … 2, pitch kept
    void setVolume(double volume); ///< 0 … 1
    void setLoop(std::optional<std::pair<double, double>> seconds);

Q_SIGNALS:
    void clipChanged();
    void durationChanged();
    void positionChanged(double seconds);
    void playingChanged(bool playing);
    void speedChanged(double speed);
    void volumeChanged(double volume);
    void loopChanged();
    void finished(); ///< played to its end, not looped

private:
    std::optional<PlayableClip> clip_;
    double duration_ = 0;
    double position_ = 0;
    bool playing_ = false;
    double speed_ = 1;
    double volume_ = 1;
    std::optional<std::pair<double, double>> loop_;
};

} // namespace earmark
