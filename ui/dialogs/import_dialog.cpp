#include "ui/dialogs/import_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/error_text.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int typingPause = 250; ///< ms

} // namespace

ImportDialog::ImportDialog(std::vector<std::string> sources, QWidget* parent)
    : QDialog(parent), sources_(std::move(sources)), form_(new QFormLayout), format_(new QComboBox), numbers_(new QToolButton), separator_(new QLineEdit), pattern_(new QLineEdit),
      said_(new QLabel), rows_(new QTreeWidget), import_(new QPushButton(tr("Import")))
{
    setObjectName("importDialog");
    setWindowTitle(sources_.size() == 1 ? tr("Import “%1”").arg(fileName(sources_.front())) : tr("Import %Ln item(s)", nullptr, static_cast<int>(sources_.size())));
    resize(170 * spaceUnit, 140 * spaceUnit);
    makeForm(*form_);
    said_->setObjectName("importSaid");
    said_->setTextFormat(Qt::PlainText);
    said_->setWordWrap(true);
    rows_->setObjectName("importRows");
    rows_->setAccessibleName(tr("Some of the clips"));
    rows_->setHeaderLabels({tr("File"), tr("Label"), tr("Split"), tr("Group")});
    rows_->setRootIsDecorated(false);
    rows_->setUniformRowHeights(true);
    rows_->setTextElideMode(Qt::ElideMiddle);
    rows_->header()->setStretchLastSection(false);
    rows_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    import_->setObjectName("importStart");
    import_->setProperty("primary", true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(import_, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * spaceUnit, 5 * spaceUnit, 5 * spaceUnit, 4 * spaceUnit);
    column->setSpacing(3 * spaceUnit);
    column->addLayout(form_);
    column->addWidget(said_);
    column->addWidget(rows_, 1);
    column->addWidget(buttons);
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &ImportDialog::look);
    look();
}

void ImportDialog::makeForm(QFormLayout& form)
{
    form.setVerticalSpacing(2 * spaceUnit);
    form.setHorizontalSpacing(3 * spaceUnit);
    form.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    format_->setObjectName("importFormat");
    for (const auto& [text, format] :
         {std::pair(tr("As it looks"), ImportFormat::automatic), std::pair(tr("A folder for each label"), ImportFormat::folders),
          std::pair(tr("A table (CSV, TSV, JSON lines)"), ImportFormat::table), std::pair(tr("Hugging Face audiofolder"), ImportFormat::audiofolder),
          std::pair(tr("Speech Commands"), ImportFormat::speechCommands)})
        format_->addItem(text, static_cast<int>(format));
    connect(format_, &QComboBox::activated, this, &ImportDialog::look);
    form.addRow(tr("&Format"), format_);
    addColumn(form, "importFileColumn", tr("Column with &files"), &ImportOptions::fileColumn);
    addColumn(form, "importLabelColumn", tr("… with &labels"), &ImportOptions::labelColumn);
    addNumberColumns(form);
    addColumn(form, "importTextColumn", tr("… with &transcripts"), &ImportOptions::textColumn);
    addColumn(form, "importSplitColumn", tr("… with &splits"), &ImportOptions::splitColumn);
    addColumn(form, "importGroupColumn", tr("… with &groups"), &ImportOptions::groupColumn);
    addColumn(form, "importStartColumn", tr("… with &beginnings, in seconds"), &ImportOptions::startColumn);
    addColumn(form, "importEndColumn", tr("… with &ends, in seconds"), &ImportOptions::endColumn);
    separator_->setObjectName("importSeparator");
    separator_->setPlaceholderText(tr("One label in a cell"));
    separator_->setToolTip(tr("What stands between several labels in one cell, such as | or a comma"));
    form.addRow(tr("Between labels"), separator_);
    pattern_->setObjectName("importPattern");
    pattern_->setPlaceholderText(tr("None; for example (speaker\\d+)"));
    pattern_->setToolTip(tr("A regular expression, looked for in each path: what its first brackets hold is the clip's group. Clips of one group (a recording, a speaker) "
                            "stay on one side of a split."));
    form.addRow(tr("Group from the &path"), pattern_);
    for (const QLineEdit* line : {separator_, pattern_})
        connect(line, &QLineEdit::textEdited, this, [this] { soon_.start(typingPause); });
}

void ImportDialog::addColumn(QFormLayout& form, const char* name, const QString& text, std::string ImportOptions::*column)
{
    auto* box = new QComboBox;
    box->setObjectName(name);
    connect(box, &QComboBox::activated, this, &ImportDialog::look);
    form.addRow(text, box);
    columns_.push_back({box, column});
}

/// There may be several of them, and none is ever guessed: most numbers of a table are nothing to learn.
void ImportDialog::addNumberColumns(QFormLayout& form)
{
    numbers_->setObjectName("importNumberColumns");
    numbers_->setPopupMode(QToolButton::InstantPopup);
    numbers_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    numbers_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    numbers_->setToolTip(tr("Numbers that a model can learn to tell, such as a height or a loudness; each keeps its column's name"));
    numbers_->setMenu(new QMenu(numbers_));
    connect(numbers_->menu(), &QMenu::triggered, this, [this] {
        showNumberColumns();
        look();
    });
    form.addRow(tr("… with &numbers to learn"), numbers_);
    showNumberColumns();
}

void ImportDialog::showNumberColumns()
{
    QStringList chosen;
    for (const QAction* column : numbers_->menu()->actions())
        if (column->isChecked())
            chosen << column->text().replace("&&", "&");
    numbers_->setText(chosen.isEmpty() ? tr("None") : QLocale().createSeparatedList(chosen).replace('&', "&&"));
}

ImportOptions ImportDialog::options() const
{
    ImportOptions options{.format = static_cast<ImportFormat>(format_->currentData().toInt()),
                          .labelSeparator = bytesOf(separator_->text()),
                          .groupPattern = bytesOf(pattern_->text())};
    for (const QAction* column : numbers_->menu()->actions())
        if (column->isChecked())
            options.numberColumns.push_back(column->data().toByteArray().toStdString());
    for (const Column& column : columns_)
        if (std::string chosen = column.box->currentData().toByteArray().toStdString(); !std::ranges::count(options.numberColumns, chosen))
            options.*column.option = std::move(chosen); // numbers are not also labels
    return options;
}

void ImportDialog::look()
{
    soon_.stop();
    said_->setText(tr("Looking at what is there…"));
    job_.ask([sources = sources_, options = options()](const std::stop_token&) { return previewImport(sources, options); },
             [this](Result<ImportPreview> preview) { take(std::move(preview)); });
}

void ImportDialog::take(Result<ImportPreview> preview)
{
    rows_->clear();
    import_->setEnabled(preview && !preview->error && preview->clips > 0);
    if (preview)
        fillColumns(*preview);
    const bool isWrong = !preview || preview->error;
    said_->setProperty("bad", isWrong);
    said_->style()->unpolish(said_); // the style sheet looks at the property again
    said_->style()->polish(said_);
    if (!isWrong)
        return showPreview(*preview);
    const Error& error = preview ? *preview->error : preview.error();
    said_->setText(error.code == "import.no_column" ? tr("Choose the column that holds the names of the files.") : errorText(error));
}

void ImportDialog::showPreview(const ImportPreview& preview)
{
    if (preview.clips == 0)
        said_->setText(tr("There is no sound here that can be imported."));
    else
        said_->setText(tr("%1, %2.", "counts of clips and of labels")
                           .arg(tr("%Ln clip(s)", nullptr, static_cast<int>(preview.clips)), tr("%Ln different label(s)", nullptr, static_cast<int>(preview.labels))));
    QList<QTreeWidgetItem*> items;
    bool hasSplit = false, hasGroup = false;
    for (const ImportPreview::Row& row : preview.first) {
        items << new QTreeWidgetItem({shown(row.path), shown(row.label), shown(row.split), shown(row.group)});
        items.back()->setToolTip(0, shown(row.path));
        hasSplit = hasSplit || !row.split.empty();
        hasGroup = hasGroup || !row.group.empty();
    }
    rows_->addTopLevelItems(items);
    rows_->setColumnHidden(2, !hasSplit);
    rows_->setColumnHidden(3, !hasGroup);
}

void ImportDialog::fillColumns(const ImportPreview& preview)
{
    for (const Column& column : columns_) {
        const std::string& chosen = preview.options.*column.option;
        if (known_ != preview.columns) {
            column.box->clear();
            column.box->addItem(tr("None"), QByteArray());
            for (const std::string& name : preview.columns)
                column.box->addItem(shown(name), QByteArray::fromStdString(name));
        }
        column.box->setCurrentIndex(std::max(0, column.box->findData(QByteArray::fromStdString(chosen))));
        form_->setRowVisible(column.box, !preview.columns.empty());
    }
    if (known_ != preview.columns) {
        numbers_->menu()->clear();
        for (const std::string& name : preview.columns) {
            QAction* column = numbers_->menu()->addAction(shown(name).replace('&', "&&"));
            column->setCheckable(true);
            column->setData(QByteArray::fromStdString(name));
        }
        showNumberColumns();
    }
    form_->setRowVisible(numbers_, !preview.columns.empty());
    known_ = preview.columns;
    form_->setRowVisible(separator_, !preview.columns.empty());
}

} // namespace earmark
