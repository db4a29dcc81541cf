#include "engine/neural/models/speech/pretraining_head.h"

#include "engine/neural/models/speech/contrastive.h"

namespace earmark::neural
{

torch::Tensor maskedFrames(const ModelInputs& inputs)
{
    return inputs.mask_time_indices ? inputs.mask_time_indices->to(inputs.input.device(), torch::kBool) : torch::Tensor();
}

PretrainingHead::PretrainingHead(const SpeechPolicy& policy, const Json& json)
    : SpeechHead({policy.classStem + "ForPreTraining", policy.modelType, policy.prefix, json, {}})
{
}

std::map<std::string, std::string> PretrainingHead::facts() const
{
    auto facts = trunk->facts();
    facts["num_codevector_groups"] = std::to_string(config().num_codevector_groups);
    facts["num_codevectors_per_group"] = std::to_string(config().num_codevectors_per_group);
    return facts;
}

std::int64_t PretrainingHead::framesOf(std::int64_t samples) const { return trunk->config().frames(samples); }

SpanMaskOptions PretrainingHead::spans() const { return {trunk->config().mask_time_prob, trunk->config().mask_time_length, 0}; }

bool PretrainingHead::canMask(std::int64_t samples, const SpanMaskOptions& spans) const { return masksTwo(framesOf(samples), spans); }

double PretrainingHead::draw(ModelInputs& inputs, const SpanMaskOptions& spans, RandomStreams& streams) const
{
    const std::int64_t rows = inputs.input.size(0), frames = framesOf(inputs.input.size(1));
    std::vector<std::int64_t> lengths(static_cast<std::size_t>(rows), frames);
    if (inputs.attention_mask)
        if (const torch::Tensor valid = trunk->validFrames(*inputs.attention_mask, frames); valid.defined()) {
            const torch::Tensor counted = valid.sum(-1).cpu();
            lengths.assign(counted.const_data_ptr<std::int64_t>(), counted.const_data_ptr<std::int64_t>() + rows);
        }
    const torch::Tensor masked = drawSpanMask(rows, frames, lengths, spans, streams);
    inputs.mask_time_indices = masked;
    inputs.sampled_negative_indices = drawNegatives(masked, config().num_negatives, streams);
    double all = 0;
    for (const std::int64_t length : lengths)
        all += static_cast<double>(length);
    return masked.sum().item<double>() / all;
}

void PretrainingHead::addLoss(ModelOutputs& outputs, const torch::Tensor& states, const torch::Tensor& codes, const ModelInputs& inputs) const
{
    const torch::Tensor masked = maskedFrames(inputs);
    if (!masked.defined())
        throw Failure("usage", "sampled_negative_indices were given without mask_time_indices; give both.");
    const ContrastiveLoss told = contrastiveLoss(states, codes, masked, *inputs.sampled_negative_indices, config().contrastive_logits_temperature);
    const auto vectors = static_cast<double>(config().codes());
    outputs.contrastive_loss = told.sum;
    outputs.correct_choices = told.correct;
    outputs.diversity_loss = (vectors - *outputs.codevector_perplexity) / vectors * masked.sum();
    outputs.loss = told.sum + config().diversity_loss_weight * *outputs.diversity_loss;
}

} // namespace earmark::neural
