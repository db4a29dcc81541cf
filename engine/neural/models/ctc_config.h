// What config.json says of a CTC head, under Hugging Face's names.
#pragma once

#include <string>

#include "engine/neural/checkpoint/config.h"

namespace earmark::neural
{

struct CtcConfig {
    std::int64_t vocab_size = 32;  ///< 0 where the class has no default and the file no value
    std::int64_t pad_token_id = 0; ///< the blank; −1 for null
    bool sumsLosses = true;        ///< ctc_loss_reduction "sum", else "mean": each loss by its text's length, then over the batch
    bool ctc_zero_infinity = false;
    double final_dropout = 0.1;
};

void readCtcConfig(ConfigReader& read, CtcConfig& config);

/// Whether a head can be built of it. Error: model.bad_config; `path` names config.json.
Result<void> checkCtcConfig(const CtcConfig& config, const std::string& path);

} // namespace earmark::neural
