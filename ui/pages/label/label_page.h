// The Label page: the clip at hand large, the queue it stands in, and what is said of it, by key or by click. Every edit is an edit of the project, on
// the disk and undoable at once. Thread: the window's.
#pragma once

#include "ui/models/clip_details.h"
#include "ui/models/label_queue.h"
#include "ui/pages/page.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace earmark
{

class LabelKeys;
class LabelPanel;
class QueueBar;
class SoundEditor;

class LabelPage : public Page
{
    Q_OBJECT

public:
    explicit LabelPage(Workspace& workspace, QWidget* parent = nullptr);

    void entered() override;
    LabelQueue& queue() { return queue_; }

private:
    QWidget* makeWork();
    QWidget* makeEmpty();
    void connectAll();
    void showState();
    void showFinished();
    void showRegion();

    void choose(const std::string& label, bool further);
    void chooseForRegion(const std::string& label, bool further);
    void clearLabels();
    void chooseState(ClipState state);
    void go(void (LabelQueue::*step)());
    void goOn(); ///< after a label: to the next clip, where that is wanted
    void follow(const std::vector<ClipId>& clips); ///< what undo or redo concerned comes to hand
    void editLabels();
    void makeShortcuts();
    void toggleState(ClipState state);

    LabelQueue queue_;
    ClipDetails details_;
    LabelKeys* keys_;
    std::optional<ClipId> labelled_; ///< it is not yet known whether that was kept
    QStackedWidget* stack_;
    QueueBar* bar_ = nullptr;
    SoundEditor* sound_ = nullptr;
    LabelPanel* panel_ = nullptr;
    QWidget* finished_ = nullptr;
    QLabel* finishedText_ = nullptr;
    QLabel* emptyTitle_ = nullptr;
    QLabel* emptyText_ = nullptr;
    QPushButton* emptyButton_ = nullptr;
};

} // namespace earmark
