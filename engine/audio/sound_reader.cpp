#include "engine/audio/sound_reader.h"

#include <cstdio>

namespace earmark
{

Result<void> checkChannel(ChannelChoice channel, int channels, const ByteSource& bytes)
{
    if (!channel.index || (*channel.index >= 0 && *channel.index < channels))
        return {};
    return failure("audio.unsupported",
                   bytes.name() + " has " + std::to_string(channels) + (channels == 1 ? " channel" : " channels") + ", so there is no channel " +
                       std::to_string(*channel.index) + " (they count from 0). Choose another channel or the mean.",
                   bytes.source().path, {{"channels", std::to_string(channels)}, {"channel", std::to_string(*channel.index)}});
}

std::string endsEarly(const AudioSource& source, double end, double promised)
{
    char text[96];
    std::snprintf(text, sizeof text, " is cut short: it ends at %.3f s instead of %.3f s.", end, promised);
    return sourceName(source) + text;
}

tl::unexpected<Error> notAudio(const AudioSource& source)
{
    return failure("audio.not_audio", sourceName(source) + " holds nothing that can be decoded as sound. Check that it is an audio or video file and that it is whole.",
                   source.path);
}

} // namespace earmark
