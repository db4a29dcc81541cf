// What a training learns from and is tested on: three of the project's splits, clips or labelled regions. Thread: the window's.
#pragma once

#include <QWidget>

#include <string>

#include "ui/models/workspace.h"

class QComboBox;
class QLabel;
class QPushButton;
class QRadioButton;

namespace earmark
{

class DataChoice : public QWidget
{
    Q_OBJECT

public:
    explicit DataChoice(Workspace& workspace, QWidget* parent = nullptr);

    std::string trainSplit() const;
    std::string validationSplit() const; ///< "" for none
    std::string testSplit() const;       ///< "" for none
    bool regions() const;
    /// Numbers are learnt from whole clips alone.
    void setLearnsNumbers(bool numbers);
    /// Clips or regions with a label, or with a number, in the training split.
    std::int64_t trainable() const { return trainable_; }
    bool hasSplit() const { return hasSplit_; }
    void renew(); ///< counts anew: in one pass over the clips

Q_SIGNALS:
    void changed();

private:
    void fillBox(QComboBox* box, const std::string& usual, bool canBeNone);
    void showMissing();
    void askDivide();
    void count();

    Workspace& workspace_;
    QComboBox* train_;
    QComboBox* validation_;
    QComboBox* test_;
    QRadioButton* clips_;
    QRadioButton* regions_;
    QWidget* choices_;
    QWidget* missing_;
    QLabel* missingText_ = nullptr;
    QPushButton* divide_ = nullptr;
    QLabel* sizes_;
    std::int64_t trainable_ = 0;
    bool hasSplit_ = false;
    bool filling_ = false;
    bool learnsNumbers_ = false;
};

} // namespace earmark
