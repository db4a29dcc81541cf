#include "app/cli/report_text.h"

#include <algorithm>

#include "app/cli/console.h"

namespace earmark::cli
{

namespace
{

/// Columns on a terminal, near enough: UTF-8 sequences, not bytes.
std::size_t widthOf(const std::string& text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width)
{
    const std::size_t own = widthOf(text);
    return text + std::string(own < width ? width - own : 0, ' ');
}

std::size_t widestName(const std::string& head, const std::vector<std::string>& names)
{
    std::size_t width = widthOf(head);
    for (const std::string& name : names)
        width = std::max(width, widthOf(shownName(name)));
    return width;
}

std::string orNone(const std::optional<double>& value) { return value ? formatted("%.4f", *value) : "-"; }

constexpr std::size_t widestMatrix = 20; ///< labels; a larger confusion matrix is in the report alone

std::string matrixText(const ClassificationReport& report)
{
    std::string text = "\n\nConfusion (a row a true label, a column a predicted one, in the order above)";
    for (const auto& row : report.confusion) {
        text += "\n ";
        for (const std::int64_t count : row)
            text += formatted(" %5lld", static_cast<long long>(count));
    }
    return text;
}

} // namespace

std::string reportText(const ClassificationReport& report, const std::string& split)
{
    std::string text = formatted("%s: %lld clips, accuracy %.4f (95 %% interval %.4f–%.4f), macro F1 %.4f", shownName(split).c_str(),
                                 static_cast<long long>(report.clips), report.accuracy, report.accuracyInterval.low,
                                 report.accuracyInterval.high, report.macroF1);
    const std::size_t width = widestName("label", report.labels);
    text += "\n\n" + padded("label", width) + "  precision  recall      F1   clips";
    for (const LabelFigures& label : report.perLabel)
        text += "\n" + padded(shownName(label.label), width) +
                formatted("     %.4f  %.4f  %.4f  %6lld", label.precision, label.recall, label.f1, static_cast<long long>(label.support));
    if (report.labels.size() <= widestMatrix)
        text += matrixText(report);
    return text;
}

std::string reportText(const MultiLabelReport& report, const std::string& split)
{
    std::string text = formatted("%s: %lld clips, micro F1 %.4f, macro F1 %.4f, mean average precision ", shownName(split).c_str(),
                                 static_cast<long long>(report.clips), report.microF1, report.macroF1) +
                       orNone(report.meanAveragePrecision) +
                       formatted(", all labels right in %.4f of the clips (95 %% interval %.4f–%.4f)", report.accuracy, report.accuracyInterval.low,
                                 report.accuracyInterval.high);
    const std::size_t width = widestName("label", report.labels);
    text += "\n\n" + padded("label", width) + "  precision  recall      F1  average precision   clips";
    for (const MultiLabelFigures& label : report.perLabel)
        text += "\n" + padded(shownName(label.counted.label), width) +
                formatted("     %.4f  %.4f  %.4f             %6s  %6lld", label.counted.precision, label.counted.recall, label.counted.f1,
                          orNone(label.averagePrecision).c_str(), static_cast<long long>(label.counted.support));
    return text;
}

std::string reportText(const RegressionReport& report, const std::string& split)
{
    std::string text = formatted("%s: %lld clips, mean squared error %.4g, mean absolute error %.4g, R² ", shownName(split).c_str(),
                                 static_cast<long long>(report.clips), report.mse, report.mae) +
                       orNone(report.r2) + ", Pearson's correlation " + orNone(report.pearson);
    const std::size_t width = widestName("number", report.labels);
    text += "\n\n" + padded("number", width) + "         MSE         MAE       R²  Pearson";
    for (const TargetFigures& target : report.perTarget)
        text += "\n" + padded(shownName(target.target), width) +
                formatted("  %10.4g  %10.4g  %7s  %7s", target.mse, target.mae, orNone(target.r2).c_str(), orNone(target.pearson).c_str());
    return text;
}

std::string reportText(const TranscriptionReport& report, const std::string& split)
{
    const auto line = [](const char* what, const ErrorCounts& errors) {
        return formatted("%s error rate %.4f: of %lld, %lld replaced, %lld missing, %lld too many", what, errors.rate(), static_cast<long long>(errors.length),
                         static_cast<long long>(errors.substitutions), static_cast<long long>(errors.deletions),
                         static_cast<long long>(errors.insertions));
    };
    return formatted("%s: %lld clips\n", shownName(split).c_str(), static_cast<long long>(report.clips)) + line("Word", report.words) + "\n" +
           line("Character", report.characters);
}

std::string reportText(const PretrainingReport& report, const std::string& split)
{
    return formatted("%s: %lld clips, of the masked frames %.4f told right\nLoss of a masked frame %.4f, contrastive %.4f, diversity %.4f; perplexity of the codes %.2f",
                     shownName(split).c_str(), static_cast<long long>(report.clips), report.accuracy, report.loss, report.contrastiveLoss, report.diversityLoss,
                     report.perplexity);
}

} // namespace earmark::cli
