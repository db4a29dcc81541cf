// One label as a button: its colour, its name, its key. Thread: the window's.
#pragma once

#include <QAbstractButton>
#include <QColor>

namespace earmark
{

struct LabelClass;

class LabelButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit LabelButton(const LabelClass& label, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {60, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QColor colour_;
    QString key_;
};

} // namespace earmark
