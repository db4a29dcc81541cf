// Errors that stay until they are read: cards, the newest first, each with what can be done about it and its details. The same error again is the
// same card, counted. Hidden while there is none. Thread: the window's.
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

Q_SIGNALS:
    void read(); ///< it can go

private:
    QString details() const;
    void showText();

    const Error error_;
    int times_ = 1;
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
