#include <cstdint>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>
#include <libswresample/swresample.h>
}

#include "engine/audio/resampler.h"

namespace earmark
{

namespace
{

struct FreeSwr {
    void operator()(SwrContext* context) const { swr_free(&context); }
};

tl::unexpected<Error> tooFarApart(int from, int to, const std::string& path)
{
    return failure("audio.unsupported", quoteName(path) + " cannot be resampled from " + std::to_string(from) + " Hz to " + std::to_string(to) +
                       " Hz: the rates are too far apart. Check the file's header.", path, {{"from", std::to_string(from)}, {"to", std::to_string(to)}});
}

class SwrResampler : public Resampler
{
public:
    explicit SwrResampler(std::unique_ptr<SwrContext, FreeSwr> context) : context_(std::move(context)) {}

    Result<void> push(std::span<const float> in, std::vector<float>& out) override
    {
        return convert(in.data(), static_cast<int>(in.size()), out);
    }

    Result<void> finish(std::vector<float>& out) override
    {
        for (std::size_t before = out.size() + 1; before != out.size();) { // until nothing more comes
            before = out.size();
            EARMARK_TRY_VOID(convert(nullptr, 0, out));
        }
        return {};
    }

private:
    Result<void> convert(const float* in, int count, std::vector<float>& out)
    {
        const int room = std::max(swr_get_out_samples(context_.get(), count), 0) + 64;
        const std::size_t before = out.size();
        out.resize(before + static_cast<std::size_t>(room));
        auto* to = reinterpret_cast<std::uint8_t*>(out.data() + before);
        const auto* from = reinterpret_cast<const std::uint8_t*>(in);
        const int made = swr_convert(context_.get(), &to, room, in ? &from : nullptr, count);
        out.resize(before + static_cast<std::size_t>(std::max(made, 0)));
        if (made < 0)
            return failure("internal", "The resampler refused to go on. Please report this.");
        return {};
    }

    std::unique_ptr<SwrContext, FreeSwr> context_;
};

} // namespace

Result<std::unique_ptr<Resampler>> makeResampler(int from, int to, const std::string& path)
{
    constexpr std::int64_t widest = 1024; // the filter grows with the ratio; sound rates differ by 250 at most
    if (from <= 0 || to <= 0 || from / to >= widest || to / from >= widest)
        return tooFarApart(from, to, path);
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO; // not const: FFmpeg 5.1 asks for a plain pointer
    SwrContext* context = nullptr;
    const int set = swr_alloc_set_opts2(&context, &mono, AV_SAMPLE_FMT_FLT, to, &mono, AV_SAMPLE_FMT_FLT, from, 0, nullptr);
    std::unique_ptr<SwrContext, FreeSwr> owned(context);
    if (set < 0 || swr_init(owned.get()) < 0)
        return tooFarApart(from, to, path);
    return std::make_unique<SwrResampler>(std::move(owned));
}

} // namespace earmark
