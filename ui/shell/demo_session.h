// Makes the demo project by the script that packaging/run uses as well: recordings out of Debian's packages, a folder per language. Thread: as Session.
#pragma once

#include "engine/bridge/session.h"

namespace earmark
{

class DemoSession : public Session
{
    Q_OBJECT

public:
    explicit DemoSession(QString folder, QObject* parent = nullptr);
    ~DemoSession() override;

protected:
    Result<bool> work(std::stop_token stop) override;

private:
    const QString folder_;
};

} // namespace earmark
