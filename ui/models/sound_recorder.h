// The microphone, as the Predict page asks for it; ui/playback implements it, tests have their own. Thread: the window's.
#pragma once

#include <QObject>

#include "engine/base/error.h"

namespace earmark
{

class SoundRecorder : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual bool isAvailable() const = 0; ///< there is a microphone
    virtual bool isRecording() const = 0;
    virtual void start() = 0;  ///< ends in finished() or failed()
    virtual void stop() = 0;   ///< writes the file

Q_SIGNALS:
    void recordingChanged(bool recording);
    void level(double peak, double seconds); ///< 0 … 1 of the last moment, and how long it has been going
    void finished(const QString& file);      ///< a WAV file in the user's music or data folder
    void failed(const earmark::Error& error);
};

} // namespace earmark
