#include "engine/neural/infer/zero_shot.h"

#include <algorithm>
#include <memory>

#include "engine/base/log.h"
#include "engine/neural/infer/predictor.h"
#include "engine/neural/infer/read_ahead.h"
#include "engine/neural/models/clap/clap.h"
#include "engine/text/text_template.h"

namespace earmark::neural
{

namespace
{

/// The labels' texts as vectors: (labels, projection_dim).
Result<torch::Tensor> readLabels(const ZeroShotRequest& request, const ClapModel& model, const RobertaTokenizer& tokenizer)
{
    const std::int64_t most = std::min(tokenizer.longest(), model.longestText());
    std::vector<std::vector<std::int64_t>> texts;
    for (const std::string& label : request.labels) {
        EARMARK_TRY(const std::string text, filledTemplate(request.hypothesisTemplate, label));
        texts.push_back(tokenizer.encode(text));
        if (static_cast<std::int64_t>(texts.back().size()) > most) {
            log(LogLevel::warning, "The text for " + quoteName(label) + " is longer than the model reads; what is beyond its " + std::to_string(most) + " tokens does not count.");
            texts.back() = tokenizer.encode(text, most);
        }
    }
    const TokenBatch batch = tokenizer.pad(texts);
    const auto table = [&](const std::vector<std::int64_t>& values) { return torch::tensor(values, torch::kLong).view({batch.rows, batch.length}); };
    const c10::InferenceMode guard;
    return model.textEmbeds(table(batch.ids), table(batch.mask));
}

class Comparer
{
public:
    Comparer(const ZeroShotRequest& request, Predictor& predictor, const ClapModel& model, torch::Tensor texts)
        : request_(request), predictor_(predictor), model_(model), texts_(std::move(texts)),
          labels_(std::make_shared<const std::vector<std::string>>(request.labels))
    {
    }

    /// False where stopped.
    bool run(const ClassifyObserver& observer, const std::stop_token& stop, const std::function<void()>& betweenBatches)
    {
        const std::size_t count = request_.samples.size(), batch = static_cast<std::size_t>(std::max(1, request_.batchSize));
        ReadAhead<ReadClip> reader(count, readingThreads(), 2 * batch * batchesAhead,
                                   [&](std::size_t i) { return readClip(request_.samples[i], predictor_.extractor(), request_.options.channel); });
        for (std::size_t first = 0; first < count; first += batch) {
            auto read = reader.next(batch, stop);
            if (!read)
                return false;
            tell(*read, first, observer);
            if (betweenBatches)
                betweenBatches();
        }
        return true;
    }

private:
    /// Every clip has one size, so that any may share a batch.
    void tell(std::vector<ReadClip>& clips, std::size_t first, const ClassifyObserver& observer)
    {
        std::vector<const Features*> heard;
        for (const ReadClip& clip : clips)
            if (clip.features)
                heard.push_back(&*clip.features);
        const torch::Tensor scores = heard.empty() ? torch::Tensor() : scoresOf(heard);
        const float* row = heard.empty() ? nullptr : scores.const_data_ptr<float>();
        for (std::size_t i = 0; i < clips.size(); ++i) {
            ClassifiedClip told{.index = first + i, .labels = labels_, .warnings = std::move(clips[i].warnings), .error = std::move(clips[i].error)};
            if (clips[i].features) {
                told.scores.assign(row, row + labels_->size());
                row += labels_->size();
            }
            observer(told);
        }
    }

    torch::Tensor scoresOf(const std::vector<const Features*>& clips)
    {
        const c10::InferenceMode guard;
        const torch::Tensor sounds = predictor_.pooled(clips, std::nullopt).to(texts_.device(), texts_.scalar_type());
        return at::softmax(model_.compared(sounds, texts_).to(torch::kFloat32), -1).to(torch::kCPU).contiguous();
    }

    const ZeroShotRequest& request_;
    Predictor& predictor_;
    const ClapModel& model_;
    const torch::Tensor texts_;
    const std::shared_ptr<const std::vector<std::string>> labels_;
};

} // namespace

Result<ClassifyOutcome> zeroShotClips(const ZeroShotRequest& request, const ClassifyObserver& observer, std::stop_token stop,
                                      const std::function<void()>& betweenBatches)
{
    if (request.labels.empty())
        return failure("usage", "No label was given: name what the sounds may be.");
    EARMARK_TRY_VOID(filledTemplate(request.hypothesisTemplate, {}));
    EARMARK_TRY(Predictor predictor, Predictor::load(request.model, Head::asSaved, request.options));
    const auto* model = dynamic_cast<const ClapModel*>(&predictor.model());
    if (!model)
        return failure("model.unsupported", quoteName(request.model) + " does not compare sounds with texts: give a CLAP model.", request.model);
    if (!predictor.textTokenizer())
        return failure("model.not_found", quoteName(request.model) + " has neither tokenizer.json nor vocab.json with merges.txt, so no text can be read to it; fetch the tokenizer's files too.",
                       request.model);
    EARMARK_TRY(torch::Tensor texts, readLabels(request, *model, *predictor.textTokenizer()));
    const bool finished = Comparer(request, predictor, *model, std::move(texts)).run(observer, stop, betweenBatches);
    return ClassifyOutcome{.labels = request.labels, .stopped = !finished};
}

} // namespace earmark::neural
