// The import that runs: how far it is, and a button to stop it. Hidden where none does. Thread: the window's.
#pragma once

#include <QFrame>

#include "engine/bridge/session_queue.h"

class QLabel;
class QProgressBar;

namespace earmark
{

class ImportBanner : public QFrame
{
    Q_OBJECT

public:
    explicit ImportBanner(SessionQueue& queue, QWidget* parent = nullptr);

private:
    Session* running() const;
    void refresh();

    SessionQueue& queue_;
    QLabel* text_;
    QProgressBar* bar_;
};

} // namespace earmark
