// Chooses the model that a training starts from: cards on the left, all that is known of the chosen one on the right. Thread: the window's.
#pragma once

#include <QDialog>

#include <string>

#include "ui/models/base_model_list.h"

class QLabel;
class QListView;
class QPushButton;

namespace earmark
{

class BaseChooser : public QDialog
{
    Q_OBJECT

public:
    BaseChooser(BaseModelList& models, const std::string& chosen, QWidget* parent = nullptr);

    const std::string& chosen() const { return chosen_; }

private:
    void buildDetails(QWidget* pane);
    void showModel();
    void showDescription(const std::string& base, const Result<ModelDescription>& description);
    void tellList();
    void addFolder();

    BaseModelList& models_;
    std::string chosen_;
    QListView* list_;
    QLabel* listState_;
    QLabel* title_ = nullptr;
    QLabel* facts_ = nullptr;
    QLabel* remark_ = nullptr;
    QLabel* needs_ = nullptr;
    QLabel* details_ = nullptr;
    QPushButton* use_;
};

} // namespace earmark
