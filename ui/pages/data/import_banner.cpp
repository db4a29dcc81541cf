#include "ui/pages/data/import_banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include "ui/widgets/theme.h"

namespace earmark
{

ImportBanner::ImportBanner(SessionQueue& queue, QWidget* parent) : QFrame(parent), queue_(queue), text_(new QLabel), bar_(new QProgressBar)
{
    setObjectName("importBanner");
    setProperty("card", true);
    text_->setObjectName("importProgress");
    text_->setTextFormat(Qt::PlainText);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("Progress of the import"));
    auto* stop = new QPushButton(tr("Stop"));
    stop->setObjectName("stopImport");
    stop->setIcon(Theme::instance().icon("stop"));
    connect(stop, &QPushButton::clicked, this, [this] {
        if (Session* session = running())
            session->stop();
    });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * spaceUnit, spaceUnit, spaceUnit, spaceUnit);
    row->setSpacing(3 * spaceUnit);
    row->addWidget(text_);
    row->addWidget(bar_, 1);
    row->addWidget(stop);
    connect(&queue, &SessionQueue::changed, this, &ImportBanner::refresh);
    connect(&queue, &SessionQueue::progressed, this, &ImportBanner::refresh);
    refresh();
}

Session* ImportBanner::running() const
{
    for (const auto& session : queue_.sessions())
        if (session->kind() == Session::Kind::import && !session->isOver())
            return session.get();
    return nullptr;
}

void ImportBanner::refresh()
{
    const Session* session = running();
    setVisible(session);
    if (!session)
        return;
    const QLocale locale;
    bar_->setRange(0, static_cast<int>(session->total()));
    bar_->setValue(static_cast<int>(session->done()));
    if (session->total() > 0)
        text_->setText(tr("Importing “%1”: %2 of %3 files").arg(session->title(), locale.toString(qlonglong{session->done()}), locale.toString(qlonglong{session->total()})));
    else
        text_->setText(tr("Importing “%1”").arg(session->title()));
}

} // namespace earmark
