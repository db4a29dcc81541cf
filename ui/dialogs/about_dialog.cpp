#include "ui/dialogs/about_dialog.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr std::pair<const char*, const char*> parts[] = {
    {"Qt", "LGPL-3.0"},           {"LibTorch", "BSD-3-Clause"},    {"FFmpeg", "LGPL-2.1 / GPL-2.0"}, {"SQLite", "public domain"},
    {"SQLiteCpp", "MIT"},         {"QCustomPlot", "GPL-3.0"},      {"nlohmann/json", "MIT"},         {"tl::expected", "CC0-1.0"},
    {"xxHash", "BSD-2-Clause"},   {"FFTW", "GPL-2.0"},             {"PCRE2", "BSD-3-Clause"},        {"CLI11", "BSD-3-Clause"},
};

QString licenceText()
{
    QFile file(":/LICENSE");
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setObjectName("aboutDialog");
    setWindowTitle(tr("About Earmark"));
    auto* picture = new QLabel;
    picture->setPixmap(QIcon(":/icons/earmark.svg").pixmap(72, 72));
    auto* name = new QLabel(tr("<h2>Earmark %1</h2><p>Labels audio, fine-tunes pretrained audio transformers on your recordings and tests them, on your own machine.</p>"
                               "<p>Nothing is sent anywhere: your recordings, labels and models stay on your disk.</p>")
                                .arg(QCoreApplication::applicationVersion()));
    name->setWordWrap(true);
    auto* head = new QHBoxLayout;
    head->setSpacing(4 * spaceUnit);
    head->addWidget(picture, 0, Qt::AlignTop);
    head->addWidget(name, 1);

    auto* made = new QTextBrowser;
    made->setAccessibleName(tr("What it is made of"));
    QString rows;
    for (const auto& [part, licence] : parts)
        rows += QString("<tr><td style='padding-right:24px'>%1</td><td>%2</td></tr>").arg(part, licence);
    made->setHtml("<table>" + rows + "</table>");
    auto* licence = new QPlainTextEdit(licenceText());
    licence->setAccessibleName(tr("Licence"));
    licence->setReadOnly(true);
    licence->setTabChangesFocus(true);
    auto* tabs = new QTabWidget;
    tabs->setObjectName("aboutTabs");
    tabs->setAccessibleName(windowTitle());
    tabs->addTab(made, tr("What it is made of"));
    tabs->addTab(licence, tr("Licence: GPL, version 3 or later"));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * spaceUnit, 5 * spaceUnit, 5 * spaceUnit, 4 * spaceUnit);
    column->setSpacing(4 * spaceUnit);
    column->addLayout(head);
    column->addWidget(tabs, 1);
    column->addWidget(buttons);
    resize(140 * spaceUnit, 125 * spaceUnit);
}

} // namespace earmark
