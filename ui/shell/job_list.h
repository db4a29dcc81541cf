// What runs, what waits for its turn, and what is over, with pause and cancel for each. Thread: the window's.
#pragma once

#include <QFrame>

#include <memory>

#include "engine/bridge/session_queue.h"

class QLabel;
class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace earmark
{

/// One job of the list.
class JobRow : public QFrame
{
    Q_OBJECT

public:
    JobRow(SessionQueue& queue, std::shared_ptr<Session> job, QWidget* parent = nullptr);

    const Session* job() const { return job_.get(); }
    void update();

private:
    const std::shared_ptr<Session> job_;
    QLabel* state_;
    QProgressBar* progress_;
    QToolButton* pause_;
    QToolButton* end_;
};

/// A popup: it closes when something else is clicked.
class JobList : public QFrame
{
    Q_OBJECT

public:
    explicit JobList(SessionQueue& queue, QWidget* parent = nullptr);

    void openAt(const QPoint& bottomLeft); ///< of the screen

private:
    void fill();

    SessionQueue& queue_;
    QVBoxLayout* rows_;
    QPoint anchor_;
};

} // namespace earmark
