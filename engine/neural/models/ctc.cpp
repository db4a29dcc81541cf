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

void readCtcConfig(ConfigReader& read, CtcConfig& config)
{
    config.vocab_size = read.isNull("vocab_size") ? 0 : read.integer("vocab_size", config.vocab_size, 1, 1 << 24);
    config.pad_token_id = read.isNull("pad_token_id") ? -1 : read.integer("pad_token_id", config.pad_token_id, -1, 1 << 24);
    config.sumsLosses = read.choice("ctc_loss_reduction", config.sumsLosses ? "sum" : "mean", {"sum", "mean"}) == "sum";
    config.ctc_zero_infinity = read.boolean("ctc_zero_infinity", false);
}

Result<void> checkCtcConfig(const CtcConfig& config, const std::string& path)
{
    const auto refuse = [&](const std::string& why) { return failure("model.bad_config", quoteName(path) + " " + why, path); };
    if (config.vocab_size < 1)
        return refuse("has no vocab_size, so nobody knows how many characters its network tells apart; add the tokenizer's size.");
    if (config.pad_token_id < 0 || config.pad_token_id >= config.vocab_size)
        return refuse("has a pad_token_id that is not one of its vocab_size characters; it must be the id of the tokenizer's blank.");
    return {};
}

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
