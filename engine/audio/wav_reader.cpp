// WAV with integer or float samples, in RIFF and RF64. Layout after Microsoft's “Multimedia Programming Interface and Data Specifications 1.0”
// and EBU Tech 3306 (RF64). Read directly since it is several times quicker than a general demuxer, and there when FFmpeg is not.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "engine/audio/mix.h"
#include "engine/audio/sound_reader.h"

namespace earmark
{

namespace
{

static_assert(std::endian::native == std::endian::little, "WAV samples are read as they lie in memory");

constexpr std::uint16_t tagPcm = 1;
constexpr std::uint16_t tagFloat = 3;
constexpr std::uint16_t tagExtensible = 0xFFFE;
constexpr std::uint32_t unknownSize = 0xFFFFFFFF; ///< in RF64, and of streams whose length the writer did not know

template <class T> T load(std::span<const std::byte> bytes, std::size_t at)
{
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

bool hasTag(std::span<const std::byte> bytes, std::size_t at, const char* tag) { return std::memcmp(bytes.data() + at, tag, 4) == 0; }

struct Format {
    bool isFloat = false;
    int channels = 0;
    int rate = 0;  ///< Hz
    int bytes = 0; ///< a sample
};

struct Layout {
    Format format;
    std::uint64_t dataAt = 0;   ///< bytes from the start of the container
    std::uint64_t dataSize = 0; ///< bytes that are there
    std::uint64_t promised = 0; ///< bytes that the header promises
};

/// The content of a `fmt ` chunk; empty where the format is not one that this file reads.
std::optional<Format> parseFormat(std::span<const std::byte> chunk)
{
    if (chunk.size() < 16)
        return std::nullopt;
    auto tag = load<std::uint16_t>(chunk, 0);
    if (tag == tagExtensible && chunk.size() >= 40)
        tag = load<std::uint16_t>(chunk, 24); // the sub-format's GUID starts with the tag
    const int channels = load<std::uint16_t>(chunk, 2);
    const auto rate = load<std::uint32_t>(chunk, 4);
    const int blockAlign = load<std::uint16_t>(chunk, 12);
    const int bits = load<std::uint16_t>(chunk, 14);
    const bool known = (tag == tagPcm && (bits == 8 || bits == 16 || bits == 24 || bits == 32)) || (tag == tagFloat && (bits == 32 || bits == 64));
    if (!known || channels == 0 || rate == 0 || rate > 0x7FFFFFFF || blockAlign != channels * bits / 8)
        return std::nullopt;
    return Format{tag == tagFloat, channels, static_cast<int>(rate), bits / 8};
}

tl::unexpected<Error> oddWav(const ByteSource& bytes)
{
    return failure("audio.unsupported", bytes.name() + " is a WAV file, but its samples are stored in a way that this build cannot read. Install FFmpeg and build Earmark with it.",
                   bytes.source().path);
}

/// Walks the chunks up to `data`.
Result<Layout> findData(const ByteSource& bytes)
{
    std::array<std::byte, 64> buffer;
    EARMARK_TRY(const std::size_t got, bytes.read(0, std::span(buffer).first(12)));
    const bool rf64 = got == 12 && hasTag(buffer, 0, "RF64");
    if (got < 12 || (!rf64 && !hasTag(buffer, 0, "RIFF")) || !hasTag(buffer, 8, "WAVE"))
        return notAudio(bytes.source());
    std::optional<Format> format;
    std::optional<std::uint64_t> longSize;
    std::uint64_t at = 12;
    constexpr int mostChunks = 4096; // a hostile file has a million empty ones
    for (int i = 0; i < mostChunks; ++i) {
        EARMARK_TRY(const std::size_t there, bytes.read(at, buffer));
        if (there < 8)
            break;
        const auto size = load<std::uint32_t>(buffer, 4);
        const std::span<const std::byte> body(buffer.data() + 8, std::min<std::size_t>(there - 8, size));
        if (hasTag(buffer, 0, "data")) {
            if (!format)
                break;
            const std::uint64_t rest = bytes.size() - at - 8;
            std::uint64_t promised = rf64 && size == unknownSize && longSize ? *longSize : size;
            if (promised == 0 || promised == unknownSize)
                promised = rest;
            return Layout{*format, at + 8, std::min(rest, promised), promised};
        }
        if (hasTag(buffer, 0, "fmt ") && !(format = parseFormat(body)))
            break;
        if (hasTag(buffer, 0, "ds64") && body.size() >= 16)
            longSize = load<std::uint64_t>(body, 8);
        at += 8 + std::uint64_t{size} + (size & 1);
    }
    return oddWav(bytes);
}

class WavReader : public SoundReader
{
public:
    WavReader(std::shared_ptr<const ByteSource> bytes, const Layout& layout) : bytes_(std::move(bytes)), layout_(layout)
    {
        const Format& format = layout_.format;
        const std::string bits = std::to_string(format.bytes * 8);
        facts_.sampleRate = format.rate;
        facts_.channels = format.channels;
        facts_.duration = static_cast<double>(frames()) / format.rate;
        facts_.container = "wav";
        facts_.codec = format.bytes == 1 ? "pcm_u8" : format.isFloat ? "pcm_f" + bits + "le" : "pcm_s" + bits + "le";
        facts_.sampleFormat = format.isFloat ? (format.bytes == 4 ? "flt" : "dbl") : format.bytes == 1 ? "u8" : format.bytes == 2 ? "s16" : "s32";
        facts_.bitRate = 8LL * format.rate * format.bytes * format.channels;
    }

    Result<void> read(SampleRange range, ChannelChoice channel, const BlockSink& sink, std::vector<Remark>& warnings) override
    {
        EARMARK_TRY_VOID(checkChannel(channel, layout_.format.channels, *bytes_));
        const auto end = static_cast<std::uint64_t>(std::min<std::int64_t>(range.last, static_cast<std::int64_t>(frames())));
        const std::uint64_t block = std::max<std::uint64_t>(1, (1u << 18) / frameBytes());
        std::vector<std::byte> raw;
        std::vector<float> mono;
        for (auto at = static_cast<std::uint64_t>(range.first); at < end;) {
            raw.resize(static_cast<std::size_t>(std::min(block, end - at) * frameBytes()));
            EARMARK_TRY(const std::size_t got, bytes_->read(layout_.dataAt + at * frameBytes(), raw));
            const std::size_t count = got / frameBytes();
            mono.resize(count);
            convert(raw.data(), mono, channel);
            at += count;
            EARMARK_TRY_VOID(sink(mono));
            if (got < raw.size()) { // somebody cut it while we read
                warnings.push_back(endsEarly(bytes_->source(), seconds(at), seconds(end)));
                return {};
            }
        }
        if (layout_.promised > layout_.dataSize && range.last > static_cast<std::int64_t>(frames()))
            warnings.push_back(endsEarly(bytes_->source(), seconds(frames()), seconds(layout_.promised / frameBytes())));
        return {};
    }

private:
    std::uint64_t frameBytes() const { return static_cast<std::uint64_t>(layout_.format.bytes) * static_cast<std::uint64_t>(layout_.format.channels); }
    std::uint64_t frames() const { return layout_.dataSize / frameBytes(); }
    double seconds(std::uint64_t frame) const { return static_cast<double>(frame) / layout_.format.rate; }

    template <class ToFloat> void convertWith(std::span<float> mono, ChannelChoice channel, const ToFloat& toFloat) const
    {
        const auto channels = static_cast<std::size_t>(layout_.format.channels);
        mixChannels(mono.data(), mono.size(), layout_.format.channels, channel.index,
                    [=](int c, std::size_t frame) { return toFloat(frame * channels + static_cast<std::size_t>(c)); });
    }

    /// Full scale is 1: the integers' divisors are powers of two, so nothing is rounded up to 24 bits.
    void convert(const std::byte* raw, std::span<float> mono, ChannelChoice channel) const
    {
        const Format& format = layout_.format;
        if (format.isFloat && format.bytes == 8)
            convertWith(mono, channel, [=](std::size_t i) { return at<double>(raw, i); });
        else if (format.isFloat)
            convertWith(mono, channel, [=](std::size_t i) { return at<float>(raw, i); });
        else if (format.bytes == 1)
            convertWith(mono, channel, [=](std::size_t i) { return static_cast<float>(at<std::uint8_t>(raw, i) - 128) / 0x1p7f; });
        else if (format.bytes == 2)
            convertWith(mono, channel, [=](std::size_t i) { return static_cast<float>(at<std::int16_t>(raw, i)) / 0x1p15f; });
        else if (format.bytes == 3)
            convertWith(mono, channel, [=](std::size_t i) { return static_cast<float>(int24(raw + 3 * i)) / 0x1p23f; });
        else
            convertWith(mono, channel, [=](std::size_t i) { return static_cast<float>(at<std::int32_t>(raw, i)) / 0x1p31f; });
    }

    template <class T> static T at(const std::byte* raw, std::size_t i)
    {
        T value;
        std::memcpy(&value, raw + i * sizeof value, sizeof value);
        return value;
    }

    static int int24(const std::byte* raw)
    {
        const int low = std::to_integer<int>(raw[0]) | std::to_integer<int>(raw[1]) << 8;
        return low | std::bit_cast<std::int8_t>(raw[2]) * 65536;
    }

    std::shared_ptr<const ByteSource> bytes_;
    Layout layout_;
};

} // namespace

OpenedSound openWav(std::shared_ptr<const ByteSource> bytes)
{
    EARMARK_TRY(const Layout layout, findData(*bytes));
    return std::make_unique<WavReader>(std::move(bytes), layout);
}

} // namespace earmark
