#include "ui/pages/test/test_page.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QThread>
#include <QVBoxLayout>

#include "ui/models/text.h"
#include "ui/pages/test/clip_list.h"
#include "ui/pages/test/confidence_view.h"
#include "ui/pages/test/headline.h"
#include "ui/pages/test/labels_view.h"
#include "ui/pages/test/map_view.h"
#include "ui/pages/test/matrix_view.h"
#include "ui/pages/test/test_bar.h"
#include "ui/plots/embedding_map.h"
#include "ui/plots/reliability_plot.h"
#include "ui/widgets/confusion_matrix.h"
#include "ui/widgets/label_keys.h"
#include "ui/widgets/theme.h"

namespace earmark
{

TestPage::TestPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), test_(workspace), bar_(new TestBar(workspace, test_)), stack_(new QStackedWidget)
{
    setObjectName("testPage");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit);
    column->setSpacing(3 * spaceUnit);
    stack_->addWidget(makeEmpty());
    stack_->addWidget(makeWork());
    column->addWidget(bar_);
    column->addWidget(stack_, 1);
    connectAll();
    showResult();
}

TestPage::~TestPage()
{
    for (const auto& writer : writers_)
        writer->wait();
}

QWidget* TestPage::makeWork()
{
    headline_ = new Headline;
    tabs_ = new QTabWidget;
    tabs_->setObjectName("testTabs");
    tabs_->setAccessibleName(tr("Views of the result"));
    tabs_->tabBar()->setDrawBase(false);
    matrix_ = new MatrixView;
    labels_ = new LabelsView(workspace());
    confidence_ = new ConfidenceView;
    map_ = new MapView(workspace());
    clips_ = new ClipList(workspace());
    tabs_->addTab(matrix_, tr("Confusion matrix"));
    tabs_->addTab(labels_, tr("Labels"));
    tabs_->addTab(confidence_, tr("Confidence"));
    tabs_->addTab(map_, tr("Map"));

    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 2 * spaceUnit, 0);
    column->setSpacing(2 * spaceUnit);
    column->addWidget(headline_);
    column->addWidget(tabs_, 1);
    auto* right = new QWidget;
    auto* beside = new QVBoxLayout(right);
    beside->setContentsMargins(2 * spaceUnit, 0, 0, 0);
    beside->addWidget(clips_);
    auto* work = new QSplitter;
    work->setChildrenCollapsible(false);
    work->addWidget(left);
    work->addWidget(right);
    work->setStretchFactor(0, 3);
    work->setStretchFactor(1, 2);
    work->setSizes({2700, 2300});
    return work;
}

QWidget* TestPage::makeEmpty()
{
    auto* empty = new QWidget;
    emptyTitle_ = new QLabel;
    emptyTitle_->setObjectName("testEmptyTitle");
    emptyTitle_->setProperty("title", true);
    emptyText_ = new QLabel;
    emptyText_->setProperty("muted", true);
    emptyText_->setWordWrap(true);
    for (QLabel* label : {emptyTitle_, emptyText_})
        label->setAlignment(Qt::AlignCenter);
    emptyButton_ = new QPushButton;
    emptyButton_->setObjectName("testEmptyButton");
    emptyButton_->setProperty("primary", true);
    connect(emptyButton_, &QPushButton::clicked, this, &TestPage::actOnEmpty);
    chooseFolder_ = new QPushButton(tr("Choose a model folder…"));
    chooseFolder_->setObjectName("testEmptyFolder");
    chooseFolder_->setProperty("plain", true);
    connect(chooseFolder_, &QPushButton::clicked, bar_, &TestBar::chooseModelFolder);
    auto* column = new QVBoxLayout(empty);
    column->setSpacing(3 * spaceUnit);
    column->addStretch();
    column->addWidget(emptyTitle_, 0, Qt::AlignHCenter);
    column->addWidget(emptyText_);
    column->addWidget(emptyButton_, 0, Qt::AlignHCenter);
    column->addWidget(chooseFolder_, 0, Qt::AlignHCenter);
    column->addStretch();
    return empty;
}

void TestPage::connectAll()
{
    connect(&test_, &ModelTest::resultChanged, this, &TestPage::showResult);
    connect(&test_, &ModelTest::choiceChanged, this, &TestPage::showEmpty);
    connect(&test_, &ModelTest::runningChanged, this, &TestPage::showEmpty);
    connect(bar_, &TestBar::saveAsked, this, &TestPage::askWhereToSave);
    connect(matrix_, &MatrixView::chosen, this, [this](int label, int prediction) {
        clips_->showAndLoad(result_->inCell(label, prediction),
                            label == prediction ? tr("“%1”, recognised").arg(shownLabel(*result_, label))
                                                : tr("“%1”, taken for “%2”").arg(shownLabel(*result_, label), shownLabel(*result_, prediction)));
    });
    const auto showLabel = [this](int label) { clips_->showAndLoad(result_->ofLabel(label), tr("“%1”").arg(shownLabel(*result_, label))); };
    connect(labels_, &LabelsView::chosen, this, showLabel);
    connect(map_, &MapView::groupChosen, this, showLabel);
    connect(confidence_, &ConfidenceView::binChosen, this, [this](int bin, int bins) {
        clips_->showAndLoad(result_->inBin(bin, bins), tr("Between %1 and %2 sure").arg(percentText(double(bin) / bins), percentText(double(bin + 1) / bins)));
    });
    connect(confidence_, &ConfidenceView::belowChosen, this,
            [this](double threshold) { clips_->showAndLoad(result_->below(threshold), tr("Less than %1 sure").arg(percentText(threshold))); });
    connect(map_, &MapView::chosen, this, [this](std::size_t place) {
        if (clips_->model().rowOf(place) < 0) {
            const ReportedClip& clip = result_->report.perClip[place];
            clips_->show(result_->inCell(clip.label, clip.prediction), clip.label == clip.prediction
                                                                           ? tr("“%1”, recognised").arg(shownLabel(*result_, clip.label))
                                                                           : tr("“%1”, taken for “%2”").arg(shownLabel(*result_, clip.label), shownLabel(*result_, clip.prediction)));
        }
        clips_->select(place);
    });
    connect(clips_, &ClipList::selected, map_, &MapView::setCurrent);
    auto* keys = new LabelKeys(workspace().project(), this);
    connect(keys, &LabelKeys::chosen, this, &TestPage::relabel);
}

// ---- what is shown ----

void TestPage::showResult()
{
    result_ = test_.result();
    clips_->setResult(result_);
    if (result_) {
        headline_->show(*result_);
        matrix_->show(*result_);
        labels_->show(result_);
        confidence_->show(result_);
        map_->show(result_);
    }
    showEmpty();
}

void TestPage::showEmpty()
{
    stack_->setCurrentIndex(result_ ? 1 : 0);
    const bool isOpen = workspace().project().state() == ProjectSession::State::open;
    chooseFolder_->setVisible(!test_.model() && !test_.session());
    emptyButton_->setVisible(!test_.session());
    if (test_.session()) {
        emptyTitle_->setText(tr("The model listens"));
        emptyText_->setText(tr("The result appears here as soon as it has heard all clips."));
    } else if (!test_.model()) {
        emptyTitle_->setText(tr("There is no model to test yet"));
        emptyText_->setText(tr("Train one on your labelled clips, or choose the folder of a model that exists."));
        emptyButton_->setText(isOpen ? tr("Go to Train") : tr("Go to Data"));
    } else if (!test_.data()) {
        emptyTitle_->setText(tr("On which clips?"));
        emptyText_->setText(tr("Choose a split of this project above, or labelled clips in another folder or project. Clips that the model was trained on tell too "
                               "good a story."));
        emptyButton_->setVisible(false);
    } else {
        emptyTitle_->setText(tr("Not tested yet"));
        emptyText_->setText(tr("See what “%1” makes of these clips: %2.").arg(test_.model()->name, test_.dataText(*test_.data())));
        emptyButton_->setText(tr("Test"));
    }
}

void TestPage::actOnEmpty()
{
    if (test_.model())
        test_.start();
    else if (workspace().project().state() == ProjectSession::State::open)
        workspace().showPage(Workspace::PageId::train);
    else
        workspace().showPage(Workspace::PageId::data);
}

// ---- what is done ----

void TestPage::relabel(const LabelClass& label, bool further)
{
    const auto clip = workspace().currentClip();
    const auto row = clip ? workspace().view().rowOf(*clip) : std::nullopt;
    if (!row || clip != clips_->current() || !result_->ofProject || !workspace().project().isWritable())
        return; // what is in the player may come from another page: nobody is asking about it here
    const auto& labels = workspace().view().rows[*row].labels;
    if (!further) {
        workspace().project().setLabels({*clip}, {label.name});
        if (workspace().settings().advance())
            clips_->next();
    } else if (std::ranges::find(labels, label.id) != labels.end()) {
        workspace().project().removeLabel({*clip}, label.name);
    } else {
        workspace().project().addLabel({*clip}, label.name);
    }
}

void TestPage::askWhereToSave(const QString& suffix)
{
    const QString name = tr("%1 on %2", "a model and clips; name of a file").arg(result_->model, result_->data) + '.' + suffix;
    QFileDialog dialog(this, tr("Save report"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(suffix);
    dialog.setNameFilter(suffix == "html" ? tr("Web pages (*.html)") : suffix == "pdf" ? tr("PDF documents (*.pdf)") : tr("Tables (*.csv)"));
    if (const std::string& project = workspace().project().path(); !project.empty())
        dialog.setDirectory(QFileInfo(shown(project)).path());
    dialog.selectFile(QString(name).replace('/', '-'));
    if (dialog.exec() == QDialog::Accepted)
        save(dialog.selectedFiles().constFirst(), suffix);
}

ReportPictures TestPage::pictures() const
{
    ReportPictures made{.matrix = findChild<ConfusionMatrix*>()->picture(), .reliability = findChild<ReliabilityPlot*>()->picture()};
    if (map_->isMade())
        made.map = findChild<EmbeddingMap*>()->picture();
    return made;
}

void TestPage::save(const QString& path, const QString& suffix)
{
    if (!result_)
        return;
    const auto write = [this, result = result_, pictures = suffix == "csv" ? ReportPictures() : pictures(), path, suffix] {
        const Result<void> done = saveReport(*result, pictures, path, suffix);
        mailbox_.post([this, done, path] {
            if (!done)
                return workspace().report(done.error());
            workspace().notify(tr("The report is in %1.").arg(path));
            Q_EMIT saved(path);
        });
    };
    std::erase_if(writers_, [](const auto& writer) { return writer->isFinished(); });
    writers_.emplace_back(QThread::create(write))->start();
}

} // namespace earmark
