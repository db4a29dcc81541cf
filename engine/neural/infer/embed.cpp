#include "engine/neural/infer/embed.h"

#include <algorithm>

#include "engine/neural/infer/predictor.h"
#include "engine/neural/infer/read_ahead.h"

namespace earmark::neural
{

namespace
{

/// The layer counted from 0, checked against what the model has (its input is layer 0).
Result<std::optional<int>> chooseLayer(const EmbedRequest& request, Predictor& predictor, const Features& probe)
{
    if (!request.layer)
        return std::optional<int>();
    const auto states = static_cast<int>(predictor.forward({&probe}, true).hidden_states.size());
    const int layer = *request.layer < 0 ? *request.layer + states : *request.layer;
    if (layer < 0 || layer >= states)
        return failure("usage", "The model has no layer " + std::to_string(*request.layer) + ": give 0 to " + std::to_string(states - 1) +
                                    ", or −1 for the last.");
    return std::optional<int>(layer);
}

} // namespace

Result<bool> embedClips(const EmbedRequest& request, const EmbedObserver& observer, std::stop_token stop, const std::function<void()>& betweenBatches)
{
    EARMARK_TRY(Predictor predictor, Predictor::load(request.model, Head::asSaved, request.options));
    const auto batchSize = static_cast<std::size_t>(std::max(1, request.batchSize));
    const std::size_t count = request.samples.size();
    const std::size_t stretch = batchSize * batchesAhead;
    ReadAhead<ReadClip> reader(count, readingThreads(), 2 * stretch,
                               [&](std::size_t i) { return readClip(request.samples[i], predictor.extractor(), request.options.channel); });
    std::optional<std::optional<int>> layer;
    for (std::size_t first = 0; first < count; first += stretch) {
        std::vector<EmbeddedClip> clips;
        std::vector<Features> features;
        std::vector<std::size_t> places;
        auto stretchRead = reader.next(stretch, stop);
        if (!stretchRead)
            return false;
        for (ReadClip& read : *stretchRead) {
            if (read.features) {
                places.push_back(clips.size());
                features.push_back(std::move(*read.features));
            }
            clips.push_back({.index = first + clips.size(), .warnings = std::move(read.warnings), .error = std::move(read.error)});
        }
        std::vector<const Features*> pointers;
        for (const Features& own : features)
            pointers.push_back(&own);
        if (!layer && !features.empty()) {
            EARMARK_TRY(layer, chooseLayer(request, predictor, features.front()));
        }
        const bool finished = predictor.eachBatch(pointers, batchSize, stop, betweenBatches, [&](const auto& batch, const auto& members) {
            const torch::Tensor vectors = predictor.pooled(members, *layer);
            const float* row = vectors.const_data_ptr<float>();
            for (const std::size_t i : batch) {
                clips[places[i]].vector.assign(row, row + vectors.size(1));
                row += vectors.size(1);
            }
        });
        if (!finished)
            return false;
        for (const EmbeddedClip& clip : clips)
            observer(clip);
    }
    return true;
}

} // namespace earmark::neural
