// The map of a test's clips: their embeddings by the tested model on the two axes along which they differ most. Made on demand by a job in the queue,
// then a worker; kept for the last results. Thread: the window's.
#pragma once

#include <QObject>

#include <memory>
#include <vector>

#include "engine/bridge/embed_session.h"
#include "engine/bridge/job_stack.h"
#include "engine/bridge/mailbox.h"
#include "ui/models/test_result.h"
#include "ui/models/workspace.h"

namespace earmark
{

class ClipMap : public QObject
{
    Q_OBJECT

public:
    struct Points {
        std::vector<float> x, y;  ///< by place in the report; NaN for a clip that could not be heard
        double explained = 0;     ///< share of the variance that two axes show
    };

    explicit ClipMap(Workspace& workspace, QObject* parent = nullptr);

    /// Another result; its points are there if they were made before, also for the same clips with other labels.
    void setResult(std::shared_ptr<const TestResult> result);
    void start();
    void stop();
    const Session* session() const { return session_.get(); }
    bool isWorking() const { return session_ || projecting_; }
    const Points* points() const { return points_.get(); } ///< null until made

Q_SIGNALS:
    void changed(); ///< points() or isWorking()
    void progressed();

private:
    struct Made {
        std::string model;
        std::vector<std::int64_t> clips;
        bool ofProject = true;
        std::shared_ptr<const Points> points;
    };

    std::vector<Sample> samples() const;
    void sessionEnded();
    void take(Made made);
    void look();

    Workspace& workspace_;
    std::shared_ptr<const TestResult> result_;
    std::shared_ptr<const TestResult> asked_; ///< what session_ works on
    std::shared_ptr<EmbedSession> session_;
    bool projecting_ = false;
    std::vector<Made> made_; ///< the last few
    std::shared_ptr<const Points> points_;
    std::vector<std::size_t> places_; ///< of the session's samples in the report
    Mailbox mailbox_;
    JobStack worker_;
};

} // namespace earmark
