#include "engine/neural/infer/transcribe.h"

#include <algorithm>
#include <cmath>

#include "engine/audio/decode.h"
#include "engine/neural/infer/predictor.h"
#include "engine/neural/infer/read_ahead.h"

namespace earmark::neural
{

namespace
{

/// A clip or a window of one, and the frames of its scores that count: [begin, end).
struct Part {
    Features features;
    std::int64_t begin = 0, end = 0;
};

struct Heard {
    std::vector<Part> parts;
    std::vector<Remark> warnings;
    std::optional<Error> error;
};

/// Half to even, as Python's round().
std::int64_t rounded(double value) { return static_cast<std::int64_t>(std::nearbyint(value)); }

/// How a clip is cut: samples.
struct Cut {
    std::int64_t window = 0; ///< 0: not at all
    std::int64_t stride = 0;
};

class Transcriber
{
public:
    Transcriber(const TranscribeRequest& request, Predictor& predictor, std::function<void()> betweenBatches)
        : request_(request), predictor_(predictor), betweenBatches_(std::move(betweenBatches)), perFrame_(predictor.model().positionsPerFrame() * predictor.extractor().samplesPerPosition()),
          rate_(predictor.extractor().samplingRate())
    {
    }

    Result<void> check() const
    {
        const double window = request_.window.value_or(TranscribeRequest::ownWindow);
        if (const Cut how = windowCut(window); window > 0 && how.window <= 2 * how.stride)
            return failure("usage", "The window must be longer than twice the stride, or nothing is left of it.");
        return {};
    }

    /// False where stopped.
    bool run(const TranscribeObserver& observer, std::stop_token stop)
    {
        const std::size_t count = request_.samples.size();
        const std::size_t stretch = batchSize() * batchesAhead;
        ReadAhead<Heard> reader(count, readingThreads(), 2 * stretch, [&](std::size_t i) { return hear(request_.samples[i]); });
        for (std::size_t first = 0; first < count; first += stretch) {
            auto clips = reader.next(stretch, stop);
            if (!clips || !deliver(*clips, first, observer, stop))
                return false;
        }
        return true;
    }

private:
    std::size_t batchSize() const { return static_cast<std::size_t>(std::max(1, request_.batchSize)); }

    Cut windowCut(double window) const
    {
        const auto aligned = [&](double seconds) {
            return rounded(seconds * rate_ / static_cast<double>(perFrame_)) * perFrame_;
        };
        return {.window = aligned(window), .stride = aligned(request_.stride.value_or(window / 6))};
    }

    Cut cutFor(std::size_t samples) const
    {
        if (request_.window)
            return *request_.window > 0 ? windowCut(*request_.window) : Cut();
        return static_cast<double>(samples) > TranscribeRequest::wholeUpTo * rate_ ? windowCut(TranscribeRequest::ownWindow) : Cut();
    }

    Heard hear(const Sample& sample) const
    {
        Heard heard;
        auto decoded = decodeAudio(sample.clip, {.sampleRate = rate_, .channel = request_.options.channel});
        if (!decoded) {
            heard.error = std::move(decoded.error());
            return heard;
        }
        heard.warnings = std::move(decoded->warnings);
        heard.error = cut(decoded->samples, cutFor(decoded->samples.size()), heard.parts);
        if (heard.error && heard.error->path.empty())
            heard.error->path = sample.clip.source.path;
        return heard;
    }

    std::optional<Error> cut(std::span<const float> samples, Cut how, std::vector<Part>& parts) const
    {
        const auto length = static_cast<std::int64_t>(samples.size());
        const std::int64_t window = how.window > 0 ? how.window : length, step = how.window > 0 ? window - 2 * how.stride : length;
        for (std::int64_t start = 0; start < length; start += step) {
            const std::int64_t own = std::min(window, length - start);
            const bool last = start + window >= length;
            const std::int64_t left = start == 0 ? 0 : how.stride, right = last ? 0 : how.stride;
            if (own > left || start == 0) {
                auto features = predictor_.extractor().extract(samples.subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(own)));
                if (!features) {
                    if (start > 0 && features.error().code == "audio.too_short")
                        break;
                    return std::move(features.error());
                }
                parts.push_back(part(std::move(*features), own, left, right));
                if (parts.back().end <= 0 && start == 0)
                    return failure("audio.too_short", "The clip is too short for this model: it gives no frame.").value();
            }
            if (last)
                break;
        }
        return std::nullopt;
    }

    /// The frames that are a window's own, as the pipeline's rescale_stride counts them.
    Part part(Features features, std::int64_t samples, std::int64_t left, std::int64_t right) const
    {
        const std::int64_t frames = predictor_.model().framesOf(features.shape.front());
        Part made{.features = std::move(features), .end = frames};
        if (left == 0 && right == 0)
            return made;
        const auto all = rounded(static_cast<double>(samples) / static_cast<double>(perFrame_));
        const auto share = [&](std::int64_t stride) { return rounded(static_cast<double>(stride) / static_cast<double>(samples) * static_cast<double>(all)); };
        made.begin = std::min(share(left), frames);
        made.end = std::clamp(all - share(right), made.begin, frames);
        return made;
    }

    bool deliver(std::vector<Heard>& clips, std::size_t first, const TranscribeObserver& observer, std::stop_token stop)
    {
        std::vector<const Part*> parts;
        for (const Heard& clip : clips)
            if (!clip.error)
                for (const Part& one : clip.parts)
                    parts.push_back(&one);
        std::vector<std::vector<std::int64_t>> ids(parts.size());
        if (!recognise(parts, ids, stop))
            return false;
        std::size_t next = 0;
        for (std::size_t i = 0; i < clips.size(); ++i) {
            std::vector<std::int64_t> spoken;
            for (std::size_t k = 0; !clips[i].error && k < clips[i].parts.size(); ++k, ++next)
                spoken.insert(spoken.end(), ids[next].begin(), ids[next].end());
            observer(read(first + i, clips[i], spoken));
        }
        return true;
    }

    bool recognise(const std::vector<const Part*>& parts, std::vector<std::vector<std::int64_t>>& ids, std::stop_token stop)
    {
        std::vector<const Features*> features;
        for (const Part* one : parts)
            features.push_back(&one->features);
        return predictor_.eachBatch(features, batchSize(), stop, betweenBatches_, [&](const auto& places, const auto& members) {
            const torch::Tensor best = predictor_.forward(members, false).logits->argmax(-1).to(torch::kCPU).contiguous();
            const std::int64_t* row = best.const_data_ptr<std::int64_t>();
            for (const std::size_t place : places) {
                ids[place].assign(row + std::min(parts[place]->begin, best.size(1)), row + std::min(parts[place]->end, best.size(1)));
                row += best.size(1);
            }
        });
    }

    TranscribedClip read(std::size_t index, Heard& heard, const std::vector<std::int64_t>& spoken) const
    {
        TranscribedClip clip{.index = index, .warnings = std::move(heard.warnings), .error = std::move(heard.error)};
        if (clip.error)
            return clip;
        DecodedText decoded = predictor_.tokenizer()->decode(spoken);
        clip.text = std::move(decoded.text);
        const double frame = static_cast<double>(perFrame_) / rate_;
        for (DecodedWord& word : decoded.words)
            clip.words.push_back({std::move(word.word), static_cast<double>(word.start) * frame, static_cast<double>(word.end) * frame});
        if (request_.references) {
            if (const auto ids = predictor_.tokenizer()->encode(request_.samples[index].text))
                clip.reference = predictor_.tokenizer()->decode(*ids, false).text;
            else
                clip.error = ids.error();
        }
        return clip;
    }

    const TranscribeRequest& request_;
    Predictor& predictor_;
    std::function<void()> betweenBatches_;
    std::int64_t perFrame_ = 1; ///< samples
    int rate_ = 16000;
};

} // namespace

Result<bool> transcribeClips(const TranscribeRequest& request, const TranscribeObserver& observer, std::stop_token stop,
                             const std::function<void()>& betweenBatches)
{
    if ((request.window && !(*request.window >= 0)) || (request.stride && !(*request.stride >= 0)))
        return failure("usage", "The window and the stride cannot be less than 0 seconds.");
    EARMARK_TRY(Predictor predictor, Predictor::load(request.model, Head::asSaved, request.options, request.targetLanguage));
    if (predictor.model().task() != "ctc")
        return failure("model.unsupported", quoteName(request.model) + " does not transcribe: train it to with “earmark-cli train --task ctc”.", request.model);
    if (!predictor.tokenizer())
        return failure("model.not_found", quoteName(request.model) + " has no vocab.json, so nobody can tell its characters; fetch the tokenizer's files too.",
                       request.model);
    Transcriber transcriber(request, predictor, betweenBatches);
    EARMARK_TRY_VOID(transcriber.check());
    return transcriber.run(observer, stop);
}

} // namespace earmark::neural
