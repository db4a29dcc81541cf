#include <algorithm>
#include <cmath>
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
    SwrResampler(std::unique_ptr<SwrContext, FreeSwr> context, int from, int to) : context_(std::move(context)), from_(from), to_(to) {}

    Result<void> push(std::span<const float> in, std::vector<float>& out) override
    {
        const std::size_t before = out.size();
        EARMARK_TRY_VOID(convert(in.data(), static_cast<int>(in.size()), out));
        if (silentSoFar_)
            heard_.insert(heard_.end(), in.begin(), in.end());
        if (out.size() > before) {
            silentSoFar_ = false;
            heard_ = {};
        }
        return {};
    }

    Result<void> finish(std::vector<float>& out) override
    {
        const std::size_t start = out.size();
        for (std::size_t before = start + 1; before != out.size();) { // until nothing more comes
            before = out.size();
            EARMARK_TRY_VOID(convert(nullptr, 0, out));
        }
        return silentSoFar_ && out.size() == start && !heard_.empty() ? resampleFew(out) : Result<void>();
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
            return refused();
        return {};
    }

    /// From less than half a filter's length libswresample makes nothing; with silence after it, it does.
    Result<void> resampleFew(std::vector<float>& out)
    {
        const std::size_t start = out.size();
        const auto count = static_cast<std::size_t>(std::llround(static_cast<double>(heard_.size()) * to_ / from_));
        const auto silence = static_cast<std::size_t>(64 * (1 + from_ / to_));
        swr_close(context_.get());
        if (swr_init(context_.get()) < 0)
            return refused();
        heard_.resize(heard_.size() + silence);
        EARMARK_TRY_VOID(convert(heard_.data(), static_cast<int>(heard_.size()), out));
        out.resize(std::min(out.size(), start + std::max<std::size_t>(count, 1)));
        return {};
    }

    static tl::unexpected<Error> refused() { return failure("internal", "The resampler refused to go on. Please report this."); }

    std::unique_ptr<SwrContext, FreeSwr> context_;
    int from_;
    int to_;
    std::vector<float> heard_; ///< the input while nothing has come out
    bool silentSoFar_ = true;
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
    return std::make_unique<SwrResampler>(std::move(owned), from, to);
}

} // namespace earmark
