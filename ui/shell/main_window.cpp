#include "ui/shell/main_window.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/pages/data/data_page.h"
#include "ui/pages/label/label_page.h"
#include "ui/pages/predict/predict_page.h"
#include "ui/pages/test/test_page.h"
#include "ui/pages/train/train_page.h"
#include "ui/widgets/player_bar.h"
#include "ui/widgets/theme.h"

namespace earmark
{

MainWindow::MainWindow(Workspace& workspace, QWidget* parent)
    : QMainWindow(parent), workspace_(workspace), pages_(new QStackedWidget), rail_(new QButtonGroup(this)), railWidget_(new QWidget)
{
    auto* central = new QWidget;
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* rail = new QVBoxLayout(railWidget_);
    railWidget_->setObjectName("rail");
    rail->setContentsMargins(spaceUnit, 2 * spaceUnit, spaceUnit, 2 * spaceUnit);
    addPage(tr("Data"), "data", new DataPage(workspace));
    addPage(tr("Label"), "label", new LabelPage(workspace));
    addPage(tr("Train"), "train", new TrainPage(workspace));
    addPage(tr("Test"), "test", new TestPage(workspace));
    addPage(tr("Predict"), "predict", new PredictPage(workspace));
    rail->addStretch();
    row->addWidget(railWidget_);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(pages_, 1);
    column->addWidget(new PlayerBar(workspace));
    row->addLayout(column, 1);
    setCentralWidget(central);
    setWindowTitle(tr("Earmark"));
    resize(1280, 720);
    connect(rail_, &QButtonGroup::idClicked, this, [this](int page) { showPage(static_cast<Workspace::PageId>(page)); });
    connect(&workspace_, &Workspace::pageAsked, this, &MainWindow::showPage);
    showPage(Workspace::PageId::data);
}

void MainWindow::addPage(const QString& title, const QString& icon, Page* page)
{
    auto* button = new QToolButton;
    button->setText(title);
    button->setIcon(Theme::instance().icon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setCheckable(true);
    button->setAutoRaise(true);
    rail_->addButton(button, pages_->count());
    railWidget_->layout()->addWidget(button);
    pages_->addWidget(page);
}

void MainWindow::showPage(Workspace::PageId page)
{
    const int index = static_cast<int>(page);
    pages_->setCurrentIndex(index);
    rail_->button(index)->setChecked(true);
    static_cast<Page*>(pages_->currentWidget())->entered();
}

} // namespace earmark
