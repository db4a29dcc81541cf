#include "engine/neural/models/speech/speech_recogniser.h"

#include <functional>
#include <numeric>

namespace earmark::neural
{

namespace
{

/// cuDNN's CTC gives other numbers, and not the same twice; upstream turns it off for this loss.
class WithoutCudnn
{
public:
    WithoutCudnn() : was_(at::globalContext().userEnabledCuDNN()) { at::globalContext().setUserEnabledCuDNN(false); }
    ~WithoutCudnn() { at::globalContext().setUserEnabledCuDNN(was_); }
    WithoutCudnn(const WithoutCudnn&) = delete;

private:
    bool was_;
};

} // namespace

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

std::int64_t SpeechRecogniser::samplesPerFrame() const
{
    return std::accumulate(trunk->config().conv_stride.begin(), trunk->config().conv_stride.end(), std::int64_t(1), std::multiplies<>());
}

torch::Tensor SpeechRecogniser::loss(const torch::Tensor& logits, const ModelInputs& inputs) const
{
    const CtcConfig& ctc = trunk->config().ctc;
    const torch::Tensor labels = inputs.labels->to(torch::kLong);
    if (labels.numel() > 0 && labels.max().item<std::int64_t>() >= ctc.vocab_size)
        throw Failure("train.bad_labels", "A text holds the id " + std::to_string(labels.max().item<std::int64_t>()) + ", and the model knows " +
                                              std::to_string(ctc.vocab_size) + " characters: its tokenizer and its network do not belong together.");
    const torch::Tensor spoken = labels >= 0;
    const torch::Tensor samples = inputs.attention_mask ? inputs.attention_mask->sum(-1, false, torch::kLong)
                                                        : torch::full({labels.size(0)}, inputs.input.size(1), torch::kLong);
    const torch::Tensor scores = at::log_softmax(logits, -1, torch::kFloat32).transpose(0, 1);
    const WithoutCudnn plain;
    return at::ctc_loss(scores, labels.masked_select(spoken), trunk->frameCounts(samples, trunk->adapts()), spoken.sum(-1).cpu(), ctc.pad_token_id,
                        ctc.sumsLosses ? at::Reduction::Sum : at::Reduction::Mean, ctc.ctc_zero_infinity);
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
