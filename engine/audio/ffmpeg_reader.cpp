#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/audio/ffmpeg_input.h"
#include "engine/audio/ffmpeg_mix.h"
#include "engine/audio/packet_index.h"
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

    Result<void> read(SampleRange range, ChannelChoice channel, const BlockSink& sink, std::vector<Remark>& warnings) override
    {
        EARMARK_TRY_VOID(checkChannel(channel, facts_.channels, input_->bytes()));
        Pass pass{range, channel, sink};
        EARMARK_TRY_VOID(begin(pass));
        for (;;) {
            const int status = pass.held ? std::exchange(pass.held, false), 0 : input_->readPacket(packet_.get());
            if (status < 0 && input_->readError())
                return tl::unexpected(*input_->readError());
            const bool atEnd = status < 0;
            pass.damaged += atEnd && status != AVERROR_EOF;
            EARMARK_TRY(const int state, decode(atEnd ? nullptr : packet_.get(), pass));
            if (state == rangeComplete || atEnd)
                break;
        }
        addWarnings(pass, warnings);
        return {};
    }

private:
    struct Pass {
        SampleRange range; ///< raw samples where there is an index, else samples
        ChannelChoice channel;
        const BlockSink& sink;
        std::int64_t position = 0; ///< of the next sample that the decoder gives
        int damaged = 0;           ///< packets that could not be read or decoded
        bool changed = false;      ///< the stream went on at another rate or with too few channels
        bool held = false;         ///< packet_ is the first to decode, read already
        std::shared_ptr<const PacketIndex> index{};
        std::size_t packet = 0; ///< the next one's place in the index
        std::vector<float> mono{};
    };

    /// Brings demuxer and decoder to where reading must start: at the range if they can be, else at the beginning.
    Result<void> begin(Pass& pass)
    {
        const std::int64_t near = std::int64_t{10} * facts_.sampleRate; // up to here decoding is cheaper than anything else
        int flags = 0;
        if (pass.range.first > near && isPlain()) {
            if (!seekPlain(pass)) {
                EARMARK_TRY_VOID(reopen()); // a failed seek leaves the demuxer anywhere
            }
        } else if (pass.range.first > near) {
            EARMARK_TRY(const bool found, seekByIndex(pass));
            if (found) {
                flags = AV_CODEC_FLAG2_SKIP_MANUAL;
            } else {
                EARMARK_TRY_VOID(reopen());
            }
        }
        EARMARK_TRY(decoder_, input_->openDecoder(flags));
        return {};
    }

    Result<void> reopen()
    {
        EARMARK_TRY(input_, FfmpegInput::open(input_->share()));
        return {};
    }

    /// Uncompressed samples that lie at a fixed number of bytes each.
    bool isPlain() const
    {
        constexpr std::string_view containers[] = {"wav", "w64", "aiff", "au", "caf", "nistsphere"};
        const AVStream& stream = *input_->stream();
        return std::ranges::find(containers, facts_.container) != std::end(containers) && av_get_exact_bits_per_sample(stream.codecpar->codec_id) > 0 &&
               stream.codecpar->block_align > 0 && stream.time_base.num == 1 && stream.time_base.den == facts_.sampleRate;
    }

    /// Leaves the first packet to decode in packet_.
    bool seekPlain(Pass& pass)
    {
        const AVStream& stream = *input_->stream();
        const std::int64_t bytes = stream.codecpar->block_align;
        if (input_->readPacket(packet_.get()) < 0)
            return false;
        const std::int64_t data = packet_->pos;
        if (av_seek_frame(input_->format(), stream.index, pass.range.first, AVSEEK_FLAG_BACKWARD) < 0 || input_->readPacket(packet_.get()) < 0)
            return false;
        const std::int64_t offset = packet_->pos - data;
        if (data < 0 || offset < 0 || offset % bytes != 0 || offset / bytes > pass.range.first)
            return false;
        pass.position = offset / bytes;
        pass.held = true;
        return true;
    }

    /// Leaves the first packet to decode in packet_; false if packets of this stream cannot be told apart.
    Result<bool> seekByIndex(Pass& pass)
    {
        const auto index = PacketIndex::of(input_->share());
        if (!index->usable())
            return false;
        const auto raw = [&](std::int64_t sample) { return sample < index->end() ? std::min(sample + index->delay(), index->end()) : index->end(); };
        const std::size_t wanted = index->rollIn(index->packetAt(raw(pass.range.first)));
        bool there = false;
        for (const std::size_t margin : {0, 16, 256}) // some demuxers land a little late
            there = there || landBefore(*index, wanted - std::min(wanted, margin), wanted);
        if (!there) {
            EARMARK_TRY_VOID(reopen());
            there = skipTo(*index, 0, wanted);
        }
        if (there) {
            pass.range = {raw(pass.range.first), raw(pass.range.last)};
            pass.position = index->entries()[wanted].start;
            pass.packet = wanted;
            pass.index = index;
            pass.held = true;
        }
        return there;
    }

    /// Seeks to packet `target` and reads on to packet `wanted`; false if that does not lead there.
    bool landBefore(const PacketIndex& index, std::size_t target, std::size_t wanted)
    {
        const PacketIndex::Entry& entry = index.entries()[target];
        const bool byBytes = std::ranges::find(rawContainers, facts_.container) != std::end(rawContainers);
        const int status = byBytes ? av_seek_frame(input_->format(), -1, entry.offset, AVSEEK_FLAG_BYTE)
                                   : av_seek_frame(input_->format(), input_->stream()->index, entry.pts, AVSEEK_FLAG_BACKWARD);
        if (status < 0)
            return false;
        PacketIndex::Recogniser recogniser(index);
        constexpr int patience = 64; // what follows a seek into a raw stream may be a torn packet
        for (int i = 0; i < patience; ++i) {
            if (input_->readPacket(packet_.get()) < 0)
                return false;
            if (const auto found = recogniser.next(*packet_))
                return *found == wanted || (*found < wanted && skipTo(index, *found + 1, wanted));
        }
        return false;
    }

    /// Reads packets `next` … `wanted` without decoding them.
    bool skipTo(const PacketIndex& index, std::size_t next, std::size_t wanted)
    {
        for (; next <= wanted; ++next)
            if (input_->readPacket(packet_.get()) < 0 || static_cast<std::uint32_t>(packet_->size) != index.entries()[next].size)
                return false;
        return true;
    }

    /// Sends one packet (none: the end) and hands on what comes out.
    Result<int> decode(const AVPacket* packet, Pass& pass)
    {
        const std::int64_t before = pass.position;
        bool bad = isFailure(avcodec_send_packet(decoder_.get(), packet));
        for (;;) {
            const int status = avcodec_receive_frame(decoder_.get(), frame_.get());
            bad = bad || isFailure(status);
            if (status < 0)
                break;
            EARMARK_TRY(const int state, take(pass));
            if (state == rangeComplete)
                return state;
        }
        pass.damaged += bad && before >= pass.range.first; // while rolling in, a decoder may lack what came before
        if (pass.index && packet && ++pass.packet < pass.index->entries().size() && pass.position == before)
            pass.position = pass.index->entries()[pass.packet].start; // it gave nothing; the next one goes on where it belongs
        return 0;
    }

    static bool isFailure(int status) { return status < 0 && status != AVERROR(EAGAIN) && status != AVERROR_EOF; }

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

    void addWarnings(const Pass& pass, std::vector<Remark>& warnings) const
    {
        const std::string name = input_->bytes().name();
        if (pass.damaged > 0)
            warnings.push_back({.code = "audio.pieces_lost",
                                .message = name + " is damaged: " + std::to_string(pass.damaged) + (pass.damaged == 1 ? " piece" : " pieces") + " could not be decoded.",
                                .parameters = {{"file", name}, {"pieces", std::to_string(pass.damaged)}},
                                .causes = {}});
        if (pass.changed)
            warnings.push_back({.code = "audio.changes_on_the_way",
                                .message = name + " changes its sample rate or channels on the way; what follows was left out.",
                                .parameters = {{"file", name}},
                                .causes = {}});
        constexpr double slack = 0.1; // seconds: what formats state is often rounded
        const double end = static_cast<double>(pass.position - (pass.index ? pass.index->delay() : 0)) / facts_.sampleRate;
        if (durationIsStated_ && pass.position < pass.range.last && end + slack < facts_.duration)
            warnings.push_back(endsEarly(input_->bytes().source(), end, facts_.duration));
    }

    /// Streams of packets with nothing around them: they are found by their place.
    static constexpr std::string_view rawContainers[] = {"mp3", "aac", "ac3", "eac3", "dts", "flac", "mpegts"};

    std::unique_ptr<FfmpegInput> input_;
    CodecContext decoder_;
    Packet packet_{av_packet_alloc()};
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
