#include "ui/pages/train/data_choice.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/dialogs/split_dialog.h"
#include "ui/models/clip_table_model.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wheel_guard.h"

namespace earmark
{

namespace
{

std::string chosenIn(const QComboBox* box) { return box->currentData().toByteArray().toStdString(); }

} // namespace

DataChoice::DataChoice(Workspace& workspace, QWidget* parent)
    : QWidget(parent), workspace_(workspace), train_(new QComboBox), validation_(new QComboBox), test_(new QComboBox),
      clips_(new QRadioButton(tr("Whole clips"))), regions_(new QRadioButton(tr("Labelled regions"))), choices_(new QWidget), missing_(new QWidget),
      sizes_(new QLabel)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * spaceUnit);
    auto* form = new QFormLayout(choices_);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(2 * spaceUnit);
    form->setHorizontalSpacing(2 * spaceUnit);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    train_->setObjectName("trainSplit");
    validation_->setObjectName("validationSplit");
    test_->setObjectName("testSplit");
    train_->setToolTip(tr("The model learns from these"));
    validation_->setToolTip(tr("Watched while it learns, to keep the best model"));
    test_->setToolTip(tr("Never seen while it learns: the final accuracy is of these"));
    form->addRow(tr("Learn from"), train_);
    form->addRow(tr("Watch"), validation_);
    form->addRow(tr("Test on"), test_);
    for (QComboBox* box : {train_, validation_, test_})
        form->labelForField(box)->setMinimumHeight(box->sizeHint().height()); // in the middle of its row
    for (QComboBox* box : {train_, validation_, test_}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        WheelGuard::protect(*box);
        box->setMinimumContentsLength(8);
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            if (!filling_)
                count();
        });
    }
    auto* kinds = new QHBoxLayout;
    clips_->setObjectName("learnClips");
    regions_->setObjectName("learnRegions");
    clips_->setChecked(true);
    regions_->setToolTip(tr("Each region that was marked on the Label page is a clip of its own"));
    kinds->setSpacing(4 * spaceUnit);
    kinds->addWidget(clips_);
    kinds->addWidget(regions_);
    kinds->addStretch();
    form->addRow(kinds);
    sizes_->setProperty("muted", true);
    sizes_->setWordWrap(true);
    sizes_->setObjectName("trainable");
    form->addRow(sizes_);
    connect(regions_, &QRadioButton::toggled, this, &DataChoice::count);

    auto* missing = new QVBoxLayout(missing_);
    missing->setContentsMargins(0, 0, 0, 0);
    missingText_ = new QLabel;
    missingText_->setWordWrap(true);
    divide_ = new QPushButton;
    divide_->setObjectName("divideFirst");
    missing->addWidget(missingText_);
    missing->addWidget(divide_, 0, Qt::AlignLeft);
    connect(divide_, &QPushButton::clicked, this, &DataChoice::askDivide);
    column->addWidget(choices_);
    column->addWidget(missing_);
    connect(&workspace.project(), &ProjectSession::splitsChanged, this, &DataChoice::renew);
    connect(&workspace.project(), &ProjectSession::rowsReset, this, &DataChoice::renew);
    connect(&workspace.project(), &ProjectSession::closed, this, &DataChoice::renew);
    connect(&workspace.project(), &ProjectSession::loadingChanged, this, [this](bool loading) {
        if (!loading)
            renew();
    });
    renew();
}

std::string DataChoice::trainSplit() const { return chosenIn(train_); }
std::string DataChoice::validationSplit() const { return chosenIn(validation_); }
std::string DataChoice::testSplit() const { return chosenIn(test_); }
bool DataChoice::regions() const { return regions_->isChecked(); }

void DataChoice::setLearnsNumbers(bool numbers)
{
    if (numbers == learnsNumbers_)
        return;
    learnsNumbers_ = numbers;
    if (numbers)
        clips_->setChecked(true);
    regions_->setEnabled(!numbers);
    count();
}

/// Keeps what was chosen, else takes the usual name, else none.
void DataChoice::fillBox(QComboBox* box, const std::string& usual, bool canBeNone)
{
    const QVariant before = box->currentData();
    box->clear();
    if (canBeNone)
        box->addItem(tr("None"), QByteArray());
    for (const SplitSize& split : workspace_.view().splits)
        box->addItem(tr("%1 (%Ln clips)", nullptr, static_cast<int>(split.clips)).arg(ClipTableModel::splitText(split.name)), QByteArray::fromStdString(split.name));
    int row = before.isValid() && !before.toByteArray().isEmpty() ? box->findData(before) : -1;
    if (row < 0)
        row = box->findData(QByteArray::fromStdString(usual));
    box->setCurrentIndex(std::max(0, row));
}

void DataChoice::renew()
{
    filling_ = true;
    fillBox(train_, "train", false);
    fillBox(validation_, "validation", true);
    fillBox(test_, "test", true);
    filling_ = false;
    hasSplit_ = !workspace_.view().splits.empty();
    choices_->setVisible(hasSplit_);
    missing_->setVisible(!hasSplit_);
    showMissing();
    count();
}

/// What must be done before anything can be learnt.
void DataChoice::showMissing()
{
    const bool hasClips = !workspace_.view().rows.empty();
    missingText_->setText(hasClips ? tr("A model is tested on clips that it has not learnt from, so the clips must be divided first.")
                                   : tr("There are no clips to learn from yet."));
    divide_->setText(hasClips ? tr("Divide the clips…") : tr("Go to Data"));
    divide_->setIcon(Theme::instance().icon(hasClips ? "split" : "data"));
}

void DataChoice::askDivide()
{
    if (workspace_.view().rows.empty())
        return workspace_.showPage(Workspace::PageId::data);
    auto* dialog = new SplitDialog(workspace_, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void DataChoice::count()
{
    const ProjectView& view = workspace_.view();
    const std::string train = trainSplit();
    std::int64_t labelled = 0, regions = 0, all = 0;
    for (const ClipRow& row : view.rows) {
        if (row.split < 0 || view.splits[static_cast<std::size_t>(row.split)].name != train || row.state == ClipState::excluded)
            continue;
        ++all;
        labelled += (learnsNumbers_ ? row.hasNumber : !row.labels.empty()) ? 1 : 0;
        regions += row.regions;
    }
    trainable_ = this->regions() ? regions : labelled;
    if (this->regions())
        sizes_->setText(tr("%Ln regions to learn from", nullptr, static_cast<int>(regions)));
    else if (labelled < all && learnsNumbers_)
        sizes_->setText(tr("%Ln clips to learn from; those without a number are left out", nullptr, static_cast<int>(labelled)));
    else if (labelled < all)
        sizes_->setText(tr("%Ln clips to learn from; those without a label are left out", nullptr, static_cast<int>(labelled)));
    else
        sizes_->setText(tr("%Ln clips to learn from", nullptr, static_cast<int>(labelled)));
    Q_EMIT changed();
}

} // namespace earmark
