#include "ui/playback/microphone.h"

#include <QAudioDevice>
#include <QAudioSource>
#include <QDateTime>
#include <QDir>
#include <QMediaDevices>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/dataset/wav_writer.h"

namespace earmark
{

namespace
{

QString newFile()
{
    QDir folder(QStandardPaths::writableLocation(QStandardPaths::MusicLocation));
    folder.mkpath("Earmark");
    folder.cd("Earmark");
    return folder.filePath(QDateTime::currentDateTime().toString("'recording' yyyy-MM-dd HH.mm.ss'.wav'"));
}

} // namespace

Microphone::Microphone(QObject* parent) : SoundRecorder(parent) {}

Microphone::~Microphone()
{
    if (source_)
        source_->stop();
}

bool Microphone::isAvailable() const { return !QMediaDevices::defaultAudioInput().isNull(); }

void Microphone::start()
{
    if (source_)
        return;
    const QAudioDevice device = QMediaDevices::defaultAudioInput();
    if (device.isNull())
        return fail("There is no microphone. Connect one, or drop a file instead.");
    QAudioFormat format = device.preferredFormat();
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    if (!device.isFormatSupported(format))
        return fail("The microphone does not give sound in a form that can be recorded. Choose another one in the desktop's settings.");
    samples_.clear();
    source_ = std::make_unique<QAudioSource>(device, format);
    input_ = source_->start();
    if (!input_ || source_->error() != QAudio::NoError) {
        source_.reset();
        return fail("The microphone could not be opened. Another program may be using it.");
    }
    connect(input_, &QIODevice::readyRead, this, &Microphone::take);
    Q_EMIT recordingChanged(true);
}

void Microphone::take()
{
    const QByteArray bytes = input_->readAll();
    std::vector<std::int16_t> values(static_cast<std::size_t>(bytes.size()) / sizeof(std::int16_t));
    std::memcpy(values.data(), bytes.constData(), values.size() * sizeof(std::int16_t));
    float peak = 0;
    for (const std::int16_t value : values) {
        samples_.push_back(static_cast<float>(value) / 32768.0f);
        peak = std::max(peak, std::abs(samples_.back()));
    }
    const double seconds = static_cast<double>(samples_.size()) / source_->format().sampleRate();
    Q_EMIT level(static_cast<double>(peak), seconds);
    if (seconds >= longest)
        stop();
}

void Microphone::stop()
{
    if (!source_)
        return;
    take();
    if (!source_)
        return; // it was so long that take() ended it
    const int rate = source_->format().sampleRate();
    source_->stop();
    source_.reset();
    input_ = nullptr;
    Q_EMIT recordingChanged(false);
    write(std::move(samples_), rate);
    samples_ = {};
}

void Microphone::write(std::vector<float> samples, int rate)
{
    if (samples.empty())
        return fail("Nothing was recorded: the microphone gave no sound.");
    const QString file = newFile();
    writer_ = std::jthread([this, samples = std::move(samples), rate, file] {
        const Result<void> written = writeWavFile(file.toStdString(), samples, rate, WavFormat::pcm16);
        QMetaObject::invokeMethod(this, [this, written, file] {
            if (written)
                Q_EMIT finished(file);
            else
                Q_EMIT failed(written.error());
        });
    });
}

void Microphone::fail(const QString& english) { Q_EMIT failed(Error{.code = "audio.no_microphone", .message = english.toStdString(), .path = {}, .parameters = {}}); }

} // namespace earmark
