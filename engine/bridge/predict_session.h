// A model on files or clips: scores as they come. Thread: as Session.
#pragma once

#include "engine/bridge/session.h"
#include "engine/compute/compute.h"

namespace earmark
{

class PredictSession : public Session
{
    Q_OBJECT

public:
    explicit PredictSession(ClassifyRequest request, QString title = {}, QObject* parent = nullptr);
    ~PredictSession() override;

    const ClassifyRequest& request() const { return request_; }
    const std::vector<std::string>& labels() const { return labels_; } ///< by id; known with the first clip
    const std::vector<ClassifiedClip>& clips() const { return clips_; } ///< in the order of the request's samples, as far as they came
    /// So few clips that they slip in between two steps of a training: start it with SessionQueue::startNow().
    bool isSmall() const { return request_.samples.size() <= 64; }
    /// Long clips are heard as in the test of the model's own run: whole, their start, or in windows. Before start().
    void setAsTested(bool asTested) { asTested_ = asTested; }

Q_SIGNALS:
    void clipsAdded(int first, int count); ///< into clips()

protected:
    Result<bool> work(std::stop_token stop) override;
    void finish() override;

private:
    const ClassifyRequest request_;
    bool asTested_ = false;
    std::vector<std::string> labels_;
    std::vector<ClassifiedClip> clips_;
    Delivery<ClassifiedClip> delivery_;
};

} // namespace earmark
