// Figures for people: those of each kind of test.
#pragma once

#include <string>

#include "engine/eval/classification.h"
#include "engine/eval/multi_label.h"
#include "engine/eval/pretraining_report.h"
#include "engine/eval/regression.h"
#include "engine/text/transcription_report.h"

namespace earmark::cli
{

/// Several lines, without a newline at the end.
std::string reportText(const ClassificationReport& report, const std::string& split);

std::string reportText(const MultiLabelReport& report, const std::string& split);

std::string reportText(const RegressionReport& report, const std::string& split);

std::string reportText(const TranscriptionReport& report, const std::string& split);

std::string reportText(const PretrainingReport& report, const std::string& split);

} // namespace earmark::cli
