#include "ui/pages/train/base_chooser.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/models/error_text.h"
#include "ui/models/remark_text.h"
#include "ui/models/text.h"
#include "ui/pages/train/base_card.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

/// Weights, gradients and the optimiser's two moments, four bytes each.
constexpr std::int64_t trainingBytesPerParameter = 16;

QLabel* wrapped(const char* property = nullptr)
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (property)
        label->setProperty(property, true);
    return label;
}

} // namespace

BaseChooser::BaseChooser(BaseModelList& models, const std::string& chosen, QWidget* parent)
    : QDialog(parent), models_(models), chosen_(chosen), list_(new QListView), listState_(new QLabel), use_(new QPushButton(tr("Start from this")))
{
    setWindowTitle(tr("Base model"));
    setObjectName("baseChooser");
    resize(860, 520);
    list_->setObjectName("baseList");
    list_->setAccessibleName(tr("Base models"));
    list_->setModel(&models_);
    list_->setItemDelegate(new BaseCardDelegate(models_, list_));
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setUniformItemSizes(true);
    listState_->setWordWrap(true);
    listState_->setProperty("muted", true);
    auto* add = new QPushButton(tr("Add a folder…"));
    add->setObjectName("addBaseFolder");
    add->setIcon(Theme::instance().icon("folder"));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName("cancelBase");
    use_->setObjectName("useBase");
    use_->setProperty("primary", true);
    use_->setDefault(true);

    auto* left = new QVBoxLayout;
    left->setSpacing(2 * spaceUnit);
    left->addWidget(list_, 1);
    left->addWidget(listState_);
    auto* pane = new QWidget;
    buildDetails(pane);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setWidget(pane);
    area->setAccessibleName(tr("About the base model"));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(4 * spaceUnit);
    columns->addLayout(left, 3);
    columns->addWidget(area, 2);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(use_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * spaceUnit, 4 * spaceUnit, 4 * spaceUnit, 4 * spaceUnit);
    column->setSpacing(4 * spaceUnit);
    column->addLayout(columns, 1);
    column->addLayout(buttons);

    connect(add, &QPushButton::clicked, this, &BaseChooser::addFolder);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(use_, &QPushButton::clicked, this, &QDialog::accept);
    connect(list_, &QListView::doubleClicked, this, [this] {
        if (use_->isEnabled())
            accept();
    });
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &BaseChooser::showModel);
    connect(&models_, &BaseModelList::loaded, this, &BaseChooser::tellList);
    connect(&models_, &BaseModelList::folderAdded, this, [this](int row) { list_->setCurrentIndex(models_.index(row)); });
    connect(&models_, &BaseModelList::folderRefused, this, [this](const Error& error) {
        listState_->setText(errorText(error));
        listState_->show();
    });
    models_.load();
    tellList();
}

void BaseChooser::buildDetails(QWidget* pane)
{
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 2 * spaceUnit, 0);
    column->setSpacing(3 * spaceUnit);
    title_ = wrapped("heading");
    title_->setObjectName("baseTitle");
    facts_ = wrapped();
    remark_ = wrapped("muted");
    needs_ = wrapped();
    details_ = wrapped("muted");
    details_->setObjectName("baseDetails");
    for (QLabel* label : {title_, facts_, remark_, needs_, details_})
        column->addWidget(label);
    column->addStretch();
}

void BaseChooser::tellList()
{
    QStringList states;
    if (models_.isLoading())
        states << tr("Looking for models…");
    if (models_.error())
        states << errorText(*models_.error());
    bool cached = false;
    for (const BaseModel& model : models_.models())
        cached |= model.kind == BaseModel::Kind::cached;
    if (!models_.isLoading() && !cached)
        states << tr("There are no pretrained models in the local Hugging Face cache. Add the folder of one that you have downloaded: it holds config.json and the weights.");
    listState_->setText(states.join('\n'));
    listState_->setVisible(!states.isEmpty());
    if (!list_->currentIndex().isValid() && models_.rowCount() > 0)
        list_->setCurrentIndex(models_.index(std::max(0, models_.rowOf(chosen_))));
    showModel();
}

void BaseChooser::showModel()
{
    const int row = list_->currentIndex().row();
    use_->setEnabled(row >= 0 && row < models_.rowCount() && models_.models()[static_cast<std::size_t>(row)].isKnown);
    if (row < 0 || row >= models_.rowCount())
        return;
    const BaseModel& model = models_.models()[static_cast<std::size_t>(row)];
    chosen_ = model.base;
    title_->setText(baseTitle(model));
    facts_->setText(baseFacts(model));
    remark_->setText(baseRemark(model));
    needs_->setVisible(model.card.parameters > 0);
    needs_->setText(tr("Training all of it takes about %1 of memory, and more for each clip of a batch. Training only the head takes much less.")
                        .arg(bytesText(model.card.parameters * trainingBytesPerParameter)));
    details_->clear();
    if (model.kind == BaseModel::Kind::preset || !model.isKnown)
        return;
    details_->setText(tr("Reading its weights…"));
    models_.describe(model.base, this, [this, base = model.base](const Result<ModelDescription>& description) { showDescription(base, description); });
}

void BaseChooser::showDescription(const std::string& base, const Result<ModelDescription>& description)
{
    if (base != chosen_)
        return; // another card was chosen meanwhile
    if (!description) {
        details_->setText(errorText(description.error()));
        return;
    }
    QStringList lines;
    lines << tr("Folder: %1").arg(shown(base)) << tr("Loaded as %1").arg(shown(description->architecture));
    if (!description->newlyMade.empty())
        lines << tr("%n parts of the network are new and will be learnt from nothing: usually the head", nullptr, static_cast<int>(description->newlyMade.size()));
    if (!description->leftOver.empty())
        lines << tr("%n tensors of the files are not needed", nullptr, static_cast<int>(description->leftOver.size()));
    for (const Remark& remark : description->remarks)
        lines << remarkText(remark);
    details_->setText(lines.join('\n'));
}

void BaseChooser::addFolder()
{
    auto* dialog = new QFileDialog(this, tr("Choose a model folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) { models_.addFolder(QFile::encodeName(folder).toStdString()); });
    dialog->open();
}

} // namespace earmark
