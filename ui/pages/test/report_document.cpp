#include "ui/pages/test/report_document.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>
#include <QUrl>

#include <algorithm>

#include "engine/base/file.h"
#include "engine/eval/report_file.h"
#include "ui/models/tested_clips.h"
#include "ui/models/text.h"
#include "ui/pages/test/headline.h"

namespace earmark
{

namespace
{

constexpr std::size_t mostMistakes = 200; // in the document; the CSV has all
constexpr int pictureWidth = 620;

/// Not called tr(): lupdate would take that for the call and pass over the sentences inside.
QString words(const char* text, int count = -1) { return QCoreApplication::translate("earmark::ReportDocument", text, nullptr, count); }

QString dataUri(const QImage& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return "data:image/png;base64," + QString::fromLatin1(bytes.toBase64());
}

/// `source`: where the page finds the picture. What begins a sheet when printed cannot be parted from its heading.
QString figure(const QString& heading, const QImage& picture, const QString& source, bool beginsSheet = false)
{
    if (picture.isNull())
        return {};
    const int width = std::min(pictureWidth, static_cast<int>(picture.width() / picture.devicePixelRatio()));
    return QString("<h2%4>%1</h2><p><img alt=\"%1\" width=\"%2\" src=\"%3\"></p>").arg(heading.toHtmlEscaped()).arg(width).arg(source, beginsSheet ? " style=\"page-break-before: always\"" : "");
}

QString row(const QStringList& cells, const QString& tag)
{
    QString html = "<tr>";
    for (const QString& cell : cells)
        html += QString("<%1>%2</%1>").arg(tag, cell.toHtmlEscaped());
    return html + "</tr>\n";
}

QString summary(const TestResult& result)
{
    const ClassificationReport& report = result.report;
    QString html = "<table>";
    const auto add = [&](const QString& name, const QString& value) { html += row({name, value}, "td"); };
    add(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Clips")), QLocale().toString(static_cast<qlonglong>(report.clips)));
    add(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Accuracy")), percentText(report.accuracy));
    add(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "95 % interval (Wilson)")),
        words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "%1 to %2")).arg(percentText(report.accuracyInterval.low), percentText(report.accuracyInterval.high)));
    add(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Macro F1")), percentText(report.macroF1));
    add(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Always the commonest label")), percentText(result.commonest));
    add(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Expected calibration error")), percentText(result.asGiven.expectedError));
    add(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Temperature that fits")), QLocale().toString(result.temperature, 'f', 3));
    add(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Calibration error with it")), percentText(result.calibrated.expectedError));
    return html + "</table>";
}

QString labelTable(const ClassificationReport& report)
{
    QString html = "<table>" + row({words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Label")), words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Clips")),
                                    words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Precision")), words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Recall")), "F1"},
                                   "th");
    for (const LabelFigures& label : report.perLabel)
        html += row({shown(label.label), QLocale().toString(static_cast<qlonglong>(label.support)), percentText(label.precision), percentText(label.recall), percentText(label.f1)},
                    "td");
    return html + "</table>";
}

QString mistakes(const TestResult& result)
{
    const std::vector<std::size_t> wrong = result.wrong();
    QString html = "<table>" + row({words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Clip")), words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Label")),
                                    words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Model says")), words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Confidence"))},
                                   "th");
    for (std::size_t i = 0; i < std::min(wrong.size(), mostMistakes); ++i) {
        const ReportedClip& clip = result.report.perClip[wrong[i]];
        html += row({shown(clip.name), shownLabel(result, clip.label), shownLabel(result, clip.prediction), percentText(result.judgements[wrong[i]].confidence)}, "td");
    }
    html += "</table>";
    if (wrong.size() > mostMistakes)
        html += "<p>" + words(QT_TRANSLATE_N_NOOP("earmark::ReportDocument", "and %Ln more"), static_cast<int>(wrong.size() - mostMistakes)).toHtmlEscaped() + "</p>";
    return html;
}

struct PictureSources {
    QString matrix, reliability, map;
};

QString html(const TestResult& result, const ReportPictures& pictures, const PictureSources& sources)
{
    const QString title = words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "%1 tested on %2")).arg(result.model, result.data);
    QString page = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + title.toHtmlEscaped() +
                   "</title>\n<style>body { font-family: sans-serif; color: #1b1f27; background: #ffffff; max-width: 46em; margin: 2em auto; padding: 0 1em; }\n"
                   "h1 { font-weight: 500; } h2 { font-weight: 500; margin-top: 1.6em; } table { border-collapse: collapse; }\n"
                   "th, td { text-align: left; padding: 3px 14px 3px 0; } th { color: #5b6472; font-weight: normal; } img { max-width: 100%; }</style></head>\n<body>\n<h1>" +
                   title.toHtmlEscaped() + "</h1>\n" + summary(result);
    for (const QString& sentence : Headline::remarks(result))
        page += "<p>" + sentence.toHtmlEscaped() + "</p>";
    page += figure(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Confusion matrix")), pictures.matrix, sources.matrix);
    page += "<h2>" + words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Labels")).toHtmlEscaped() + "</h2>" + labelTable(result.report);
    page += figure(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Confidence")), pictures.reliability, sources.reliability, true);
    page += figure(words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Map of the clips")), pictures.map, sources.map);
    page += "<h2>" + words(QT_TRANSLATE_NOOP("earmark::ReportDocument", "Mistakes, the most confident first")).toHtmlEscaped() + "</h2>" + mistakes(result);
    return page + "\n</body></html>\n";
}

/// The bytes of the PDF.
QByteArray pdf(const TestResult& result, const ReportPictures& pictures)
{
    const PictureSources names{.matrix = "matrix", .reliability = "reliability", .map = "map"};
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setTitle(result.model);
    writer.setResolution(96);
    QTextDocument document;
    document.setUndoRedoEnabled(false);
    document.addResource(QTextDocument::ImageResource, QUrl(names.matrix), pictures.matrix);
    document.addResource(QTextDocument::ImageResource, QUrl(names.reliability), pictures.reliability);
    document.addResource(QTextDocument::ImageResource, QUrl(names.map), pictures.map);
    document.setHtml(html(result, pictures, names));
    document.print(&writer);
    return bytes;
}

} // namespace

QString reportHtml(const TestResult& result, const ReportPictures& pictures)
{
    return html(result, pictures, {.matrix = dataUri(pictures.matrix), .reliability = dataUri(pictures.reliability), .map = dataUri(pictures.map)});
}

Result<void> saveReport(const TestResult& result, const ReportPictures& pictures, const QString& path, const QString& suffix)
{
    const QByteArray bytes = suffix == "csv"   ? QByteArray::fromStdString(reportCsv(result.report))
                             : suffix == "pdf" ? pdf(result, pictures)
                                               : reportHtml(result, pictures).toUtf8();
    return writeFileAtomically(bytesOf(path), bytes.toStdString());
}

} // namespace earmark
