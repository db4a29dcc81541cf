// A sentence over the foot of the pages that goes away by itself. Thread: the window's.
#pragma once

#include <QLabel>
#include <QTimer>

class QGraphicsOpacityEffect;
class QPropertyAnimation;

namespace earmark
{

class Note : public QLabel
{
    Q_OBJECT

public:
    explicit Note(QWidget* over);

    void tell(const QString& sentence);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override; ///< read: it goes at once

private:
    void place();

    QGraphicsOpacityEffect* opacity_;
    QPropertyAnimation* fading_;
    QTimer staying_;
};

} // namespace earmark
