#include "engine/bridge/project_view.h"

#include <algorithm>

namespace earmark
{

namespace
{

template <class Range, class Wanted, class Member> auto* findIn(Range& range, const Wanted& wanted, Member member)
{
    const auto found = std::ranges::find(range, wanted, member);
    return found == range.end() ? nullptr : &*found;
}

double durationOf(const Clip& clip) { return std::max(0.0, clip.audio.end.value_or(clip.facts.duration) - clip.audio.start); }

} // namespace

std::optional<std::size_t> ProjectView::rowOf(ClipId id) const
{
    const auto found = std::ranges::lower_bound(rows, id, {}, &ClipRow::id);
    return found == rows.end() || found->id != id ? std::nullopt : std::optional(static_cast<std::size_t>(found - rows.begin()));
}

const LabelClass* ProjectView::label(std::int64_t id) const { return findIn(labels, id, &LabelClass::id); }
const LabelClass* ProjectView::labelNamed(std::string_view name) const { return findIn(labels, name, &LabelClass::name); }
const LabelClass* ProjectView::labelWithKey(std::string_view key) const { return key.empty() ? nullptr : findIn(labels, key, &LabelClass::key); }

std::string ProjectView::labelName(const ClipRow& row) const
{
    std::string text;
    for (const std::int64_t id : row.labels)
        if (const LabelClass* found = label(id))
            text += (text.empty() ? "" : " | ") + found->name;
    return text;
}

ClipRow rowFrom(const Clip& clip, const std::unordered_map<std::string, std::int64_t>& labelIds)
{
    ClipRow row{.id = clip.id,
                .name = clip.name,
                .audio = clip.audio,
                .duration = durationOf(clip),
                .sampleRate = clip.facts.sampleRate,
                .channels = clip.facts.channels,
                .group = clip.group,
                .state = clip.state,
                .regions = static_cast<int>(clip.regions.size()),
                .hasTranscript = clip.transcript.has_value(),
                .hasNumber = !clip.numbers.empty(),
                .hasNote = clip.note.has_value()};
    for (const ClipLabel& label : clip.labels)
        if (const auto id = labelIds.find(label.label); id != labelIds.end())
            row.labels.push_back(id->second);
    return row;
}

} // namespace earmark
