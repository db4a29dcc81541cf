#include <algorithm>
#include <cstdio>
#include <limits>
#include <unordered_map>

#include "engine/dataset/project_private.h"

namespace earmark
{

namespace
{

/// Of the one quantity that has no name; `export` calls its column so too.
constexpr const char* unnamedNumber = "value";

/// What clips and regions have in common.
Sample sampleWithin(const Clip& clip, std::string_view memberGroup)
{
    return {.id = clip.id, .name = clip.name, .clip = clip.audio, .group = memberGroup.empty() ? clip.group : std::string(memberGroup)};
}

Sample sampleOfClip(const Clip& clip, std::string_view memberGroup)
{
    Sample sample = sampleWithin(clip, memberGroup);
    sample.seconds = std::max(0.0, clip.audio.end.value_or(clip.facts.duration) - clip.audio.start);
    for (const ClipLabel& label : clip.labels)
        sample.labels.push_back(label.label);
    for (const ClipNumber& number : clip.numbers)
        sample.numbers.emplace_back(number.name.empty() ? unnamedNumber : number.name, number.value);
    if (clip.transcript)
        sample.text = clip.transcript->text;
    return sample;
}

/// Nothing of a region that lies beyond its clip's end.
std::optional<Sample> sampleOfRegion(const Clip& clip, const Region& region, std::string_view memberGroup)
{
    Sample sample = sampleWithin(clip, memberGroup);
    const double end = clip.audio.end.value_or(clip.facts.duration > 0 ? clip.facts.duration : std::numeric_limits<double>::max());
    sample.clip.start = clip.audio.start + region.start;
    sample.clip.end = std::min(clip.audio.start + region.end, end);
    if (region.labels.empty() || *sample.clip.end <= sample.clip.start)
        return std::nullopt;
    sample.seconds = *sample.clip.end - sample.clip.start;
    char range[64];
    std::snprintf(range, sizeof range, " [%.3f–%.3f s]", region.start, region.end);
    sample.name += range;
    sample.labels = region.labels;
    return sample;
}

std::vector<Sample> samplesOf(const Clip& clip, SampleUnit unit, std::string_view memberGroup)
{
    if (unit == SampleUnit::clips)
        return {sampleOfClip(clip, memberGroup)};
    std::vector<Sample> samples;
    for (const Region& region : clip.regions)
        if (auto sample = sampleOfRegion(clip, region, memberGroup))
            samples.push_back(std::move(*sample));
    return samples;
}

std::vector<SplitMember> readMembers(Database& database, std::int64_t split)
{
    std::vector<SplitMember> members;
    Query query(database, "SELECT m.clip, m.group_name FROM members m JOIN clips c ON c.id=m.clip AND c.removed=0 WHERE m.split=? "
                          "ORDER BY m.position");
    query.bind(split);
    while (query.next())
        members.push_back({query.integer(0), query.text(1)});
    return members;
}

[[noreturn]] void refuseUnknownSplit(Database& database, std::string_view name, const std::string& path)
{
    std::string known;
    Query query(database, "SELECT name FROM splits ORDER BY id");
    while (query.next())
        known += (known.empty() ? "" : ", ") + quoteName(query.text(0));
    refuse("project.invalid_edit",
           "The project " + quoteName(path) + " has no split " + quoteName(name) + ". " +
               (known.empty() ? "It has none: divide it with `earmark-cli split` first." : "It has " + known + "."),
           path, {{"split", std::string(name)}});
}

} // namespace

Result<std::vector<Split>> Project::splits() const
{
    return d_->read([&] {
        std::vector<Split> splits;
        Query query(d_->db(), "SELECT id, name, method FROM splits ORDER BY id");
        while (query.next())
            splits.push_back({query.text(1), query.text(2), readMembers(d_->db(), query.integer(0))});
        return splits;
    });
}

Result<std::vector<Sample>> Project::samples(std::string_view split, SampleUnit unit) const
{
    constexpr ClipId last = std::numeric_limits<ClipId>::max();
    return d_->read([&] {
        std::vector<Sample> samples;
        const auto append = [&](std::vector<Sample>&& more) { std::ranges::move(more, std::back_inserter(samples)); };
        if (split.empty()) {
            d_->visitClips(0, last, [&](Clip& clip) {
                if (clip.state != ClipState::excluded)
                    append(samplesOf(clip, unit, {}));
                return true;
            });
            return samples;
        }
        Query named(d_->db(), "SELECT id FROM splits WHERE name=?");
        if (!named.bind(split).next())
            refuseUnknownSplit(d_->db(), split, d_->path);
        const std::vector<SplitMember> members = readMembers(d_->db(), named.integer(0));
        std::unordered_map<ClipId, const SplitMember*> wanted;
        for (const SplitMember& member : members)
            wanted.emplace(member.clip, &member);
        std::unordered_map<ClipId, std::vector<Sample>> found;
        d_->visitClips(0, last, [&](Clip& clip) {
            if (const auto member = wanted.find(clip.id); member != wanted.end() && clip.state != ClipState::excluded)
                found.emplace(clip.id, samplesOf(clip, unit, member->second->group));
            return true;
        });
        for (const SplitMember& member : members)
            if (auto these = found.extract(member.clip))
                append(std::move(these.mapped()));
        return samples;
    });
}

} // namespace earmark
