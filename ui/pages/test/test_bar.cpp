#include "ui/pages/test/test_bar.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

/// What the last entries of the two lists do, kept with them beside the places of real choices.
enum Ask { askModelFolder = -1, askFolder = -2, askProject = -3 };

std::string nameOnDisk(const QString& path) { return QFile::encodeName(path).toStdString(); }

} // namespace

TestBar::TestBar(Workspace& workspace, ModelTest& test, QWidget* parent)
    : QWidget(parent), workspace_(workspace), test_(test), models_(new QComboBox), data_(new QComboBox), start_(new QPushButton(tr("Test"))),
      stop_(new QPushButton(tr("Stop"))), progress_(new QProgressBar), progressText_(new QLabel), save_(makeSave())
{
    makeRow();
    connect(models_, &QComboBox::activated, this, &TestBar::modelActivated);
    connect(data_, &QComboBox::activated, this, &TestBar::dataActivated);
    connect(start_, &QPushButton::clicked, &test_, &ModelTest::start);
    connect(stop_, &QPushButton::clicked, &test_, &ModelTest::stop);
    connect(&test_, &ModelTest::runsChanged, this, &TestBar::fillModels);
    connect(&test_, &ModelTest::choiceChanged, this, [this] {
        fillModels();
        fillData();
    });
    connect(&test_, &ModelTest::runningChanged, this, &TestBar::showState);
    connect(&test_, &ModelTest::resultChanged, this, &TestBar::showState);
    connect(&test_, &ModelTest::progressed, this, &TestBar::showProgress);
    fillModels();
    fillData();
}

void TestBar::makeRow()
{
    models_->setObjectName("testModel");
    models_->setPlaceholderText(tr("Choose a model"));
    data_->setObjectName("testData");
    data_->setPlaceholderText(tr("Choose clips"));
    for (QComboBox* box : {models_, data_}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMinimumWidth(36 * spaceUnit);
        box->setMaximumWidth(64 * spaceUnit);
    }
    start_->setObjectName("testStart");
    start_->setProperty("primary", true);
    stop_->setObjectName("testStop");
    progress_->setObjectName("testProgress");
    progress_->setAccessibleName(tr("Progress of the test"));
    progress_->setTextVisible(false);
    progress_->setFixedWidth(32 * spaceUnit);
    progressText_->setProperty("muted", true);

    auto* model = new QLabel(tr("&Model"));
    model->setBuddy(models_);
    auto* on = new QLabel(tr("tested &on"));
    on->setBuddy(data_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * spaceUnit);
    for (QWidget* widget : std::initializer_list<QWidget*>{model, models_, on, data_, start_, stop_, progress_, progressText_})
        row->addWidget(widget);
    row->addStretch();
    row->addWidget(save_);
}

QToolButton* TestBar::makeSave()
{
    auto* button = new QToolButton;
    button->setObjectName("testSave");
    button->setText(tr("Save report"));
    button->setIcon(Theme::instance().icon("export"));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    const auto add = [&](const QString& text, const QString& suffix) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, suffix] { Q_EMIT saveAsked(suffix); });
    };
    add(tr("As a web page (HTML)…"), "html");
    add(tr("As PDF…"), "pdf");
    add(tr("A line for each clip (CSV)…"), "csv");
    button->setMenu(menu);
    return button;
}

// ---- the choices ----

void TestBar::fillModels()
{
    const auto all = test_.runs();
    models_->clear();
    for (const ModelTest::Model& model : all)
        models_->addItem(model.name, models_->count());
    for (const ModelTest::Model& model : folders_)
        models_->addItem(model.name, models_->count());
    if (models_->count() > 0)
        models_->insertSeparator(models_->count());
    models_->addItem(tr("Choose a model folder…"), askModelFolder);
    const auto isChosen = [&](const ModelTest::Model& model) { return test_.model() && model.folder == test_.model()->folder && model.run == test_.model()->run; };
    models_->setCurrentIndex(-1);
    for (int i = 0; i < static_cast<int>(all.size() + folders_.size()); ++i)
        if (const auto place = static_cast<std::size_t>(i); isChosen(place < all.size() ? all[place] : folders_[place - all.size()]))
            models_->setCurrentIndex(i);
    models_->setToolTip(test_.model() ? shown(test_.model()->folder) : QString());
    showState();
}

void TestBar::fillData()
{
    data_->clear();
    std::vector<ModelTest::Data> all;
    const auto add = [&](const ModelTest::Data& data, int clips) {
        const QString text = test_.dataText(data);
        data_->addItem(clips < 0 ? text : tr("%1 (%Ln clip(s))", nullptr, clips).arg(text), static_cast<int>(all.size()));
        all.push_back(data);
        if (test_.data() == data)
            data_->setCurrentIndex(data_->count() - 1);
    };
    data_->setCurrentIndex(-1);
    for (const SplitSize& split : workspace_.view().splits)
        add({.name = split.name}, static_cast<int>(split.clips));
    if (!workspace_.view().rows.empty())
        add({}, static_cast<int>(workspace_.view().rows.size()));
    for (const ModelTest::Data& data : outside_)
        add(data, -1);
    if (data_->count() > 0)
        data_->insertSeparator(data_->count());
    data_->addItem(tr("Another folder…"), askFolder);
    data_->addItem(tr("Another project…"), askProject);
    if (!test_.data())
        data_->setCurrentIndex(-1);
    showState();
}

void TestBar::modelActivated(int index)
{
    const int place = models_->itemData(index).toInt();
    const auto all = test_.runs();
    if (place == askModelFolder)
        chooseModelFolder();
    else if (place < static_cast<int>(all.size()))
        test_.setModel(all[static_cast<std::size_t>(place)]);
    else
        test_.setModel(folders_[static_cast<std::size_t>(place) - all.size()]);
    fillModels();
}

void TestBar::dataActivated(int index)
{
    const int place = data_->itemData(index).toInt();
    if (place == askFolder)
        chooseOutsideFolder();
    else if (place == askProject)
        chooseOutsideProject();
    else {
        const auto& splits = workspace_.view().splits;
        const auto number = static_cast<std::size_t>(place);
        const std::size_t own = splits.size() + (workspace_.view().rows.empty() ? 0 : 1);
        test_.setData(number < splits.size() ? ModelTest::Data{.name = splits[number].name} : number < own ? ModelTest::Data{} : outside_[number - own]);
    }
    fillData();
}

void TestBar::chooseModelFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose a model folder"));
    if (!folder.isEmpty())
        useModelFolder(nameOnDisk(folder));
}

void TestBar::chooseOutsideFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose a folder of labelled clips"));
    if (!folder.isEmpty())
        useOutside(nameOnDisk(folder));
}

void TestBar::chooseOutsideProject()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a project"), {}, tr("Earmark projects (*.earmark)"));
    if (!file.isEmpty())
        useOutside(nameOnDisk(file));
}

void TestBar::useModelFolder(const std::string& folder)
{
    const ModelTest::Model model = ModelTest::folderModel(folder);
    if (std::ranges::find(folders_, model) == folders_.end())
        folders_.push_back(model);
    test_.setModel(model);
}

void TestBar::useOutside(const std::string& path)
{
    const ModelTest::Data data{.outside = true, .name = path};
    if (std::ranges::find(outside_, data) == outside_.end())
        outside_.push_back(data);
    test_.setData(data);
}

// ---- how it goes ----

void TestBar::showState()
{
    const bool isRunning = test_.session();
    start_->setVisible(!isRunning);
    start_->setEnabled(test_.model() && test_.data());
    start_->setText(test_.result() ? tr("Test again") : tr("Test"));
    for (QWidget* widget : std::initializer_list<QWidget*>{stop_, progress_, progressText_})
        widget->setVisible(isRunning);
    models_->setEnabled(!isRunning);
    data_->setEnabled(!isRunning);
    save_->setEnabled(test_.result() != nullptr);
    showProgress();
}

void TestBar::showProgress()
{
    const Session* session = test_.session();
    if (!session)
        return;
    progress_->setRange(0, static_cast<int>(session->total())); // busy while nobody knows
    progress_->setValue(static_cast<int>(session->done()));
    if (session->state() == Session::State::waiting)
        progressText_->setText(tr("Waits for its turn"));
    else if (session->kind() == Session::Kind::import)
        progressText_->setText(tr("Reading the clips"));
    else if (const auto left = session->secondsLeft())
        progressText_->setText(tr("%1 left").arg(durationText(*left)));
    else
        progressText_->setText(tr("Loading the model"));
}

} // namespace earmark
