#include "engine/neural/train/evaluation.h"

#include <algorithm>
#include <map>

#include "engine/eval/classification.h"
#include "engine/neural/infer/collate.h"

namespace earmark::neural
{

namespace
{

/// Sums of probabilities over a clip's windows, and its label.
struct Scored {
    std::vector<float> scores;
    std::int64_t label = 0;
};

void add(Scored& clip, const torch::Tensor& probabilities)
{
    const float* first = probabilities.const_data_ptr<float>();
    clip.scores.resize(static_cast<std::size_t>(probabilities.numel()));
    for (std::size_t i = 0; i < clip.scores.size(); ++i)
        clip.scores[i] += first[i];
}

ClassificationReport report(const std::vector<std::string>& labels, const std::map<std::size_t, Scored>& clips)
{
    std::vector<ReportedClip> reported;
    for (const auto& [sample, clip] : clips) {
        const auto best = std::ranges::max_element(clip.scores) - clip.scores.begin();
        reported.push_back({.label = static_cast<int>(clip.label), .prediction = static_cast<int>(best)});
    }
    return classificationReport(labels, std::move(reported));
}

} // namespace

std::optional<Metrics> evaluateModel(const EvaluationRequest& r, const Batches& batches, std::stop_token stop)
{
    const torch::NoGradGuard guard;
    r.model->eval();
    BatchLoader loader(*r.clips, *r.extractor, batches, r.loaderThreads, 3);
    std::map<std::size_t, Scored> clips;
    double lossSum = 0;
    double rows = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (stop.stop_requested())
            return std::nullopt;
        LoadedBatch batch = loader.next();
        if (batch.items.empty())
            continue;
        std::vector<std::int64_t> labels;
        for (const BatchItem& item : batch.items)
            labels.push_back((*r.labels)[item.row]);
        const LossRule::Outcome outcome = r.lossRule->compute(*r.model, collate(std::move(batch.features), r.device), torch::tensor(labels).to(r.device),
                                                              r.lossRule->items(labels), r.autocast);
        lossSum += outcome.loss.item<double>() * static_cast<double>(labels.size());
        rows += static_cast<double>(labels.size());
        const torch::Tensor probabilities = torch::softmax(outcome.logits, -1).to(torch::kCPU).contiguous();
        for (std::size_t k = 0; k < labels.size(); ++k) {
            Scored& clip = clips[r.clips->rows()[batch.items[k].row].sample];
            clip.label = labels[k];
            add(clip, probabilities[static_cast<std::int64_t>(k)]);
        }
        if (r.betweenBatches)
            r.betweenBatches();
    }
    const ClassificationReport figures = report(r.model->labels(), clips);
    return Metrics{{"eval_loss", rows > 0 ? lossSum / rows : 0},
                   {"eval_accuracy", figures.accuracy},
                   {"eval_macro_f1", figures.macroF1},
                   {"eval_weighted_f1", figures.weightedF1}};
}

} // namespace earmark::neural
