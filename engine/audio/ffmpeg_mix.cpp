#include "engine/audio/ffmpeg_mix.h"

#include "engine/audio/mix.h"

namespace earmark
{

namespace
{

float toFloat(std::uint8_t value) { return static_cast<float>(value - 128) / 0x1p7f; }
float toFloat(std::int16_t value) { return static_cast<float>(value) / 0x1p15f; }
float toFloat(std::int32_t value) { return static_cast<float>(value) / 0x1p31f; }
double toFloat(std::int64_t value) { return static_cast<double>(value) / 0x1p63; }
float toFloat(float value) { return value; }
double toFloat(double value) { return value; }

template <class T> void mixAs(const AVFrame& frame, std::optional<int> index, std::vector<float>& mono)
{
    const int channels = frame.ch_layout.nb_channels;
    const auto stride = static_cast<std::size_t>(channels);
    mono.resize(static_cast<std::size_t>(frame.nb_samples));
    if (av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format))) {
        mixChannels(mono.data(), mono.size(), channels, index,
                    [&](int c, std::size_t i) { return toFloat(reinterpret_cast<const T*>(frame.extended_data[c])[i]); });
    } else {
        const auto* samples = reinterpret_cast<const T*>(frame.extended_data[0]);
        mixChannels(mono.data(), mono.size(), channels, index, [=](int c, std::size_t i) { return toFloat(samples[i * stride + static_cast<std::size_t>(c)]); });
    }
}

} // namespace

bool mixFrame(const AVFrame& frame, std::optional<int> index, std::vector<float>& mono)
{
    switch (av_get_packed_sample_fmt(static_cast<AVSampleFormat>(frame.format))) {
    case AV_SAMPLE_FMT_U8: mixAs<std::uint8_t>(frame, index, mono); return true;
    case AV_SAMPLE_FMT_S16: mixAs<std::int16_t>(frame, index, mono); return true;
    case AV_SAMPLE_FMT_S32: mixAs<std::int32_t>(frame, index, mono); return true;
    case AV_SAMPLE_FMT_S64: mixAs<std::int64_t>(frame, index, mono); return true;
    case AV_SAMPLE_FMT_FLT: mixAs<float>(frame, index, mono); return true;
    case AV_SAMPLE_FMT_DBL: mixAs<double>(frame, index, mono); return true;
    default: return false;
    }
}

} // namespace earmark
