// A sound device for tests: takes samples in real time on a thread of its own, and remembers them. Thread: as AudioOutput; taken() from any.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "ui/models/clock_output.h"

namespace earmark::test
{

class RealTimeOutput : public AudioOutput
{
public:
    struct Record {
        std::mutex mutex;
        std::vector<float> samples;

        std::vector<float> taken()
        {
            const std::lock_guard lock(mutex);
            return samples;
        }
    };

    RealTimeOutput(std::shared_ptr<Record> record, int sampleRate) : record_(std::move(record)), clock_(sampleRate) {}

    int sampleRate() const override { return clock_.sampleRate(); }
    void start(Pull pull) override
    {
        clock_.start([record = record_, pull = std::move(pull)](std::span<float> out) {
            pull(out);
            const std::lock_guard lock(record->mutex);
            record->samples.insert(record->samples.end(), out.begin(), out.end());
        });
    }
    void stop() override { clock_.stop(); }
    std::int64_t pending() const override { return 0; }
    bool isAudible() const override { return true; }

private:
    std::shared_ptr<Record> record_;
    ClockOutput clock_;
};

} // namespace earmark::test
