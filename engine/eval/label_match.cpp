#include "engine/eval/label_match.h"

#include <map>

namespace earmark
{

namespace
{

/// Only ASCII is folded: what else belongs together is a matter of languages.
std::string folded(const std::string& name)
{
    std::string result;
    for (const char letter : name)
        if (letter != ' ' && letter != '_' && letter != '-')
            result += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    return result;
}

} // namespace

std::vector<int> matchLabels(const std::vector<std::string>& names, const std::vector<std::string>& modelLabels)
{
    std::map<std::string, int> exact, similar;
    for (std::size_t i = 0; i < modelLabels.size(); ++i) {
        const int id = static_cast<int>(i);
        exact.emplace(modelLabels[i], id);
        if (const auto [place, isNew] = similar.emplace(folded(modelLabels[i]), id); !isNew)
            place->second = -1;
    }
    std::vector<int> ids;
    for (const std::string& name : names) {
        const auto found = exact.find(name);
        const auto near = similar.find(folded(name));
        ids.push_back(found != exact.end() ? found->second : near != similar.end() ? near->second : -1);
    }
    return ids;
}

} // namespace earmark
