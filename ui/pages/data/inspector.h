// What is known of the selected clips, and where it is changed: of one clip all of it, of several what they share. Thread: the window's.
#pragma once

#include <QWidget>

#include <string>
#include <vector>

#include "ui/models/clip_details.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace earmark
{

class TextField;

class Inspector : public QWidget
{
    Q_OBJECT

public:
    explicit Inspector(Workspace& workspace, QWidget* parent = nullptr);

    void showClips(std::vector<ClipId> clips);
    const std::vector<ClipId>& clips() const { return clips_; }

private:
    void makeHead(QVBoxLayout& column);
    void makeLabels(QVBoxLayout& column);
    void makeStates(QVBoxLayout& column);
    void makeTexts(QVBoxLayout& column);
    void refresh();
    void showFacts(const std::vector<const ClipRow*>& rows);
    void showLabels(const std::vector<const ClipRow*>& rows);
    void showPrediction(const std::vector<const ClipRow*>& rows);
    void showRest(const std::vector<const ClipRow*>& rows);
    void showDetails();
    void fillCompleter();
    void addLabel();
    void keepGroup();
    void chooseState(ClipState state, bool on);
    std::vector<const ClipRow*> rows() const;

    Workspace& workspace_;
    ClipDetails details_;
    std::vector<ClipId> clips_;
    QWidget* content_;
    QWidget* scroll_ = nullptr;
    QLabel* empty_ = nullptr;
    QLabel* title_;
    QLabel* facts_;
    QWidget* labels_; ///< a row for each label that one of the clips has
    QVBoxLayout* labelRows_;
    QLineEdit* newLabel_;
    QLabel* prediction_;
    std::vector<std::pair<ClipState, QPushButton*>> states_;
    QLineEdit* group_;
    QString shownGroup_;
    QLabel* noteHeading_;
    TextField* note_;
    QLabel* columns_;
};

} // namespace earmark
