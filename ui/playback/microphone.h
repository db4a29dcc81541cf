// Records the default microphone, mono, 16 bit, to a WAV file beside the user's other music. Thread: the window's; the file is written on a worker.
#pragma once

#include <QIODevice>

#include <memory>
#include <thread>
#include <vector>

#include "ui/models/sound_recorder.h"

class QAudioSource;

namespace earmark
{

class Microphone : public SoundRecorder
{
    Q_OBJECT

public:
    /// Longer recordings end by themselves.
    static constexpr double longest = 3600; ///< seconds

    explicit Microphone(QObject* parent = nullptr);
    ~Microphone() override;

    bool isAvailable() const override;
    bool isRecording() const override { return source_ != nullptr; }
    void start() override;
    void stop() override;

private:
    void take();
    void write(std::vector<float> samples, int rate);
    void fail(const QString& english);

    std::unique_ptr<QAudioSource> source_;
    QIODevice* input_ = nullptr;
    std::vector<float> samples_;
    std::jthread writer_;
};

} // namespace earmark
