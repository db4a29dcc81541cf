// How regions of a clip are drawn, moved and snapped: arithmetic without a pixel. Seconds from the clip's start, Hz. Thread: any.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/dataset/project.h"

namespace earmark
{

/// What of a region the hand holds. Edges may be held two at a time, at a corner.
struct RegionGrip {
    bool start = false;
    bool end = false;
    bool low = false;
    bool high = false;
    bool body = false; ///< all of it, keeping its size

    explicit operator bool() const { return start || end || low || high || body; }
    bool operator==(const RegionGrip&) const = default;
};

/// What a region can be: within the clip, and no shorter than can be seen again.
struct RegionLimits {
    double duration = 0;    ///< seconds
    double top = 0;         ///< Hz; half the sample rate
    double shortest = 0.005; ///< seconds
    double narrowest = 20;   ///< Hz
};

/// The region after its grip was pulled by so much. An edge stops before the other one, a body at the ends of the clip.
NewRegion pulled(NewRegion region, const RegionGrip& grip, double seconds, double hertz, const RegionLimits& limits);
/// The region between two corners in any order; nothing where it would be too short. Frequencies only where both corners have one.
std::optional<NewRegion> spanned(double from, double to, std::optional<double> fromHertz, std::optional<double> toHertz,
                                 const RegionLimits& limits);

/// What a time is drawn to.
struct SnapTargets {
    std::vector<double> times;        ///< edges of regions, the playhead, zero crossings
    std::optional<double> gridStep;   ///< seconds between the lines of the time axis
};
/// `seconds`, or the nearest target no further off than `reach`.
double snapped(double seconds, const SnapTargets& targets, double reach);
/// Snaps what a grip moved: for a body whichever edge is nearer to a target, and the other follows.
NewRegion snapped(NewRegion region, const RegionGrip& grip, const SnapTargets& targets, double reach, const RegionLimits& limits);

/// Where the samples change their sign, nearest to `near`; `first` is the time of the first sample. Nothing where they do not.
std::optional<double> zeroCrossing(std::span<const float> samples, double first, int sampleRate, double near);

/// The lane of each region (0 on top), so that those which overlap in time lie in different lanes; `lanes` is how many there are.
struct RegionLanes {
    std::vector<int> of;
    int lanes = 0;
};
RegionLanes stacked(std::span<const Region> regions);

NewRegion asNew(const Region& region);

} // namespace earmark
