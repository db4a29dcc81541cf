// The map of the clips, made when it is asked for: which lie together in the eyes of the model, and where its mistakes are. Thread: the window's.
#pragma once

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

#include "ui/models/clip_map.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace earmark
{

class EmbeddingMap;

class MapView : public QWidget
{
    Q_OBJECT

public:
    explicit MapView(Workspace& workspace, QWidget* parent = nullptr);
    void show(std::shared_ptr<const TestResult> result);
    using QWidget::show;
    void setCurrent(std::size_t place);
    bool isMade() const { return clips_.points(); }

Q_SIGNALS:
    void chosen(std::size_t place);
    void groupChosen(int label); ///< one label of the legend

private:
    QWidget* makeOffer();
    QWidget* makeMap();
    void showState();
    void showWaiting();
    void showPoints();
    void playHovered();

    Workspace& workspace_;
    ClipMap clips_;
    std::shared_ptr<const TestResult> result_;
    QStackedWidget* stack_;
    QLabel* offerText_ = nullptr;
    QPushButton* make_ = nullptr;
    QLabel* waiting_ = nullptr;
    QPushButton* stop_ = nullptr;
    QProgressBar* progress_ = nullptr;
    EmbeddingMap* map_ = nullptr;
    QComboBox* legend_ = nullptr;
    QCheckBox* playsHovered_ = nullptr;
    QLabel* words_ = nullptr;
    std::optional<int> hovered_;
    QTimer dwell_; ///< a clip plays when the mouse rests on it
};

} // namespace earmark
