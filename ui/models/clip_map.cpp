#include "ui/models/clip_map.h"

#include <algorithm>
#include <limits>

#include "engine/eval/projection.h"

namespace earmark
{

namespace
{

constexpr std::size_t keptMaps = 4;

std::vector<std::int64_t> idsOf(const TestResult& result)
{
    std::vector<std::int64_t> ids;
    for (const ReportedClip& clip : result.report.perClip)
        ids.push_back(clip.id);
    return ids;
}

std::shared_ptr<const ClipMap::Points> project(const std::vector<EmbeddedClip>& clips, const std::vector<std::size_t>& places, std::size_t size, std::stop_token stop)
{
    std::size_t dimensions = 0;
    for (const EmbeddedClip& clip : clips)
        dimensions = std::max(dimensions, clip.vector.size());
    std::vector<float> values;
    std::vector<std::size_t> rows;
    for (const EmbeddedClip& clip : clips)
        if (!clip.vector.empty() && clip.vector.size() == dimensions) {
            values.insert(values.end(), clip.vector.begin(), clip.vector.end());
            rows.push_back(places[clip.index]);
        }
    auto points = std::make_shared<ClipMap::Points>();
    points->x.assign(size, std::numeric_limits<float>::quiet_NaN());
    points->y = points->x;
    if (rows.empty())
        return points;
    const Projection flat = principalComponents(values, dimensions, 2, stop);
    for (std::size_t i = 0; i < rows.size() && 2 * i + 1 < flat.points.size(); ++i) {
        points->x[rows[i]] = flat.points[2 * i];
        points->y[rows[i]] = flat.points[2 * i + 1];
    }
    for (const double share : flat.explained)
        points->explained += share;
    return points;
}

} // namespace

ClipMap::ClipMap(Workspace& workspace, QObject* parent) : QObject(parent), workspace_(workspace), worker_(1)
{
    connect(&workspace.project(), &ProjectSession::closed, this, [this] { made_.clear(); });
}

void ClipMap::setResult(std::shared_ptr<const TestResult> result)
{
    result_ = std::move(result);
    look();
}

void ClipMap::look()
{
    points_.reset();
    if (result_) {
        const auto ids = idsOf(*result_);
        for (const Made& made : made_)
            if (made.model == result_->modelFolder && made.ofProject == result_->ofProject && made.clips == ids)
                points_ = made.points;
    }
    Q_EMIT changed();
}

std::vector<Sample> ClipMap::samples() const
{
    std::vector<Sample> found;
    for (const ReportedClip& clip : result_->report.perClip)
        if (const auto sound = result_->sounds.find(clip.id); sound != result_->sounds.end())
            found.push_back(sound->second);
        else if (const auto row = result_->ofProject ? workspace_.view().rowOf(clip.id) : std::nullopt)
            found.push_back({.id = clip.id, .name = clip.name, .clip = workspace_.view().rows[*row].audio});
        else
            found.emplace_back();
    return found;
}

void ClipMap::start()
{
    if (!result_ || isWorking())
        return;
    std::vector<Sample> all = samples(), known;
    places_.clear();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!all[i].clip.source.path.empty()) {
            places_.push_back(i);
            known.push_back(std::move(all[i]));
        }
    asked_ = result_;
    session_ = std::make_shared<EmbedSession>(EmbedRequest{.model = result_->modelFolder, .samples = std::move(known), .options = workspace_.settings().computeOptions()},
                                              result_->model);
    connect(session_.get(), &Session::progressed, this, &ClipMap::progressed);
    connect(session_.get(), &Session::ended, this, &ClipMap::sessionEnded);
    const auto session = session_;
    workspace_.queue().enqueue(session);
    Q_EMIT changed();
}

void ClipMap::stop()
{
    if (session_)
        session_->stop();
}

void ClipMap::sessionEnded()
{
    const std::shared_ptr<EmbedSession> ended = std::move(session_);
    session_.reset();
    projecting_ = ended->state() == Session::State::finished;
    if (projecting_)
        worker_.push({.key = 1, .work = [this, ended, places = places_, result = asked_](const std::stop_token& stop) {
                          Made made{.model = result->modelFolder, .clips = idsOf(*result), .ofProject = result->ofProject};
                          made.points = project(ended->clips(), places, made.clips.size(), stop);
                          mailbox_.post([this, made = std::move(made)] { take(made); });
                      }});
    Q_EMIT changed();
}

void ClipMap::take(Made made)
{
    projecting_ = false;
    made_.push_back(std::move(made));
    if (made_.size() > keptMaps)
        made_.erase(made_.begin());
    look();
}

} // namespace earmark
