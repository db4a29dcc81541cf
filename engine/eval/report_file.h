// Reports as files: report.json read back, and a table of the clips. Thread: any. What is read is not trusted: the figures are counted anew from
// the clips. Error: eval.bad_report.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/error.h"
#include "engine/eval/classification.h"

namespace earmark
{

struct StoredReport {
    std::string split;
    ClassificationReport report;
};

/// What toJson() of classification.h wrote.
Result<StoredReport> parseReport(std::string_view json);

/// A line a clip: id, file, label, prediction, right (yes or no), confidence, then the score of each label under its name. RFC 4180, with "\r\n".
std::string reportCsv(const ClassificationReport& report);

} // namespace earmark
