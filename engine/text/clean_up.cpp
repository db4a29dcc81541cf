#include "engine/text/clean_up.h"

#include <string_view>
#include <utility>

namespace earmark
{

std::string cleanedUp(std::string text)
{
    static constexpr std::pair<std::string_view, std::string_view> artefacts[] = {{" .", "."},     {" ?", "?"},   {" !", "!"},   {" ,", ","},     {" ' ", "'"},
                                                                                  {" n't", "n't"}, {" 'm", "'m"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};
    for (const auto& [from, to] : artefacts)
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    return text;
}

} // namespace earmark
