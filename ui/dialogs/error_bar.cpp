#include "ui/dialogs/error_bar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/error_text.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr qsizetype mostDetails = 5; ///< files that are named

QLabel* wrappedLabel()
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QToolButton* smallButton(const QString& name, const QString& icon, const QString& what)
{
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(Theme::instance().icon(icon));
    button->setAutoRaise(true);
    button->setToolTip(what);
    button->setAccessibleName(what);
    return button;
}

} // namespace

ErrorCard::ErrorCard(const Error& error, const std::optional<Workspace::Remedy>& remedy, QWidget* parent)
    : QFrame(parent), error_(error), text_(wrappedLabel()), details_(wrappedLabel())
{
    setObjectName("errorCard");
    auto* icon = new QLabel;
    icon->setPixmap(Theme::instance().icon("error", "bad").pixmap(20, 20));
    text_->setObjectName("errorText");
    details_->setObjectName("errorDetails");
    details_->setProperty("muted", true);
    details_->hide();

    auto* line = new QHBoxLayout;
    line->setSpacing(2 * spaceUnit);
    line->addWidget(icon, 0, Qt::AlignTop);
    line->addWidget(text_, 1);
    if (remedy) {
        auto* button = new QPushButton(remedy->text);
        button->setObjectName("errorRemedy");
        connect(button, &QPushButton::clicked, this, [this, act = remedy->act] {
            Q_EMIT read();
            act();
        });
        line->addWidget(button, 0, Qt::AlignTop);
    }
    auto* more = smallButton("errorMore", "chevron_down", tr("Details"));
    more->setCheckable(true);
    connect(more, &QToolButton::toggled, details_, &QWidget::setVisible);
    auto* copy = smallButton("errorCopy", "copy", tr("Copy with its details"));
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text_->text() + "\n" + details()); });
    auto* close = smallButton("errorClose", "close", tr("Close"));
    connect(close, &QToolButton::clicked, this, &ErrorCard::read);
    for (QToolButton* button : {more, copy, close})
        line->addWidget(button, 0, Qt::AlignTop);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * spaceUnit, 2 * spaceUnit, 2 * spaceUnit, 2 * spaceUnit);
    column->addLayout(line);
    column->addWidget(details_);
    showText();
}

void ErrorCard::showText()
{
    const QString text = errorText(error_);
    text_->setText(!others_.isEmpty() ? tr("%1 (And %n other files.)", "an error that came of several files", static_cast<int>(others_.size())).arg(text)
                   : times_ == 1      ? text
                                      : tr("%1 (%2 times)", "an error that came more than once").arg(text).arg(times_));
    details_->setText(details());
    setAccessibleName(text_->text());
}

void ErrorCard::countOnce()
{
    ++times_;
    showText();
}

void ErrorCard::take(const Error& error)
{
    const QString before = shown(error_.path);
    others_.removeAll(shown(error.path));
    if (!others_.contains(before))
        others_.append(before);
    error_ = error;
    showText();
}

QString ErrorCard::details() const
{
    QStringList lines = {tr("Code: %1").arg(shown(error_.code))};
    if (const QString english = shown(error_.message); english != errorText(error_))
        lines.prepend(english); // it may say more than the translated sentence
    if (!error_.path.empty())
        lines.append(tr("File: %1").arg(shown(error_.path)));
    for (qsizetype i = others_.size(); i-- > std::max<qsizetype>(0, others_.size() - mostDetails);)
        lines.append(tr("File: %1").arg(others_[i]));
    return lines.join('\n');
}

ErrorBar::ErrorBar(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)), foot_(new QWidget), more_(new QLabel)
{
    setObjectName("errorBar");
    column_->setContentsMargins(2 * spaceUnit, 2 * spaceUnit, 2 * spaceUnit, 0);
    column_->setSpacing(spaceUnit);
    auto* foot = new QHBoxLayout(foot_);
    foot->setContentsMargins(spaceUnit, 0, spaceUnit, 0);
    more_->setProperty("muted", true);
    auto* all = new QPushButton(tr("Close all"));
    all->setObjectName("errorCloseAll");
    all->setProperty("plain", true);
    connect(all, &QPushButton::clicked, this, &ErrorBar::clear);
    foot->addWidget(more_, 1);
    foot->addWidget(all);
    column_->addWidget(foot_);
    hide();
}

void ErrorBar::add(const Error& error, const std::optional<Workspace::Remedy>& remedy)
{
    const auto known = std::ranges::find_if(cards_, [&](const ErrorCard* card) { return card->isOf(error); });
    if (known != cards_.end()) {
        (*known)->countOnce();
        return;
    }
    const auto alike = std::ranges::find_if(cards_, [&](const ErrorCard* card) { return card->isAlike(error); });
    if (alike != cards_.end()) {
        (*alike)->take(error);
        return;
    }
    auto* card = new ErrorCard(error, remedy);
    connect(card, &ErrorCard::read, this, [this, card] { remove(card); });
    cards_.push_front(card);
    column_->insertWidget(0, card);
    arrange();
}

void ErrorBar::clear()
{
    while (!cards_.empty())
        remove(cards_.front());
}

void ErrorBar::remove(ErrorCard* card)
{
    std::erase(cards_, card);
    column_->removeWidget(card);
    card->hide();
    card->deleteLater();
    arrange();
}

void ErrorBar::arrange()
{
    for (int i = 0; i < count(); ++i)
        cards_[static_cast<std::size_t>(i)]->setVisible(i < shownAtOnce);
    more_->setText(count() > shownAtOnce ? tr("and %n more below", nullptr, count() - shownAtOnce) : QString());
    foot_->setVisible(count() > 1);
    setVisible(count() > 0);
}

} // namespace earmark
