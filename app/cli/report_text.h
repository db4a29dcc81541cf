// A classifier's figures for people.
#pragma once

#include <string>

#include "engine/eval/classification.h"

namespace earmark::cli
{

/// Several lines, without a newline at the end.
std::string reportText(const ClassificationReport& report, const std::string& split);

} // namespace earmark::cli
