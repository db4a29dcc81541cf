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

Remark endsEarly(const AudioSource& source, double end, double promised)
{
    const auto text = [](double seconds) {
        char number[32];
        std::snprintf(number, sizeof number, "%.3f", seconds);
        return std::string(number);
    };
    const std::string name = sourceName(source);
    return {.code = "audio.ends_early",
            .message = name + " is cut short: it ends at " + text(end) + " s instead of " + text(promised) + " s.",
            .parameters = {{"file", name}, {"end", text(end)}, {"promised", text(promised)}},
            .causes = {}};
}

tl::unexpected<Error> notAudio(const AudioSource& source)
{
    return failure("audio.not_audio", sourceName(source) + " holds nothing that can be decoded as sound. Check that it is an audio or video file and that it is whole.",
                   source.path);
}

} // namespace earmark
