#include "engine/neural/models/ctc_config.h"

namespace earmark::neural
{

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

} // namespace earmark::neural
