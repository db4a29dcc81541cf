#include "engine/neural/train/trainer_state.h"

#include <cmath>

namespace earmark::neural
{

namespace
{

/// JSON has no NaN; Python's json module would write one that no other reader takes.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

} // namespace

void TrainerState::log(const Metrics& metrics)
{
    Json entry = Json::object();
    for (const auto& [name, value] : metrics)
        entry[name] = number(value);
    entry["epoch"] = epoch;
    entry["step"] = global_step;
    log_history.push_back(std::move(entry));
}

std::string TrainerState::toJson(bool shouldStop) const
{
    const Json control = {{"args",
                           {{"should_epoch_stop", false},
                            {"should_evaluate", false},
                            {"should_log", false},
                            {"should_save", true},
                            {"should_training_stop", shouldStop}}},
                          {"attributes", Json::object()}};
    Json json = {{"best_global_step", best_global_step ? Json(best_global_step) : Json(nullptr)},
                 {"best_metric", best_metric ? number(*best_metric) : Json(nullptr)},
                 {"best_model_checkpoint", best_model_checkpoint.empty() ? Json(nullptr) : Json(best_model_checkpoint)},
                 {"epoch", epoch},
                 {"eval_steps", eval_steps},
                 {"global_step", global_step},
                 {"is_hyper_param_search", false},
                 {"is_local_process_zero", true},
                 {"is_world_process_zero", true},
                 {"log_history", log_history},
                 {"logging_steps", logging_steps},
                 {"max_steps", max_steps},
                 {"num_input_tokens_seen", 0},
                 {"num_train_epochs", num_train_epochs},
                 {"save_steps", save_steps},
                 {"stateful_callbacks", {{"TrainerControl", control}}},
                 {"total_flos", 0.0},
                 {"train_batch_size", train_batch_size},
                 {"trial_name", nullptr},
                 {"trial_params", nullptr}};
    json["stateful_callbacks"]["EarlyStoppingCallback"] = {{"args", Json::object()},
                                                           {"attributes", {{"early_stopping_patience_counter", earlyStoppingCounter}}}};
    return dumpJson(json);
}

std::optional<TrainerState> TrainerState::fromJson(const Json& json)
{
    try {
        TrainerState state;
        state.global_step = json.at("global_step").get<std::int64_t>();
        state.epoch = json.at("epoch").get<double>();
        state.max_steps = json.at("max_steps").get<std::int64_t>();
        state.num_train_epochs = json.at("num_train_epochs").get<std::int64_t>();
        if (json.at("best_metric").is_number())
            state.best_metric = json.at("best_metric").get<double>();
        if (json.at("best_global_step").is_number())
            state.best_global_step = json.at("best_global_step").get<std::int64_t>();
        if (json.at("best_model_checkpoint").is_string())
            state.best_model_checkpoint = json.at("best_model_checkpoint").get<std::string>();
        state.log_history = json.at("log_history").get<std::vector<Json>>();
        const Json::json_pointer counter("/stateful_callbacks/EarlyStoppingCallback/attributes/early_stopping_patience_counter");
        state.earlyStoppingCounter = json.value(counter, std::int64_t(0));
        return state;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

} // namespace earmark::neural
