#include "ui/dialogs/split_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStyle>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_map>

#include "ui/models/clip_table_model.h"
#include "ui/models/error_text.h"
#include "ui/models/text.h"
#include "ui/widgets/split_bar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/warning_card.h"

namespace earmark
{

namespace
{

constexpr std::array partNames = {"train", "validation", "test"};

QString counted(std::size_t count) { return QLocale().toString(static_cast<qlonglong>(count)); }

} // namespace

SplitDialog::SplitDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent), workspace_(workspace), bar_(new SplitBar), group_(new QComboBox), stratify_(new QCheckBox(tr("Keep each &label's share the same in every split"))),
      seed_(new QSpinBox), method_(new QComboBox), leak_(new WarningCard("splitLeak", tr("Keep recordings together"))), said_(new QLabel), notes_(new QLabel),
      table_(new QTreeWidget), divide_(new QPushButton(tr("Divide")))
{
    setObjectName("splitDialog");
    setWindowTitle(tr("Divide the clips"));
    setMinimumSize(130 * spaceUnit, 144 * spaceUnit); // with all of it shown
    resize(150 * spaceUnit, 160 * spaceUnit);
    auto* why = new QLabel(tr("A model learns from the training clips. The validation clips choose its best state meanwhile, and the test clips, which it has never heard, "
                              "tell how good it is."));
    why->setProperty("muted", true);
    why->setWordWrap(true);
    auto* form = new QFormLayout;
    makeForm(*form);
    addAdvanced(*form);
    makeTable();
    for (QLabel* label : {said_, notes_}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    said_->setObjectName("splitSaid");
    notes_->setObjectName("splitNotes");
    notes_->setProperty("muted", true);
    divide_->setObjectName("splitDivide");
    divide_->setProperty("primary", true);
    divide_->setEnabled(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(divide_, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    bar_->setObjectName("splitBar");
    bar_->setToolTip(tr("Pull the borders to change the sizes"));
    connect(bar_, &SplitBar::pulled, this, [this](const SplitShares& shares) {
        shares_ = shares;
        takeShares();
        plan();
    });
    connect(leak_, &WarningCard::remedyAsked, this, &SplitDialog::keepRecordings);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * spaceUnit, 5 * spaceUnit, 5 * spaceUnit, 4 * spaceUnit);
    column->setSpacing(3 * spaceUnit);
    column->addWidget(why);
    column->addWidget(bar_);
    column->addLayout(makeShares());
    column->addLayout(form);
    column->addWidget(leak_);
    column->addWidget(said_);
    column->addWidget(table_, 1);
    column->addWidget(notes_);
    column->addWidget(buttons);
    takeShares();
    read();
}

// ---- the choices --------------------------------------------------------------------------------------------------------

QLayout* SplitDialog::makeShares()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(3 * spaceUnit);
    const std::array texts = {tr("&Train"), tr("&Validation"), tr("T&est")};
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
        auto* box = sizes_[i] = new QSpinBox;
        box->setObjectName(QString("splitSize:") + partNames[i]);
        box->setRange(i == SplitShares::train ? 1 : 0, i == SplitShares::train ? 100 : 99);
        box->setSuffix(tr(" %", "after a number"));
        auto* label = new QLabel(texts[i]);
        label->setBuddy(box);
        auto* column = new QVBoxLayout;
        column->setSpacing(spaceUnit);
        column->addWidget(label);
        column->addWidget(box);
        row->addLayout(column, 1);
        connect(box, &QSpinBox::valueChanged, this, [this, i](int percent) { setShares(static_cast<SplitShares::Part>(i), percent); });
    }
    return row;
}

void SplitDialog::makeForm(QFormLayout& form)
{
    form.setVerticalSpacing(2 * spaceUnit);
    form.setHorizontalSpacing(3 * spaceUnit);
    form.setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    group_->setObjectName("splitGroup");
    group_->setToolTip(tr("Clips that are kept together are all on one side, so that a model is never tested on what it has learned from"));
    fillGroups();
    form.addRow(tr("&Keep together"), group_);
    stratify_->setObjectName("splitStratify");
    stratify_->setToolTip(tr("Rare labels are then found in each split too (in scikit-learn: stratify)"));
    stratify_->setChecked(true);
    form.addRow(QString(), stratify_);
    connect(group_, &QComboBox::activated, this, &SplitDialog::plan);
    connect(stratify_, &QCheckBox::toggled, this, &SplitDialog::plan);
}

void SplitDialog::fillGroups()
{
    const ProjectView& view = workspace_.view();
    group_->addItem(tr("Clips of one recording"), "recording");
    group_->setItemData(0, tr("Clips of one group, and clips cut from one file where they have none"), Qt::ToolTipRole);
    if (std::ranges::any_of(view.rows, [](const ClipRow& row) { return !row.group.empty(); }))
        group_->addItem(tr("Clips of one group"), "group");
    group_->addItem(tr("Clips of one file"), "file");
    group_->addItem(tr("Clips of one folder"), "folder");
    for (const std::string& column : view.columns)
        if (group_->findData(QByteArray::fromStdString(column)) < 0)
            group_->addItem(tr("Clips with the same “%1”", "a column").arg(shown(column)), QByteArray::fromStdString(column));
    group_->addItem(tr("Nothing"), QByteArray());
}

void SplitDialog::addAdvanced(QFormLayout& form)
{
    seed_->setObjectName("splitSeed");
    seed_->setRange(0, std::numeric_limits<int>::max());
    seed_->setValue(42);
    seed_->setToolTip(tr("Where chance begins: the same seed gives the same division again (seed)"));
    method_->setObjectName("splitMethod");
    method_->addItem(tr("Earmark's own"), static_cast<int>(SplitMethod::earmark));
    method_->addItem(tr("The rows of Hugging Face datasets"), static_cast<int>(SplitMethod::datasets));
    method_->setToolTip(tr("train_test_split(test_size, seed) of the datasets library, the same clips in the same order; validation by a second call on what is left. "
                           "It keeps nothing together."));
    auto* more = new QPushButton(Theme::instance().icon("chevron_right"), tr("Advanced"));
    more->setObjectName("splitAdvanced");
    more->setProperty("plain", true);
    more->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    form.addRow(QString(), more);
    form.addRow(tr("&Seed"), seed_);
    form.addRow(tr("&Method"), method_);
    for (QWidget* field : std::initializer_list<QWidget*>{seed_, method_})
        form.setRowVisible(field, false);
    connect(more, &QPushButton::clicked, this, [this, more, &form] {
        for (QWidget* field : std::initializer_list<QWidget*>{seed_, method_})
            form.setRowVisible(field, true);
        form.setRowVisible(more, false);
        seed_->setFocus();
    });
    connect(seed_, &QSpinBox::valueChanged, this, &SplitDialog::plan);
    connect(method_, &QComboBox::activated, this, &SplitDialog::plan);
}

void SplitDialog::makeTable()
{
    table_->setObjectName("splitPreview");
    table_->setAccessibleName(tr("Clips in each split"));
    table_->setHeaderLabels({tr("Label"), ClipTableModel::splitText("train"), ClipTableModel::splitText("validation"), ClipTableModel::splitText("test")});
    table_->setRootIsDecorated(false);
    table_->setUniformRowHeights(true);
    table_->setSelectionMode(QAbstractItemView::NoSelection);
    table_->header()->setStretchLastSection(false);
    table_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int i = 1; i <= 3; ++i) {
        table_->headerItem()->setTextAlignment(i, Qt::AlignRight | Qt::AlignVCenter);
        table_->header()->resizeSection(i, 28 * spaceUnit);
    }
}

SplitOptions SplitDialog::options() const
{
    const auto method = static_cast<SplitMethod>(method_->currentData().toInt());
    const bool isOwn = method == SplitMethod::earmark;
    const double validation = shares_.percent[SplitShares::validation], test = shares_.percent[SplitShares::test];
    return {.validation = validation / (isOwn ? 100 : 100 - test), // the second call takes its part of what the first has left
            .test = test / 100,
            .seed = static_cast<std::uint64_t>(seed_->value()),
            .stratify = isOwn && stratify_->isChecked(),
            .group = isOwn ? group_->currentData().toByteArray().toStdString() : std::string(),
            .method = method};
}

void SplitDialog::setShares(SplitShares::Part part, int percent)
{
    shares_.set(part, percent);
    takeShares();
    plan();
}

void SplitDialog::takeShares()
{
    bar_->setShares(shares_);
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
        const QSignalBlocker quiet(sizes_[i]);
        sizes_[i]->setValue(shares_.percent[i]);
    }
}

void SplitDialog::keepRecordings()
{
    group_->setCurrentIndex(group_->findData("recording"));
    method_->setCurrentIndex(method_->findData(static_cast<int>(SplitMethod::earmark)));
    plan();
    divide_->setFocus(); // the button that was pressed goes away
}

// ---- what would come of them --------------------------------------------------------------------------------------------

void SplitDialog::read()
{
    say(tr("Reading the clips…"), "muted");
    job_.ask(
        [path = workspace_.project().path()](const std::stop_token&) -> Result<SplitClips> {
            EARMARK_TRY(const Project project, Project::open(path, Access::read));
            return SplitClips::read(project);
        },
        [this](Result<SplitClips> clips) {
            if (!clips)
                return showError(errorText(clips.error()));
            clips_ = std::make_shared<const SplitClips>(std::move(*clips));
            plan();
        });
}

void SplitDialog::plan()
{
    const bool isOwn = method_->currentData().toInt() == static_cast<int>(SplitMethod::earmark);
    group_->setEnabled(isOwn);
    stratify_->setEnabled(isOwn);
    if (!clips_)
        return;
    if (shares_.percent[SplitShares::train] == 100) {
        job_.cancel();
        return showError(tr("Give some of the clips to validation or test."));
    }
    job_.ask([clips = clips_, options = options()](const std::stop_token&) { return planSplit(*clips, options); },
             [this](const Result<SplitPlan>& plan) { showPlan(plan); });
}

void SplitDialog::showPlan(const Result<SplitPlan>& plan)
{
    if (!plan)
        return showError(errorText(plan.error()));
    divide_->setEnabled(workspace_.project().isWritable());
    const std::size_t shared = plan->parts[SplitShares::validation].shared + plan->parts[SplitShares::test].shared;
    leak_->say(shared == 0 ? QString()
                           : tr("%Ln clip(s) for validation or test come from recordings that are also trained on. The model would look better than it is.", nullptr,
                                static_cast<int>(shared)));
    if (shared == 0)
        say(tr("Going by groups and files, no recording is on both sides."), "good");
    said_->setVisible(shared == 0);
    QStringList notes;
    if (plan->withoutGroup > 0)
        notes << tr("%Ln clip(s) have nothing to be kept together by; each stands alone.", nullptr, static_cast<int>(plan->withoutGroup));
    if (clips_->excluded > 0)
        notes << tr("%Ln excluded clip(s) are left out.", nullptr, static_cast<int>(clips_->excluded));
    if (!workspace_.view().columns.empty() && std::ranges::find(workspace_.view().columns, options().group) == workspace_.view().columns.end())
        notes << tr("Where a column says which recording or speaker a clip is from, keep together by that column.");
    notes_->setText(notes.join(' '));
    notes_->setVisible(!notes.isEmpty());
    showTable(*plan);
}

void SplitDialog::showError(const QString& sentence)
{
    divide_->setEnabled(false);
    leak_->say({});
    notes_->hide();
    table_->clear();
    said_->show();
    say(sentence, "bad");
}

/// A row for all clips, one for each label in the label set's order, and one for those without a label.
void SplitDialog::showTable(const SplitPlan& plan)
{
    std::unordered_map<std::string_view, std::size_t> numbers;
    for (std::size_t i = 0; i < clips_->labels.size(); ++i)
        numbers.emplace(clips_->labels[i], i);
    std::vector<std::size_t> order;
    for (const LabelClass& label : workspace_.view().labels)
        if (const auto number = numbers.find(label.name); number != numbers.end())
            order.push_back(number->second);

    QList<QTreeWidgetItem*> items;
    const auto addRow = [&](const QString& name, auto countOf) {
        auto* item = items.emplace_back(new QTreeWidgetItem({name}));
        for (std::size_t part = 0; part < plan.parts.size(); ++part) {
            const int place = static_cast<int>(part) + 1;
            const std::size_t count = countOf(part);
            item->setText(place, counted(count));
            item->setTextAlignment(place, Qt::AlignRight | Qt::AlignVCenter);
            if (count == 0) {
                item->setForeground(place, Theme::instance().warning());
                item->setToolTip(place, tr("No clip with this label is in this split"));
            }
        }
        return item;
    };
    auto* all = addRow(tr("All clips"), [&](std::size_t part) { return plan.splits[part].members.size(); });
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    std::size_t total = 0;
    for (const Split& split : plan.splits)
        total += split.members.size();
    for (int i = 0; i <= 3; ++i)
        all->setFont(i, bold);
    for (std::size_t part = 0; part < plan.splits.size(); ++part) {
        const std::size_t count = plan.splits[part].members.size();
        all->setText(static_cast<int>(part) + 1, tr("%1 (%2)", "clips and their share").arg(counted(count), percentText(static_cast<double>(count) / static_cast<double>(total))));
    }
    for (const std::size_t label : order)
        addRow(shown(clips_->labels[label]), [&](std::size_t part) { return plan.parts[part].labels[label]; });
    if (std::ranges::any_of(plan.parts, [](const SplitPlan::Part& part) { return part.unlabelled > 0; })) {
        auto* none = addRow(tr("Without a label"), [&](std::size_t part) { return plan.parts[part].unlabelled; });
        none->setForeground(0, Theme::instance().muted());
    }
    const int top = table_->indexAt({0, 0}).row();
    table_->clear();
    table_->addTopLevelItems(items);
    for (std::size_t part = 0; part < plan.parts.size(); ++part)
        table_->setColumnHidden(static_cast<int>(part) + 1, plan.splits[part].members.empty());
    if (top > 0 && top < items.size())
        table_->scrollToItem(items[top], QAbstractItemView::PositionAtTop);
}

void SplitDialog::say(const QString& sentence, const char* manner)
{
    for (const char* known : {"bad", "good", "muted"})
        said_->setProperty(known, std::string_view(known) == manner);
    said_->style()->unpolish(said_); // the style sheet looks at the properties again
    said_->style()->polish(said_);
    said_->setText(sentence);
}

void SplitDialog::accept()
{
    workspace_.project().split(options());
    QDialog::accept();
}

} // namespace earmark
