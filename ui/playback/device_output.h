// A sound device through Qt Multimedia, on a thread of its own: a busy window never makes it wait. Inside the room. Thread: as AudioOutput.
#pragma once

#include <QAudioDevice>
#include <QAudioFormat>
#include <QThread>

#include <memory>

#include "ui/models/audio_output.h"

namespace earmark
{

class DeviceOutput : public AudioOutput
{
public:
    explicit DeviceOutput(const QAudioDevice& device);
    ~DeviceOutput() override;

    int sampleRate() const override { return format_.sampleRate(); }
    void start(Pull pull) override;
    void stop() override;
    std::int64_t pending() const override;
    bool isAudible() const override { return true; }

private:
    class Feed;

    const QAudioDevice device_;
    QAudioFormat format_;
    QThread thread_;
    QObject* onThread_; ///< lives on thread_
    std::unique_ptr<Feed> feed_;
};

} // namespace earmark
