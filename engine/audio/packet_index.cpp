#include "engine/audio/packet_index.h"

#include <algorithm>
#include <atomic>
#include <list>
#include <mutex>

extern "C" {
#include <libavcodec/vorbis_parser.h>
#include <libavutil/intreadwrite.h>
}
#include <xxhash.h>

#include "engine/base/log.h"

namespace earmark
{

namespace
{

std::uint32_t hashOf(const AVPacket& packet)
{
    return static_cast<std::uint32_t>(XXH3_64bits(packet.data, static_cast<std::size_t>(packet.size)));
}

enum class Memory { none, some, unknown };

/// Codecs whose every packet gives its samples at once, so that they can be counted without decoding.
Memory memoryOf(AVCodecID codec)
{
    if (av_get_exact_bits_per_sample(codec) > 0)
        return Memory::none;
    switch (codec) {
    case AV_CODEC_ID_FLAC:
    case AV_CODEC_ID_ALAC:
    case AV_CODEC_ID_WAVPACK:
    case AV_CODEC_ID_TTA:
    case AV_CODEC_ID_ADPCM_MS:
    case AV_CODEC_ID_ADPCM_IMA_WAV:
    case AV_CODEC_ID_ADPCM_IMA_QT: return Memory::none;
    case AV_CODEC_ID_MP1:
    case AV_CODEC_ID_MP2:
    case AV_CODEC_ID_MP3:
    case AV_CODEC_ID_AAC:
    case AV_CODEC_ID_AC3:
    case AV_CODEC_ID_EAC3:
    case AV_CODEC_ID_DTS:
    case AV_CODEC_ID_VORBIS:
    case AV_CODEC_ID_OPUS:
    case AV_CODEC_ID_GSM:
    case AV_CODEC_ID_GSM_MS: return Memory::some;
    default: return Memory::unknown;
    }
}

/// Samples at 48 kHz of an Opus packet: RFC 6716, section 3.1 and 3.2.
std::int64_t opusSamples(const AVPacket& packet)
{
    if (packet.size < 1)
        return 0;
    const int toc = packet.data[0];
    const int config = toc >> 3;
    const int frame = config < 12 ? (config & 3) == 3 ? 2880 : 480 << (config & 3) : config < 16 ? 480 << (config & 1) : 120 << (config & 3);
    const int code = toc & 3;
    const int frames = code == 0 ? 1 : code < 3 ? 2 : packet.size > 1 ? packet.data[1] & 63 : 0;
    return std::int64_t{frame} * frames;
}

struct FreeVorbis {
    void operator()(AVVorbisParseContext* context) const { av_vorbis_parse_free(&context); }
};

/// How many samples each packet gives.
class SampleCounter
{
public:
    explicit SampleCounter(const AVStream& stream) : stream_(stream), parameters_(*stream.codecpar)
    {
        if (parameters_.codec_id == AV_CODEC_ID_VORBIS)
            vorbis_.reset(av_vorbis_parse_init(parameters_.extradata, parameters_.extradata_size));
    }

    /// −1 where it cannot be told without decoding.
    std::int64_t samples(const AVPacket& packet)
    {
        switch (parameters_.codec_id) {
        case AV_CODEC_ID_OPUS: return opusSamples(packet);
        case AV_CODEC_ID_VORBIS: return vorbis_ ? av_vorbis_parse_frame(vorbis_.get(), packet.data, packet.size) : -1;
        case AV_CODEC_ID_AC3: return 1536;
        case AV_CODEC_ID_MP1:
        case AV_CODEC_ID_MP2:
        case AV_CODEC_ID_MP3:
        case AV_CODEC_ID_AAC: return parameters_.frame_size > 0 ? parameters_.frame_size : -1;
        default: break;
        }
        const std::int64_t stated = statedSamples(packet);
        if (stated > 0)
            return stated;
        const int computed = parameters_.codec_id == AV_CODEC_ID_FLAC ? flacBlock() : av_get_audio_frame_duration2(stream_.codecpar, packet.size);
        return computed > 0 ? computed : -1;
    }

private:
    /// The container's duration, where its clock is fine enough to be exact.
    std::int64_t statedSamples(const AVPacket& packet) const
    {
        const AVRational base = stream_.time_base;
        const std::int64_t numerator = packet.duration * base.num * parameters_.sample_rate;
        return base.den % parameters_.sample_rate == 0 && numerator % base.den == 0 ? numerator / base.den : -1;
    }

    /// The size of every block but the last, from STREAMINFO; 0 where blocks differ.
    int flacBlock() const
    {
        const std::uint8_t* info = parameters_.extradata;
        return info && parameters_.extradata_size >= 4 && AV_RB16(info) == AV_RB16(info + 2) ? AV_RB16(info) : 0;
    }

    const AVStream& stream_;
    const AVCodecParameters& parameters_;
    std::unique_ptr<AVVorbisParseContext, FreeVorbis> vorbis_;
};

/// Counts what a decoder makes of the first packets.
class TrialDecoder
{
public:
    explicit TrialDecoder(CodecContext context) : context_(std::move(context)) {}

    std::int64_t decode(const AVPacket& packet)
    {
        std::int64_t count = 0;
        if (avcodec_send_packet(context_.get(), &packet) < 0)
            return 0;
        while (avcodec_receive_frame(context_.get(), frame_.get()) >= 0)
            count += frame_->nb_samples;
        return count;
    }

private:
    CodecContext context_;
    Frame frame_{av_frame_alloc()};
};

} // namespace

class IndexBuilder
{
public:
    explicit IndexBuilder(FfmpegInput& input) : input_(input), counter_(*input.stream()) {}

    std::shared_ptr<const PacketIndex> build()
    {
        index_->usable_ = demux() && !index_->entries_.empty() && index_->end_ > index_->delay_;
        if (!index_->usable_)
            index_->entries_ = {};
        index_->entries_.shrink_to_fit();
        return index_;
    }

private:
    /// False as soon as something shows that counting is not safe.
    bool demux()
    {
        const Memory memory = memoryOf(input_.stream()->codecpar->codec_id);
        const AVCodecParameters& parameters = *input_.stream()->codecpar;
        index_->memory_ = memory == Memory::none ? 0 : parameters.sample_rate * (parameters.codec_id == AV_CODEC_ID_GSM_MS || parameters.codec_id == AV_CODEC_ID_GSM ? 20LL : 3LL) / 2;
        auto cutting = input_.openDecoder();
        auto raw = input_.openDecoder(AV_CODEC_FLAG2_SKIP_MANUAL);
        if (memory == Memory::unknown || !cutting || !raw)
            return false;
        TrialDecoder cuttingDecoder(std::move(*cutting));
        TrialDecoder rawDecoder(std::move(*raw));
        const Packet packet(av_packet_alloc());
        while (input_.readPacket(packet.get()) >= 0) {
            const std::int64_t samples = counter_.samples(*packet);
            if (samples < 0 || !add(*packet, samples))
                return false;
            if (trying_ && !compare(cuttingDecoder.decode(*packet), rawDecoder.decode(*packet)))
                return false;
            if (!trying_ && !takeCuts(*packet, samples))
                return false;
        }
        return true;
    }

    bool add(const AVPacket& packet, std::int64_t samples)
    {
        auto& entries = index_->entries_;
        const std::int64_t offset = packet.pos < 0 && !entries.empty() ? entries.back().offset : packet.pos;
        if (offset < 0 || packet.pts == AV_NOPTS_VALUE || (!entries.empty() && entries.back().offset > offset))
            return false;
        for (const AVPacketSideDataType change : {AV_PKT_DATA_NEW_EXTRADATA, AV_PKT_DATA_PARAM_CHANGE})
            if (!entries.empty() && av_packet_get_side_data(&packet, change, nullptr))
                return false;
        entries.push_back({offset, packet.pts, position_, static_cast<std::uint32_t>(packet.size), hashOf(packet)});
        position_ += samples;
        index_->end_ = std::max(index_->end_, position_);
        return true;
    }

    /// For the first fifth of a second, what was counted is held against what two decoders give: one that cuts the encoder's delay off and one that does not.
    bool compare(std::int64_t cut, std::int64_t raw)
    {
        if (index_->entries_.size() == 1 && raw == 0)
            position_ = index_->end_ = 0; // the first packet only prepares the second
        cut_ += cut;
        raw_ += raw;
        trying_ = cut_ == 0 || raw_ < input_.stream()->codecpar->sample_rate / 5;
        index_->delay_ = raw_ - cut_;
        constexpr std::int64_t heldBack = 64; // by the resampler inside the Opus decoder
        return raw_ <= position_ && position_ - raw_ <= heldBack;
    }

    /// After the start only the end may be cut.
    bool takeCuts(const AVPacket& packet, std::int64_t samples)
    {
        std::size_t size = 0;
        const std::uint8_t* cuts = av_packet_get_side_data(&packet, AV_PKT_DATA_SKIP_SAMPLES, &size);
        const std::int64_t atStart = cuts && size >= 10 ? AV_RL32(cuts) : 0;
        const std::int64_t atEnd = cuts && size >= 10 ? AV_RL32(cuts + 4) : 0;
        if (atStart > 0 || packet.flags & AV_PKT_FLAG_DISCARD || (ended_ && atEnd < samples))
            return false;
        if (!ended_)
            index_->end_ = position_ - std::min(atEnd, samples);
        ended_ = ended_ || atEnd > 0;
        return true;
    }

    FfmpegInput& input_;
    SampleCounter counter_;
    std::shared_ptr<PacketIndex> index_ = std::make_shared<PacketIndex>();
    std::int64_t position_ = 0;
    std::int64_t cut_ = 0;
    std::int64_t raw_ = 0;
    bool trying_ = true;
    bool ended_ = false;
};

namespace
{

std::shared_ptr<const PacketIndex> buildIndex(const std::shared_ptr<const ByteSource>& bytes)
{
    auto input = FfmpegInput::open(bytes);
    const auto index = input ? IndexBuilder(**input).build() : std::make_shared<const PacketIndex>();
    if (!index->usable())
        log(LogLevel::debug, bytes->name() + ": its packets cannot be counted; it will be decoded from the start for every range.");
    return index;
}

/// The indexes used last, up to a number of packets in all.
class IndexCache
{
public:
    std::shared_ptr<const PacketIndex> get(const std::shared_ptr<const ByteSource>& bytes)
    {
        const std::shared_ptr<Slot> slot = slotOf({bytes->source(), bytes->stamp()});
        {
            const std::lock_guard building(slot->mutex); // others that want the same file wait for it
            if (slot->index)
                return slot->index;
            slot->index = buildIndex(bytes);
            slot->packets = slot->index->entries().size();
        }
        forgetOldest();
        return slot->index;
    }

private:
    struct Key {
        AudioSource source;
        FileStamp stamp;
        bool operator==(const Key&) const = default;
    };
    struct Slot {
        Key key;
        std::mutex mutex;
        std::shared_ptr<const PacketIndex> index; ///< set once
        std::atomic<std::size_t> packets = 0;
    };

    std::shared_ptr<Slot> slotOf(const Key& key)
    {
        const std::lock_guard lock(mutex_);
        const auto found = std::ranges::find_if(slots_, [&](const auto& slot) { return slot->key == key; });
        if (found != slots_.end()) {
            slots_.splice(slots_.begin(), slots_, found);
        } else {
            slots_.push_front(std::make_shared<Slot>());
            slots_.front()->key = key;
        }
        return slots_.front();
    }

    void forgetOldest()
    {
        constexpr std::size_t mostPackets = 2'000'000; // 64 MB: some fourteen hours of MP3
        constexpr std::size_t mostFiles = 256;
        const std::lock_guard lock(mutex_);
        std::size_t packets = 0;
        std::size_t files = 0;
        const auto over = std::ranges::find_if(slots_, [&](const auto& slot) { return (packets += slot->packets) > mostPackets || ++files > mostFiles; });
        if (over != slots_.end())
            slots_.erase(files == 0 ? std::next(over) : over, slots_.end()); // a single giant is kept
    }

    std::mutex mutex_;
    std::list<std::shared_ptr<Slot>> slots_; ///< used last first
};

} // namespace

std::shared_ptr<const PacketIndex> PacketIndex::of(const std::shared_ptr<const ByteSource>& bytes)
{
    static IndexCache cache;
    return bytes->source().memory ? buildIndex(bytes) : cache.get(bytes);
}

std::size_t PacketIndex::packetAt(std::int64_t position) const
{
    const auto after = std::ranges::upper_bound(entries_, position, {}, &Entry::start);
    return after == entries_.begin() ? 0 : static_cast<std::size_t>(after - entries_.begin()) - 1;
}

std::size_t PacketIndex::rollIn(std::size_t packet) const
{
    const std::size_t first = packetAt(entries_[packet].start - memory_);
    return first > 0 ? first - 1 : 0;
}

std::optional<std::size_t> PacketIndex::Recogniser::next(const AVPacket& packet)
{
    const bool goesOn = packet.pos < 0 || packet.pos == offset_; // without a place of its own it belongs to the packet before
    count_ = goesOn ? count_ + 1 : 0;
    offset_ = goesOn ? offset_ : packet.pos;
    const auto first = std::ranges::lower_bound(index_.entries_, offset_, {}, &Entry::offset);
    const std::size_t found = static_cast<std::size_t>(first - index_.entries_.begin()) + count_;
    if (found >= index_.entries_.size())
        return std::nullopt;
    const Entry& entry = index_.entries_[found];
    const bool same = entry.offset == offset_ && entry.size == static_cast<std::uint32_t>(packet.size) && entry.hash == hashOf(packet);
    return same ? std::optional(found) : std::nullopt;
}

} // namespace earmark
