// The confusion matrix with its switch between clips and shares, scrolled where there are many labels. Thread: the window's.
#pragma once

#include <QWidget>

#include "ui/models/test_result.h"

namespace earmark
{

class ConfusionMatrix;

class MatrixView : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixView(QWidget* parent = nullptr);
    void show(const TestResult& result);
    using QWidget::show;
    const ConfusionMatrix& matrix() const { return *matrix_; }

Q_SIGNALS:
    void chosen(int label, int prediction);

private:
    ConfusionMatrix* matrix_;
};

} // namespace earmark
