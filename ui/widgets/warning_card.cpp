#include "ui/widgets/warning_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/widgets/theme.h"

namespace earmark
{

WarningCard::WarningCard(const QString& name, const QString& remedy, QWidget* parent) : QFrame(parent), text_(new QLabel), remedy_(new QPushButton(remedy))
{
    setObjectName(name);
    setProperty("warning", true);
    auto* icon = new QLabel;
    const auto paint = [icon] { icon->setPixmap(Theme::instance().icon("warning", "warning").pixmap(QSize(5 * spaceUnit, 5 * spaceUnit))); };
    connect(&Theme::instance(), &Theme::changed, icon, paint);
    paint();
    text_->setObjectName(name + "Text");
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    remedy_->setObjectName(name + "Remedy");
    connect(remedy_, &QPushButton::clicked, this, &WarningCard::remedyAsked);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * spaceUnit, 2 * spaceUnit, 2 * spaceUnit, 2 * spaceUnit);
    row->setSpacing(3 * spaceUnit);
    row->addWidget(icon);
    row->addWidget(text_, 1);
    row->addWidget(remedy_);
    hide();
}

void WarningCard::say(const QString& sentence)
{
    text_->setText(sentence);
    setVisible(!sentence.isEmpty());
}

QString WarningCard::said() const { return text_->text(); }

} // namespace earmark
