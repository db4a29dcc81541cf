// Which model is tested on which clips, the jobs that do it, and what came of it. A run's own report is there at once; labels that are corrected in the
// project count in the figures a moment later, without another pass of the model. Figures are worked out on a worker. Thread: the window's.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/bridge/evaluate_session.h"
#include "engine/bridge/job_stack.h"
#include "engine/bridge/mailbox.h"
#include "engine/bridge/samples_session.h"
#include "ui/models/test_result.h"
#include "ui/models/workspace.h"

namespace earmark
{

class ModelTest : public QObject
{
    Q_OBJECT

public:
    struct Model {
        std::optional<std::int64_t> run; ///< of the project
        std::string folder;
        QString name;
        std::vector<std::string> labels; ///< where they are known

        bool operator==(const Model&) const = default;
    };
    struct Data {
        bool outside = false; ///< a folder, a table or another project, instead of the open one
        std::string name;     ///< of the split, "" for all clips; or the path

        auto operator<=>(const Data&) const = default;
    };

    explicit ModelTest(Workspace& workspace, QObject* parent = nullptr);

    std::vector<Model> runs() const; ///< those that can be tested, the latest first
    static Model folderModel(const std::string& folder);
    const std::optional<Model>& model() const { return model_; }
    const std::optional<Data>& data() const { return data_; }
    QString dataText(const Data& data) const;
    void setModel(const std::optional<Model>& model); ///< keeps the data, or takes those of the run's report where none were chosen
    void setData(const Data& data);

    void start(); ///< model and data must be chosen
    void stop();
    const Session* session() const { return session_.get(); } ///< while it goes on

    /// Of this model on these data; null where there is none yet.
    const std::shared_ptr<const TestResult>& result() const { return result_; }

Q_SIGNALS:
    void choiceChanged();
    void runsChanged();
    void runningChanged();
    void progressed();
    void resultChanged();

private:
    using Key = std::pair<std::string, Data>;
    using Shared = std::shared_ptr<const TestResult>;

    void follow();
    void forget();
    void choose();
    void readReport(const Run& run);
    void take(const Key& key, Shared result);
    void renew();
    void run(std::shared_ptr<Session> session, bool queues);
    void evaluate(std::vector<Sample> samples);
    void sessionEnded();
    void conclude(const std::shared_ptr<EvaluateSession>& session);
    Key key() const { return {model_ ? model_->folder : std::string(), data_.value_or(Data())}; }
    void work(std::function<Shared()> make, std::function<void(Shared)> then);

    Workspace& workspace_;
    std::optional<Model> model_;
    std::optional<Data> data_;
    std::optional<Model> testedModel_; ///< of session_
    Data testedData_;
    std::shared_ptr<Session> session_;
    std::map<Key, Shared> known_; ///< as the model was heard, without later corrections
    Shared result_;
    QTimer soon_;
    std::uint64_t jobsMade_ = 0;
    std::uint64_t generation_ = 0; ///< of the choice: what comes late for another one is only kept
    Mailbox mailbox_;
    JobStack worker_;
};

} // namespace earmark
