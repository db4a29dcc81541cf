#include "ui/models/region_edit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace earmark
{

namespace
{

/// std::clamp() with limits that may cross where a clip is shorter than the shortest region.
double within(double value, double least, double most) { return std::max(least, std::min(value, most)); }

constexpr double nowhere = std::numeric_limits<double>::infinity();

/// The way to the nearest target within reach, or `nowhere`.
double wayToTarget(double seconds, const SnapTargets& targets, double reach)
{
    double best = nowhere;
    const auto offer = [&](double time) {
        if (const double way = time - seconds; std::abs(way) <= reach && std::abs(way) < std::abs(best))
            best = way;
    };
    for (const double time : targets.times)
        offer(time);
    if (targets.gridStep && *targets.gridStep > 0)
        offer(std::round(seconds / *targets.gridStep) * *targets.gridStep);
    return best;
}

} // namespace

NewRegion asNew(const Region& region)
{
    return {.start = region.start, .end = region.end, .low = region.low, .high = region.high, .labels = region.labels};
}

NewRegion pulled(NewRegion region, const RegionGrip& grip, double seconds, double hertz, const RegionLimits& limits)
{
    if (grip.body) {
        seconds = within(seconds, -region.start, limits.duration - region.end);
        region.start += seconds;
        region.end += seconds;
        if (region.low && region.high) {
            hertz = within(hertz, -*region.low, limits.top - *region.high);
            *region.low += hertz;
            *region.high += hertz;
        }
        return region;
    }
    if (grip.start)
        region.start = within(region.start + seconds, 0, region.end - limits.shortest);
    if (grip.end)
        region.end = within(region.end + seconds, region.start + limits.shortest, limits.duration);
    if (grip.low && region.low)
        region.low = within(*region.low + hertz, 0, region.high.value_or(limits.top) - limits.narrowest);
    if (grip.high && region.high)
        region.high = within(*region.high + hertz, region.low.value_or(0) + limits.narrowest, limits.top);
    return region;
}

std::optional<NewRegion> spanned(double from, double to, std::optional<double> fromHertz, std::optional<double> toHertz,
                                 const RegionLimits& limits)
{
    NewRegion region{.start = within(std::min(from, to), 0, limits.duration), .end = within(std::max(from, to), 0, limits.duration)};
    if (region.end - region.start < limits.shortest)
        return std::nullopt;
    if (fromHertz && toHertz) {
        region.low = within(std::min(*fromHertz, *toHertz), 0, limits.top);
        region.high = within(std::max(*fromHertz, *toHertz), 0, limits.top);
        if (*region.high - *region.low < limits.narrowest)
            return std::nullopt;
    }
    return region;
}

double snapped(double seconds, const SnapTargets& targets, double reach)
{
    const double way = wayToTarget(seconds, targets, reach);
    return way == nowhere ? seconds : seconds + way;
}

NewRegion snapped(NewRegion region, const RegionGrip& grip, const SnapTargets& targets, double reach, const RegionLimits& limits)
{
    const double start = grip.start || grip.body ? wayToTarget(region.start, targets, reach) : nowhere;
    const double end = grip.end || grip.body ? wayToTarget(region.end, targets, reach) : nowhere;
    const bool atStart = std::abs(start) <= std::abs(end);
    const double way = atStart ? start : end;
    if (way == nowhere)
        return region;
    const RegionGrip moved = grip.body ? grip : RegionGrip{.start = atStart, .end = !atStart};
    return pulled(std::move(region), moved, way, 0, limits);
}

std::optional<double> zeroCrossing(std::span<const float> samples, double first, int sampleRate, double near)
{
    std::optional<double> best;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        const float before = samples[i - 1], after = samples[i];
        if ((before < 0) == (after < 0) || before == after)
            continue;
        const double share = before / (static_cast<double>(before) - after); // of the way to the next sample
        const double time = first + (static_cast<double>(i - 1) + share) / sampleRate;
        if (!best || std::abs(time - near) < std::abs(*best - near))
            best = time;
    }
    return best;
}

RegionLanes stacked(std::span<const Region> regions)
{
    std::vector<std::size_t> order(regions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return regions[i].start; });
    RegionLanes result{.of = std::vector<int>(regions.size())};
    std::vector<double> ends; // of the last region in each lane
    for (const std::size_t i : order) {
        const auto free = std::ranges::find_if(ends, [&](double end) { return end <= regions[i].start; });
        const auto lane = free - ends.begin();
        if (free == ends.end())
            ends.push_back(regions[i].end);
        else
            *free = regions[i].end;
        result.of[i] = static_cast<int>(lane);
    }
    result.lanes = static_cast<int>(ends.size());
    return result;
}

} // namespace earmark
