#include "ui/pages/label/region_overlay.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_axis.h"

namespace earmark
{

namespace
{

constexpr double edgeReach = 5;  // pixels from an edge that still hold it
constexpr double snapReach = 8;  // pixels
constexpr double stripHeight = 18;
constexpr double crossingReach = 0.005; // seconds: further off no one would call it the same place

bool isOnSpectrogram(const SoundView& view) { return view.hertzAt(0).has_value(); }

} // namespace

RegionOverlay::RegionOverlay(Workspace& workspace, ClipDetails& details, QObject* parent)
    : QObject(parent), workspace_(workspace), details_(details)
{
    nudgeTimer_.setSingleShot(true);
    nudgeTimer_.setInterval(500);
    connect(&nudgeTimer_, &QTimer::timeout, this, &RegionOverlay::commit);
    connect(&details, &ClipDetails::left, this, [this](ClipId) { commit(); });
    connect(&details, &ClipDetails::changed, this, &RegionOverlay::refresh);
    connect(&workspace.project(), &ProjectSession::failed, this, [this] {
        before_.reset();
        refresh();
    });
    refresh();
}

RegionOverlay::~RegionOverlay() = default;

void RegionOverlay::refresh()
{
    const auto& clip = details_.clip();
    const auto id = clip ? std::optional(clip->id) : std::nullopt;
    if (id != clip_) {
        clip_ = id;
        drag_.reset();
        before_.reset();
    }
    shown_ = clip ? clip->regions : std::vector<Region>();
    if (selected_ && nudged_)
        show(*selected_, *nudged_);
    lanes_ = stacked(shown_);
    if (before_)
        for (const Region& region : shown_)
            if (std::ranges::find(*before_, region.id) == before_->end()) {
                before_.reset();
                select(region.id);
                break;
            }
    if (selected_ && !selectedRegion())
        select(std::nullopt);
    Q_EMIT changed();
}

const Region* RegionOverlay::selectedRegion() const
{
    const auto found = selected_ ? std::ranges::find(shown_, *selected_, &Region::id) : shown_.end();
    return found == shown_.end() ? nullptr : &*found;
}

void RegionOverlay::select(std::optional<std::int64_t> region)
{
    if (region == selected_)
        return;
    commit();
    selected_ = region;
    Q_EMIT selectionChanged();
    Q_EMIT changed();
}

// ---- edits ----

void RegionOverlay::show(std::int64_t region, const NewRegion& to)
{
    const auto found = std::ranges::find(shown_, region, &Region::id);
    if (found == shown_.end())
        return;
    found->start = to.start;
    found->end = to.end;
    found->low = to.low;
    found->high = to.high;
    found->labels = to.labels;
}

void RegionOverlay::change(std::int64_t region, NewRegion to)
{
    if (!clip_)
        return;
    show(region, to);
    lanes_ = stacked(shown_);
    workspace_.project().changeRegion(*clip_, region, std::move(to));
    Q_EMIT changed();
}

void RegionOverlay::add(NewRegion region)
{
    before_.emplace();
    for (const Region& known : shown_)
        before_->push_back(known.id);
    Region shown{.id = 0, .start = region.start, .end = region.end, .low = region.low, .high = region.high};
    shown_.push_back(std::move(shown));
    lanes_ = stacked(shown_);
    workspace_.project().addRegion(*clip_, std::move(region));
    Q_EMIT changed();
}

void RegionOverlay::setLabels(std::vector<std::string> labels)
{
    commit();
    if (const Region* region = selectedRegion()) {
        NewRegion to = asNew(*region);
        to.labels = std::move(labels);
        change(region->id, std::move(to));
    }
}

void RegionOverlay::removeSelected()
{
    nudged_.reset();
    if (const auto region = selected_; region && clip_) {
        select(std::nullopt);
        workspace_.project().removeRegion(*clip_, *region);
    }
}

void RegionOverlay::nudge(const RegionGrip& grip, double seconds, double hertz)
{
    const Region* region = selectedRegion();
    if (!region || !workspace_.project().isWritable())
        return;
    nudged_ = pulled(nudged_.value_or(asNew(*region)), grip, seconds, hertz, limits());
    show(region->id, *nudged_);
    lanes_ = stacked(shown_);
    nudgeTimer_.start();
    Q_EMIT changed();
}

void RegionOverlay::commit()
{
    nudgeTimer_.stop();
    if (nudged_ && selected_ && clip_)
        change(*selected_, *std::exchange(nudged_, std::nullopt));
    nudged_.reset();
}

// ---- where things are ----

RegionLimits RegionOverlay::limits() const
{
    const auto place = clip_ ? workspace_.view().rowOf(*clip_) : std::nullopt;
    const int known = place ? workspace_.view().rows[*place].sampleRate : 0;
    const int rate = workspace_.picture().sampleRate() > 0 ? workspace_.picture().sampleRate() : known;
    return {.duration = workspace_.transport().duration(), .top = rate / 2.0};
}

QRectF RegionOverlay::areaOf(const SoundView& view, const Region& region) const
{
    double top = 0, bottom = view.height();
    if (isOnSpectrogram(view)) {
        if (region.high)
            top = std::clamp(view.yOf(*region.high).value_or(top), 0.0, bottom);
        if (region.low)
            bottom = std::clamp(view.yOf(*region.low).value_or(bottom), top, bottom);
    }
    const double left = std::clamp(view.xOf(region.start), -10.0, view.width() + 10.0);
    const double right = std::clamp(view.xOf(region.end), -10.0, view.width() + 10.0);
    return {QPointF(left, top), QPointF(std::max(right, left + 1), bottom)};
}

/// The labels lie on the waveform, where regions that overlap are stacked.
QRectF RegionOverlay::stripOf(const SoundView& view, std::size_t place) const
{
    if (isOnSpectrogram(view) || place >= lanes_.of.size())
        return {};
    const QRectF area = areaOf(view, shown_[place]);
    const double height = std::min(stripHeight, view.height() / 2.0 / std::max(1, lanes_.lanes));
    return {area.left(), lanes_.of[place] * height, area.width(), height - 1};
}

RegionGrip RegionOverlay::gripAt(const SoundView& view, std::size_t place, const QPointF& position) const
{
    const Region& region = shown_[place];
    const QRectF area = areaOf(view, region);
    const auto near = [](double a, double b) { return std::abs(a - b) <= edgeReach; };
    RegionGrip grip;
    if (position.y() < area.top() - edgeReach || position.y() > area.bottom() + edgeReach || position.x() < area.left() - edgeReach ||
        position.x() > area.right() + edgeReach)
        return grip;
    grip.end = near(position.x(), area.right());
    grip.start = !grip.end && near(position.x(), area.left());
    if (isOnSpectrogram(view)) {
        grip.high = region.high && near(position.y(), area.top());
        grip.low = region.low && !grip.high && near(position.y(), area.bottom());
    }
    const bool isChosen = selected_ == region.id && area.contains(position);
    grip.body = !grip && (isChosen || stripOf(view, place).contains(position));
    return grip;
}

/// The chosen region first, then strips, then the shortest that is there.
std::optional<RegionOverlay::Hit> RegionOverlay::hitAt(const SoundView& view, const QPointF& position) const
{
    std::optional<Hit> best;
    double bestRank = 0;
    for (std::size_t place = 0; place < shown_.size(); ++place) {
        const Region& region = shown_[place];
        if (region.id == 0)
            continue;
        const RegionGrip grip = gripAt(view, place, position);
        if (!grip && !areaOf(view, region).contains(position))
            continue;
        const double rank = (region.end - region.start) - (stripOf(view, place).contains(position) ? 1e9 : 0) - (selected_ == region.id && grip ? 1e8 : 0) -
                            (grip ? 1e6 : 0);
        if (!best || rank < bestRank) {
            best = Hit{place, grip};
            bestRank = rank;
        }
    }
    return best;
}

// ---- snapping ----

SnapTargets RegionOverlay::targets(SoundView& view, std::optional<std::int64_t> but) const
{
    SnapTargets targets;
    if (snapping_.edges) {
        targets.times = {0, workspace_.transport().duration(), workspace_.transport().position()};
        for (const Region& region : shown_)
            if (region.id != but) {
                targets.times.push_back(region.start);
                targets.times.push_back(region.end);
            }
    }
    if (snapping_.grid)
        targets.gridStep = tickStep(view.viewport().length() / std::max(1, view.width()) * 20);
    return targets;
}

SnapTargets RegionOverlay::crossingsNear(double seconds, SoundView& view) const
{
    SoundPicture& picture = view.picture();
    if (!snapping_.zeroCrossings || picture.sampleRate() <= 0)
        return {};
    const SoundPicture::Samples* samples = picture.samples(std::max(0.0, seconds - crossingReach), seconds + crossingReach);
    if (!samples || !samples->values)
        return {};
    const auto& values = *samples->values;
    const auto placeOf = [&](double at) {
        const auto place = std::llround(at * picture.sampleRate()) - samples->first;
        return static_cast<std::size_t>(std::clamp<std::int64_t>(place, 0, static_cast<std::int64_t>(values.size())));
    };
    const std::size_t from = placeOf(seconds - crossingReach), to = placeOf(seconds + crossingReach);
    const double first = static_cast<double>(samples->first + static_cast<std::int64_t>(from)) / picture.sampleRate();
    const auto crossing = zeroCrossing(std::span(values).subspan(from, to - from), first, picture.sampleRate(), seconds);
    return crossing ? SnapTargets{.times = {*crossing}} : SnapTargets{};
}

double RegionOverlay::snappedTime(double seconds, SoundView& view, std::optional<std::int64_t> but) const
{
    const double reach = snapReach * view.viewport().length() / std::max(1, view.width());
    const double to = snapped(seconds, targets(view, but), reach);
    return to != seconds ? to : snapped(seconds, crossingsNear(seconds, view), crossingReach);
}

NewRegion RegionOverlay::snappedTo(NewRegion region, const RegionGrip& grip, SoundView& view) const
{
    const double reach = snapReach * view.viewport().length() / std::max(1, view.width());
    const double start = region.start, end = region.end;
    region = snapped(std::move(region), grip, targets(view, drag_->region), reach, limits());
    if (region.start == start && region.end == end) {
        const SnapTargets crossings = crossingsNear(grip.end ? end : start, view);
        region = snapped(std::move(region), grip.body ? RegionGrip{.body = true} : grip, crossings, crossingReach, limits());
    }
    return region;
}

// ---- the mouse ----

bool RegionOverlay::mousePress(QMouseEvent& event, SoundView& view)
{
    // Shift selects a stretch to hear, as everywhere.
    if (event.button() != Qt::LeftButton || event.modifiers() & (Qt::ShiftModifier | Qt::AltModifier) || !clip_)
        return false;
    commit();
    const auto hit = hitAt(view, event.position());
    Drag drag{.pressed = event.position(), .seconds = view.secondsAt(event.position().x()), .hertz = view.hertzAt(event.position().y())};
    if (hit) {
        drag.under = shown_[hit->place].id;
        if (hit->grip && workspace_.project().isWritable()) {
            drag.region = drag.under;
            drag.grip = hit->grip;
            drag.before = asNew(shown_[hit->place]);
        }
    }
    drag_ = std::move(drag);
    return true;
}

bool RegionOverlay::begins(const QPointF& position) const
{
    return (position - drag_->pressed).manhattanLength() >= QApplication::startDragDistance() / 2.0;
}

NewRegion RegionOverlay::dragged(const QMouseEvent& event, SoundView& view) const
{
    const double seconds = view.secondsAt(event.position().x()) - drag_->seconds;
    const auto hertz = view.hertzAt(event.position().y());
    const double higher = hertz && drag_->hertz ? *hertz - *drag_->hertz : 0;
    return snappedTo(pulled(drag_->before, drag_->grip, seconds, higher, limits()), drag_->grip, view);
}

std::optional<NewRegion> RegionOverlay::drawn(const QMouseEvent& event, SoundView& view) const
{
    const bool bounded = drag_->hertz && (drawsFrequencies_ != event.modifiers().testFlag(Qt::ControlModifier));
    const double from = snappedTime(drag_->seconds, view, std::nullopt);
    const double to = snappedTime(view.secondsAt(event.position().x()), view, std::nullopt);
    return spanned(from, to, bounded ? drag_->hertz : std::nullopt, bounded ? view.hertzAt(event.position().y()) : std::nullopt, limits());
}

void RegionOverlay::mouseMove(QMouseEvent& event, SoundView& view)
{
    if (!drag_)
        return;
    drag_->begun = drag_->begun || begins(event.position());
    if (!drag_->begun || !workspace_.project().isWritable())
        return;
    if (drag_->region) {
        select(drag_->region);
        drag_->now = dragged(event, view);
        show(*drag_->region, *drag_->now);
        lanes_ = stacked(shown_);
    } else {
        drag_->now = drawn(event, view);
    }
    Q_EMIT changed();
}

void RegionOverlay::mouseRelease(QMouseEvent& event, SoundView& view)
{
    if (!drag_)
        return;
    mouseMove(event, view);
    const Drag drag = std::move(*std::exchange(drag_, std::nullopt));
    if (!drag.begun) {
        const bool again = drag.under && drag.under == selected_;
        if (!again)
            select(drag.under);
        if (again || !drag.under)
            workspace_.transport().seek(drag.seconds);
    } else if (drag.now && drag.region) {
        change(*drag.region, *drag.now);
    } else if (drag.now) {
        add(*drag.now);
    }
    Q_EMIT changed();
}

std::optional<Qt::CursorShape> RegionOverlay::hover(const QPointF& position, SoundView& view)
{
    const auto hit = clip_ ? hitAt(view, position) : std::nullopt;
    if (!hit)
        return std::nullopt;
    const RegionGrip& grip = hit->grip;
    if ((grip.start && grip.high) || (grip.end && grip.low))
        return Qt::SizeFDiagCursor;
    if ((grip.start && grip.low) || (grip.end && grip.high))
        return Qt::SizeBDiagCursor;
    if (grip.start || grip.end)
        return Qt::SizeHorCursor;
    if (grip.low || grip.high)
        return Qt::SizeVerCursor;
    return grip.body ? Qt::SizeAllCursor : Qt::PointingHandCursor;
}

// ---- painting ----

QColor RegionOverlay::colourOf(const Region& region) const
{
    return region.labels.empty() ? Theme::instance().muted() : labelColour(workspace_.view(), region.labels.front());
}

void RegionOverlay::paintRegion(QPainter& painter, const SoundView& view, std::size_t place) const
{
    const Region& region = shown_[place];
    const bool chosen = selected_ == region.id;
    const QRectF area = areaOf(view, region);
    const QColor colour = colourOf(region);
    QColor tint = colour;
    tint.setAlpha(chosen ? 90 : 45);
    painter.fillRect(area, tint);
    // A dark line beside the coloured one: seen on any colour map.
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 120), chosen ? 4 : 3));
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setPen(QPen(chosen ? colour.lighter(115) : colour, chosen ? 2 : 1));
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
}

void RegionOverlay::paintStrip(QPainter& painter, const SoundView& view, std::size_t place) const
{
    const Region& region = shown_[place];
    const QColor colour = colourOf(region);
    const QRectF strip = stripOf(view, place);
    if (strip.isEmpty())
        return;
    painter.fillRect(strip, colour);
    QString text;
    for (const std::string& label : region.labels)
        text = text.isEmpty() ? shown(label) : tr("%1, %2", "labels of a region").arg(text, shown(label));
    const QRectF inside = QRectF(std::max(0.0, strip.left()), strip.top(), 0, strip.height()).adjusted(spaceUnit, 0, 0, 0);
    const double room = std::min<double>(strip.right(), view.width()) - inside.left() - spaceUnit;
    if (room < 12 || strip.height() < 9)
        return;
    QFont font = view.font();
    font.setPixelSize(static_cast<int>(std::min(12.0, strip.height() - 3)));
    font.setBold(selected_ == region.id);
    painter.setFont(font);
    painter.setPen(textOn(colour));
    painter.drawText(QRectF(inside.topLeft(), QSizeF(room, strip.height())), Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetricsF(font).elidedText(text, Qt::ElideRight, room));
}

void RegionOverlay::paintDrawn(QPainter& painter, const SoundView& view) const
{
    const NewRegion& drawn = *drag_->now;
    const QRectF area = areaOf(view, {.start = drawn.start, .end = drawn.end, .low = drawn.low, .high = drawn.high});
    QColor colour = Theme::instance().accent();
    painter.setPen(QPen(colour, 2, Qt::DashLine));
    colour.setAlpha(60);
    painter.setBrush(colour);
    painter.drawRect(area.adjusted(1, 1, -1, -1));
}

void RegionOverlay::paint(QPainter& painter, const SoundView& view, const QRect& exposed)
{
    painter.save();
    std::vector<std::size_t> order; // the chosen one lies on top
    for (std::size_t place = 0; place < shown_.size(); ++place)
        if (view.xOf(shown_[place].end) >= exposed.left() && view.xOf(shown_[place].start) <= exposed.right() + 1)
            order.push_back(place);
    std::ranges::stable_partition(order, [this](std::size_t place) { return selected_ != shown_[place].id; });
    for (const std::size_t place : order)
        paintRegion(painter, view, place);
    for (const std::size_t place : order)
        paintStrip(painter, view, place);
    if (drag_ && !drag_->region && drag_->now)
        paintDrawn(painter, view);
    painter.restore();
}

} // namespace earmark
