#include "ui/playback/audio_output.h"

#include <QMediaDevices>

#include "ui/models/clock_output.h"
#include "ui/playback/device_output.h"

namespace earmark
{

namespace
{

void useDefault(Transport& transport, QAudioDevice& used)
{
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device == used)
        return;
    used = device;
    const bool usable = !device.isNull() && device.preferredFormat().isValid();
    transport.setOutput(usable ? std::unique_ptr<AudioOutput>(std::make_unique<DeviceOutput>(device)) : std::make_unique<ClockOutput>());
}

} // namespace

void playThroughDefaultDevice(Transport& transport)
{
    auto* devices = new QMediaDevices(&transport);
    auto used = std::make_shared<QAudioDevice>();
    QObject::connect(devices, &QMediaDevices::audioOutputsChanged, &transport, [&transport, used] { useDefault(transport, *used); });
    useDefault(transport, *used);
}

} // namespace earmark
