#include "engine/bridge/embed_session.h"

#include <iterator>

namespace earmark
{

EmbedSession::EmbedSession(EmbedRequest request, QString title, QObject* parent)
    : Session(Kind::embed, std::move(title), parent), request_(std::move(request)),
      delivery_(
          [this](std::vector<EmbeddedClip>&& clips) {
              const int first = static_cast<int>(clips_.size());
              clips_.insert(clips_.end(), std::move_iterator(clips.begin()), std::move_iterator(clips.end()));
              Q_EMIT clipsAdded(first, static_cast<int>(clips.size()));
          },
          this)
{
}

EmbedSession::~EmbedSession() { halt(); }

Result<bool> EmbedSession::work(std::stop_token stop)
{
    EARMARK_TRY(Compute * compute, openCompute());
    const auto total = static_cast<std::int64_t>(request_.samples.size());
    const auto take = [&](const EmbeddedClip& clip) {
        delivery_.push(clip);
        reportProgress(static_cast<std::int64_t>(clip.index) + 1, total);
    };
    return compute->embed(request_, take, stop);
}

void EmbedSession::finish() { delivery_.flush(); }

} // namespace earmark
