// Errors that stay until they are read: cards, the newest first, each with what can be done about it and its details. The same error again is the
// same card, counted; the same of other files (a folder that is gone) is one card, too. Hidden while there is none. Thread: the window's.
#pragma once

#include <QFrame>

#include <deque>

#include "ui/models/workspace.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace earmark
{

class ErrorCard : public QFrame
{
    Q_OBJECT

public:
    ErrorCard(const Error& error, const std::optional<Workspace::Remedy>& remedy, QWidget* parent = nullptr);

    bool isOf(const Error& error) const { return error.code == error_.code && error.message == error_.message; }
    void countOnce(); ///< it happened once more
    bool isAlike(const Error& error) const { return error.code == error_.code && error.path != error_.path; } ///< of another file
    void take(const Error& error);            ///< one that is alike: shown instead, the others are in the details

Q_SIGNALS:
    void read(); ///< it can go

private:
    QString details() const;
    void showText();

    Error error_;
    int times_ = 1;
    QStringList others_; ///< paths of those that are alike, the newest last
    QLabel* text_;
    QLabel* details_;
};

class ErrorBar : public QWidget
{
    Q_OBJECT

public:
    explicit ErrorBar(QWidget* parent = nullptr);

    void add(const Error& error, const std::optional<Workspace::Remedy>& remedy = {});
    void clear();
    int count() const { return static_cast<int>(cards_.size()); }

private:
    void remove(ErrorCard* card);
    void arrange();

    static constexpr int shownAtOnce = 3;
    std::deque<ErrorCard*> cards_; ///< newest first
    QVBoxLayout* column_;
    QWidget* foot_;
    QLabel* more_;
};

} // namespace earmark
