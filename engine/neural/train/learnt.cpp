#include "engine/neural/train/learnt.h"

#include <algorithm>
#include <set>

#include "engine/neural/checkpoint/config.h"

namespace earmark::neural
{

namespace
{

bool hasNumber(const Sample& sample, const std::string& name)
{
    return std::ranges::find(sample.numbers, name, &std::pair<std::string, double>::first) != sample.numbers.end();
}

/// Labels of the sets in code-point order: UTF-8's byte order is that order.
Result<std::vector<std::string>> labelNames(const TrainRequest& request, ProblemType problem)
{
    std::set<std::string> names;
    for (const auto* samples : {&request.train, &request.validation})
        for (const Sample& sample : *samples) {
            if (sample.labels.size() > 1 && problem == ProblemType::singleLabel)
                return failure("train.bad_labels",
                               quoteName(sample.name) + " has several labels, and the network would learn one a clip. Set problem_type to "
                                                        "multi_label_classification to learn them all, or keep one.",
                               sample.clip.source.path);
            names.insert(sample.labels.begin(), sample.labels.end());
        }
    if (names.empty())
        return failure("train.no_clips", "No clip of the training split has a label. Label some, or make a split with “earmark-cli split”.");
    if (names.size() == 1)
        return failure("train.bad_labels", "All clips have the label " + quoteName(*names.begin()) + ": there is nothing to tell apart.");
    return std::vector<std::string>(names.begin(), names.end());
}

/// The parts between commas, without the blanks around them.
std::vector<std::string> listed(std::string_view text)
{
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        const std::size_t first = part.find_first_not_of(' ');
        if (first == std::string_view::npos)
            continue;
        part = part.substr(first, part.find_last_not_of(' ') - first + 1);
        if (std::ranges::find(names, part) == names.end())
            names.emplace_back(part);
    }
    return names;
}

std::string quotedList(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + quoteName(name);
    return text;
}

Result<std::vector<std::string>> numberNames(const TrainRequest& request, const std::string& wanted)
{
    std::set<std::string> there;
    for (const Sample& sample : request.train)
        for (const auto& [name, value] : sample.numbers)
            there.insert(name);
    const std::vector<std::string> all(there.begin(), there.end());
    if (all.empty())
        return failure("train.no_clips", "No clip of the training split has a number to learn. Import a table with --number-column.");
    const std::vector<std::string> names = listed(wanted);
    for (const std::string& name : names)
        if (!there.contains(name))
            return failure("train.bad_labels", "No clip of the training split has the number " + quoteName(name) + " that target_names asks for. They have " +
                                                   quotedList(all) + ".");
    return names.empty() ? all : names;
}

} // namespace

Result<void> takeProblemOfBase(const std::string& base, Recipe& recipe)
{
    const auto config = readConfig(base);
    if (!config)
        return {};
    const auto found = config->find("problem_type");
    if (found == config->end() || !found->is_string() || problemTypeNamed(found->get<std::string>()) == ProblemType::singleLabel)
        return {};
    return recipe.setDefault("problem_type", found->get<std::string>());
}

std::optional<Remark> describeProblemOfBase(const Recipe& asked, const Recipe& effective)
{
    const ProblemType problem = problemTypeNamed(effective.text("problem_type"));
    if (problem == ProblemType::singleLabel || asked.has("problem_type"))
        return std::nullopt;
    const bool numbers = problem == ProblemType::regression;
    return Remark{.code = numbers ? "train.numbers_of_base" : "train.labels_of_base",
                  .message = std::string("The base learnt ") + (numbers ? "numbers" : "several labels a clip") +
                             ", and so does this run. Set problem_type to single_label_classification where it should not.",
                  .parameters = {},
                  .causes = {}};
}

Result<std::vector<std::string>> learntNames(const TrainRequest& request, const Recipe& recipe)
{
    const ProblemType problem = problemTypeNamed(recipe.text("problem_type"));
    return problem == ProblemType::regression ? numberNames(request, recipe.text("target_names")) : labelNames(request, problem);
}

bool isLearnt(const Sample& sample, ProblemType problem, const std::vector<std::string>& names)
{
    if (problem != ProblemType::regression)
        return !sample.labels.empty();
    return std::ranges::all_of(names, [&](const std::string& name) { return hasNumber(sample, name); });
}

std::optional<Remark> describeLacking(const std::vector<Sample>& samples, const std::vector<std::string>& names, const std::string& set)
{
    constexpr std::size_t most = 5;
    std::string clips;
    std::size_t count = 0;
    for (const Sample& sample : samples)
        if (!sample.numbers.empty() && !isLearnt(sample, ProblemType::regression, names) && ++count <= most)
            clips += (clips.empty() ? "" : ", ") + quoteName(sample.name);
    if (count == 0)
        return std::nullopt;
    if (count > most)
        clips += " and " + std::to_string(count - most) + " more";
    return Remark{.code = "train.lacks_numbers",
                  .message = "Clips of the " + set + " split that do not have all of the numbers " + quotedList(names) + " are left out: " + clips + ".",
                  .parameters = {{"split", set}, {"numbers", quotedList(names)}, {"clips", clips}},
                  .causes = {}};
}

} // namespace earmark::neural
