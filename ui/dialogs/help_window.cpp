#include "ui/dialogs/help_window.h"

#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextTable>
#include <QVBoxLayout>

#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

/// The folder of the language that the window speaks; English where the manual is not written in it.
QString helpFolder()
{
    const QString own = ":/help/" + QLocale().name();
    return QDir(own).exists() ? own : QStringLiteral(":/help/en");
}

/// Markdown's tables come with a frame around every cell.
void dressTables(QTextDocument& document)
{
    for (QTextFrame* frame : document.rootFrame()->childFrames())
        if (auto* table = qobject_cast<QTextTable*>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorder(0);
            format.setCellPadding(1.5 * spaceUnit);
            format.setTopMargin(2 * spaceUnit);
            format.setBottomMargin(2 * spaceUnit);
            table->setFormat(format);
        }
}

} // namespace

HelpWindow::HelpWindow(QWidget* parent) : QDialog(parent), search_(new QLineEdit), list_(new QListWidget), page_(new QTextBrowser)
{
    setObjectName("helpWindow");
    setWindowTitle(tr("Help"));
    search_->setObjectName("helpSearch");
    search_->setPlaceholderText(tr("Search the help"));
    search_->setAccessibleName(search_->placeholderText());
    search_->setClearButtonEnabled(true);
    search_->addAction(Theme::instance().icon("search", "muted"), QLineEdit::LeadingPosition);
    list_->setObjectName("helpTopics");
    list_->setAccessibleName(tr("Topics"));
    page_->setObjectName("helpPage");
    page_->setAccessibleName(tr("Help"));
    page_->setOpenLinks(false);
    page_->document()->setDocumentMargin(5 * spaceUnit);

    auto* left = new QVBoxLayout;
    left->addWidget(search_);
    left->addWidget(list_, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4 * spaceUnit, 4 * spaceUnit, 4 * spaceUnit, 4 * spaceUnit);
    row->setSpacing(4 * spaceUnit);
    row->addLayout(left, 1);
    row->addWidget(page_, 3);
    resize(230 * spaceUnit, 150 * spaceUnit);

    read();
    connect(search_, &QLineEdit::textChanged, this, &HelpWindow::search);
    connect(list_, &QListWidget::currentRowChanged, this, &HelpWindow::showRow);
    connect(page_, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) { showTopic(link.toString().section('.', 0, 0)); });
    list_->setCurrentRow(0);
}

void HelpWindow::read()
{
    const QDir folder(helpFolder());
    for (const QString& name : folder.entryList({"*.md"}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        Topic topic{name.section('-', 1).chopped(3), {}, QString::fromUtf8(file.readAll())};
        topic.title = topic.text.section('\n', 0, 0).mid(2);
        list_->addItem(topic.title);
        topics_.push_back(std::move(topic));
    }
}

void HelpWindow::showTopic(const QString& name)
{
    for (std::size_t i = 0; i < topics_.size(); ++i)
        if (topics_[i].name == name) {
            search_->clear();
            list_->setCurrentRow(static_cast<int>(i));
        }
}

void HelpWindow::search(const QString& words)
{
    const QString wanted = words.trimmed();
    int first = -1;
    for (std::size_t i = 0; i < topics_.size(); ++i) {
        const bool found = topics_[i].text.contains(wanted, Qt::CaseInsensitive);
        list_->item(static_cast<int>(i))->setHidden(!found);
        if (found && first < 0)
            first = static_cast<int>(i);
    }
    if (first >= 0 && list_->currentItem() && list_->currentItem()->isHidden())
        list_->setCurrentRow(first);
    else
        showRow(list_->currentRow());
}

void HelpWindow::showRow(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= topics_.size())
        return;
    page_->setMarkdown(topics_[static_cast<std::size_t>(row)].text);
    dressTables(*page_->document());
    const QString wanted = search_->text().trimmed();
    QList<QTextEdit::ExtraSelection> marks;
    QTextCharFormat format;
    format.setBackground(Theme::instance().colour("chunk"));
    format.setForeground(Theme::instance().colour("text"));
    for (QTextCursor at = page_->document()->find(wanted); !wanted.isEmpty() && !at.isNull(); at = page_->document()->find(wanted, at))
        marks.append({at, format});
    page_->setExtraSelections(marks);
    if (!marks.isEmpty()) {
        QTextCursor to = marks.front().cursor;
        to.clearSelection();
        page_->setTextCursor(to);
    }
}

} // namespace earmark
