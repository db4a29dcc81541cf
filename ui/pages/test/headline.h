// The figures that come first: accuracy with its interval, F1, what guessing would give; and in words what the figures leave out. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/test_result.h"

class QLabel;

namespace earmark
{

class Headline : public QWidget
{
    Q_OBJECT

public:
    explicit Headline(QWidget* parent = nullptr);
    void show(const TestResult& result);
    using QWidget::show;

    /// Sentences about clips that count as wrong or not at all; shared with the saved report.
    static QStringList remarks(const TestResult& result);

private:
    QLabel* accuracy_;
    QLabel* interval_;
    QLabel* f1_;
    QLabel* chance_;
    QLabel* clips_;
    QLabel* remarks_;
};

} // namespace earmark
