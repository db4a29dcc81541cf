// What this is, which version, and under which licences it and what it is made of come. Thread: the window's.
#pragma once

#include <QDialog>

namespace earmark
{

class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

} // namespace earmark
