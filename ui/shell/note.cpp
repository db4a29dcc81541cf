#include "ui/shell/note.h"

#include <QAccessible>
#include <QEvent>
#include <QGraphicsOpacityEffect>
#include <QPropertyAnimation>

#include <algorithm>

#include "ui/widgets/theme.h"

namespace earmark
{

Note::Note(QWidget* over) : QLabel(over), opacity_(new QGraphicsOpacityEffect(this)), fading_(new QPropertyAnimation(opacity_, "opacity", this))
{
    setObjectName("note");
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setGraphicsEffect(opacity_);
    hide();
    over->installEventFilter(this);
    staying_.setSingleShot(true);
    fading_->setDuration(400);
    fading_->setEndValue(0.0);
    connect(&staying_, &QTimer::timeout, fading_, [this] { fading_->start(); });
    connect(fading_, &QPropertyAnimation::finished, this, &QWidget::hide);
}

void Note::tell(const QString& sentence)
{
    fading_->stop();
    opacity_->setOpacity(1);
    setText(sentence);
    setAccessibleName(sentence);
    place();
    show();
    raise();
    staying_.start(std::clamp<int>(2500 + 50 * static_cast<int>(sentence.size()), 3000, 9000)); // long enough to be read
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Note::place()
{
    const QWidget* over = parentWidget();
    const int widest = std::min(over->width() - 8 * spaceUnit, 150 * spaceUnit);
    const int width = std::min(fontMetrics().horizontalAdvance(text()) + 16 * spaceUnit, widest);
    resize(width, heightForWidth(width));
    move((over->width() - width) / 2, over->height() - height() - 4 * spaceUnit);
}

bool Note::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QLabel::eventFilter(watched, event);
}

void Note::mousePressEvent(QMouseEvent*) { hide(); }

} // namespace earmark
