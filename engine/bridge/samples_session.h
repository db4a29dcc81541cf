// Labelled clips from outside the open project, to test a model on: a folder or table, imported into a project that lasts as long as the session, or
// another project as it is. Their labels are matched with the model's by name. Thread: as Session.
#pragma once

#include <string>
#include <vector>

#include "engine/bridge/session.h"
#include "engine/compute/sample.h"

namespace earmark
{

struct SamplesPlan {
    std::string source;              ///< a folder, a table, or an .earmark project
    std::vector<std::string> labels; ///< the model's; asked of the model in `model` where empty
    std::string model;               ///< folder
};

class SamplesSession : public Session
{
    Q_OBJECT

public:
    explicit SamplesSession(SamplesPlan plan, QString title = {}, QObject* parent = nullptr);
    ~SamplesSession() override;

    const SamplesPlan& plan() const { return plan_; }
    /// Once it has finished: each label that the model has under another spelling is spelled as there, others stay as they were.
    const std::vector<Sample>& samples() const { return samples_; }
    std::size_t broken() const { return broken_; } ///< files that could not be read

protected:
    Result<bool> work(std::stop_token stop) override;
    void finish() override;

private:
    Result<std::vector<Sample>> imported(std::stop_token stop); ///< paths are absolute, so that they outlive the temporary project
    Result<void> matchNames(std::vector<Sample>& samples) const;

    const SamplesPlan plan_;
    std::vector<Sample> samples_;
    std::vector<Sample> made_; ///< until the thread that made them is over
    std::size_t broken_ = 0;
};

} // namespace earmark
