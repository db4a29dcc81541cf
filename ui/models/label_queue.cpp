#include "ui/models/label_queue.h"

#include <QRandomGenerator>

#include <algorithm>
#include <tuple>

namespace earmark
{

namespace
{

bool isDecidedRow(const ClipRow& row) { return !row.labels.empty() || row.state == ClipState::skip; }

std::vector<ClipId> idsOf(const ProjectView& view)
{
    std::vector<ClipId> ids;
    ids.reserve(view.rows.size());
    for (const ClipRow& row : view.rows)
        ids.push_back(row.id);
    std::ranges::sort(ids);
    return ids;
}

} // namespace

LabelQueue::LabelQueue(Workspace& workspace, QObject* parent) : QObject(parent), workspace_(workspace)
{
    ProjectSession& project = workspace.project();
    connect(&workspace, &Workspace::currentChanged, this, &LabelQueue::locate);
    connect(&project, &ProjectSession::rowsChanged, this, &LabelQueue::count);
    connect(&project, &ProjectSession::rowsReset, this, &LabelQueue::takeRows);
    connect(&project, &ProjectSession::rowsAppended, this, &LabelQueue::takeRows);
    connect(&project, &ProjectSession::opened, this, &LabelQueue::renew);
    connect(&project, &ProjectSession::loadingChanged, this, [this](bool loading) {
        if (!loading)
            renew();
    });
    connect(&project, &ProjectSession::shownRunChanged, this, [this] {
        if (needsRun(order_))
            renew();
    });
    renew();
}

void LabelQueue::setOrder(Order order)
{
    order_ = order;
    renew();
}

void LabelQueue::setWhich(Which which, std::string split)
{
    which_ = which;
    split_ = std::move(split);
    renew();
}

bool LabelQueue::belongs(const ClipRow& row) const
{
    if (row.state == ClipState::excluded)
        return false;
    switch (which_) {
    case Which::all:
        return true;
    case Which::unlabelled:
        return row.labels.empty();
    case Which::unsure:
        return row.state == ClipState::unsure;
    case Which::split: {
        const auto& splits = workspace_.view().splits;
        return row.split >= 0 && static_cast<std::size_t>(row.split) < splits.size() && splits[static_cast<std::size_t>(row.split)].name == split_;
    }
    }
    return false;
}

void LabelQueue::sort(std::vector<std::size_t>& places) const
{
    const ProjectView& view = workspace_.view();
    const auto row = [&](std::size_t place) -> const ClipRow& { return view.rows[place]; };
    switch (order_) {
    case Order::table:
        return;
    case Order::random:
        std::ranges::shuffle(places, *QRandomGenerator::global());
        return;
    case Order::unlabelled:
        std::ranges::stable_partition(places, [&](std::size_t place) { return !isDecidedRow(row(place)); });
        return;
    case Order::leastCertain:
        std::ranges::stable_sort(places, {}, [&](std::size_t place) {
            const bool told = row(place).prediction >= 0;
            return std::tuple(!told, told ? row(place).confidence : 0.0f);
        });
        return;
    case Order::mostSuspicious: {
        std::vector<std::int64_t> meant; // the project's label for each of the run's
        for (const std::string& name : view.predictionLabels) {
            const LabelClass* label = view.labelNamed(name);
            meant.push_back(label ? label->id : 0);
        }
        // Contradicted labels, the surest first; then labels confirmed, the least sure first; then what nothing can be said of.
        std::ranges::stable_sort(places, {}, [&](std::size_t place) {
            const ClipRow& clip = row(place);
            if (clip.prediction < 0 || static_cast<std::size_t>(clip.prediction) >= meant.size() || clip.labels.empty())
                return std::tuple(2, 0.0f);
            const bool agrees = std::ranges::find(clip.labels, meant[static_cast<std::size_t>(clip.prediction)]) != clip.labels.end();
            return agrees ? std::tuple(1, clip.confidence) : std::tuple(0, -clip.confidence);
        });
        return;
    }
    }
}

void LabelQueue::renew()
{
    const ProjectView& view = workspace_.view();
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < view.rows.size(); ++place)
        if (belongs(view.rows[place]))
            places.push_back(place);
    sort(places);
    clips_.clear();
    clips_.reserve(places.size());
    for (const std::size_t place : places)
        clips_.push_back(view.rows[place].id);
    known_ = idsOf(view);
    last_ = 0;
    Q_EMIT clipsChanged();
    locate();
    count();
}

void LabelQueue::takeRows()
{
    const ProjectView& view = workspace_.view();
    std::erase_if(clips_, [&](ClipId clip) { return !view.rowOf(clip); });
    for (const ClipRow& row : view.rows)
        if (!std::ranges::binary_search(known_, row.id) && belongs(row))
            clips_.push_back(row.id);
    known_ = idsOf(view);
    Q_EMIT clipsChanged();
    locate();
    count();
}

void LabelQueue::locate()
{
    const auto current = workspace_.currentClip();
    const auto found = current ? std::ranges::find(clips_, *current) : clips_.end();
    position_ = found == clips_.end() ? std::nullopt : std::optional(static_cast<int>(found - clips_.begin()));
    last_ = position_.value_or(std::clamp(last_, 0, std::max(0, static_cast<int>(clips_.size()) - 1)));
    Q_EMIT positionChanged();
}

void LabelQueue::count()
{
    const ProjectView& view = workspace_.view();
    labelled_ = decided_ = 0;
    for (const ClipId clip : clips_)
        if (const auto place = view.rowOf(clip)) {
            labelled_ += !view.rows[*place].labels.empty();
            decided_ += isDecidedRow(view.rows[*place]);
        }
    Q_EMIT progressChanged();
}

bool LabelQueue::isDecided(ClipId clip) const
{
    const auto place = workspace_.view().rowOf(clip);
    return place && isDecidedRow(workspace_.view().rows[*place]);
}

bool LabelQueue::hasNext() const { return position_ ? *position_ + 1 < static_cast<int>(clips_.size()) : !clips_.empty(); }
bool LabelQueue::hasPrevious() const { return position_ ? *position_ > 0 : !clips_.empty(); }

void LabelQueue::go(int position) { workspace_.setCurrentClip(clips_[static_cast<std::size_t>(position)]); }

void LabelQueue::next()
{
    if (hasNext())
        go(position_ ? *position_ + 1 : last_);
}

void LabelQueue::previous()
{
    if (hasPrevious())
        go(position_ ? *position_ - 1 : last_);
}

void LabelQueue::nextUnlabelled()
{
    const int size = static_cast<int>(clips_.size());
    const int from = position_ ? *position_ + 1 : last_;
    for (int step = 0; step < size; ++step)
        if (const int place = (from + step) % size; !isDecided(clips_[static_cast<std::size_t>(place)]))
            return go(place);
}

void LabelQueue::begin()
{
    if (!clips_.empty())
        go(0);
}

} // namespace earmark
