#include "ui/shell/welcome.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

Welcome::Welcome(Settings& settings, QWidget* parent) : QWidget(parent), settings_(settings), heading_(new QLabel(tr("Recent projects"))), recent_(new QListWidget)
{
    setObjectName("welcome");
    auto* picture = new QLabel;
    picture->setPixmap(QIcon(":/icons/earmark.svg").pixmap(88, 88));
    auto* title = new QLabel(tr("Welcome to Earmark"));
    title->setProperty("title", true);
    auto* text = new QLabel(tr("Label recordings, teach a network to tell them apart, and listen to what it gets wrong. Everything stays on this computer."));
    text->setProperty("muted", true);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignHCenter);
    text->setMinimumWidth(110 * spaceUnit);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2 * spaceUnit);
    const auto addButton = [&](const QString& name, const QString& icon, const QString& words, const QString& tip, void (Welcome::*asked)()) {
        auto* button = new QPushButton(words);
        button->setObjectName(name);
        button->setIcon(Theme::instance().icon(icon, name == "welcomeNew" ? "onFill" : nullptr));
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, asked);
        buttons->addWidget(button);
        return button;
    };
    QPushButton* first = addButton("welcomeNew", "add", tr("New project…"), tr("An empty project, to import recordings into (Ctrl+N)"), &Welcome::newAsked);
    first->setProperty("primary", true);
    setFocusProxy(first);
    addButton("welcomeOpen", "folder", tr("Open…"), tr("A project that you have (Ctrl+O)"), &Welcome::openAsked);
    addButton("welcomeDemo", "demo", tr("Demo project"), tr("Telephone prompts in five languages: which one is spoken?"), &Welcome::demoAsked);

    auto* drop = new QLabel(tr("Or drop a folder of recordings here: the name of each folder inside becomes a label."));
    drop->setProperty("muted", true);
    drop->setAlignment(Qt::AlignHCenter);
    drop->setWordWrap(true);

    heading_->setProperty("heading", true);
    recent_->setObjectName("welcomeRecent");
    recent_->setAccessibleName(heading_->text());
    recent_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    recent_->setTextElideMode(Qt::ElideMiddle);
    connect(recent_, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) { Q_EMIT recentAsked(item->data(Qt::UserRole).toByteArray().toStdString()); });
    connect(recent_, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) { Q_EMIT recentAsked(item->data(Qt::UserRole).toByteArray().toStdString()); });

    auto* middle = new QVBoxLayout;
    middle->setSpacing(4 * spaceUnit);
    middle->addWidget(picture, 0, Qt::AlignHCenter);
    middle->addWidget(title, 0, Qt::AlignHCenter);
    middle->addWidget(text, 0, Qt::AlignHCenter);
    middle->addLayout(buttons);
    middle->addWidget(drop);
    middle->addSpacing(4 * spaceUnit);
    middle->addWidget(heading_);
    middle->addWidget(recent_);
    auto* content = new QWidget; // scrolled where the window is low
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addLayout(middle, 2);
    row->addStretch(1);
    auto* column = new QVBoxLayout(content);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
    auto* scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
    connect(&settings_, &Settings::changed, this, &Welcome::fillRecent);
    fillRecent();
}

void Welcome::fillRecent()
{
    recent_->clear();
    for (const std::string& path : settings_.recentProjects()) {
        auto* item = new QListWidgetItem(Theme::instance().icon("project", "muted"), tr("%1   %2", "a project's name and folder").arg(fileName(path), shown(path.substr(0, path.find_last_of('/')))));
        item->setData(Qt::UserRole, QByteArray::fromStdString(path));
        item->setToolTip(shown(path));
        recent_->addItem(item);
    }
    const int rows = std::min(recent_->count(), 5);
    recent_->setFixedHeight(rows * std::max(1, recent_->sizeHintForRow(0)) + 2 * spaceUnit);
    heading_->setVisible(recent_->count() > 0);
    recent_->setVisible(recent_->count() > 0);
}

} // namespace earmark
