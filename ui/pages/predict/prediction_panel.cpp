#include "ui/pages/predict/prediction_panel.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/compute/scores.h"
#include "ui/models/error_text.h"
#include "ui/models/remark_text.h"
#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/score_bars.h"
#include "ui/widgets/score_timeline.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr std::size_t barsShown = 8;
constexpr std::size_t barsOverATimeline = 5;
constexpr std::size_t rowsShown = 6;

std::size_t placeOf(const std::vector<std::string>& labels, const std::string& label)
{
    return static_cast<std::size_t>(std::ranges::find(labels, label) - labels.begin());
}

/// Labels by their highest score in any window, so that a short event has its row.
std::vector<std::size_t> foremost(const std::vector<ScoredWindow>& windows, std::size_t labels)
{
    std::vector<std::size_t> order(labels);
    std::vector<float> peaks(labels, 0.0f);
    for (std::size_t i = 0; i < labels; ++i)
        order[i] = i;
    for (const ScoredWindow& window : windows)
        for (std::size_t i = 0; i < std::min(labels, window.scores.size()); ++i)
            peaks[i] = std::max(peaks[i], window.scores[i]);
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return peaks[a] > peaks[b]; });
    order.resize(std::min(order.size(), rowsShown));
    return order;
}

} // namespace

PredictionPanel::PredictionPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent), workspace_(workspace), title_(new QLabel), remark_(new QLabel), bars_(new ScoreBars), timeline_(new ScoreTimeline)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * spaceUnit, 3 * spaceUnit, 4 * spaceUnit, 3 * spaceUnit);
    column->setSpacing(3 * spaceUnit);
    QFont font = title_->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setBold(true);
    title_->setFont(font);
    title_->setObjectName("heardTitle");
    title_->setTextFormat(Qt::PlainText);
    title_->setWordWrap(true);
    remark_->setObjectName("heardRemark");
    remark_->setTextFormat(Qt::PlainText);
    remark_->setWordWrap(true);
    bars_->setObjectName("heardBars");
    timeline_->setObjectName("heardTimeline");
    column->addWidget(title_);
    column->addWidget(bars_);
    column->addWidget(timeline_);
    column->addWidget(remark_);
    column->addStretch();
    connect(timeline_, &ScoreTimeline::seekAsked, &workspace.transport(), &Transport::seek);
    connect(&workspace.transport(), &Transport::positionChanged, timeline_, &ScoreTimeline::setPlayhead);
    show(nullptr, {});
}

void PredictionPanel::show(const PredictionTable::Row* row, const std::vector<std::string>& labels)
{
    const bool heard = row && row->heard && !row->heard->error;
    bars_->setVisible(heard);
    timeline_->setVisible(heard && row->heard->windows.size() > 1); // of one window the bars say all
    title_->setText(row ? fileName(row->file.sample.name) : tr("Choose a file to see what was heard in it"));
    QStringList remarks;
    if (row && row->file.error)
        remarks += errorText(*row->file.error);
    if (row && row->heard && row->heard->error)
        remarks += errorText(*row->heard->error);
    if (heard)
        for (const Remark& warning : row->heard->warnings)
            remarks += remarkText(warning);
    if (row && !row->heard && !row->file.error)
        remarks += tr("Not heard yet.");
    remark_->setText(remarks.join('\n'));
    remark_->setVisible(!remarks.isEmpty());
    if (!heard)
        return;
    showBars(*row, labels);
    showTimeline(*row, labels);
}

void PredictionPanel::showBars(const PredictionTable::Row& row, const std::vector<std::string>& labels)
{
    std::vector<ScoreBars::Bar> bars;
    const std::size_t most = row.heard->windows.size() > 1 ? barsOverATimeline : barsShown;
    for (const ScoredLabel& best : bestScores(row.scores, labels, most))
        bars.push_back({shown(best.label), static_cast<double>(best.score), labelColour(workspace_.view(), best.label, placeOf(labels, best.label))});
    bars_->setBars(std::move(bars));
}

void PredictionPanel::showTimeline(const PredictionTable::Row& row, const std::vector<std::string>& labels)
{
    const std::vector<ScoredWindow>& heard = row.heard->windows;
    const auto order = foremost(heard, labels.size());
    std::vector<ScoreTimeline::Row> rows;
    for (const std::size_t label : order)
        rows.push_back({shown(labels[label]), labelColour(workspace_.view(), labels[label], label)});
    std::vector<ScoreTimeline::Window> windows;
    for (const ScoredWindow& window : heard) {
        ScoreTimeline::Window& kept = windows.emplace_back(ScoreTimeline::Window{window.start, window.end, {}});
        for (const std::size_t label : order)
            kept.scores.push_back(label < window.scores.size() ? window.scores[label] : 0.0f);
    }
    timeline_->setContent(std::move(rows), std::move(windows), row.file.duration);
}

} // namespace earmark
