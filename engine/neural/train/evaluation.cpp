#include "engine/neural/train/evaluation.h"

#include "engine/neural/infer/collate.h"
#include "engine/neural/train/figures.h"

namespace earmark::neural
{

std::optional<Metrics> evaluateModel(const EvaluationRequest& r, const Batches& batches, std::stop_token stop)
{
    const torch::NoGradGuard guard;
    r.model->eval();
    BatchLoader loader(*r.clips, *r.extractor, batches, r.loaderThreads, 3);
    const std::unique_ptr<Figures> figures =
        r.tokenizer ? recognitionFigures(r.targets->texts, *r.tokenizer)
                    : classificationFigures(r.lossRule->problem(), *r.clips, *r.targets, r.model->labels());
    double lossSum = 0;
    double rows = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (stop.stop_requested())
            return std::nullopt;
        LoadedBatch batch = loader.next();
        if (batch.items.empty())
            continue;
        const LossRule::Outcome outcome = r.lossRule->compute(*r.model, collate(std::move(batch.features), r.device), r.targets->of(batch.items).to(r.device),
                                                              r.lossRule->items(r.targets->labelsOf(batch.items)), r.autocast);
        lossSum += outcome.loss.item<double>() * static_cast<double>(batch.items.size());
        rows += static_cast<double>(batch.items.size());
        figures->add(batch.items, outcome.logits);
        if (r.betweenBatches)
            r.betweenBatches();
    }
    Metrics metrics{{"eval_loss", rows > 0 ? lossSum / rows : 0}};
    for (auto& metric : figures->metrics())
        metrics.push_back(std::move(metric));
    return metrics;
}

} // namespace earmark::neural
