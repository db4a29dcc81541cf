// What dividing must know of a project's clips, read once for any number of plans; and what makes clips belong together. Thread: any.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/error.h"
#include "engine/dataset/project.h"

namespace earmark
{

struct SplitClips {
    struct Entry {
        ClipId id = 0;
        std::vector<std::size_t> labels; ///< indices of SplitClips::labels
        std::string name;                ///< the path as the project keeps it
        std::string group;
        std::string recording; ///< its group, where it has one, else where its sound lies: equal for clips cut from the same sound
        std::vector<std::pair<std::string, std::string>> columns;
    };

    /// All clips but the excluded ones, in the order in which they were added.
    static Result<SplitClips> read(const Project& project);

    std::string project; ///< path of its file
    std::vector<Entry> entries;
    std::vector<std::string> labels; ///< as they come up
    std::set<std::string> columns;
    std::size_t excluded = 0; ///< clips that were left out
};

/// A split of the project whose clips are not as strange to those for training as they should be.
struct SplitLeak {
    std::string split;
    std::size_t clips = 0;  ///< in it
    std::size_t shared = 0; ///< of them, clips whose recording is in train too, or what else the splits were made by
};

/// The leaks of the splits as they are now: none where there is no split "train".
Result<std::vector<SplitLeak>> splitLeaks(const Project& project);

/// How many of `keys` are among `trained`; "" is among none.
std::size_t countShared(std::span<const std::string_view> trained, std::span<const std::string_view> keys);

} // namespace earmark
