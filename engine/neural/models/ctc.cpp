#include "engine/neural/models/ctc.h"

#include "engine/neural/models/parameters.h"

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

torch::Tensor ctcLoss(const torch::Tensor& logits, const torch::Tensor& given, const torch::Tensor& frames, const CtcConfig& config)
{
    const torch::Tensor labels = given.to(torch::kLong);
    if (labels.numel() > 0 && labels.max().item<std::int64_t>() >= config.vocab_size)
        throw Failure("train.bad_labels", "A text holds the id " + std::to_string(labels.max().item<std::int64_t>()) + ", and the model knows " +
                                              std::to_string(config.vocab_size) + " characters: its tokenizer and its network do not belong together.");
    const torch::Tensor spoken = labels >= 0;
    const torch::Tensor scores = at::log_softmax(logits, -1, torch::kFloat32).transpose(0, 1);
    const WithoutCudnn plain;
    return at::ctc_loss(scores, labels.masked_select(spoken), frames, spoken.sum(-1).cpu(), config.pad_token_id,
                        config.sumsLosses ? at::Reduction::Sum : at::Reduction::Mean, config.ctc_zero_infinity);
}

} // namespace earmark::neural
