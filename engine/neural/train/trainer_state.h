// What a run knows of itself, in the shape of Hugging Face's trainer_state.json. Thread: the executor's; a plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/neural/checkpoint/json.h"

namespace earmark::neural
{

using Metrics = std::vector<std::pair<std::string, double>>;

struct TrainerState {
    std::int64_t global_step = 0;
    double epoch = 0;
    std::int64_t max_steps = 0;
    std::int64_t num_train_epochs = 0;
    std::int64_t train_batch_size = 0;
    std::int64_t logging_steps = 0;
    std::int64_t eval_steps = 0;
    std::int64_t save_steps = 0;
    std::optional<double> best_metric;
    std::int64_t best_global_step = 0;    ///< 0 where there is none
    std::string best_model_checkpoint;    ///< folder name within the run, "" where there is none
    std::vector<Json> log_history;        ///< each an object with "step" and "epoch"
    std::int64_t earlyStoppingCounter = 0;

    /// Adds an entry to log_history.
    void log(const Metrics& metrics);

    std::string toJson(bool shouldStop) const;
    static std::optional<TrainerState> fromJson(const Json& json);
};

} // namespace earmark::neural
