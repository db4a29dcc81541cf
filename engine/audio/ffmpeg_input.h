// FFmpeg's handles with owners, and a container opened over a ByteSource: no protocol, no other file, nothing on stderr. Inside the room.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <memory>

#include "engine/audio/byte_source.h"

namespace earmark
{

struct FreeAv {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVIOContext* context) const;
};
using CodecContext = std::unique_ptr<AVCodecContext, FreeAv>;
using Packet = std::unique_ptr<AVPacket, FreeAv>;
using Frame = std::unique_ptr<AVFrame, FreeAv>;

/// A demuxer and its best audio stream. One thread at a time.
class FfmpegInput
{
public:
    /// Errors: audio.not_audio, audio.unsupported (no decoder), io.unreadable.
    static Result<std::unique_ptr<FfmpegInput>> open(std::shared_ptr<const ByteSource> bytes);

    AVFormatContext* format() const { return format_.get(); }
    AVStream* stream() const { return format_->streams[stream_]; }
    const ByteSource& bytes() const { return *bytes_; }
    std::shared_ptr<const ByteSource> share() const { return bytes_; }

    /// The next packet of the stream; 0, AVERROR_EOF or another of FFmpeg's errors.
    int readPacket(AVPacket* packet);

    /// A fresh decoder for the stream; `flags2` as in AVCodecContext.
    Result<CodecContext> openDecoder(int flags2 = 0) const;

    /// The error for a failed read of the bytes, if there was one.
    const std::optional<Error>& readError() const { return readError_; }

private:
    explicit FfmpegInput(std::shared_ptr<const ByteSource> bytes) : bytes_(std::move(bytes)) {}
    Result<void> openFormat();
    Result<void> chooseStream();
    static int readBytes(void* self, std::uint8_t* to, int size);
    static std::int64_t seekBytes(void* self, std::int64_t offset, int whence);

    std::shared_ptr<const ByteSource> bytes_;
    std::int64_t position_ = 0;
    std::optional<Error> readError_;
    std::unique_ptr<AVIOContext, FreeAv> io_; ///< outlives format_
    std::unique_ptr<AVFormatContext, FreeAv> format_;
    int stream_ = -1;
};

} // namespace earmark
