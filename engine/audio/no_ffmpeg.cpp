// A build without FFmpeg: plain WAV at its own rate is all there is.
#include "engine/audio/resampler.h"
#include "engine/audio/sound_reader.h"
#include "engine/audio/tempo.h"

namespace earmark
{

OpenedSound openContainer(std::shared_ptr<const ByteSource> bytes)
{
    OpenedSound wav = openWav(bytes);
    if (!wav && wav.error().code != "audio.not_audio")
        return wav;
    return failure("audio.unsupported",
                   bytes->name() + " is no WAV file, and this build of Earmark reads nothing else. Convert it to WAV, or install FFmpeg and build Earmark with it.",
                   bytes->source().path);
}

Result<std::unique_ptr<Resampler>> makeResampler(int from, int to, const std::string& path)
{
    return failure("audio.unsupported",
                   quoteName(path) + " has a rate of " + std::to_string(from) + " Hz, but " + std::to_string(to) +
                       " Hz are needed, and this build of Earmark cannot resample. Convert it, or install FFmpeg and build Earmark with it.",
                   path, {{"from", std::to_string(from)}, {"to", std::to_string(to)}});
}

bool canStretchTime() { return false; }

Result<std::unique_ptr<TimeStretch>> makeTempo(int, int, double)
{
    return failure("audio.unsupported", "This build of Earmark plays at the natural speed alone. Choose the speed 1, or install FFmpeg and build Earmark with it.");
}

} // namespace earmark
