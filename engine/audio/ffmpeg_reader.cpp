#include <algorithm>

#include "engine/audio/ffmpeg_input.h"
#include "engine/audio/ffmpeg_mix.h"
#include "engine/audio/sound_reader.h"

namespace earmark
{

namespace
{

/// A reading stopped early because the range is complete.
constexpr int rangeComplete = 1;

class FfmpegReader : public SoundReader
{
public:
    explicit FfmpegReader(std::unique_ptr<FfmpegInput> input) : input_(std::move(input))
    {
        const AVStream& stream = *input_->stream();
        const AVCodecParameters& parameters = *stream.codecpar;
        const AVFormatContext& format = *input_->format();
        facts_.sampleRate = parameters.sample_rate;
        facts_.channels = parameters.ch_layout.nb_channels;
        if (stream.duration != AV_NOPTS_VALUE)
            facts_.duration = static_cast<double>(stream.duration) * av_q2d(stream.time_base);
        else if (format.duration != AV_NOPTS_VALUE)
            facts_.duration = static_cast<double>(format.duration) / AV_TIME_BASE;
        facts_.container = format.iformat->name;
        facts_.codec = avcodec_get_name(parameters.codec_id);
        if (const char* name = av_get_sample_fmt_name(static_cast<AVSampleFormat>(parameters.format)))
            facts_.sampleFormat = name;
        facts_.bitRate = parameters.bit_rate > 0 ? parameters.bit_rate : format.bit_rate;
        durationIsStated_ = stream.duration != AV_NOPTS_VALUE && format.duration_estimation_method == AVFMT_DURATION_FROM_STREAM;
    }

    Result<void> read(SampleRange range, ChannelChoice channel, const BlockSink& sink, std::vector<std::string>& warnings) override
    {
        EARMARK_TRY_VOID(checkChannel(channel, facts_.channels, input_->bytes()));
        EARMARK_TRY(const CodecContext decoder, input_->openDecoder());
        const Packet packet(av_packet_alloc());
        Pass pass{range, channel, sink};
        for (;;) {
            const int status = input_->readPacket(packet.get());
            if (status < 0 && input_->readError())
                return tl::unexpected(*input_->readError());
            const bool atEnd = status < 0;
            pass.damaged += atEnd && status != AVERROR_EOF;
            EARMARK_TRY(const int state, decode(decoder.get(), atEnd ? nullptr : packet.get(), pass));
            if (state == rangeComplete || atEnd)
                break;
        }
        addWarnings(pass, warnings);
        return {};
    }

private:
    struct Pass {
        SampleRange range;
        ChannelChoice channel;
        const BlockSink& sink;
        std::int64_t position = 0; ///< of the next sample that the decoder gives
        int damaged = 0;           ///< packets that could not be read or decoded
        bool changed = false;      ///< the stream went on at another rate or with too few channels
        std::vector<float> mono{};
    };

    /// Sends one packet (none: the end) and hands on what comes out.
    Result<int> decode(AVCodecContext* decoder, const AVPacket* packet, Pass& pass)
    {
        const int sent = avcodec_send_packet(decoder, packet);
        pass.damaged += sent < 0 && sent != AVERROR_EOF;
        for (;;) {
            const int status = avcodec_receive_frame(decoder, frame_.get());
            if (status == AVERROR(EAGAIN) || status == AVERROR_EOF)
                return 0;
            if (status < 0) {
                ++pass.damaged;
                return 0;
            }
            EARMARK_TRY(const int state, take(pass));
            if (state == rangeComplete)
                return state;
        }
    }

    Result<int> take(Pass& pass)
    {
        const AVFrame& frame = *frame_;
        const bool same = frame.sample_rate == facts_.sampleRate && frame.ch_layout.nb_channels > pass.channel.index.value_or(0);
        if (!same || !mixFrame(frame, pass.channel.index, pass.mono)) {
            pass.changed = true;
            return rangeComplete;
        }
        const auto count = static_cast<std::int64_t>(pass.mono.size());
        const std::int64_t from = std::clamp<std::int64_t>(pass.range.first - pass.position, 0, count);
        const std::int64_t to = std::clamp<std::int64_t>(pass.range.last - pass.position, from, count);
        pass.position += count;
        if (from < to) {
            EARMARK_TRY_VOID(pass.sink(std::span(pass.mono).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from))));
        }
        return pass.position >= pass.range.last ? rangeComplete : 0;
    }

    void addWarnings(const Pass& pass, std::vector<std::string>& warnings) const
    {
        const std::string name = input_->bytes().name();
        if (pass.damaged > 0)
            warnings.push_back(name + " is damaged: " + std::to_string(pass.damaged) + (pass.damaged == 1 ? " piece" : " pieces") + " could not be decoded.");
        if (pass.changed)
            warnings.push_back(name + " changes its sample rate or channels on the way; what follows was left out.");
        constexpr double slack = 0.1; // seconds: what formats state is often rounded
        const double end = static_cast<double>(pass.position) / facts_.sampleRate;
        if (durationIsStated_ && pass.position < pass.range.last && end + slack < facts_.duration)
            warnings.push_back(endsEarly(input_->bytes(), end, facts_.duration));
    }

    std::unique_ptr<FfmpegInput> input_;
    Frame frame_{av_frame_alloc()};
    bool durationIsStated_ = false; ///< in the header, rather than guessed from the bit rate
};

} // namespace

OpenedSound openContainer(std::shared_ptr<const ByteSource> bytes)
{
    EARMARK_TRY(auto input, FfmpegInput::open(std::move(bytes)));
    return std::make_unique<FfmpegReader>(std::move(input));
}

} // namespace earmark
