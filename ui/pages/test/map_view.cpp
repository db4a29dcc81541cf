#include "ui/pages/test/map_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPixmap>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/models/label_colours.h"
#include "ui/models/tested_clips.h"
#include "ui/models/text.h"
#include "ui/plots/embedding_map.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int dwellTime = 200; // milliseconds

std::vector<QColor> coloursOf(const TestResult& result, const ProjectView& view)
{
    std::vector<QColor> colours;
    for (std::size_t i = 0; i < result.report.labels.size(); ++i)
        colours.push_back(labelColour(view, result.report.labels[i], i));
    return colours;
}

QIcon swatch(const QColor& colour)
{
    QPixmap picture(12, 12);
    picture.fill(colour);
    return picture;
}

} // namespace

MapView::MapView(Workspace& workspace, QWidget* parent) : QWidget(parent), workspace_(workspace), clips_(workspace), stack_(new QStackedWidget)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * spaceUnit, 0, 0);
    column->addWidget(stack_);
    stack_->addWidget(makeOffer());
    stack_->addWidget(makeMap());
    dwell_.setSingleShot(true);
    dwell_.setInterval(dwellTime);
    connect(&dwell_, &QTimer::timeout, this, &MapView::playHovered);
    connect(&clips_, &ClipMap::changed, this, &MapView::showState);
    connect(&clips_, &ClipMap::progressed, this, [this] {
        showWaiting();
        progress_->setRange(0, static_cast<int>(clips_.session()->total()));
        progress_->setValue(static_cast<int>(clips_.session()->done()));
    });
    showState();
}

QWidget* MapView::makeOffer()
{
    auto* offer = new QWidget;
    auto* column = new QVBoxLayout(offer);
    column->setSpacing(3 * spaceUnit);
    offerText_ = new QLabel(tr("The map lays clips that sound alike to the model next to each other. To make it, the model listens to each clip once more."));
    offerText_->setProperty("muted", true);
    offerText_->setWordWrap(true);
    offerText_->setAlignment(Qt::AlignCenter);
    make_ = new QPushButton(tr("Make the map"));
    make_->setObjectName("makeMap");
    make_->setProperty("primary", true);
    connect(make_, &QPushButton::clicked, &clips_, &ClipMap::start);
    progress_ = new QProgressBar;
    progress_->setAccessibleName(tr("Progress of the map"));
    progress_->setTextVisible(false);
    progress_->setFixedWidth(60 * spaceUnit);
    waiting_ = new QLabel(tr("Waits for its turn"));
    waiting_->setObjectName("mapWaits");
    waiting_->setProperty("muted", true);
    stop_ = new QPushButton(tr("Stop"));
    stop_->setObjectName("stopMap");
    connect(stop_, &QPushButton::clicked, &clips_, &ClipMap::stop);
    column->addStretch();
    column->addWidget(offerText_);
    column->addWidget(make_, 0, Qt::AlignHCenter);
    column->addWidget(progress_, 0, Qt::AlignHCenter);
    column->addWidget(waiting_, 0, Qt::AlignHCenter);
    column->addWidget(stop_, 0, Qt::AlignHCenter);
    column->addStretch();
    return offer;
}

QWidget* MapView::makeMap()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * spaceUnit);
    map_ = new EmbeddingMap;
    map_->setObjectName("embeddingMap");
    legend_ = new QComboBox;
    legend_->setObjectName("mapLegend");
    legend_->setAccessibleName(tr("Label to bring out"));
    legend_->setMaximumWidth(48 * spaceUnit);
    playsHovered_ = new QCheckBox(tr("Play what the mouse rests on"));
    playsHovered_->setObjectName("mapPlays");
    words_ = new QLabel;
    words_->setProperty("muted", true);
    auto* head = new QHBoxLayout;
    head->setSpacing(3 * spaceUnit);
    head->addWidget(legend_);
    head->addWidget(words_, 1);
    head->addWidget(playsHovered_);
    column->addLayout(head);
    column->addWidget(map_, 1);
    map_->setTipText([this](int point) {
        const ReportedClip& clip = result_->report.perClip[static_cast<std::size_t>(point)];
        const QString label = shownLabel(*result_, clip.label);
        return clip.label == clip.prediction ? tr("%1\n%2, recognised").arg(fileName(clip.name), label)
                                             : tr("%1\n%2, taken for %3").arg(fileName(clip.name), label, shownLabel(*result_, clip.prediction));
    });
    connect(map_, &EmbeddingMap::chosen, this, [this](int point) { Q_EMIT chosen(static_cast<std::size_t>(point)); });
    connect(map_, &EmbeddingMap::hovered, this, [this](std::optional<int> point) {
        hovered_ = point;
        if (point && playsHovered_->isChecked())
            dwell_.start();
        else
            dwell_.stop();
    });
    connect(legend_, &QComboBox::activated, this, [this](int index) {
        map_->setShownGroup(index == 0 ? std::nullopt : std::optional(index - 1));
        if (index > 0)
            Q_EMIT groupChosen(index - 1);
    });
    return page;
}

void MapView::playHovered()
{
    if (!hovered_)
        return;
    Q_EMIT chosen(static_cast<std::size_t>(*hovered_));
    map_->setCurrent(hovered_);
    workspace_.transport().play();
}

void MapView::show(std::shared_ptr<const TestResult> result)
{
    result_ = result;
    clips_.setResult(std::move(result));
}

void MapView::setCurrent(std::size_t place)
{
    if (clips_.points())
        map_->setCurrent(static_cast<int>(place));
}

void MapView::showState()
{
    const bool isWorking = clips_.isWorking();
    make_->setVisible(!isWorking);
    progress_->setVisible(isWorking);
    stop_->setVisible(clips_.session() != nullptr);
    showWaiting();
    if (isWorking)
        progress_->setRange(0, 0);
    stack_->setCurrentIndex(clips_.points() ? 1 : 0);
    if (clips_.points() && result_)
        showPoints();
}

/// Another job is first: nothing moves until it is over.
void MapView::showWaiting() { waiting_->setVisible(clips_.session() && clips_.session()->state() == Session::State::waiting); }

void MapView::showPoints()
{
    const ClipMap::Points& points = *clips_.points();
    std::vector<EmbeddingMap::Point> cloud;
    for (std::size_t i = 0; i < result_->report.perClip.size(); ++i)
        cloud.push_back({.at = {points.x[i], points.y[i]}, .group = result_->report.perClip[i].label, .right = result_->isRight(i)});
    const std::vector<QColor> colours = coloursOf(*result_, workspace_.view());
    map_->setPoints(std::move(cloud), colours);
    words_->setText(tr("● right   ✕ wrong"));
    words_->setToolTip(tr("Principal components of the embeddings; the two axes show %1 of their variance").arg(percentText(points.explained)));
    const QSignalBlocker quiet(legend_);
    const int before = std::max(0, legend_->currentIndex());
    legend_->clear();
    legend_->addItem(tr("All labels"));
    for (std::size_t i = 0; i < colours.size(); ++i)
        legend_->addItem(swatch(colours[i]), shown(result_->report.labels[i]));
    legend_->setCurrentIndex(before < legend_->count() ? before : 0);
}

} // namespace earmark
