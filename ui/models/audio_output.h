// Where the player's sound goes. The output asks for samples on a thread of its own whenever it can take some, so that a busy window never makes it
// wait. ui/playback has the one that is heard; ClockOutput stands in where there is no sound device, and in tests.
// Thread: the window's, but for what is said otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace earmark
{

class AudioOutput
{
public:
    /// Fills all of it: one channel, −1 … 1. Called on the output's thread; does not block, allocate or lock.
    using Pull = std::function<void(std::span<float>)>;

    virtual ~AudioOutput() = default;
    virtual int sampleRate() const = 0; ///< Hz, the same for the life of the object
    virtual void start(Pull pull) = 0;  ///< begins to pull
    virtual void stop() = 0;            ///< when it returns, no pull is under way
    virtual std::int64_t pending() const = 0; ///< samples that were pulled and not heard yet
    virtual bool isAudible() const = 0;       ///< false where nobody can hear it: no device
};

} // namespace earmark
