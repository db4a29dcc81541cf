#include "engine/audio/ffmpeg_input.h"

#include <cstdio>
#include <mutex>

#include "engine/audio/sound_reader.h"
#include "engine/base/log.h"

namespace earmark
{

namespace
{

/// FFmpeg's remarks become ours; its own handler would write to stderr.
void takeRemark(void* object, int level, const char* format, va_list arguments)
{
    if (level > AV_LOG_WARNING)
        return;
    char line[512];
    int prefix = 1;
    av_log_format_line2(object, level, format, arguments, line, sizeof line, &prefix);
    std::string_view text(line);
    while (text.ends_with('\n'))
        text.remove_suffix(1);
    log(LogLevel::debug, "FFmpeg: " + std::string(text));
}

void silenceFfmpeg()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(takeRemark); });
}

/// A playlist or a reference must not make us open another file or the network.
int refuseToOpen(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EPERM); }

/// Some formats are known by their suffix alone; nothing else of the path reaches FFmpeg.
std::string harmlessName(const std::string& path)
{
    const std::size_t dot = path.find_last_of("./");
    if (dot == std::string::npos || path[dot] == '/')
        return "sound";
    const std::string suffix = path.substr(dot + 1);
    const bool plain = !suffix.empty() && suffix.size() <= 8 &&
                       suffix.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string::npos;
    return plain ? "sound." + suffix : "sound";
}

/// FFmpeg's first choice, but for MPEG layer 1 and 2, where that one rounds to 16 bits with a dither that never repeats.
const AVCodec* findDecoder(AVCodecID id)
{
    const char* better = id == AV_CODEC_ID_MP2 ? "mp2float" : id == AV_CODEC_ID_MP1 ? "mp1float" : nullptr;
    const AVCodec* codec = better ? avcodec_find_decoder_by_name(better) : nullptr;
    return codec ? codec : avcodec_find_decoder(id);
}

} // namespace

void FreeAv::operator()(AVIOContext* context) const
{
    av_freep(&context->buffer); // the demuxer may have exchanged it
    avio_context_free(&context);
}

int FfmpegInput::readBytes(void* self, std::uint8_t* to, int size)
{
    auto& input = *static_cast<FfmpegInput*>(self);
    const auto got = input.bytes_->read(static_cast<std::uint64_t>(input.position_), std::as_writable_bytes(std::span(to, static_cast<std::size_t>(size))));
    if (!got) {
        input.readError_ = got.error();
        return AVERROR(EIO);
    }
    input.position_ += static_cast<std::int64_t>(*got);
    return *got == 0 ? AVERROR_EOF : static_cast<int>(*got);
}

std::int64_t FfmpegInput::seekBytes(void* self, std::int64_t offset, int whence)
{
    auto& input = *static_cast<FfmpegInput*>(self);
    const auto size = static_cast<std::int64_t>(input.bytes_->size());
    if (whence & AVSEEK_SIZE)
        return size;
    const int from = whence & ~AVSEEK_FORCE;
    const std::int64_t base = from == SEEK_CUR ? input.position_ : from == SEEK_END ? size : 0;
    std::int64_t target = 0;
    if (__builtin_add_overflow(base, offset, &target) || target < 0)
        return AVERROR(EINVAL);
    return input.position_ = target;
}

Result<std::unique_ptr<FfmpegInput>> FfmpegInput::open(std::shared_ptr<const ByteSource> bytes)
{
    silenceFfmpeg();
    std::unique_ptr<FfmpegInput> input(new FfmpegInput(std::move(bytes)));
    auto opened = input->openFormat();
    if (opened)
        opened = input->chooseStream();
    if (!opened)
        return tl::unexpected(input->readError_ ? *input->readError_ : opened.error());
    return input;
}

Result<void> FfmpegInput::openFormat()
{
    constexpr int bufferSize = 1 << 15;
    auto* buffer = static_cast<unsigned char*>(av_malloc(bufferSize));
    io_.reset(avio_alloc_context(buffer, bufferSize, 0, this, readBytes, nullptr, seekBytes));
    AVFormatContext* context = avformat_alloc_context();
    context->pb = io_.get();
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    context->io_open = refuseToOpen;
    context->protocol_whitelist = av_strdup("none"); // for those that do not ask io_open
    if (avformat_open_input(&context, harmlessName(bytes_->source().path).c_str(), nullptr, nullptr) < 0)
        return notAudio(bytes_->source()); // the context is freed already
    format_.reset(context);
    if (format_->iformat->flags & AVFMT_NOFILE || avformat_find_stream_info(format_.get(), nullptr) < 0)
        return notAudio(bytes_->source());
    return {};
}

Result<void> FfmpegInput::chooseStream()
{
    stream_ = av_find_best_stream(format_.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    if (stream_ < 0)
        return notAudio(bytes_->source());
    const AVCodecParameters& parameters = *stream()->codecpar;
    if (!findDecoder(parameters.codec_id))
        return failure("audio.unsupported",
                       bytes_->name() + " holds sound as “" + avcodec_get_name(parameters.codec_id) + "”, which the installed FFmpeg cannot decode. Convert it to WAV or FLAC.",
                       bytes_->source().path);
    if (parameters.sample_rate <= 0 || parameters.ch_layout.nb_channels <= 0)
        return notAudio(bytes_->source());
    for (unsigned i = 0; i < format_->nb_streams; ++i)
        if (static_cast<int>(i) != stream_)
            format_->streams[i]->discard = AVDISCARD_ALL;
    return {};
}

int FfmpegInput::readPacket(AVPacket* packet)
{
    for (;;) {
        av_packet_unref(packet);
        const int status = av_read_frame(format_.get(), packet);
        if (status < 0 || packet->stream_index == stream_)
            return status;
    }
}

Result<CodecContext> FfmpegInput::openDecoder(int flags2) const
{
    const AVCodec* codec = findDecoder(stream()->codecpar->codec_id);
    CodecContext context(avcodec_alloc_context3(codec));
    if (!context || avcodec_parameters_to_context(context.get(), stream()->codecpar) < 0)
        return notAudio(bytes_->source());
    context->pkt_timebase = stream()->time_base;
    context->thread_count = 1; // callers decode several files at once
    context->flags2 |= flags2;
    if (avcodec_open2(context.get(), codec, nullptr) < 0)
        return notAudio(bytes_->source());
    return context;
}

} // namespace earmark
