#include "ui/widgets/time_viewport.h"

#include <algorithm>
#include <cmath>

namespace earmark
{

void TimeViewport::reset(double duration)
{
    duration_ = std::max(duration, 0.0);
    start_ = 0;
    end_ = duration_;
    Q_EMIT changed();
    select(std::nullopt);
}

void TimeViewport::setDuration(double duration)
{
    if (duration == duration_)
        return;
    const bool whole = isWhole();
    duration_ = std::max(duration, 0.0);
    if (whole)
        end_ = -1; // so that it changes
    show(whole ? 0 : start_, whole ? duration_ : end_);
}

void TimeViewport::show(double start, double end)
{
    if (!std::isfinite(start) || !std::isfinite(end))
        return;
    const double length = std::clamp(end - start, std::min(shortest, duration_), duration_);
    start = std::clamp(start, 0.0, duration_ - length);
    if (start == start_ && start + length == end_)
        return;
    start_ = start;
    end_ = start + length;
    Q_EMIT changed();
}

void TimeViewport::zoom(double factor, double around)
{
    const double length = std::clamp(this->length() / factor, std::min(shortest, duration_), duration_);
    const double share = this->length() > 0 ? (around - start_) / this->length() : 0;
    show(around - share * length, around + (1 - share) * length);
}

void TimeViewport::reveal(double seconds)
{
    if (seconds < start_ || seconds >= end_)
        show(seconds - 0.05 * length(), seconds + 0.95 * length());
}

void TimeViewport::select(std::optional<Range> range)
{
    if (range) {
        const auto [low, high] = std::minmax(range->first, range->second);
        range = Range{std::clamp(low, 0.0, duration_), std::clamp(high, 0.0, duration_)};
    }
    if (range == selection_)
        return;
    selection_ = range;
    Q_EMIT selectionChanged();
}

} // namespace earmark
