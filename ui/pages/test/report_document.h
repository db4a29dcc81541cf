// A test's result as something to hand on: one self-contained web page, pictures within, and the same as PDF; a table of the clips. Thread: any that is a
// QThread, for the text has timers; the pictures are the window's to take.
#pragma once

#include <QImage>
#include <QString>

#include "engine/base/error.h"
#include "ui/models/test_result.h"

namespace earmark
{

struct ReportPictures {
    QImage matrix;
    QImage reliability;
    QImage map; ///< null where it was not made
};

QString reportHtml(const TestResult& result, const ReportPictures& pictures);

/// Complete or absent. `suffix`: "html", "pdf", "csv". Errors: io.*.
Result<void> saveReport(const TestResult& result, const ReportPictures& pictures, const QString& path, const QString& suffix);

} // namespace earmark
