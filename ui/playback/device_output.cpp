#include "ui/playback/device_output.h"

#include <QAudioSink>
#include <QIODevice>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <vector>

namespace earmark
{

namespace
{

constexpr double buffered = 0.08; ///< seconds that the device holds

std::int64_t nanoseconds() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

/// The device's own rate and channels, in a type that is easy to fill.
QAudioFormat formatFor(const QAudioDevice& device)
{
    QAudioFormat format = device.preferredFormat();
    format.setSampleFormat(QAudioFormat::Float);
    if (!device.isFormatSupported(format))
        format.setSampleFormat(QAudioFormat::Int16);
    return format;
}

} // namespace

/// What the sink reads from: one channel, pulled, in every channel of the device.
class DeviceOutput::Feed : public QIODevice
{
public:
    Feed(Pull pull, const QAudioFormat& format) : pull_(std::move(pull)), format_(format) { samples_.resize(static_cast<std::size_t>(format.sampleRate())); }

    void start(const QAudioDevice& device)
    {
        open(QIODevice::ReadOnly);
        sink_ = std::make_unique<QAudioSink>(device, format_);
        sink_->setBufferSize(format_.bytesForDuration(static_cast<qint64>(buffered * 1e6)));
        sink_->start(this);
    }

    void stop() { sink_.reset(); }

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return format_.bytesForDuration(1'000'000) + QIODevice::bytesAvailable(); }

    std::int64_t pending() const
    {
        const auto passed = static_cast<double>(nanoseconds() - pendingAt_) * 1e-9;
        return std::max<std::int64_t>(0, pending_ - std::llround(passed * format_.sampleRate()));
    }

protected:
    qint64 readData(char* to, qint64 most) override
    {
        const auto frame = static_cast<qint64>(format_.bytesPerFrame());
        const auto count = std::min(static_cast<std::size_t>(most / frame), samples_.size());
        const auto pulled = std::span(samples_).first(count);
        pull_(pulled);
        const int channels = format_.channelCount();
        if (format_.sampleFormat() == QAudioFormat::Float)
            spread(pulled, channels, reinterpret_cast<float*>(to), [](float sample) { return sample; });
        else
            spread(pulled, channels, reinterpret_cast<qint16*>(to),
                   [](float sample) { return static_cast<qint16>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767)); });
        const qint64 held = sink_ ? std::max<qint64>(0, sink_->bufferSize() - sink_->bytesFree()) / frame : 0;
        pending_ = held + static_cast<std::int64_t>(count);
        pendingAt_ = nanoseconds();
        return static_cast<qint64>(count) * frame;
    }

    qint64 writeData(const char*, qint64) override { return -1; }

private:
    template <class Sample, class Convert> static void spread(std::span<const float> from, int channels, Sample* to, Convert convert)
    {
        for (const float sample : from)
            for (int channel = 0; channel < channels; ++channel)
                *to++ = convert(sample);
    }

    const Pull pull_;
    const QAudioFormat format_;
    std::vector<float> samples_;
    std::unique_ptr<QAudioSink> sink_;
    std::atomic<std::int64_t> pending_ = 0;
    std::atomic<std::int64_t> pendingAt_ = 0;
};

DeviceOutput::DeviceOutput(const QAudioDevice& device) : device_(device), format_(formatFor(device)), onThread_(new QObject)
{
    onThread_->moveToThread(&thread_);
    QObject::connect(&thread_, &QThread::finished, onThread_, &QObject::deleteLater);
    thread_.setObjectName("earmark-sound");
    thread_.start(QThread::TimeCriticalPriority);
}

DeviceOutput::~DeviceOutput()
{
    stop();
    thread_.quit();
    thread_.wait();
}

void DeviceOutput::start(Pull pull)
{
    stop();
    feed_ = std::make_unique<Feed>(std::move(pull), format_);
    feed_->moveToThread(&thread_);
    QMetaObject::invokeMethod(onThread_, [this, feed = feed_.get()] { feed->start(device_); }, Qt::QueuedConnection);
}

void DeviceOutput::stop()
{
    if (!feed_)
        return;
    QMetaObject::invokeMethod(onThread_, [this] {
        feed_->stop();
        feed_.reset();
    }, Qt::BlockingQueuedConnection);
}

std::int64_t DeviceOutput::pending() const { return feed_ ? feed_->pending() : 0; }

} // namespace earmark
