// The best of a clip's scores, and scores as a table: one way for the command line and for the window. Thread: any.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/compute/compute.h"

namespace earmark
{

/// The `count` highest, best first; equal ones in the order of the labels.
std::vector<ScoredLabel> bestScores(const std::vector<float>& scores, const std::vector<std::string>& labels, std::size_t count);

/// All of them, in the order of the labels: what a model of numbers says.
std::vector<ScoredLabel> allScores(const std::vector<float>& scores, const std::vector<std::string>& labels);

/// Mean over the windows; empty where there is none.
std::vector<float> meanScores(const std::vector<ScoredWindow>& windows);

/// A CSV table (RFC 4180) with the columns file, start, end, label, score: the best `topK` of each clip, or of each of its windows; all
/// scores in the order of the labels where there is no `topK`. Start and end
/// are empty for a clip that was heard whole. Scores read back as the same float.
class ScoresTable
{
public:
    explicit ScoresTable(std::optional<std::size_t> topK) : topK_(topK) {}

    void add(const std::string& file, const ClassifiedClip& clip); ///< a clip with an error has no rows
    const std::string& text() const { return text_; }

private:
    void addRows(const std::string& file, const std::string& range, const std::vector<float>& scores, const std::vector<std::string>& labels);

    std::optional<std::size_t> topK_;
    std::string text_ = "file,start,end,label,score\n";
};

} // namespace earmark
