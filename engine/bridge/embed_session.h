// One vector a clip out of a model's hidden states, for the map. Thread: as Session.
#pragma once

#include "engine/bridge/session.h"
#include "engine/compute/compute.h"

namespace earmark
{

class EmbedSession : public Session
{
    Q_OBJECT

public:
    explicit EmbedSession(EmbedRequest request, QString title = {}, QObject* parent = nullptr);
    ~EmbedSession() override;

    const EmbedRequest& request() const { return request_; }
    const std::vector<EmbeddedClip>& clips() const { return clips_; } ///< in the order of the samples, as far as they came

Q_SIGNALS:
    void clipsAdded(int first, int count);

protected:
    Result<bool> work(std::stop_token stop) override;
    void finish() override;

private:
    const EmbedRequest request_;
    std::vector<EmbeddedClip> clips_;
    Delivery<EmbeddedClip> delivery_;
};

} // namespace earmark
