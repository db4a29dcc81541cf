#include "ui/dialogs/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

ExportDialog::ExportDialog(const QString& suggestion, QWidget* parent)
    : QDialog(parent), format_(new QComboBox), explanation_(new QLabel), folder_(new QLineEdit(suggestion)), regions_(new QCheckBox(tr("&Regions as clips of their own"))),
      overwrite_(new QCheckBox(tr("R&eplace the folder"))), export_(new QPushButton(tr("Export")))
{
    setObjectName("exportDialog");
    setWindowTitle(tr("Export"));
    format_->setObjectName("exportFormat");
    for (const auto& [text, format] : {std::pair(tr("Tables (CSV)"), ExportFormat::csv), std::pair(tr("Hugging Face audiofolder"), ExportFormat::audiofolder),
                                       std::pair(tr("Label Studio"), ExportFormat::labelStudio), std::pair(tr("Audacity label tracks"), ExportFormat::audacity),
                                       std::pair(tr("Raven selection tables"), ExportFormat::raven)})
        format_->addItem(text, static_cast<int>(format));
    explanation_->setProperty("muted", true);
    explanation_->setWordWrap(true);
    folder_->setObjectName("exportFolder");
    folder_->setMinimumWidth(90 * spaceUnit);
    regions_->setObjectName("exportRegions");
    overwrite_->setObjectName("exportOverwrite");
    export_->setObjectName("exportStart");
    export_->setProperty("primary", true);
    auto* choose = new QPushButton(tr("C&hoose…"));
    choose->setObjectName("exportBrowse");
    connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);

    auto* place = new QHBoxLayout;
    place->addWidget(folder_, 1);
    place->addWidget(choose);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(2 * spaceUnit);
    form->addRow(tr("&Format"), format_);
    form->addRow(QString(), explanation_);
    auto* folderLabel = new QLabel(tr("&Into the folder"));
    folderLabel->setBuddy(folder_);
    form->addRow(folderLabel, place);
    form->addRow(QString(), regions_);
    form->addRow(QString(), overwrite_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(export_, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * spaceUnit, 5 * spaceUnit, 5 * spaceUnit, 4 * spaceUnit);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(buttons);
    connect(format_, &QComboBox::currentIndexChanged, this, &ExportDialog::showFormat);
    connect(folder_, &QLineEdit::textChanged, this, &ExportDialog::showFormat);
    connect(overwrite_, &QCheckBox::toggled, this, &ExportDialog::showFormat);
    showFormat();
}

ExportOptions ExportDialog::options() const
{
    return {.format = static_cast<ExportFormat>(format_->currentData().toInt()),
            .out = bytesOf(folder_->text()),
            .overwrite = overwrite_->isChecked(),
            .regions = regions_->isEnabled() && regions_->isChecked()};
}

void ExportDialog::showFormat()
{
    const ExportOptions chosen = options();
    switch (chosen.format) {
    case ExportFormat::csv: explanation_->setText(tr("One row a clip, and one a region. The sound stays where it is.")); break;
    case ExportFormat::audiofolder: explanation_->setText(tr("The clips are copied or cut, a folder for each split, with metadata.csv. “datasets” loads it.")); break;
    case ExportFormat::labelStudio: explanation_->setText(tr("One tasks.json to import there.")); break;
    case ExportFormat::audacity: explanation_->setText(tr("One label track for each file.")); break;
    case ExportFormat::raven: explanation_->setText(tr("One selection table for each file.")); break;
    }
    regions_->setEnabled(chosen.format == ExportFormat::audiofolder);
    const bool exists = QFileInfo::exists(folder_->text());
    overwrite_->setEnabled(exists);
    export_->setEnabled(!folder_->text().isEmpty() && (!exists || overwrite_->isChecked()));
    export_->setToolTip(exists && !overwrite_->isChecked() ? tr("This folder exists already.") : QString());
}

void ExportDialog::browse()
{
    const QString folder = QFileDialog::getSaveFileName(this, tr("Folder to make"), folder_->text(), {}, nullptr, QFileDialog::DontConfirmOverwrite);
    if (!folder.isEmpty())
        folder_->setText(folder);
}

} // namespace earmark
