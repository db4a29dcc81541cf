// The page Train: the recipe on the left, the run on the right, earlier runs below. Thread: the window's.
#pragma once

#include "engine/bridge/train_session.h"
#include "ui/models/base_model_list.h"
#include "ui/models/recipe_model.h"
#include "ui/models/run_table_model.h"
#include "ui/pages/page.h"

namespace earmark
{

class RecipePanel;
class RunPanel;
class RunsPanel;
struct NamedCurves;

class TrainPage : public Page
{
    Q_OBJECT

public:
    explicit TrainPage(Workspace& workspace, QWidget* parent = nullptr);

    void entered() override;

private:
    void start(TrainPlan plan);
    std::string freeName() const; ///< of a run that was given none
    void resume(const std::string& folder, const std::string& name);
    void adopt(); ///< a training that was started before the page was made
    void reportFailure(const TrainSession& session);
    void showCurves(std::int64_t run, bool isAsked); ///< asked: it is told where there are none
    void compareTicked();
    void stopComparing();
    void takeSettings(std::int64_t run);

    BaseModelList* bases_; ///< the workspace's child
    RecipeModel recipe_;
    RunTableModel runs_;
    Background files_; ///< reads the logs of runs
    RecipePanel* recipePanel_;
    RunPanel* runPanel_;
    RunsPanel* runsPanel_;
};

} // namespace earmark
