#include "ui/pages/test/confidence_view.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include "ui/models/text.h"
#include "ui/plots/reliability_plot.h"
#include "ui/widgets/theme.h"

namespace earmark
{

ConfidenceView::ConfidenceView(QWidget* parent)
    : QWidget(parent), words_(new QLabel), plot_(new ReliabilityPlot), calibrated_(new QCheckBox(tr("With the temperature that fits"))), thresholdText_(new QLabel),
      consequence_(new QLabel), slider_(new QSlider(Qt::Horizontal)), below_(new QPushButton(tr("Show those below")))
{
    words_->setObjectName("calibrationText");
    words_->setWordWrap(true);
    words_->setProperty("muted", true);
    plot_->setObjectName("reliabilityPlot");
    calibrated_->setObjectName("calibrated");
    calibrated_->setToolTip(tr("Temperature scaling: all scores divided by one number before softmax, fitted on these clips, so that the model is as sure as it is right. "
                               "Its answers stay the same. The plot judges each half of the clips with the number found on the other half."));
    thresholdText_->setObjectName("thresholdText");
    thresholdText_->setProperty("heading", true);
    slider_->setObjectName("threshold");
    slider_->setAccessibleName(tr("Least confidence of an answer"));
    slider_->setRange(0, 100);
    slider_->setMinimumWidth(40 * spaceUnit);
    below_->setObjectName("showBelow");
    below_->setProperty("plain", true);
    consequence_->setObjectName("thresholdConsequence");
    consequence_->setWordWrap(true);
    consequence_->setProperty("muted", true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * spaceUnit, 0, 0);
    column->setSpacing(2 * spaceUnit);
    auto* head = new QHBoxLayout;
    head->setSpacing(3 * spaceUnit);
    head->addWidget(words_, 1);
    head->addWidget(calibrated_, 0, Qt::AlignTop);
    auto* row = new QHBoxLayout;
    row->setSpacing(3 * spaceUnit);
    row->addWidget(thresholdText_);
    row->addWidget(slider_, 1);
    row->addWidget(below_);
    column->addLayout(head);
    column->addWidget(plot_, 1);
    column->addLayout(row);
    column->addWidget(consequence_);

    connect(calibrated_, &QCheckBox::toggled, this, &ConfidenceView::showPlot);
    connect(plot_, &ReliabilityPlot::chosen, this, [this](int bin) {
        Q_EMIT binChosen(bin, static_cast<int>(result_->asGiven.bins.size()), plot_->binText(bin));
    });
    connect(slider_, &QSlider::valueChanged, this, &ConfidenceView::showThreshold);
    connect(below_, &QPushButton::clicked, this, [this] { Q_EMIT belowChosen(threshold()); });
}

double ConfidenceView::threshold() const { return slider_->value() / 100.0; }

void ConfidenceView::show(std::shared_ptr<const TestResult> result)
{
    result_ = std::move(result);
    const QLocale locale;
    words_->setText(tr("On average the confidence is off by %1; with a temperature of %2 by %3.", "expected calibration error before and after")
                        .arg(percentText(result_->asGiven.expectedError), locale.toString(result_->temperature, 'f', 2), percentText(result_->calibrated.expectedError)));
    words_->setToolTip(tr("Expected calibration error (ECE) over ten bins"));
    showPlot();
    showThreshold();
}

void ConfidenceView::showPlot()
{
    if (result_)
        plot_->setReliability(calibrated_->isChecked() ? result_->calibrated : result_->asGiven);
}

void ConfidenceView::showThreshold()
{
    if (!result_)
        return;
    thresholdText_->setText(tr("“None of these” below %1 %").arg(slider_->value()));
    const ThresholdPoint at = atThreshold(result_->thresholds, threshold());
    const auto below = static_cast<int>(result_->report.clips - at.kept);
    consequence_->setText(at.kept > 0 ? tr("%1 of the clips keep an answer, and %2 of those answers are right.").arg(percentText(at.coverage), percentText(at.accuracy))
                                      : tr("No clip keeps an answer."));
    below_->setEnabled(below > 0);
    plot_->setThreshold(calibrated_->isChecked() ? std::nullopt : std::optional(threshold()));
}

} // namespace earmark
