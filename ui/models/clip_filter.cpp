#include "ui/models/clip_filter.h"

#include <QStringList>

#include <algorithm>

#include "ui/models/text.h"

namespace earmark
{

namespace
{

constexpr int noSuchSplit = -2;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// `word` is in lower case.
bool contains(const std::string& text, const std::string& word)
{
    return std::search(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) { return lower(a) == b; }) != text.end();
}

std::string asciiLower(const QString& word)
{
    std::string bytes;
    for (const QChar c : word) {
        if (c.unicode() >= 128)
            return {};
        bytes += lower(static_cast<char>(c.unicode()));
    }
    return bytes;
}

std::vector<std::int64_t> predictedLabels(const ProjectView& view)
{
    std::vector<std::int64_t> ids;
    for (const std::string& name : view.predictionLabels) {
        const LabelClass* known = view.labelNamed(name);
        ids.push_back(known ? known->id : 0);
    }
    return ids;
}

} // namespace

std::optional<bool> contradicts(const ProjectView& view, const ClipRow& row)
{
    if (row.labels.empty() || row.prediction < 0 || static_cast<std::size_t>(row.prediction) >= view.predictionLabels.size())
        return std::nullopt;
    const LabelClass* predicted = view.labelNamed(view.predictionLabels[static_cast<std::size_t>(row.prediction)]);
    return !predicted || std::ranges::find(row.labels, predicted->id) == row.labels.end();
}

ClipMatcher::ClipMatcher(const ClipFilter& filter, const ProjectView& view) : filter_(filter), predictions_(predictedLabels(view))
{
    for (const QString& text : filter.text.split(' ', Qt::SkipEmptyParts)) {
        Word word{.text = text, .bytes = asciiLower(text)};
        for (const LabelClass& label : view.labels)
            if (shown(label.name).contains(text, Qt::CaseInsensitive))
                word.labels.push_back(label.id);
        words_.push_back(std::move(word));
    }
    if (filter.split) {
        split_ = filter.split->empty() ? -1 : noSuchSplit;
        for (std::size_t i = 0; i < view.splits.size(); ++i)
            if (view.splits[i].name == *filter.split)
                split_ = static_cast<int>(i);
    }
    if (filter.listed)
        listed_.insert(filter.listed->begin(), filter.listed->end());
}

bool ClipMatcher::matches(const ClipRow& row) const
{
    if (filter_.listed && !listed_.contains(row.id))
        return false;
    if (filter_.label && (*filter_.label == 0 ? !row.labels.empty() : std::ranges::find(row.labels, *filter_.label) == row.labels.end()))
        return false;
    if (split_ && *split_ != row.split)
        return false;
    return matchesMark(row) && matchesOpinion(row) && matchesText(row);
}

bool ClipMatcher::matchesMark(const ClipRow& row) const
{
    using Mark = ClipFilter::Mark;
    switch (filter_.mark) {
    case Mark::any:
        return true;
    case Mark::decided:
        return row.state == ClipState::none;
    case Mark::skip:
        return row.state == ClipState::skip;
    case Mark::unsure:
        return row.state == ClipState::unsure;
    case Mark::excluded:
        return row.state == ClipState::excluded;
    case Mark::transcript:
        return row.hasTranscript;
    case Mark::noTranscript:
        return !row.hasTranscript;
    case Mark::regions:
        return row.regions > 0;
    case Mark::note:
        return row.hasNote;
    }
    return true;
}

bool ClipMatcher::matchesOpinion(const ClipRow& row) const
{
    if (filter_.opinion == ClipFilter::Opinion::any)
        return true;
    if (row.labels.empty() || row.prediction < 0 || static_cast<std::size_t>(row.prediction) >= predictions_.size())
        return false;
    const std::int64_t predicted = predictions_[static_cast<std::size_t>(row.prediction)];
    const bool agrees = std::ranges::find(row.labels, predicted) != row.labels.end();
    return agrees == (filter_.opinion == ClipFilter::Opinion::agree);
}

bool ClipMatcher::matchesText(const ClipRow& row) const
{
    return std::ranges::all_of(words_, [&](const Word& word) {
        const auto isIn = [&](const std::string& text) {
            return word.bytes.empty() ? shown(text).contains(word.text, Qt::CaseInsensitive) : contains(text, word.bytes);
        };
        return isIn(row.name) || isIn(row.group) ||
               std::ranges::any_of(row.labels, [&](std::int64_t label) { return std::ranges::find(word.labels, label) != word.labels.end(); });
    });
}

} // namespace earmark
