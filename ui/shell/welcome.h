// What stands in the window while no project is open: make one, open one, try the demo, or go on with a recent one. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/settings.h"

class QLabel;
class QListWidget;

namespace earmark
{

class Welcome : public QWidget
{
    Q_OBJECT

public:
    explicit Welcome(Settings& settings, QWidget* parent = nullptr);

Q_SIGNALS:
    void newAsked();
    void openAsked();
    void demoAsked();
    void recentAsked(const std::string& path);

private:
    void fillRecent();

    Settings& settings_;
    QLabel* heading_;
    QListWidget* recent_;
};

} // namespace earmark
