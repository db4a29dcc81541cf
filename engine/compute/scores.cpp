#include "engine/compute/scores.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace earmark
{

namespace
{

std::string csvField(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

/// The shortest text that reads back as the same number; a whole one keeps a point, as in JSON.
template <class Number> std::string numberText(Number value)
{
    char text[40];
    const auto written = std::to_chars(text, text + sizeof text, value);
    std::string result(text, written.ptr);
    return result.find_first_of(".en") == std::string::npos ? result + ".0" : result;
}

} // namespace

std::vector<ScoredLabel> bestScores(const std::vector<float>& scores, const std::vector<std::string>& labels, std::size_t count)
{
    std::vector<std::size_t> order(std::min(scores.size(), labels.size()));
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    order.resize(std::min(order.size(), count));
    std::vector<ScoredLabel> best;
    for (const std::size_t i : order)
        best.push_back({labels[i], scores[i]});
    return best;
}

std::vector<ScoredLabel> allScores(const std::vector<float>& scores, const std::vector<std::string>& labels)
{
    std::vector<ScoredLabel> all;
    for (std::size_t i = 0; i < std::min(scores.size(), labels.size()); ++i)
        all.push_back({labels[i], scores[i]});
    return all;
}

std::vector<float> meanScores(const std::vector<ScoredWindow>& windows)
{
    if (windows.empty())
        return {};
    std::vector<float> mean(windows.front().scores.size(), 0.0f);
    for (const ScoredWindow& window : windows)
        for (std::size_t i = 0; i < mean.size(); ++i)
            mean[i] += window.scores[i] / static_cast<float>(windows.size());
    return mean;
}

void ScoresTable::add(const std::string& file, const ClassifiedClip& clip)
{
    if (clip.error || !clip.labels)
        return;
    if (clip.windows.empty())
        return addRows(file, ",", clip.scores, *clip.labels);
    for (const ScoredWindow& window : clip.windows)
        addRows(file, numberText(window.start) + "," + numberText(window.end), window.scores, *clip.labels);
}

void ScoresTable::addRows(const std::string& file, const std::string& range, const std::vector<float>& scores,
                          const std::vector<std::string>& labels)
{
    for (const ScoredLabel& score : topK_ ? bestScores(scores, labels, *topK_) : allScores(scores, labels))
        text_ += csvField(file) + "," + range + "," + csvField(score.label) + "," + numberText(score.score) + "\n";
}

} // namespace earmark
