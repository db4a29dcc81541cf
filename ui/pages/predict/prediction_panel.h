// What was heard in the one file at hand: bars for the whole, and a timeline where it was heard in windows. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/prediction_table.h"
#include "ui/models/workspace.h"

class QLabel;

namespace earmark
{

class ScoreBars;
class ScoreTimeline;

class PredictionPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PredictionPanel(Workspace& workspace, QWidget* parent = nullptr);

    void show(const PredictionTable::Row* row, const std::vector<std::string>& labels); ///< null: nothing is at hand

private:
    void showBars(const PredictionTable::Row& row, const std::vector<std::string>& labels);
    void showTimeline(const PredictionTable::Row& row, const std::vector<std::string>& labels);

    Workspace& workspace_;
    QLabel* title_;
    QLabel* remark_;
    ScoreBars* bars_;
    ScoreTimeline* timeline_;
};

} // namespace earmark
