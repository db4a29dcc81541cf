// What can be said of the clip at hand: its labels as buttons, its state, transcript and note. With a region chosen, the labels are the region's.
// Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/clip_details.h"
#include "ui/widgets/text_field.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace earmark
{

class LabelButton;

class LabelPanel : public QWidget
{
    Q_OBJECT

public:
    LabelPanel(Workspace& workspace, ClipDetails& details, QWidget* parent = nullptr);

    /// The labels of the region that is chosen; nothing for those of the clip.
    void showRegion(std::optional<std::vector<std::string>> labels);
    void keepTexts(); ///< what was typed and not yet kept

Q_SIGNALS:
    void labelChosen(const std::string& name, bool further);
    void stateChosen(earmark::ClipState state);
    void labelsCleared();
    void editLabelsAsked();
    void nextAsked();
    void previousAsked();
    void typingLeft(); ///< by Escape: the keys belong to the labels again

private:
    void makeLabels(QVBoxLayout& column);
    void makeStates(QVBoxLayout& column);
    void makeTexts(QVBoxLayout& column);
    void makeSteps(QVBoxLayout& column);
    TextField* makeText(QVBoxLayout& column, const QString& name, const QString& title);
    void rebuild();
    bool eventFilter(QObject* watched, QEvent* event) override;
    void filter(const QString& text);
    void enterName();
    void showClip();
    void showPrediction(const ClipRow* row);
    void showDetails();
    void showEnabled();

    Workspace& workspace_;
    ClipDetails& details_;
    QLabel* whose_ = nullptr;
    QLabel* prediction_ = nullptr;
    QLineEdit* name_ = nullptr;
    QWidget* list_ = nullptr;
    QVBoxLayout* buttons_ = nullptr;
    QPushButton* clear_ = nullptr;
    QPushButton* skip_ = nullptr;
    QPushButton* unsure_ = nullptr;
    TextField* transcript_ = nullptr;
    TextField* note_ = nullptr;
    std::vector<LabelClass> built_; ///< which the buttons are of
    std::vector<LabelButton*> made_;
    std::optional<std::vector<std::string>> region_;
};

} // namespace earmark
