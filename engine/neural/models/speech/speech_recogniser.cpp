#include "engine/neural/models/speech/speech_recogniser.h"

#include <functional>
#include <numeric>

#include "engine/neural/models/ctc.h"

namespace earmark::neural
{

SpeechRecogniser::SpeechRecogniser(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json)
    : SpeechHead({policy.classStem + "ForCTC", policy.modelType, policy.prefix, json, {}})
{
    trunk = register_module(policy.prefix, std::make_shared<SpeechTrunk>(policy, config, json));
    lm_head = register_module("lm_head", std::make_shared<Linear>(config.add_adapter ? config.output_hidden_size : config.hidden_size, config.ctc.vocab_size,
                                                                  fill::normal(config.initializer_range), fill::constant(0)));
}

std::map<std::string, std::string> SpeechRecogniser::facts() const
{
    auto facts = trunk->facts();
    facts["vocab_size"] = std::to_string(trunk->config().ctc.vocab_size);
    return facts;
}

std::int64_t SpeechRecogniser::framesOf(std::int64_t samples) const
{
    return trunk->frameCounts(torch::tensor({samples}, torch::kLong), trunk->adapts()).item<std::int64_t>();
}

std::int64_t SpeechRecogniser::positionsPerFrame() const
{
    return std::accumulate(trunk->config().conv_stride.begin(), trunk->config().conv_stride.end(), std::int64_t(1), std::multiplies<>());
}

torch::Tensor SpeechRecogniser::loss(const torch::Tensor& logits, const ModelInputs& inputs) const
{
    const torch::Tensor samples = inputs.attention_mask ? inputs.attention_mask->sum(-1, false, torch::kLong)
                                                        : torch::full({logits.size(0)}, inputs.input.size(1), torch::kLong);
    return ctcLoss(logits, *inputs.labels, trunk->frameCounts(samples, trunk->adapts()), trunk->config().ctc);
}

ModelOutputs SpeechRecogniser::forward(const ModelInputs& inputs)
{
    ModelOutputs outputs = trunk->forward(inputs);
    outputs.logits = lm_head->forward(at::dropout(*outputs.last_hidden_state, trunk->config().ctc.final_dropout, is_training()));
    if (inputs.labels)
        outputs.loss = loss(*outputs.logits, inputs);
    return outputs;
}

} // namespace earmark::neural
