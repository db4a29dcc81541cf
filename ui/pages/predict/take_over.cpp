#include "ui/pages/predict/take_over.h"

#include <filesystem>
#include <map>

#include "engine/dataset/import.h"

namespace earmark
{

namespace
{

std::string canonical(const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::weakly_canonical(path, ignored).string();
}

Result<void> importMissing(Project& project, const std::vector<TakenOver>& predictions)
{
    std::vector<std::string> paths;
    for (const TakenOver& taken : predictions)
        if (!taken.clip)
            paths.push_back(taken.path);
    if (paths.empty())
        return {};
    EARMARK_TRY_VOID(importClips(project, paths));
    return {};
}

/// Clips by the label that was heard in them.
Result<std::map<std::string, std::vector<ClipId>>> clipsByLabel(Project& project, const std::vector<TakenOver>& predictions)
{
    std::map<std::string, std::vector<ClipId>> byLabel;
    std::map<std::string, std::string> labelOf;
    for (const TakenOver& taken : predictions)
        if (taken.clip)
            byLabel[taken.label].push_back(*taken.clip);
        else
            labelOf[canonical(taken.path)] = taken.label;
    EARMARK_TRY_VOID(project.forEachClip([&](const Clip& clip) {
        if (const auto found = labelOf.find(canonical(clip.audio.source.path)); found != labelOf.end())
            byLabel[found->second].push_back(clip.id);
        return true;
    }));
    return byLabel;
}

} // namespace

std::function<Result<ProjectSession::Touched>(Project&)> takingOver(std::vector<TakenOver> predictions)
{
    return [predictions = std::move(predictions)](Project& project) -> Result<ProjectSession::Touched> {
        EARMARK_TRY_VOID(importMissing(project, predictions));
        EARMARK_TRY(const auto byLabel, clipsByLabel(project, predictions));
        std::size_t count = 0;
        for (const auto& [label, clips] : byLabel)
            count += clips.size();
        EARMARK_TRY_VOID(project.together("Label " + std::to_string(count) + " clips", [&]() -> Result<void> {
            for (const auto& [label, clips] : byLabel)
                EARMARK_TRY_VOID(project.setLabels(clips, std::vector<std::string>{label}, Origin::model));
            return {};
        }));
        return ProjectSession::Touched{.allRows = true, .labelSet = true};
    };
}

} // namespace earmark
