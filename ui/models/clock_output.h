// An output without a device: takes samples at the speed at which they would be heard, and drops them. Thread: as AudioOutput.
#pragma once

#include <stop_token>
#include <thread>

#include "ui/models/audio_output.h"

namespace earmark
{

class ClockOutput : public AudioOutput
{
public:
    explicit ClockOutput(int sampleRate = 48000) : sampleRate_(sampleRate) {}

    int sampleRate() const override { return sampleRate_; }
    void start(Pull pull) override;
    void stop() override;
    std::int64_t pending() const override { return 0; }
    bool isAudible() const override { return false; }

private:
    void run(const std::stop_token& stop, const Pull& pull) const;

    const int sampleRate_;
    std::jthread thread_;
};

} // namespace earmark
