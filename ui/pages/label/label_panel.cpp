#include "ui/pages/label/label_panel.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/dataset/palette.h"
#include "ui/models/text.h"
#include "ui/pages/label/label_button.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

bool isSame(const std::vector<LabelClass>& a, const std::vector<LabelClass>& b)
{
    return std::ranges::equal(a, b, [](const LabelClass& x, const LabelClass& y) {
        return x.id == y.id && x.name == y.name && x.colour == y.colour && x.key == y.key;
    });
}

QPushButton* stepButton(const QString& name, const QString& text, const QString& tip)
{
    auto* button = new QPushButton(text);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

LabelPanel::LabelPanel(Workspace& workspace, ClipDetails& details, QWidget* parent) : QWidget(parent), workspace_(workspace), details_(details)
{
    setFixedWidth(68 * spaceUnit);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * spaceUnit);
    makeLabels(*column);
    makeStates(*column);
    makeTexts(*column);
    makeSteps(*column);
    ProjectSession& project = workspace_.project();
    connect(&workspace_, &Workspace::currentChanged, this, &LabelPanel::showClip);
    connect(&project, &ProjectSession::labelSetChanged, this, &LabelPanel::rebuild);
    connect(&project, &ProjectSession::rowsChanged, this, &LabelPanel::showClip);
    connect(&project, &ProjectSession::rowsReset, this, &LabelPanel::showClip);
    connect(&project, &ProjectSession::opened, this, &LabelPanel::rebuild);
    connect(&project, &ProjectSession::shownRunChanged, this, &LabelPanel::showClip);
    connect(&details_, &ClipDetails::left, this, &LabelPanel::keepTexts);
    connect(&details_, &ClipDetails::changed, this, &LabelPanel::showDetails);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    rebuild();
    showDetails();
}

void LabelPanel::makeLabels(QVBoxLayout& column)
{
    whose_ = new QLabel;
    whose_->setObjectName("labelsOf");
    whose_->setText(tr("Labels of the region"));
    whose_->setProperty("heading", true);
    name_ = new QLineEdit;
    name_->setObjectName("labelName");
    name_->setAccessibleName(tr("Find or add a label"));
    name_->setClearButtonEnabled(true);
    connect(name_, &QLineEdit::textChanged, this, &LabelPanel::filter);
    connect(name_, &QLineEdit::returnPressed, this, &LabelPanel::enterName);
    name_->installEventFilter(this);
    auto* edit = new QToolButton;
    edit->setObjectName("editLabels");
    edit->setIcon(Theme::instance().icon("edit"));
    edit->setAccessibleName(tr("Edit labels"));
    edit->setToolTip(tr("Edit labels: names, colours, keys and order; merge and delete them"));
    edit->setFocusPolicy(Qt::TabFocus);
    connect(edit, &QToolButton::clicked, this, &LabelPanel::editLabelsAsked);
    auto* head = new QHBoxLayout;
    head->setSpacing(spaceUnit);
    head->addWidget(name_, 1);
    head->addWidget(edit);
    list_ = new QWidget;
    buttons_ = new QVBoxLayout(list_);
    buttons_->setContentsMargins(0, 0, 0, 0);
    buttons_->setSpacing(spaceUnit / 2);
    buttons_->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setObjectName("labelScroll");
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(list_);
    prediction_ = new QLabel;
    prediction_->setObjectName("labelPrediction");
    prediction_->setTextFormat(Qt::PlainText);
    prediction_->setProperty("muted", true);
    prediction_->setWordWrap(true);
    column.addWidget(prediction_);
    column.addWidget(whose_);
    column.addLayout(head);
    column.addWidget(scroll, 1);
}

void LabelPanel::makeStates(QVBoxLayout& column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(spaceUnit);
    clear_ = stepButton("clearLabels", tr("None (0)"), tr("Take all labels off (0)"));
    skip_ = stepButton("skipState", tr("Skip (.)"), tr("Leave this clip aside and go on (.)"));
    unsure_ = stepButton("unsureState", tr("Unsure (,)"), tr("Mark this clip to be looked at again (,)"));
    skip_->setCheckable(true);
    unsure_->setCheckable(true);
    connect(clear_, &QPushButton::clicked, this, &LabelPanel::labelsCleared);
    connect(skip_, &QPushButton::clicked, this, [this](bool on) { Q_EMIT stateChosen(on ? ClipState::skip : ClipState::none); });
    connect(unsure_, &QPushButton::clicked, this, [this](bool on) { Q_EMIT stateChosen(on ? ClipState::unsure : ClipState::none); });
    for (QPushButton* button : {clear_, skip_, unsure_})
        row->addWidget(button, 1);
    column.addLayout(row);
}

TextField* LabelPanel::makeText(QVBoxLayout& column, const QString& name, const QString& title)
{
    auto* field = new TextField;
    field->setObjectName(name);
    field->setAccessibleName(title);
    field->setPlaceholderText(title);
    field->setToolTip(tr("%1: kept as soon as you leave the field; Escape goes back to the keys of the labels, Ctrl+Enter to the next clip").arg(title));
    connect(field, &TextField::done, this, &LabelPanel::nextAsked);
    connect(field, &TextField::left, this, &LabelPanel::typingLeft);
    column.addWidget(field);
    return field;
}

void LabelPanel::makeTexts(QVBoxLayout& column)
{
    transcript_ = makeText(column, "transcript", tr("Transcript"));
    note_ = makeText(column, "clipNote", tr("Note"));
    const auto optional = [](const QString& text) { return text.isEmpty() ? std::nullopt : std::optional(bytesOf(text)); };
    connect(transcript_, &TextField::kept, this,
            [this, optional](ClipId clip, const QString& text) { workspace_.project().setTranscript(clip, optional(text)); });
    connect(note_, &TextField::kept, this, [this, optional](ClipId clip, const QString& text) { workspace_.project().setNote(clip, optional(text)); });
}

void LabelPanel::makeSteps(QVBoxLayout& column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(spaceUnit);
    auto* back = stepButton("previousClip", tr("Back (⌫)"), tr("The clip before (Backspace or Shift+Enter)"));
    auto* next = stepButton("nextClip", tr("Next (↵)"), tr("The next clip (Enter)"));
    connect(back, &QPushButton::clicked, this, &LabelPanel::previousAsked);
    connect(next, &QPushButton::clicked, this, &LabelPanel::nextAsked);
    row->addWidget(back, 1);
    row->addWidget(next, 2);
    column.addLayout(row);
}

void LabelPanel::rebuild()
{
    const auto& labels = workspace_.view().labels;
    if (!isSame(built_, labels)) {
        for (LabelButton* button : made_) {
            button->hide(); // a click on it may be what is being handled
            button->deleteLater();
            button->setObjectName({});
        }
        made_.clear();
        built_ = labels;
        for (const LabelClass& label : built_) {
            auto* button = new LabelButton(label);
            connect(button, &QAbstractButton::clicked, this, [this, name = label.name] {
                showClip(); // what is checked is what the project says
                Q_EMIT labelChosen(name, QGuiApplication::keyboardModifiers() & Qt::ShiftModifier);
            });
            buttons_->insertWidget(static_cast<int>(made_.size()), button);
            made_.push_back(button);
        }
    }
    name_->setPlaceholderText(built_.empty() ? tr("Add your first label") : tr("Find or add a label"));
    filter(name_->text());
    showClip();
}

void LabelPanel::filter(const QString& text)
{
    for (LabelButton* button : made_)
        button->setVisible(button->text().contains(text.trimmed(), Qt::CaseInsensitive));
}

bool LabelPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != name_ || event->type() != QEvent::KeyPress || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    name_->clear();
    Q_EMIT typingLeft();
    return true;
}

/// The label of that name, or the only one that is left, or a new one.
void LabelPanel::enterName()
{
    const QString text = name_->text().trimmed();
    if (text.isEmpty())
        return;
    std::vector<const LabelButton*> left;
    for (const LabelButton* button : made_) {
        if (button->text() == text) {
            left = {button};
            break;
        }
        if (!button->isHidden())
            left.push_back(button);
    }
    const std::string name = left.size() == 1 ? bytesOf(left.front()->text()) : bytesOf(text);
    name_->clear();
    if (!workspace_.view().labelNamed(name)) { // known and shown first, then given: a label without clips is a label, too
        auto classes = workspace_.view().labels;
        std::vector<std::string> keys;
        for (const LabelClass& label : classes)
            keys.push_back(label.key);
        classes.push_back({.name = name, .key = nextLabelKey(keys)});
        workspace_.project().setLabelSet(std::move(classes));
        return;
    }
    Q_EMIT labelChosen(name, false);
}

void LabelPanel::showRegion(std::optional<std::vector<std::string>> labels)
{
    region_ = std::move(labels);
    showClip();
}

void LabelPanel::showClip()
{
    const ProjectView& view = workspace_.view();
    const auto current = workspace_.currentClip();
    const auto place = current ? view.rowOf(*current) : std::nullopt;
    const ClipRow* row = place ? &view.rows[*place] : nullptr;
    whose_->setVisible(region_.has_value());
    for (std::size_t i = 0; i < made_.size(); ++i) {
        const bool has = region_ ? std::ranges::find(*region_, built_[i].name) != region_->end()
                                 : row && std::ranges::find(row->labels, built_[i].id) != row->labels.end();
        made_[i]->setChecked(has);
    }
    showPrediction(row);
    skip_->setChecked(row && row->state == ClipState::skip);
    unsure_->setChecked(row && row->state == ClipState::unsure);
    showEnabled();
}

void LabelPanel::showPrediction(const ClipRow* row)
{
    const ProjectView& view = workspace_.view();
    const auto run = std::ranges::find_if(view.runs, [&](const Run& known) { return known.id == view.shownRun; });
    const bool isThere = row && run != view.runs.end() && row->prediction >= 0 && static_cast<std::size_t>(row->prediction) < view.predictionLabels.size();
    prediction_->setVisible(isThere);
    if (isThere)
        prediction_->setText(tr("%1 says %2 (%3)", "run, label, how sure it is")
                                 .arg(shown(run->name), shown(view.predictionLabels[static_cast<std::size_t>(row->prediction)]), percentText(row->confidence)));
}

void LabelPanel::showEnabled()
{
    const bool writable = workspace_.project().isWritable();
    const bool can = writable && workspace_.currentClip();
    for (LabelButton* button : made_)
        button->setEnabled(can);
    for (QPushButton* button : {clear_, skip_, unsure_})
        button->setEnabled(can);
    name_->setEnabled(writable);
}

void LabelPanel::showDetails()
{
    const auto& clip = details_.clip();
    const auto id = clip ? std::optional(clip->id) : std::nullopt;
    transcript_->show(id, clip && clip->transcript ? shown(clip->transcript->text) : QString());
    note_->show(id, clip && clip->note ? shown(clip->note->text) : QString());
    for (TextField* field : {transcript_, note_}) // nothing is typed over a text that is still being read
        field->setReadOnly(!clip || !workspace_.project().isWritable());
}

void LabelPanel::keepTexts()
{
    transcript_->keep();
    note_->keep();
}

} // namespace earmark
