// Learning rate over a run: every schedule of transformers 4.57.6 (optimization.py) and torch's ReduceLROnPlateau.
// Thread: any; a plain value.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/json.h"

namespace earmark::neural
{

struct ScheduleSettings {
    std::string type = "linear";  ///< TrainingArguments.lr_scheduler_type
    std::string kwargs;           ///< lr_scheduler_kwargs, a JSON object or empty
    double learning_rate = 5e-5;
    std::int64_t warmupSteps = 0;
    std::int64_t totalSteps = 0;
};

class Schedule
{
public:
    /// Errors: recipe.bad_value for kwargs that the schedule does not take.
    static Result<Schedule> make(const ScheduleSettings& settings);

    double learningRate() const { return rate_; }
    /// After an optimiser step.
    void step();
    /// After an evaluation; only reduce_lr_on_plateau heeds it.
    void stepMetric(double metric);
    bool followsMetric() const { return !factor_; }

    Json state() const;
    bool restore(const Json& state);

private:
    struct Plateau {
        bool larger = false; ///< mode "max"
        bool absolute = false;
        double factor = 0.1;
        double threshold = 1e-4;
        double lowest = 0;
        double eps = 1e-8;
        std::int64_t patience = 10;
        std::int64_t cooldown = 0;
        double best = 0;
        std::int64_t badEvaluations = 0;
        std::int64_t cooling = 0;
    };

    bool isBetter(double metric) const;

    std::function<double(std::int64_t)> factor_; ///< of the highest rate, by steps done; empty with a plateau
    Plateau plateau_;
    double highest_ = 0;
    double rate_ = 0;
    std::int64_t steps_ = 0;
};

} // namespace earmark::neural
