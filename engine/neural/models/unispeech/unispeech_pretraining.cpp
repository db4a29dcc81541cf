#include "engine/neural/models/unispeech/unispeech_pretraining.h"

#include "engine/neural/models/ctc.h"

namespace earmark::neural
{

namespace
{
constexpr double spellingShare = 0.5; // mtlalpha of fairseq/criterions/unispeech_criterion.py
}

UniSpeechPretraining::UniSpeechPretraining(const SpeechPolicy& policy, const SpeechConfig& own, const Json& json) : PretrainingHead(policy, json)
{
    const auto linear = [&](std::int64_t in, std::int64_t out) {
        return std::make_shared<Linear>(in, out, fill::normal(own.initializer_range), fill::constant(0));
    };
    trunk = register_module(policy.prefix, std::make_shared<SpeechTrunk>(policy, own, json));
    quantizer = register_module("quantizer", std::make_shared<VectorQuantizer>(config(), own.features()));
    project_q = register_module("project_q", linear(config().codevector_dim, config().proj_codevector_dim));
    project_hid = register_module("project_hid", linear(config().proj_codevector_dim, own.hidden_size));
    ctc_proj = register_module("ctc_proj", linear(own.hidden_size, config().num_ctc_classes));
}

/// Scores of phonemes, of states some of which codes take the place of: a frame in two as config.json has it. (batch, frames, num_ctc_classes)
torch::Tensor UniSpeechPretraining::spell(const torch::Tensor& states, const torch::Tensor& codes) const
{
    const torch::Tensor chances = torch::full({states.size(0), states.size(1)}, config().replace_prob).transpose(0, 1);
    const torch::Tensor replaced = at::bernoulli(chances).to(torch::kBool).to(states.device()).transpose(0, 1).unsqueeze(-1);
    return ctc_proj->forward(at::dropout(torch::where(replaced, codes, states).contiguous(), trunk->config().ctc.final_dropout, is_training()));
}

ModelOutputs UniSpeechPretraining::forward(const ModelInputs& inputs)
{
    ModelOutputs outputs = trunk->forward(inputs);
    outputs.projected_states = outputs.last_hidden_state;
    const torch::Tensor features = at::dropout(*outputs.extract_features, config().feat_quantizer_dropout, is_training());
    const VectorQuantizer::Result quantized = quantizer->forward(features, {});
    outputs.codevector_perplexity = quantized.perplexity;
    outputs.projected_quantized_states = project_hid->forward(project_q->forward(quantized.codes.to(project_q->weight.scalar_type())));
    torch::Tensor scores;
    if (is_training() || inputs.labels) // upstream returns no scores; it draws for them, which a training that is to go the same way must too
        scores = spell(*outputs.projected_states, *outputs.projected_quantized_states);
    if (inputs.sampled_negative_indices)
        addLoss(outputs, *outputs.projected_states, *outputs.projected_quantized_states, inputs);
    if (inputs.sampled_negative_indices && inputs.labels)
        addSpelling(outputs, scores, inputs);
    return outputs;
}

void UniSpeechPretraining::addSpelling(ModelOutputs& outputs, const torch::Tensor& scores, const ModelInputs& inputs) const
{
    const torch::Tensor spoken = (inputs.labels->to(torch::kCPU) >= 0).any(1).nonzero().flatten();
    if (spoken.numel() == 0)
        return;
    CtcConfig ctc = trunk->config().ctc;
    ctc.vocab_size = config().num_ctc_classes;
    ctc.sumsLosses = true; // as the masked frames' are
    const torch::Tensor samples = inputs.attention_mask ? inputs.attention_mask->sum(-1, false, torch::kLong).cpu()
                                                        : torch::full({scores.size(0)}, inputs.input.size(1), torch::kLong);
    const torch::Tensor rows = spoken.to(scores.device());
    outputs.ctc_loss = ctcLoss(scores.index_select(0, rows), inputs.labels->to(scores.device()).index_select(0, rows),
                               trunk->frameCounts(samples, false).index_select(0, spoken), ctc);
    outputs.loss = spellingShare * *outputs.ctc_loss + (1 - spellingShare) * *outputs.loss;
}

Result<std::shared_ptr<Model>> buildUniSpeechPretraining(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path)
{
    if (config.ctc.pad_token_id < 0 || config.ctc.pad_token_id >= config.pretraining.num_ctc_classes)
        return failure("model.bad_config", quoteName(path) + " has a pad_token_id that is not one of its num_ctc_classes; it must be the id of the blank.", path);
    return std::make_shared<UniSpeechPretraining>(policy, config, json);
}

} // namespace earmark::neural
