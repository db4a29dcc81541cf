// What the networks get to read: plain samples, never a database.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/audio/clip.h"

namespace earmark
{

struct Sample {
    std::int64_t id = 0; ///< the clip's id in its project, or its place in the list of files
    std::string name;    ///< for reports and messages: the path as the project or the user gave it
    AudioClip clip;
    std::vector<std::string> labels; ///< several where a clip has several
    std::vector<std::pair<std::string, double>> numbers; ///< regression targets by name
    std::string text;                ///< transcript
    std::string group;               ///< clips of one group belong on one side of a split
    double seconds = 0;              ///< the clip's length where it is known; 0 otherwise
};

} // namespace earmark
