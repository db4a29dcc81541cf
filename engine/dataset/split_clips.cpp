#include "engine/dataset/split_clips.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/dataset/project_private.h"

namespace earmark
{

namespace
{

std::string recordingOf(const Clip& clip)
{
    if (!clip.group.empty())
        return clip.group;
    const AudioSource& source = clip.audio.source;
    return source.path + '\n' + std::to_string(source.offset); // no group has a line break beside a path of ours
}

} // namespace

Result<SplitClips> SplitClips::read(const Project& project)
{
    SplitClips read{.project = project.path()};
    std::unordered_map<std::string, std::size_t> numbers;
    EARMARK_TRY_VOID(project.forEachClip([&](const Clip& clip) {
        if (clip.state == ClipState::excluded) {
            ++read.excluded;
            return true;
        }
        Entry& entry = read.entries.emplace_back(
            Entry{.id = clip.id, .name = clip.name, .group = clip.group, .recording = recordingOf(clip), .columns = clip.columns});
        for (const ClipLabel& label : clip.labels) {
            const auto [number, isNew] = numbers.try_emplace(label.label, numbers.size());
            if (isNew)
                read.labels.push_back(label.label);
            entry.labels.push_back(number->second);
        }
        for (const auto& [column, value] : clip.columns)
            read.columns.insert(column);
        return true;
    }));
    return read;
}

std::size_t countShared(std::span<const std::string_view> trained, std::span<const std::string_view> keys)
{
    const std::unordered_set<std::string_view> known(trained.begin(), trained.end());
    return static_cast<std::size_t>(std::ranges::count_if(keys, [&](std::string_view key) { return !key.empty() && known.contains(key); }));
}

Result<std::vector<SplitLeak>> splitLeaks(const Project& project)
{
    std::vector<std::pair<std::string, std::vector<std::string>>> keys; // by split
    EARMARK_TRY_VOID(project.inside().read([&] {
        Query query(project.inside().db(), "SELECT p.name, CASE WHEN m.group_name<>'' THEN 'g'||m.group_name WHEN c.group_name<>'' THEN 'g'||c.group_name "
                                           "ELSE 's'||c.source END FROM splits p JOIN members m ON m.split=p.id JOIN clips c ON c.id=m.clip AND c.removed=0 "
                                           "WHERE NOT EXISTS (SELECT 1 FROM annotations a WHERE a.clip=c.id AND a.kind=4 AND a.value=3) ORDER BY p.id");
        while (query.next()) {
            std::string split = query.bytes(0);
            if (keys.empty() || keys.back().first != split)
                keys.emplace_back(std::move(split), std::vector<std::string>());
            keys.back().second.push_back(query.bytes(1));
        }
    }));
    const auto train = std::ranges::find(keys, "train", &std::pair<std::string, std::vector<std::string>>::first);
    std::vector<SplitLeak> leaks;
    if (train == keys.end())
        return leaks;
    const std::vector<std::string_view> trained(train->second.begin(), train->second.end());
    for (const auto& [split, members] : keys)
        if (split != "train")
            if (const std::size_t shared = countShared(trained, std::vector<std::string_view>(members.begin(), members.end())); shared > 0)
                leaks.push_back({split, members.size(), shared});
    return leaks;
}

} // namespace earmark
