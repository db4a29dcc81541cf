// Files and folders that were dropped or chosen, as samples: folders are walked, and each file is asked how long it is. Thread: as Session.
#pragma once

#include "engine/bridge/session.h"
#include "engine/compute/sample.h"

namespace earmark
{

struct GatheredFile {
    Sample sample;
    double duration = 0; ///< seconds; 0 where the file does not say
    std::optional<Error> error; ///< no sound in it
};

class GatherSession : public Session
{
    Q_OBJECT

public:
    /// Paths are bytes as the system has them.
    explicit GatherSession(std::vector<std::string> paths, QObject* parent = nullptr);
    ~GatherSession() override;

    const std::vector<GatheredFile>& files() const { return files_; } ///< sorted within each folder, as far as they came

Q_SIGNALS:
    void filesAdded(int first, int count); ///< into files()

protected:
    Result<bool> work(std::stop_token stop) override;
    void finish() override;

private:
    const std::vector<std::string> paths_;
    std::vector<GatheredFile> files_;
    Delivery<GatheredFile> delivery_;
};

} // namespace earmark
