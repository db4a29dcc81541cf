#include "engine/bridge/predict_session.h"

#include <iterator>

#include "engine/compute/evaluate.h"

namespace earmark
{

PredictSession::PredictSession(ClassifyRequest request, QString title, QObject* parent)
    : Session(Kind::predict, std::move(title), parent), request_(std::move(request)),
      delivery_(
          [this](std::vector<ClassifiedClip>&& clips) {
              const int first = static_cast<int>(clips_.size());
              if (labels_.empty() && clips.front().labels)
                  labels_ = *clips.front().labels;
              clips_.insert(clips_.end(), std::move_iterator(clips.begin()), std::move_iterator(clips.end()));
              Q_EMIT clipsAdded(first, static_cast<int>(clips.size()));
          },
          this)
{
}

PredictSession::~PredictSession() { halt(); }

Result<bool> PredictSession::work(std::stop_token stop)
{
    ClassifyRequest request = request_;
    if (asTested_) {
        EARMARK_TRY(const Recipe recipe, recipeOfRun(request.model));
        hearAs(evaluationLength(recipe), request);
    }
    EARMARK_TRY_VOID(requireOneLabel(request.model, true));
    EARMARK_TRY(Compute * compute, openCompute());
    const auto total = static_cast<std::int64_t>(request_.samples.size());
    const auto take = [&](const ClassifiedClip& clip) {
        delivery_.push(clip);
        reportProgress(static_cast<std::int64_t>(clip.index) + 1, total);
    };
    EARMARK_TRY(const ClassifyOutcome outcome, compute->classify(request, take, stop));
    return !outcome.stopped;
}

void PredictSession::finish() { delivery_.flush(); }

} // namespace earmark
