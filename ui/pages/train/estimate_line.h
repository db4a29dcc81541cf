// What the training as planned would take in time and memory, measured when asked for; where it would not fit, a button that makes it fit.
// Thread: the window's.
#pragma once

#include <QWidget>

#include <functional>
#include <memory>

#include "engine/bridge/estimate_session.h"
#include "ui/models/recipe_model.h"
#include "ui/models/workspace.h"

class QLabel;
class QPushButton;

namespace earmark
{

class EstimateLine : public QWidget
{
    Q_OBJECT

public:
    EstimateLine(Workspace& workspace, const RecipeModel& recipe, std::function<TrainPlan()> plan, QWidget* parent = nullptr);

    void setPossible(bool possible); ///< the plan could be started
    void forget();                   ///< the plan has changed: what was measured no longer holds

Q_SIGNALS:
    /// The same mathematics in less memory: batches of so many clips, and so many of them for one step.
    void remedyAsked(std::int64_t batch, std::int64_t accumulation);

private:
    void ask();
    void take();
    void tell(const TrainEstimate& estimate);
    void showIdle();

    Workspace& workspace_;
    const RecipeModel& recipe_;
    std::function<TrainPlan()> plan_;
    std::shared_ptr<EstimateSession> session_; ///< while it measures
    bool wanted_ = false;                      ///< what it measures is still the plan
    bool possible_ = false;
    TrainEstimate estimate_;
    QPushButton* ask_;
    QPushButton* remedy_;
    QLabel* result_;
};

/// "About 3 min, with 1.2 GB of the 6.4 GB of memory that are free."
QString estimateText(const TrainEstimate& estimate);

} // namespace earmark
