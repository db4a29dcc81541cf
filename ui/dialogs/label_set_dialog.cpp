#include "ui/dialogs/label_set_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

#include "engine/dataset/palette.h"
#include "ui/dialogs/colour_menu.h"
#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

enum Column { name, key, clips };
constexpr int idRole = Qt::UserRole;
constexpr int colourRole = Qt::UserRole + 1;

} // namespace

LabelSetDialog::LabelSetDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent), workspace_(workspace), list_(new QTreeWidget), problem_(new QLabel)
{
    setObjectName("labelSetDialog");
    setWindowTitle(tr("Labels"));
    resize(130 * spaceUnit, 110 * spaceUnit);
    list_->setObjectName("labelSet");
    list_->setAccessibleName(tr("Labels"));
    list_->setHeaderLabels({tr("Name"), tr("Key"), tr("Clips")});
    list_->headerItem()->setTextAlignment(key, Qt::AlignCenter);
    list_->headerItem()->setTextAlignment(clips, Qt::AlignRight | Qt::AlignVCenter);
    list_->setRootIsDecorated(false);
    list_->setDragDropMode(QAbstractItemView::InternalMove);
    list_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    list_->setIconSize({16, 16});
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(name, QHeaderView::Stretch);
    list_->installEventFilter(this);
    problem_->setObjectName("labelSetProblem");
    problem_->setWordWrap(true);

    auto* hint = new QLabel(tr("Double-click a name or a key to change it; drag labels into another order. Keys are 1 to 9 and A to Z."));
    hint->setProperty("muted", true);
    hint->setWordWrap(true);
    auto* box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    ok_ = box->button(QDialogButtonBox::Ok);
    ok_->setObjectName("labelSetOk");
    auto* row = new QHBoxLayout;
    row->setSpacing(3 * spaceUnit);
    row->addWidget(list_, 1);
    row->addWidget(makeButtons());
    auto* column = new QVBoxLayout(this);
    column->setSpacing(3 * spaceUnit);
    column->addWidget(hint);
    column->addLayout(row, 1);
    column->addWidget(problem_);
    column->addWidget(box);

    for (const LabelClass& label : workspace_.view().labels)
        append(label);
    if (list_->topLevelItemCount() > 0)
        list_->setCurrentItem(list_->topLevelItem(0));
    connect(box, &QDialogButtonBox::accepted, this, &LabelSetDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &LabelSetDialog::reject);
    connect(list_, &QTreeWidget::itemChanged, this, &LabelSetDialog::check);
    connect(list_, &QTreeWidget::currentItemChanged, this, &LabelSetDialog::check);
    connect(list_->model(), &QAbstractItemModel::rowsInserted, this, &LabelSetDialog::check, Qt::QueuedConnection); // dragged into another order
    connect(&workspace_.project(), &ProjectSession::labelSetChanged, this, &LabelSetDialog::follow);
    connect(&workspace_.project(), &ProjectSession::rowsChanged, this, &LabelSetDialog::countClips);
    connect(&workspace_.project(), &ProjectSession::rowsReset, this, &LabelSetDialog::countClips);
    countClips();
    check();
}

QWidget* LabelSetDialog::makeButtons()
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spaceUnit);
    const auto button = [&](const QString& object, const QString& text, auto act) {
        auto* made = new QPushButton(text);
        made->setObjectName(object);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, act);
        column->addWidget(made);
        return made;
    };
    button("addLabel", tr("Add"), [this] { add(); });
    colour_ = button("labelColour", tr("Colour…"), [this] { chooseColour(); });
    merge_ = button("mergeLabel", tr("Merge into…"), [this] { merge(); });
    remove_ = button("deleteLabel", tr("Delete"), [this] { remove(); });
    column->addSpacing(3 * spaceUnit);
    up_ = button("labelUp", tr("Move up"), [this] { move(-1); });
    down_ = button("labelDown", tr("Move down"), [this] { move(1); });
    up_->setToolTip(tr("Move up (Ctrl+↑)"));
    down_->setToolTip(tr("Move down (Ctrl+↓)"));
    column->addStretch();
    return box;
}

// ---- the list ----

QTreeWidgetItem* LabelSetDialog::append(const LabelClass& label)
{
    auto* item = new QTreeWidgetItem;
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled); // none takes another into it
    item->setText(name, shown(label.name));
    item->setText(key, shown(label.key).toUpper());
    item->setTextAlignment(key, Qt::AlignCenter);
    item->setTextAlignment(clips, Qt::AlignRight | Qt::AlignVCenter);
    item->setData(name, idRole, QVariant::fromValue<qlonglong>(label.id));
    item->setData(name, colourRole, labelColour(label));
    item->setIcon(name, labelSwatch(labelColour(label)));
    item->setSizeHint(name, {0, 7 * spaceUnit});
    list_->addTopLevelItem(item);
    return item;
}

QTreeWidgetItem* LabelSetDialog::current() const { return list_->currentItem(); }

std::vector<LabelClass> LabelSetDialog::labels() const
{
    std::vector<LabelClass> result;
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        const QTreeWidgetItem& item = *list_->topLevelItem(i);
        result.push_back({.id = item.data(name, idRole).toLongLong(),
                          .name = bytesOf(item.text(name).trimmed()),
                          .colour = bytesOf(item.data(name, colourRole).value<QColor>().name()),
                          .key = bytesOf(item.text(key).trimmed().toLower())});
    }
    return result;
}

std::optional<LabelClass> LabelSetDialog::storedOf(const QTreeWidgetItem& item) const
{
    const LabelClass* label = workspace_.view().label(item.data(name, idRole).toLongLong());
    return label ? std::optional(*label) : std::nullopt;
}

void LabelSetDialog::add()
{
    std::vector<std::string> keys;
    std::set<QString> names;
    for (const LabelClass& label : labels()) {
        keys.push_back(label.key);
        names.insert(shown(label.name));
    }
    QString text = tr("New label");
    for (int number = 2; names.contains(text); ++number)
        text = tr("New label %1").arg(number);
    auto* item = append({.name = bytesOf(text), .colour = paletteColour(keys.size()), .key = nextLabelKey(keys)});
    list_->setCurrentItem(item, name);
    list_->editItem(item, name);
    check();
}

void LabelSetDialog::move(int rows)
{
    const int from = list_->indexOfTopLevelItem(current());
    const int to = from + rows;
    if (from < 0 || to < 0 || to >= list_->topLevelItemCount())
        return;
    QTreeWidgetItem* item = list_->takeTopLevelItem(from);
    list_->insertTopLevelItem(to, item);
    list_->setCurrentItem(item);
    check();
}

void LabelSetDialog::chooseColour()
{
    QTreeWidgetItem* item = current();
    if (!item)
        return;
    const QPoint below = colour_->mapToGlobal(QPoint(0, colour_->height()));
    if (const auto chosen = chooseLabelColour(below, item->data(name, colourRole).value<QColor>())) {
        item->setData(name, colourRole, *chosen);
        item->setIcon(name, labelSwatch(*chosen));
    }
}

bool LabelSetDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isControl = key->modifiers() == Qt::ControlModifier;
    if (key->key() == Qt::Key_Delete)
        remove();
    else if (isControl && key->key() == Qt::Key_Up)
        move(-1);
    else if (isControl && key->key() == Qt::Key_Down)
        move(1);
    else
        return QDialog::eventFilter(watched, event);
    return true;
}

// ---- merge and delete ----

void LabelSetDialog::merge()
{
    const auto from = current() ? storedOf(*current()) : std::nullopt;
    if (!from)
        return;
    QStringList others; // as they are called in the list
    std::vector<std::string> stored;
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        const QTreeWidgetItem& item = *list_->topLevelItem(i);
        if (const auto label = storedOf(item); label && label->id != from->id) {
            others << item.text(name).trimmed();
            stored.push_back(label->name);
        }
    }
    const int count = clips_[from->id] + clipsByRegion_[from->name];
    bool isOk = false;
    const QString into = QInputDialog::getItem(
        this, tr("Merge labels"),
        tr("%Ln clip(s) have the label “%1”. Which label do they get instead?\nIt is done at once; Undo takes it back.", nullptr, count).arg(current()->text(name).trimmed()),
        others, 0, false, &isOk);
    if (const auto place = others.indexOf(into); isOk && place >= 0)
        workspace_.project().mergeLabels(from->name, stored[static_cast<std::size_t>(place)]);
}

void LabelSetDialog::remove()
{
    QTreeWidgetItem* item = current();
    if (!item)
        return;
    const auto label = storedOf(*item);
    const int count = label ? clips_[label->id] + clipsByRegion_[label->name] : 0;
    if (count > 0) {
        QMessageBox question(QMessageBox::Question, tr("Delete a label"),
                             tr("%Ln clip(s) have the label “%1” and would lose it.", nullptr, count).arg(shown(label->name)), QMessageBox::Cancel, this);
        question.setObjectName("deleteUsedLabel");
        question.setInformativeText(tr("Merging it into another label would keep what was said of them."));
        QPushButton* yes = question.addButton(tr("Delete label"), QMessageBox::DestructiveRole);
        yes->setObjectName("deleteUsedLabelYes");
        question.exec();
        if (question.clickedButton() != yes)
            return;
        removeFromClips(*label);
    }
    delete item;
    check();
}

/// The label goes from clips and regions here, from the label set when the dialog is accepted or, where it is not, no more: then it is only unused.
void LabelSetDialog::removeFromClips(const LabelClass& label)
{
    workspace_.project().edit([name = label.name](Project& project) -> Result<Touched> {
        std::vector<ClipId> having;
        std::vector<std::pair<std::int64_t, NewRegion>> regions;
        std::vector<ClipId> touched;
        EARMARK_TRY_VOID(project.forEachClip([&](const Clip& clip) {
            const bool has = std::ranges::find(clip.labels, name, &ClipLabel::label) != clip.labels.end();
            if (has)
                having.push_back(clip.id);
            const std::size_t before = regions.size();
            for (const Region& region : clip.regions)
                if (std::ranges::find(region.labels, name) != region.labels.end()) {
                    NewRegion without{.start = region.start, .end = region.end, .low = region.low, .high = region.high, .labels = region.labels};
                    std::erase(without.labels, name);
                    regions.emplace_back(region.id, std::move(without));
                }
            if (has || regions.size() > before)
                touched.push_back(clip.id);
            return true;
        }));
        EARMARK_TRY_VOID(project.together("Take a label off " + std::to_string(touched.size()) + " clips", [&]() -> Result<void> {
            for (const auto& [id, region] : regions)
                EARMARK_TRY_VOID(project.changeRegion(id, region));
            return having.empty() ? Result<void>() : project.removeLabel(having, name);
        }));
        return Touched{.clips = std::move(touched)};
    });
}

void LabelSetDialog::follow()
{
    for (int i = list_->topLevelItemCount(); i-- > 0;) {
        QTreeWidgetItem* item = list_->topLevelItem(i);
        if (item->data(name, idRole).toLongLong() != 0 && !storedOf(*item))
            delete item;
    }
    countClips();
    check();
}

// ---- what is said of them ----

void LabelSetDialog::countClips()
{
    clips_.clear();
    std::vector<ClipId> withRegions;
    for (const ClipRow& row : workspace_.view().rows) {
        for (const std::int64_t label : row.labels)
            ++clips_[label];
        if (row.regions > 0)
            withRegions.push_back(row.id);
    }
    showCounts();
    if (withRegions.empty()) {
        clipsByRegion_.clear();
        return;
    }
    workspace_.project().ask(
        this,
        [withRegions](Project& project) {
            std::map<std::string, int> counts;
            if (const auto clips = project.clips(withRegions))
                for (const Clip& clip : *clips) {
                    std::set<std::string> here;
                    for (const Region& region : clip.regions)
                        here.insert(region.labels.begin(), region.labels.end());
                    for (const ClipLabel& label : clip.labels)
                        here.erase(label.label);
                    for (const std::string& label : here)
                        ++counts[label];
                }
            return counts;
        },
        [this](std::map<std::string, int> counts) {
            clipsByRegion_ = std::move(counts);
            showCounts();
        });
}

void LabelSetDialog::showCounts()
{
    const QSignalBlocker quiet(list_);
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = list_->topLevelItem(i);
        const auto label = storedOf(*item);
        const int count = label ? clips_[label->id] + clipsByRegion_[label->name] : 0;
        item->setText(clips, locale().toString(count));
    }
    list_->viewport()->update();
}

/// Names and keys are there once each; what is wrong is said at once and in its cell.
void LabelSetDialog::check()
{
    const QSignalBlocker quiet(list_);
    QString problem;
    std::set<std::string> names, keys;
    const auto all = labels();
    for (std::size_t i = 0; i < all.size(); ++i) {
        QTreeWidgetItem* item = list_->topLevelItem(static_cast<int>(i));
        const LabelClass& label = all[i];
        const bool nameIsBad = label.name.empty() || !names.insert(label.name).second;
        const bool keyIsBad = !label.key.empty() && (!isLabelKey(label.key) || !keys.insert(label.key).second);
        item->setForeground(name, nameIsBad ? QBrush(Theme::instance().bad()) : QBrush());
        item->setForeground(key, keyIsBad ? QBrush(Theme::instance().bad()) : QBrush());
        if (problem.isEmpty() && nameIsBad)
            problem = label.name.empty() ? tr("A label needs a name.") : tr("The name “%1” is there twice.").arg(shown(label.name));
        else if (problem.isEmpty() && keyIsBad)
            problem = isLabelKey(label.key) ? tr("The key %1 belongs to two labels.").arg(shown(label.key).toUpper())
                                            : tr("“%1” cannot be a key: take one of 1 to 9 or A to Z, or none.").arg(shown(label.key));
    }
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    problem_->setStyleSheet(QString("color: %1").arg(Theme::instance().bad().name()));
    QTreeWidgetItem* item = current();
    const bool isStored = item && storedOf(*item);
    const int place = item ? list_->indexOfTopLevelItem(item) : -1;
    colour_->setEnabled(item);
    merge_->setEnabled(isStored && workspace_.view().labels.size() > 1);
    remove_->setEnabled(item);
    up_->setEnabled(place > 0);
    down_->setEnabled(place >= 0 && place + 1 < list_->topLevelItemCount());
    ok_->setEnabled(problem.isEmpty() && workspace_.project().isWritable());
}

void LabelSetDialog::accept()
{
    check();
    if (!ok_->isEnabled())
        return;
    const auto all = labels();
    const auto& stored = workspace_.view().labels;
    const bool isSame = std::ranges::equal(all, stored, [](const LabelClass& a, const LabelClass& b) {
        return a.id == b.id && a.name == b.name && a.key == b.key && QColor(shown(a.colour)) == QColor(shown(b.colour));
    });
    if (!isSame)
        workspace_.project().setLabelSet(all);
    QDialog::accept();
}

} // namespace earmark
