// What a network that learns from sound alone has beside Model: frames to mask and code vectors to tell apart are drawn for each batch, and its
// softmax over code vectors has a temperature. Thread: the executor's.
#pragma once

#include "engine/neural/models/model.h"
#include "engine/neural/models/speech/spec_augment.h"

namespace earmark::neural
{

class Pretraining
{
public:
    virtual ~Pretraining() = default;

    /// How config.json masks frames; without a least number of spans, as the collator of the pretraining example.
    virtual SpanMaskOptions spans() const = 0;
    /// False where a clip of so many samples may come out with fewer than two masked frames, and then has no negatives.
    virtual bool canMask(std::int64_t samples, const SpanMaskOptions& spans) const = 0;
    /// Adds masked frames and negatives to a batch, as DataCollatorForWav2Vec2Pretraining of run_wav2vec2_pretraining_no_trainer.py draws them. Returns
    /// the share of the valid frames that is masked. Throws Failure (audio.too_short) where a clip has fewer than two.
    virtual double draw(ModelInputs& inputs, const SpanMaskOptions& spans, RandomStreams& streams) const = 0;
    /// 2 until it is set. Only training heeds it.
    virtual void setGumbelTemperature(double temperature) = 0;
};

/// Null where the network does not learn so.
inline Pretraining* pretrainingOf(Model& model) { return dynamic_cast<Pretraining*>(&model); }

} // namespace earmark::neural
