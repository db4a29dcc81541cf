#include "engine/neural/train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

namespace earmark::neural
{

namespace
{

constexpr double pi = std::numbers::pi;
using Factor = std::function<double(std::int64_t)>;

double ratio(std::int64_t part, std::int64_t whole)
{
    return static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(1, whole));
}

/// Reads lr_scheduler_kwargs key by key; what nobody asked for is an error, as a TypeError is upstream.
class Arguments
{
public:
    Arguments(const ScheduleSettings& settings, Json json) : type_(settings.type), json_(std::move(json)) {}

    double number(const char* key, double byDefault)
    {
        known_.insert(key);
        const auto found = json_.find(key);
        if (found == json_.end() || found->is_null())
            return byDefault;
        if (!found->is_number())
            return refuse(key, "a number"), byDefault;
        return found->get<double>();
    }
    std::int64_t integer(const char* key, std::int64_t byDefault)
    {
        const double value = number(key, static_cast<double>(byDefault));
        if (value != std::floor(value) || std::abs(value) > 1e15)
            return refuse(key, "a whole number"), byDefault;
        return static_cast<std::int64_t>(value);
    }
    std::string choice(const char* key, const char* byDefault, const std::set<std::string>& allowed)
    {
        known_.insert(key);
        const auto found = json_.find(key);
        if (found == json_.end() || found->is_null())
            return byDefault;
        if (found->is_string() && allowed.contains(found->get<std::string>()))
            return found->get<std::string>();
        std::string list;
        for (const std::string& word : allowed)
            list += (list.empty() ? "" : ", ") + word;
        return refuse(key, "one of " + list), byDefault;
    }
    bool has(const char* key) const
    {
        const auto found = json_.find(key);
        return found != json_.end() && !found->is_null();
    }
    void refuse(const std::string& key, const std::string& wanted)
    {
        if (!sentence_.empty())
            return;
        sentence_ = "The setting lr_scheduler_kwargs cannot be used: the schedule " + type_ + " needs " + key + " to be " + wanted + ".";
    }
    Result<void> outcome()
    {
        for (const auto& [key, value] : json_.items())
            if (!known_.contains(key))
                refuse(key, "left out");
        if (!sentence_.empty())
            return failure("recipe.bad_value", sentence_, {}, {{"setting", "lr_scheduler_kwargs"}});
        return {};
    }

private:
    std::string type_;
    Json json_;
    std::set<std::string> known_;
    std::string sentence_;
};

Factor linear(std::int64_t warmup, std::int64_t total)
{
    return [=](std::int64_t step) {
        if (step < warmup)
            return ratio(step, warmup);
        return std::max(0.0, ratio(total - step, total - warmup));
    };
}

Factor constantWithWarmup(std::int64_t warmup)
{
    return [=](std::int64_t step) { return step < warmup ? ratio(step, warmup) : 1.0; };
}

Factor cosine(std::int64_t warmup, std::int64_t total, double cycles, double lowest)
{
    return [=](std::int64_t step) {
        if (step < warmup)
            return ratio(step, warmup);
        const double progress = ratio(step - warmup, total - warmup);
        const double factor = 0.5 * (1.0 + std::cos(pi * cycles * 2.0 * progress));
        return std::max(0.0, factor * (1 - lowest) + lowest);
    };
}

Factor cosineWithRestarts(std::int64_t warmup, std::int64_t total, double cycles)
{
    return [=](std::int64_t step) {
        if (step < warmup)
            return ratio(step, warmup);
        const double progress = ratio(step - warmup, total - warmup);
        if (progress >= 1.0)
            return 0.0;
        return std::max(0.0, 0.5 * (1.0 + std::cos(pi * std::fmod(cycles * progress, 1.0))));
    };
}

/// Warm-up that starts above zero and counts the step about to be done.
Factor cosineWarmupWithLowest(std::int64_t warmup, std::int64_t total, double cycles, double lowest, std::optional<double> start)
{
    return [=](std::int64_t step) {
        const double now = static_cast<double>(step);
        const double rise = static_cast<double>(warmup);
        if (step < warmup) {
            if (!start)
                return (now + 1.0) / std::max(1.0, rise);
            return *start + (1.0 - *start) * now / std::max(1.0, rise - 1.0);
        }
        const double progress = (now - rise + 1.0) / std::max(1.0, static_cast<double>(total - warmup));
        const double factor = 0.5 * (1.0 + std::cos(pi * cycles * 2.0 * progress));
        return std::max(0.0, factor * (1 - lowest) + lowest);
    };
}

Factor polynomial(std::int64_t warmup, std::int64_t total, double highest, double end, double power)
{
    return [=](std::int64_t step) {
        if (step < warmup)
            return ratio(step, warmup);
        if (step > total || total == warmup)
            return end / highest;
        const double remaining = 1.0 - static_cast<double>(step - warmup) / static_cast<double>(total - warmup);
        return ((highest - end) * std::pow(remaining, power) + end) / highest;
    };
}

Factor inverseSquareRoot(std::int64_t warmup)
{
    const std::int64_t scale = warmup > 0 ? warmup : 10000;
    return [=](std::int64_t step) {
        if (step < warmup)
            return ratio(step, warmup);
        return 1.0 / std::sqrt(static_cast<double>(step + scale - warmup) / static_cast<double>(scale));
    };
}

struct StableSettings {
    std::int64_t warmup, stable, decay;
    std::string rise, fall;
    double lowest, cycles;
};

Factor warmupStableDecay(const StableSettings& s)
{
    return [s](std::int64_t step) {
        const auto scaled = [&](double factor) { return std::max(0.0, factor * (1.0 - s.lowest) + s.lowest); };
        if (step < s.warmup) {
            const double progress = ratio(step, s.warmup);
            return scaled(s.rise == "linear"   ? progress
                          : s.rise == "cosine" ? 0.5 * (1.0 - std::cos(pi * progress))
                                               : 1.0 - std::sqrt(1.0 - progress));
        }
        if (step < s.warmup + s.stable)
            return 1.0;
        if (step >= s.warmup + s.stable + s.decay)
            return s.lowest;
        const double progress = ratio(step - s.warmup - s.stable, s.decay);
        return scaled(s.fall == "linear"   ? 1.0 - progress
                      : s.fall == "cosine" ? 0.5 * (1.0 + std::cos(pi * s.cycles * 2.0 * progress))
                                           : 1.0 - std::sqrt(progress));
    };
}

/// `min_lr` or `min_lr_rate`, one of which must be there.
double lowestRate(Arguments& arguments, double highest)
{
    const double absolute = arguments.number("min_lr", 0);
    const double relative = arguments.number("min_lr_rate", 0);
    if (arguments.has("min_lr") == arguments.has("min_lr_rate"))
        arguments.refuse("min_lr or min_lr_rate", "given, one of the two");
    return arguments.has("min_lr") ? absolute / std::max(highest, std::numeric_limits<double>::min()) : relative;
}

Factor stableFrom(Arguments& arguments, const ScheduleSettings& settings)
{
    static const std::set<std::string> shapes = {"linear", "cosine", "1-sqrt"};
    StableSettings s;
    s.warmup = settings.warmupSteps;
    s.decay = arguments.integer("num_decay_steps", -1);
    if (s.decay < 0)
        arguments.refuse("num_decay_steps", "a number of steps");
    s.stable = arguments.integer("num_stable_steps", settings.totalSteps - s.warmup - s.decay);
    s.rise = arguments.choice("warmup_type", "linear", shapes);
    s.fall = arguments.choice("decay_type", "cosine", shapes);
    s.lowest = arguments.number("min_lr_ratio", 0);
    s.cycles = arguments.number("num_cycles", 0.5);
    return warmupStableDecay(s);
}

/// Empty for reduce_lr_on_plateau.
Factor factorOf(Arguments& arguments, const ScheduleSettings& settings)
{
    const std::int64_t warmup = settings.warmupSteps;
    const std::int64_t total = settings.totalSteps;
    if (settings.type == "linear")
        return linear(warmup, total);
    if (settings.type == "cosine")
        return cosine(warmup, total, arguments.number("num_cycles", 0.5), 0);
    if (settings.type == "cosine_with_restarts")
        return cosineWithRestarts(warmup, total, static_cast<double>(arguments.integer("num_cycles", 1)));
    if (settings.type == "cosine_with_min_lr") {
        const double cycles = arguments.number("num_cycles", 0.5);
        return cosine(warmup, total, cycles, lowestRate(arguments, settings.learning_rate));
    }
    if (settings.type == "cosine_warmup_with_min_lr") {
        const double cycles = arguments.number("num_cycles", 0.5);
        const double lowest = lowestRate(arguments, settings.learning_rate);
        const double start = arguments.number("warmup_lr_rate", 0);
        return cosineWarmupWithLowest(warmup, total, cycles, lowest,
                                      arguments.has("warmup_lr_rate") ? std::optional(start) : std::nullopt);
    }
    if (settings.type == "polynomial") {
        const double end = arguments.number("lr_end", 1e-7);
        if (!(settings.learning_rate > end))
            arguments.refuse("lr_end", "smaller than learning_rate");
        return polynomial(warmup, total, settings.learning_rate, end, arguments.number("power", 1.0));
    }
    return stableFrom(arguments, settings); // warmup_stable_decay
}

/// Schedules that upstream gives no arguments, whatever lr_scheduler_kwargs says.
Factor plainFactor(const ScheduleSettings& settings)
{
    if (settings.type == "constant")
        return [](std::int64_t) { return 1.0; };
    if (settings.type == "constant_with_warmup")
        return constantWithWarmup(settings.warmupSteps);
    if (settings.type == "inverse_sqrt")
        return inverseSquareRoot(settings.warmupSteps);
    return {};
}

} // namespace

Result<Schedule> Schedule::make(const ScheduleSettings& settings)
{
    Schedule schedule;
    schedule.highest_ = schedule.rate_ = settings.learning_rate;
    if (Factor plain = plainFactor(settings)) {
        schedule.factor_ = std::move(plain);
        schedule.rate_ = schedule.highest_ * schedule.factor_(0);
        return schedule;
    }
    Json json = settings.kwargs.empty() ? Json::object() : Json::parse(settings.kwargs, nullptr, false);
    if (!json.is_object())
        return failure("recipe.bad_value", "The setting lr_scheduler_kwargs must be a JSON object.", {}, {{"setting", "lr_scheduler_kwargs"}});
    Arguments arguments(settings, std::move(json));
    if (settings.type == "reduce_lr_on_plateau") {
        Plateau& p = schedule.plateau_;
        p.larger = arguments.choice("mode", "min", {"min", "max"}) == "max";
        p.absolute = arguments.choice("threshold_mode", "rel", {"rel", "abs"}) == "abs";
        p.factor = arguments.number("factor", p.factor);
        p.threshold = arguments.number("threshold", p.threshold);
        p.lowest = arguments.number("min_lr", p.lowest);
        p.eps = arguments.number("eps", p.eps);
        p.patience = arguments.integer("patience", p.patience);
        p.cooldown = arguments.integer("cooldown", p.cooldown);
        if (p.factor >= 1)
            arguments.refuse("factor", "below 1");
        p.best = p.larger ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    } else {
        schedule.factor_ = factorOf(arguments, settings);
        schedule.rate_ = schedule.highest_ * schedule.factor_(0);
    }
    EARMARK_TRY_VOID(arguments.outcome());
    return schedule;
}

void Schedule::step()
{
    if (!factor_)
        return;
    ++steps_;
    rate_ = highest_ * factor_(steps_);
}

bool Schedule::isBetter(double metric) const
{
    const Plateau& p = plateau_;
    if (p.absolute)
        return p.larger ? metric > p.best + p.threshold : metric < p.best - p.threshold;
    return p.larger ? metric > p.best * (p.threshold + 1.0) : metric < p.best * (1.0 - p.threshold);
}

void Schedule::stepMetric(double metric)
{
    if (factor_)
        return;
    Plateau& p = plateau_;
    if (isBetter(metric)) {
        p.best = metric;
        p.badEvaluations = 0;
    } else {
        ++p.badEvaluations;
    }
    if (p.cooling > 0) {
        --p.cooling;
        p.badEvaluations = 0;
    }
    if (p.badEvaluations <= p.patience)
        return;
    const double reduced = std::max(rate_ * p.factor, p.lowest);
    if (rate_ - reduced > p.eps)
        rate_ = reduced;
    p.cooling = p.cooldown;
    p.badEvaluations = 0;
}

Json Schedule::state() const
{
    Json state = {{"last_epoch", steps_}, {"learning_rate", rate_}};
    if (!factor_) {
        state["num_bad_epochs"] = plateau_.badEvaluations;
        state["cooldown_counter"] = plateau_.cooling;
        if (std::isfinite(plateau_.best))
            state["best"] = plateau_.best;
    }
    return state;
}

bool Schedule::restore(const Json& state)
{
    try {
        steps_ = state.at("last_epoch").get<std::int64_t>();
        rate_ = state.at("learning_rate").get<double>(); // the next step's, also where the total is another now: the optimiser's state holds it upstream
        if (!factor_) {
            plateau_.badEvaluations = state.at("num_bad_epochs").get<std::int64_t>();
            plateau_.cooling = state.at("cooldown_counter").get<std::int64_t>();
            plateau_.best = state.value("best", plateau_.best);
        }
        return true;
    } catch (const Json::exception&) {
        return false;
    }
}

} // namespace earmark::neural
