#include "tests/support/encode.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
}

namespace earmark::test
{

namespace
{

struct Free {
    void operator()(AVFormatContext* context) const
    {
        avio_closep(&context->pb);
        avformat_free_context(context);
    }
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
using Format = std::unique_ptr<AVFormatContext, Free>;
using Codec = std::unique_ptr<AVCodecContext, Free>;

AVSampleFormat sampleFormatOf(const std::string& codec)
{
    if (codec == "libopus")
        return AV_SAMPLE_FMT_FLT;
    if (codec == "alac")
        return AV_SAMPLE_FMT_S16P;
    const bool floats = codec == "libmp3lame" || codec == "libvorbis" || codec == "aac" || codec == "ac3" || codec == "wmav2";
    return floats ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16;
}

void store(AVFrame& frame, int channel, int i, float value)
{
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool planar = av_sample_fmt_is_planar(format);
    const auto at = static_cast<std::size_t>(planar ? i : i * frame.ch_layout.nb_channels + channel);
    std::uint8_t* plane = frame.extended_data[planar ? channel : 0];
    const auto rounded = static_cast<std::int16_t>(std::lround(std::clamp(value * 32768.0f, -32768.0f, 32767.0f)));
    if (av_get_bytes_per_sample(format) == 2)
        std::memcpy(plane + at * 2, &rounded, 2);
    else
        std::memcpy(plane + at * 4, &value, 4);
}

class Encoder
{
public:
    Encoder(const std::string& path, const Encoding& encoding) : path_(path), encoding_(encoding) {}

    bool run(const std::vector<float>& mono) { return open() && writeAll(mono) && av_write_trailer(format_.get()) >= 0; }

private:
    bool open()
    {
        AVFormatContext* context = nullptr;
        if (avformat_alloc_output_context2(&context, nullptr, nullptr, path_.c_str()) < 0)
            return false;
        format_.reset(context);
        AVDictionary* options = nullptr;
        av_dict_parse_string(&options, encoding_.containerOptions.c_str(), "=", ":", 0);
        const bool opened = openAudio() && (!encoding_.withVideo || openVideo()) && avio_open(&context->pb, path_.c_str(), AVIO_FLAG_WRITE) >= 0 &&
                            avformat_write_header(context, &options) >= 0;
        av_dict_free(&options);
        return opened;
    }

    bool addStream(const Codec& codec)
    {
        if (format_->oformat->flags & AVFMT_GLOBALHEADER)
            codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        AVDictionary* options = nullptr;
        if (codec->codec_type == AVMEDIA_TYPE_AUDIO)
            av_dict_parse_string(&options, encoding_.options.c_str(), "=", ":", 0);
        const int opened = avcodec_open2(codec.get(), nullptr, &options);
        av_dict_free(&options);
        AVStream* stream = avformat_new_stream(format_.get(), nullptr);
        stream->time_base = codec->time_base;
        return opened >= 0 && avcodec_parameters_from_context(stream->codecpar, codec.get()) >= 0;
    }

    bool openAudio()
    {
        const AVCodec* codec = avcodec_find_encoder_by_name(encoding_.codec.c_str());
        if (!codec)
            return false;
        audio_.reset(avcodec_alloc_context3(codec));
        audio_->sample_fmt = sampleFormatOf(encoding_.codec);
        audio_->sample_rate = encoding_.rate;
        audio_->time_base = {1, encoding_.rate};
        av_channel_layout_default(&audio_->ch_layout, encoding_.channels);
        return addStream(audio_);
    }

    bool openVideo()
    {
        video_.reset(avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_MPEG4)));
        if (!video_)
            return false;
        video_->width = video_->height = 64;
        video_->pix_fmt = AV_PIX_FMT_YUV420P;
        video_->time_base = {1, 25};
        return addStream(video_);
    }

    bool writeAll(const std::vector<float>& mono)
    {
        const std::size_t block = audio_->frame_size > 0 ? static_cast<std::size_t>(audio_->frame_size) : 1024;
        for (std::size_t at = 0; at < mono.size(); at += block)
            if (!writeAudio(mono, at, std::min(block, mono.size() - at)) || !writeVideoUpTo(static_cast<double>(at) / encoding_.rate))
                return false;
        return drain(audio_, 0, nullptr) && (!video_ || drain(video_, 1, nullptr));
    }

    bool writeAudio(const std::vector<float>& mono, std::size_t at, std::size_t count)
    {
        const std::unique_ptr<AVFrame, Free> frame(av_frame_alloc());
        frame->format = audio_->sample_fmt;
        frame->sample_rate = encoding_.rate;
        frame->nb_samples = static_cast<int>(count);
        frame->pts = static_cast<std::int64_t>(at);
        av_channel_layout_copy(&frame->ch_layout, &audio_->ch_layout);
        if (av_frame_get_buffer(frame.get(), 0) < 0)
            return false;
        for (int channel = 0; channel < encoding_.channels; ++channel)
            for (std::size_t i = 0; i < count; ++i)
                store(*frame, channel, static_cast<int>(i), mono[at + i]);
        return drain(audio_, 0, frame.get());
    }

    bool writeVideoUpTo(double seconds)
    {
        while (video_ && pictures_ / 25.0 < seconds) {
            const std::unique_ptr<AVFrame, Free> frame(av_frame_alloc());
            frame->format = video_->pix_fmt;
            frame->width = frame->height = 64;
            frame->pts = pictures_++;
            if (av_frame_get_buffer(frame.get(), 0) < 0)
                return false;
            for (int plane = 0; plane < 3; ++plane)
                std::memset(frame->data[plane], static_cast<int>(frame->pts) & 255, static_cast<std::size_t>(frame->linesize[plane]) * (plane ? 32 : 64));
            if (!drain(video_, 1, frame.get()))
                return false;
        }
        return true;
    }

    bool drain(const Codec& codec, int stream, const AVFrame* frame)
    {
        if (avcodec_send_frame(codec.get(), frame) < 0)
            return false;
        const std::unique_ptr<AVPacket, Free> packet(av_packet_alloc());
        while (avcodec_receive_packet(codec.get(), packet.get()) >= 0) {
            packet->stream_index = stream;
            av_packet_rescale_ts(packet.get(), codec->time_base, format_->streams[stream]->time_base);
            if (av_interleaved_write_frame(format_.get(), packet.get()) < 0)
                return false;
        }
        return true;
    }

    const std::string& path_;
    const Encoding& encoding_;
    Format format_;
    Codec audio_;
    Codec video_;
    int pictures_ = 0;
};

} // namespace

bool encodeSound(const std::string& path, const Encoding& encoding, const std::vector<float>& mono)
{
    return Encoder(path, encoding).run(mono);
}

} // namespace earmark::test
