// Where one is in the queue and how much is done; which clips it has and in what order; undo and redo; how one goes on. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/label_queue.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QToolButton;

namespace earmark
{

class QueueBar : public QWidget
{
    Q_OBJECT

public:
    QueueBar(Workspace& workspace, LabelQueue& queue, QWidget* parent = nullptr);

    bool autoplay() const;
    bool autoAdvance() const;
    void chooseAll(); ///< every clip, in the order there is

Q_SIGNALS:
    void autoplayChanged(bool on);
    void chosen(); ///< another order or choice was made: the keys go back to the clip

private:
    QToolButton* makeButton(const QString& name, const QString& icon);
    void makeChoices();
    void showPosition();
    void showProgress();
    void showUndo();
    void showSplits();
    void chooseOrder();
    void chooseWhich();

    Workspace& workspace_;
    LabelQueue& queue_;
    QLabel* position_;
    QProgressBar* progress_;
    QComboBox* order_;
    QComboBox* which_;
    QToolButton* undo_ = nullptr;
    QToolButton* redo_ = nullptr;
    QToolButton* autoplay_ = nullptr;
    QToolButton* advance_ = nullptr;
};

} // namespace earmark
