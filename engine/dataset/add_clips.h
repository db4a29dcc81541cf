// New clips into the tables, many in one transaction.
// Private to the room.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/dataset/project_private.h"

namespace earmark
{

class ClipAdder
{
public:
    /// Within an edit of `project`. What add() writes belongs to clips still marked removed and is not recorded; finish() marks them as
    /// there, and only that is recorded: undoing an import of a hundred thousand clips must not double the project file.
    ClipAdder(Project::Private& project, ChangeRecorder& recorder, Origin origin);

    ClipId add(const NewClip& clip);
    void finish();

private:
    std::int64_t sourceId(const NewClip& clip);
    std::int64_t columnId(const std::string& name);
    std::int64_t labelId(const std::string& name);
    void annotate(ClipId clip, AnnotationKind kind, std::optional<std::int64_t> label, std::optional<double> value,
                  const std::optional<std::string>& text);
    void fill(ClipId id, const NewClip& clip);
    void appendToSplits();

    Project::Private& project_;
    ChangeRecorder& recorder_;
    Origin origin_;
    std::int64_t person_ = 0;
    std::int64_t time_ = 0;
    std::vector<ClipId> added_;
    std::vector<std::pair<std::string, std::vector<ClipId>>> splits_; ///< in order of appearance
    std::unordered_map<std::string, std::int64_t> labels_, columns_;
};

} // namespace earmark
