#include "ui/models/clip_details.h"

#include <algorithm>

namespace earmark
{

ClipDetails::ClipDetails(Workspace& workspace, QObject* parent) : QObject(parent), workspace_(workspace)
{
    connect(&workspace, &Workspace::currentChanged, this, &ClipDetails::follow);
    connect(&workspace.project(), &ProjectSession::rowsReset, this, &ClipDetails::read);
    connect(&workspace.project(), &ProjectSession::labelSetChanged, this, &ClipDetails::read);
    connect(&workspace.project(), &ProjectSession::rowsChanged, this, [this](const std::vector<int>& rows) {
        const auto place = wanted_ ? workspace_.view().rowOf(*wanted_) : std::nullopt;
        if (place && std::ranges::binary_search(rows, static_cast<int>(*place)))
            read();
    });
    follow();
}

const Region* ClipDetails::region(std::int64_t id) const
{
    if (!clip_)
        return nullptr;
    const auto found = std::ranges::find(clip_->regions, id, &Region::id);
    return found == clip_->regions.end() ? nullptr : &*found;
}

void ClipDetails::follow()
{
    const auto current = workspace_.currentClip();
    if (current == wanted_)
        return;
    if (wanted_)
        Q_EMIT left(*wanted_);
    wanted_ = current;
    clip_.reset();
    Q_EMIT changed();
    read();
}

void ClipDetails::read()
{
    if (wanted_)
        workspace_.project().askClip(this, *wanted_, [this, id = *wanted_](Result<Clip> clip) {
            if (wanted_ == id)
                take(std::move(clip));
        });
}

void ClipDetails::take(Result<Clip> clip)
{
    if (clip)
        clip_ = std::move(*clip);
    else
        clip_.reset(); // it was removed; whoever removed it says so
    Q_EMIT changed();
}

} // namespace earmark
