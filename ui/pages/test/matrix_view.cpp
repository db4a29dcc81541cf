#include "ui/pages/test/matrix_view.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/models/text.h"
#include "ui/widgets/confusion_matrix.h"
#include "ui/widgets/theme.h"

namespace earmark
{

MatrixView::MatrixView(QWidget* parent) : QWidget(parent), matrix_(new ConfusionMatrix)
{
    matrix_->setObjectName("confusionMatrix");
    auto* area = new QScrollArea;
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    area->setWidget(matrix_);
    area->viewport()->setAutoFillBackground(false);
    matrix_->setAutoFillBackground(false);
    auto* shares = new QCheckBox(tr("Per cent of the label's clips"));
    shares->setObjectName("matrixShares");
    auto* hint = new QLabel(tr("Choose a cell to see and hear its clips."));
    hint->setProperty("muted", true);
    auto* foot = new QHBoxLayout;
    foot->addWidget(shares);
    foot->addStretch();
    foot->addWidget(hint);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * spaceUnit, 0, 0);
    column->setSpacing(2 * spaceUnit);
    column->addWidget(area, 1);
    column->addLayout(foot);
    connect(shares, &QCheckBox::toggled, matrix_, &ConfusionMatrix::setShowsShares);
    connect(matrix_, &ConfusionMatrix::chosen, this, &MatrixView::chosen);
    connect(matrix_, &ConfusionMatrix::currentMoved, area, [area](const QRect& cell) {
        area->ensureVisible(cell.center().x(), cell.center().y(), cell.width(), cell.height());
    });
}

void MatrixView::show(const TestResult& result)
{
    QStringList labels;
    for (const std::string& label : result.report.labels)
        labels << shown(label);
    matrix_->setCounts(labels, result.report.confusion);
}

} // namespace earmark
