// What a project holds already, as an import needs to know it.
// Private to the room. Thread: one at a time.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "engine/dataset/project_private.h"

namespace earmark
{

class KnownClips
{
public:
    struct Source {
        std::int64_t id = 0;
        SourceFacts facts;
    };

    /// Reads the tables. Throws what Query throws.
    explicit KnownClips(const Project::Private& project);

    /// The whole file at `kept`, as the project keeps paths; null where it is not known.
    Source* source(const std::string& kept);
    /// Whether that very stretch of that very file is a clip.
    bool hasClip(const std::string& kept, double start, std::optional<double> end) const;
    /// The path of a clip with the same content and stretch; null where there is none.
    const std::string* sameContent(const std::string& hash, double start, std::optional<double> end) const;
    void add(const std::string& kept, const std::string& hash, double start, std::optional<double> end);

private:
    std::unordered_map<std::string, Source> sources_;
    std::unordered_set<std::string> clips_;
    std::unordered_map<std::string, std::string> contents_;
};

} // namespace earmark
