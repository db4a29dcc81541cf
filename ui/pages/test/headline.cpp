#include "ui/pages/test/headline.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int mostNames = 5; // of labels, in a sentence

/// A figure over what it is.
QLabel* addFigure(QGridLayout& grid, const QString& name, const QString& text, const QString& tip)
{
    auto* figure = new QLabel;
    figure->setObjectName(name);
    auto* caption = new QLabel(text);
    caption->setProperty("muted", true);
    for (QLabel* label : {figure, caption})
        label->setToolTip(tip);
    figure->setAccessibleName(text);
    const int column = grid.columnCount();
    grid.addWidget(figure, 0, column, Qt::AlignLeft | Qt::AlignBottom);
    grid.addWidget(caption, 1, column);
    return figure;
}

} // namespace

Headline::Headline(QWidget* parent) : QWidget(parent)
{
    auto* row = new QGridLayout;
    row->setHorizontalSpacing(7 * spaceUnit);
    row->setVerticalSpacing(0);
    accuracy_ = addFigure(*row, "testAccuracy", tr("Accuracy"), tr("The share of clips whose label the model found"));
    interval_ = addFigure(*row, "testInterval", tr("Likely range"),
                          tr("With this many clips, the accuracy on all clips of this kind lies in here with a probability of 95 % (Wilson's interval)"));
    f1_ = addFigure(*row, "testF1", tr("Mean F1 of the labels"), tr("Each label counts the same, however many clips it has (macro F1)"));
    chance_ = addFigure(*row, "testChance", tr("By guessing"), tr("The accuracy of always saying the label that most clips have"));
    clips_ = addFigure(*row, "testClips", tr("Clips"), tr("Clips that were tested"));
    accuracy_->setProperty("title", true);
    for (QLabel* label : {interval_, f1_, chance_, clips_})
        label->setProperty("heading", true);
    row->setColumnStretch(row->columnCount(), 1);
    remarks_ = new QLabel;
    remarks_->setObjectName("testRemarks");
    remarks_->setProperty("muted", true);
    remarks_->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spaceUnit);
    column->addLayout(row);
    column->addWidget(remarks_);
}

void Headline::show(const TestResult& result)
{
    const ClassificationReport& report = result.report;
    accuracy_->setText(percentText(report.accuracy));
    interval_->setText(tr("%1 to %2").arg(percentText(report.accuracyInterval.low), percentText(report.accuracyInterval.high)));
    f1_->setText(percentText(report.macroF1));
    chance_->setText(percentText(result.commonest));
    clips_->setText(QLocale().toString(static_cast<qlonglong>(report.clips)));
    const QStringList sentences = remarks(result);
    remarks_->setText(sentences.join(' '));
    remarks_->setVisible(!sentences.isEmpty());
}

QStringList Headline::remarks(const TestResult& result)
{
    QStringList sentences;
    if (const int count = static_cast<int>(result.unknownLabels.size())) {
        QStringList names;
        for (int i = 0; i < std::min(count, mostNames); ++i)
            names << tr("“%1”").arg(shown(result.unknownLabels[static_cast<std::size_t>(i)]));
        if (count > mostNames)
            names << tr("and %Ln more", nullptr, count - mostNames);
        sentences << tr("The model does not know %Ln label(s): %1. Their clips count as wrong.", nullptr, count).arg(QLocale().createSeparatedList(names));
    }
    if (result.leftOut > 0)
        sentences << tr("%Ln clip(s) without a label, or that could not be read, were left out.", nullptr, static_cast<int>(result.leftOut));
    if (result.relabelled > 0)
        sentences << tr("%Ln label(s) changed since the test; the figures count them as they are now.", nullptr, static_cast<int>(result.relabelled));
    return sentences;
}

} // namespace earmark
