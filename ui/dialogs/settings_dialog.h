// What the user prefers. Everything takes effect at once, but for the language, which waits for the next start. Thread: the window's.
#pragma once

#include <QDialog>

#include "ui/models/settings.h"

class QFormLayout;
class QLabel;
class QPushButton;

namespace earmark
{

class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(Settings& settings, QWidget* parent = nullptr);

private:
    void addLook(QFormLayout& form);
    void addLabelling(QFormLayout& form);
    void addComputing(QFormLayout& form);
    void addCache(QFormLayout& form);
    void measureCache();
    void clearCache();

    Settings& settings_;
    QLabel* cacheSize_ = nullptr;
    QPushButton* clear_ = nullptr;
};

} // namespace earmark
