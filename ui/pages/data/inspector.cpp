#include "ui/pages/data/inspector.h"

#include <QCompleter>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStringListModel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

#include "ui/models/clip_filter.h"
#include "ui/models/clip_table_model.h"
#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/text_field.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr std::size_t mostLabels = 12;     ///< rows of labels
constexpr std::size_t mostClips = 20'000;  ///< of more, what they share is not worked out

QLabel* headingFor(QVBoxLayout& column, const QString& text)
{
    auto* heading = new QLabel(text);
    heading->setProperty("muted", true);
    column.addSpacing(2 * spaceUnit);
    column.addWidget(heading);
    return heading;
}

QPixmap dotOf(const QColor& colour, qreal dpr)
{
    QPixmap dot(QSize(10, 10) * dpr);
    dot.setDevicePixelRatio(dpr);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRect(0, 0, 10, 10), 3, 3);
    return dot;
}

void clear(QVBoxLayout& layout)
{
    while (QLayoutItem* item = layout.takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

/// What all rows have; nothing where they differ.
template <class Of> auto shared(const std::vector<const ClipRow*>& rows, Of of) -> std::optional<std::decay_t<decltype(of(*rows.front()))>>
{
    if (rows.empty() || !std::ranges::all_of(rows, [&](const ClipRow* row) { return of(*row) == of(*rows.front()); }))
        return std::nullopt;
    return of(*rows.front());
}

} // namespace

Inspector::Inspector(Workspace& workspace, QWidget* parent) : QWidget(parent), workspace_(workspace), details_(workspace), content_(new QWidget)
{
    setObjectName("inspector");
    setFixedWidth(64 * spaceUnit);
    auto* column = new QVBoxLayout(content_);
    column->setContentsMargins(4 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit);
    column->setSpacing(spaceUnit);
    makeHead(*column);
    makeLabels(*column);
    makeStates(*column);
    makeTexts(*column);
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content_);
    content_->setAutoFillBackground(false); // the card is seen
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* card = new QFrame;
    card->setProperty("card", true);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(scroll);
    scroll_ = scroll;
    empty_ = new QLabel(tr("Choose a clip to see its labels and its note, or several to change them together."));
    empty_->setObjectName("inspectorEmpty");
    empty_->setProperty("muted", true);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setMargin(4 * spaceUnit);
    inside->addWidget(empty_);
    auto* outside = new QVBoxLayout(this);
    outside->setContentsMargins(0, 0, 0, 0);
    outside->addWidget(card);

    ProjectSession& project = workspace.project();
    connect(&project, &ProjectSession::rowsChanged, this, &Inspector::refresh);
    connect(&project, &ProjectSession::rowsReset, this, &Inspector::refresh);
    connect(&project, &ProjectSession::labelSetChanged, this, &Inspector::refresh);
    connect(&project, &ProjectSession::shownRunChanged, this, &Inspector::refresh);
    connect(&project, &ProjectSession::opened, this, &Inspector::refresh);
    connect(&project, &ProjectSession::stepping, note_, &TextField::keep);
    connect(&details_, &ClipDetails::left, note_, &TextField::keep);
    connect(&details_, &ClipDetails::changed, this, &Inspector::showDetails);
    refresh();
}

void Inspector::makeHead(QVBoxLayout& column)
{
    title_ = new QLabel;
    title_->setObjectName("inspectorTitle");
    title_->setTextFormat(Qt::PlainText);
    title_->setProperty("heading", true);
    title_->setWordWrap(true);
    facts_ = new QLabel;
    facts_->setObjectName("inspectorFacts");
    facts_->setTextFormat(Qt::PlainText);
    facts_->setProperty("muted", true);
    facts_->setWordWrap(true);
    prediction_ = new QLabel;
    prediction_->setObjectName("inspectorPrediction");
    prediction_->setTextFormat(Qt::PlainText);
    prediction_->setWordWrap(true);
    column.addWidget(title_);
    column.addWidget(facts_);
    column.addWidget(prediction_);
}

void Inspector::makeLabels(QVBoxLayout& column)
{
    headingFor(column, tr("Labels"));
    labels_ = new QWidget;
    labelRows_ = new QVBoxLayout(labels_);
    labelRows_->setContentsMargins(0, 0, 0, 0);
    labelRows_->setSpacing(0);
    newLabel_ = new QLineEdit;
    newLabel_->setObjectName("inspectorNewLabel");
    newLabel_->setAccessibleName(tr("Add a label"));
    newLabel_->setPlaceholderText(tr("Add a label"));
    connect(newLabel_, &QLineEdit::returnPressed, this, &Inspector::addLabel);
    auto* completer = new QCompleter(new QStringListModel(newLabel_), newLabel_);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    newLabel_->setCompleter(completer);
    column.addWidget(labels_);
    column.addWidget(newLabel_);
}

void Inspector::makeStates(QVBoxLayout& column)
{
    headingFor(column, tr("State"));
    auto* row = new QHBoxLayout;
    row->setSpacing(spaceUnit);
    const auto add = [&](ClipState state, const char* name, const QString& text, const QString& tip) {
        auto* button = new QPushButton(text);
        button->setObjectName(name);
        button->setToolTip(tip);
        button->setCheckable(true);
        connect(button, &QPushButton::clicked, this, [this, state](bool on) { chooseState(state, on); });
        states_.emplace_back(state, button);
        row->addWidget(button, 1);
    };
    add(ClipState::skip, "inspectorSkip", tr("Skip"), tr("To be passed over when labelling"));
    add(ClipState::unsure, "inspectorUnsure", tr("Unsure"), tr("To be looked at again"));
    add(ClipState::excluded, "inspectorExclude", tr("Exclude"), tr("Used neither for training nor for testing"));
    column.addLayout(row);
}

void Inspector::makeTexts(QVBoxLayout& column)
{
    QLabel* groupHeading = headingFor(column, tr("Group"));
    group_ = new QLineEdit;
    group_->setObjectName("inspectorGroup");
    group_->setToolTip(tr("What must stay on one side of a split: a recording, a speaker"));
    groupHeading->setBuddy(group_);
    connect(group_, &QLineEdit::editingFinished, this, &Inspector::keepGroup);
    column.addWidget(group_);
    noteHeading_ = headingFor(column, tr("Note"));
    note_ = new TextField;
    note_->setObjectName("inspectorNote");
    noteHeading_->setBuddy(note_);
    connect(note_, &TextField::kept, this, [this](ClipId clip, const QString& text) {
        workspace_.project().setNote(clip, text.isEmpty() ? std::nullopt : std::optional(bytesOf(text)));
    });
    column.addWidget(note_);
    columns_ = new QLabel;
    columns_->setObjectName("inspectorColumns");
    columns_->setTextFormat(Qt::PlainText);
    columns_->setProperty("muted", true);
    columns_->setWordWrap(true);
    columns_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column.addSpacing(2 * spaceUnit);
    column.addWidget(columns_);
}

// ---- what is shown ------------------------------------------------------------------------------------------------------

void Inspector::showClips(std::vector<ClipId> clips)
{
    if (clips == clips_)
        return;
    keepGroup();
    clips_ = std::move(clips);
    refresh();
}

std::vector<const ClipRow*> Inspector::rows() const
{
    std::vector<const ClipRow*> found;
    const ProjectView& view = workspace_.view();
    for (std::size_t i = 0; i < std::min(clips_.size(), mostClips); ++i)
        if (const auto place = view.rowOf(clips_[i]))
            found.push_back(&view.rows[*place]);
    return found;
}

void Inspector::refresh()
{
    const auto those = rows();
    scroll_->setVisible(!those.empty());
    empty_->setVisible(those.empty());
    if (those.empty())
        return;
    showFacts(those);
    showPrediction(those);
    showLabels(those);
    showRest(those);
    showDetails();
}

void Inspector::showFacts(const std::vector<const ClipRow*>& rows)
{
    if (rows.size() > 1) {
        double seconds = 0;
        for (const ClipRow* row : rows)
            seconds += row->duration;
        title_->setText(tr("%Ln clip(s)", nullptr, static_cast<int>(clips_.size())));
        facts_->setText(clips_.size() > rows.size() ? QString() : durationText(seconds));
        title_->setToolTip({});
        return;
    }
    const ClipRow& row = *rows.front();
    QString name = fileName(row.name);
    title_->setText(name.replace('_', QStringLiteral("_\u200b")).replace('-', QStringLiteral("-\u200b"))); // it may break there
    title_->setToolTip(shown(row.name));
    const QString channels = row.channels == 1 ? tr("mono") : row.channels == 2 ? tr("stereo") : tr("%Ln channels", nullptr, row.channels);
    facts_->setText(tr("%1 · %2 kHz · %3", "length, sample rate, channels").arg(durationText(row.duration), QLocale().toString(row.sampleRate / 1000.0, 'g', 4), channels));
}

void Inspector::showPrediction(const std::vector<const ClipRow*>& rows)
{
    const ProjectView& view = workspace_.view();
    const ClipRow& row = *rows.front();
    const bool isThere = rows.size() == 1 && row.prediction >= 0 && static_cast<std::size_t>(row.prediction) < view.predictionLabels.size();
    prediction_->setVisible(isThere);
    if (!isThere)
        return;
    prediction_->setText(tr("Predicted: %1 (%2)", "label, how sure it is").arg(shown(view.predictionLabels[static_cast<std::size_t>(row.prediction)]), percentText(row.confidence)));
    prediction_->setProperty("bad", contradicts(view, row).value_or(false));
    prediction_->style()->unpolish(prediction_); // the style sheet looks at the property again
    prediction_->style()->polish(prediction_);
}

void Inspector::showLabels(const std::vector<const ClipRow*>& rows)
{
    std::map<std::int64_t, std::size_t> counts;
    for (const ClipRow* row : rows)
        for (const std::int64_t label : row->labels)
            ++counts[label];
    clear(*labelRows_);
    std::size_t made = 0;
    for (const LabelClass& label : workspace_.view().labels) {
        const auto count = counts.find(label.id);
        if (count == counts.end() || made++ == mostLabels)
            continue;
        auto* line = new QWidget;
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(2 * spaceUnit);
        auto* dot = new QLabel;
        dot->setPixmap(dotOf(labelColour(label), devicePixelRatioF()));
        const QString name = shown(label.name);
        auto* text = new QLabel(count->second == rows.size() ? name : tr("%1 (%2 of %3)", "label, clips").arg(name).arg(count->second).arg(rows.size()));
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        auto* remove = new QToolButton;
        remove->setObjectName("inspectorRemove:" + name);
        remove->setIcon(Theme::instance().icon("close"));
        remove->setIconSize({12, 12});
        remove->setAccessibleName(tr("Take the label %1 off").arg(name));
        remove->setToolTip(remove->accessibleName());
        remove->setEnabled(workspace_.project().isWritable());
        connect(remove, &QToolButton::clicked, this, [this, label = label.name] { workspace_.project().removeLabel(clips_, label); });
        layout->addWidget(dot);
        layout->addWidget(text, 1);
        layout->addWidget(remove);
        labelRows_->addWidget(line);
    }
    labels_->setVisible(made > 0);
    fillCompleter();
}

void Inspector::fillCompleter()
{
    QStringList names;
    for (const LabelClass& label : workspace_.view().labels)
        names << shown(label.name);
    auto* model = static_cast<QStringListModel*>(newLabel_->completer()->model());
    if (model->stringList() != names)
        model->setStringList(names);
}

void Inspector::showRest(const std::vector<const ClipRow*>& rows)
{
    const bool writable = workspace_.project().isWritable();
    const auto state = shared(rows, [](const ClipRow& row) { return row.state; });
    for (const auto& [which, button] : states_) {
        button->setChecked(state == which);
        button->setEnabled(writable);
    }
    newLabel_->setEnabled(writable);
    group_->setEnabled(writable);
    const auto group = shared(rows, [](const ClipRow& row) { return row.group; });
    group_->setPlaceholderText(group ? QString() : tr("Several groups"));
    const QString text = group ? shown(*group) : QString();
    if (text != shownGroup_ || !group_->hasFocus())
        group_->setText(text);
    shownGroup_ = text;
}

void Inspector::showDetails()
{
    const auto& clip = details_.clip();
    const bool isOne = clips_.size() == 1;
    const bool isRead = isOne && clip && clip->id == clips_.front();
    noteHeading_->setVisible(isOne);
    note_->setVisible(isOne);
    note_->show(isRead ? std::optional(clip->id) : std::nullopt, isRead && clip->note ? shown(clip->note->text) : QString());
    note_->setReadOnly(!isRead || !workspace_.project().isWritable());
    QStringList lines;
    if (isRead) {
        if (clip->transcript)
            lines << tr("Transcript: %1").arg(shown(clip->transcript->text));
        for (const ClipNumber& number : clip->numbers)
            lines << tr("%1: %2", "a column of a table and its value").arg(number.name.empty() ? tr("Number") : shown(number.name), QLocale().toString(number.value, 'g', 8));
        for (const auto& [name, value] : clip->columns)
            lines << tr("%1: %2", "a column of a table and its value").arg(shown(name), shown(value));
    }
    columns_->setText(lines.join('\n'));
    columns_->setVisible(!lines.isEmpty());
}

// ---- what is changed ----------------------------------------------------------------------------------------------------

void Inspector::addLabel()
{
    const QString name = newLabel_->text().trimmed();
    if (name.isEmpty() || clips_.empty())
        return;
    workspace_.project().addLabel(clips_, bytesOf(name));
    newLabel_->clear();
}

void Inspector::keepGroup()
{
    const QString text = group_->text().trimmed();
    if (text == shownGroup_ || clips_.empty() || !workspace_.project().isWritable())
        return;
    shownGroup_ = text;
    workspace_.project().setGroup(clips_, bytesOf(text));
}

void Inspector::chooseState(ClipState state, bool on) { workspace_.project().setState(clips_, on ? state : ClipState::none); }

} // namespace earmark
