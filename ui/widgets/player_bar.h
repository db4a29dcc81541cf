// The foot of the window: the clip at hand, seen and heard. Thread: the window's.
#pragma once

#include <QFrame>

#include "ui/models/workspace.h"
#include "ui/widgets/time_viewport.h"

class QAbstractButton;
class QHBoxLayout;
class QLabel;
class QShortcut;
class QSlider;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace earmark
{

class PlayerBar : public QFrame
{
    Q_OBJECT

public:
    explicit PlayerBar(Workspace& workspace, QWidget* parent = nullptr);

    TimeViewport& viewport() { return viewport_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeControls();
    QWidget* makeViews();
    QWidget* makeSettings();
    QToolButton* makeButton(const QString& name, const QString& icon);
    void remakeIcons();
    void showClip();
    void showPlaying();
    void showTime();
    void showSpeed();
    void showAudible();
    void showTitle();
    void followLoop(); ///< the loop is the selection, or all
    void followFocus(const QWidget* now);

    Workspace& workspace_;
    Transport& transport_;
    TimeViewport viewport_;
    QLabel* title_ = nullptr;
    QLabel* time_ = nullptr;
    QToolButton* play_ = nullptr;
    QToolButton* back_ = nullptr;
    QToolButton* forward_ = nullptr;
    QToolButton* loop_ = nullptr;
    QToolButton* speed_ = nullptr;
    QToolButton* mute_ = nullptr;
    QSlider* volume_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    QLabel* message_ = nullptr;
    QShortcut* space_ = nullptr;
    QTimer* loopTimer_ = nullptr;
    double volumeBefore_ = 1;
    bool saidSilent_ = false;
};

} // namespace earmark
