#include <cstdint>
#include <cstring>

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/channel_layout.h>
}

#include "engine/audio/ffmpeg_input.h"
#include "engine/audio/tempo.h"

namespace earmark
{

namespace
{

struct FreeGraph {
    void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
};

tl::unexpected<Error> refused(int from, int to)
{
    return failure("audio.unsupported", "FFmpeg cannot play samples of " + std::to_string(from) + " Hz at " + std::to_string(to) +
                                            " Hz at this speed. Choose another speed.");
}

/// Each atempo keeps its quality down to a half; slower takes two.
std::string filterText(int to, double speed)
{
    std::string text;
    for (; speed < 0.5; speed *= 2)
        text += "atempo=0.5,";
    text += "atempo=" + std::to_string(speed);
    return text + ",aresample=" + std::to_string(to) + ",aformat=sample_fmts=flt:channel_layouts=mono";
}

class Tempo : public TimeStretch
{
public:
    Result<void> open(int from, int to, double speed)
    {
        graph_.reset(avfilter_graph_alloc());
        frame_.reset(av_frame_alloc());
        rate_ = from;
        const std::string rate = std::to_string(from);
        const std::string source = "time_base=1/" + rate + ":sample_rate=" + rate + ":sample_fmt=flt:channel_layout=mono";
        AVFilterInOut* inputs = nullptr;
        AVFilterInOut* outputs = nullptr;
        const std::string text = filterText(to, speed);
        const bool made = graph_ && frame_ &&
            avfilter_graph_create_filter(&source_, avfilter_get_by_name("abuffer"), "in", source.c_str(), nullptr, graph_.get()) >= 0 &&
            avfilter_graph_create_filter(&sink_, avfilter_get_by_name("abuffersink"), "out", nullptr, nullptr, graph_.get()) >= 0 &&
            avfilter_graph_parse2(graph_.get(), text.c_str(), &inputs, &outputs) >= 0 && inputs && outputs &&
            avfilter_link(source_, 0, inputs->filter_ctx, static_cast<unsigned>(inputs->pad_idx)) >= 0 &&
            avfilter_link(outputs->filter_ctx, static_cast<unsigned>(outputs->pad_idx), sink_, 0) >= 0 &&
            avfilter_graph_config(graph_.get(), nullptr) >= 0;
        avfilter_inout_free(&inputs);
        avfilter_inout_free(&outputs);
        return made ? Result<void>() : refused(from, to);
    }

    Result<void> push(std::span<const float> in, std::vector<float>& out) override
    {
        if (in.empty())
            return {};
        AVFrame& frame = *frame_;
        av_frame_unref(&frame);
        frame.nb_samples = static_cast<int>(in.size());
        frame.format = AV_SAMPLE_FMT_FLT;
        frame.sample_rate = rate_;
        frame.pts = taken_;
        av_channel_layout_default(&frame.ch_layout, 1);
        if (av_frame_get_buffer(&frame, 0) < 0)
            return refused(rate_, rate_);
        std::memcpy(frame.data[0], in.data(), in.size_bytes());
        taken_ += frame.nb_samples;
        if (av_buffersrc_add_frame(source_, &frame) < 0)
            return refused(rate_, rate_);
        drain(out);
        return {};
    }

    Result<void> finish(std::vector<float>& out) override
    {
        if (av_buffersrc_add_frame(source_, nullptr) < 0)
            return refused(rate_, rate_);
        drain(out);
        return {};
    }

private:
    void drain(std::vector<float>& out)
    {
        while (av_buffersink_get_frame(sink_, frame_.get()) >= 0) {
            const auto* samples = reinterpret_cast<const float*>(frame_->data[0]);
            out.insert(out.end(), samples, samples + frame_->nb_samples);
            av_frame_unref(frame_.get());
        }
    }

    std::unique_ptr<AVFilterGraph, FreeGraph> graph_;
    Frame frame_;
    AVFilterContext* source_ = nullptr; ///< the graph's
    AVFilterContext* sink_ = nullptr;
    int rate_ = 0;
    std::int64_t taken_ = 0;
};

} // namespace

bool canStretchTime() { return true; }

Result<std::unique_ptr<TimeStretch>> makeTempo(int from, int to, double speed)
{
    auto tempo = std::make_unique<Tempo>();
    EARMARK_TRY_VOID(tempo->open(from, to, speed));
    return tempo;
}

} // namespace earmark
