// Any bytes as a stored report, and the figures of what was read.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/eval/calibration.h"
#include "engine/eval/label_errors.h"
#include "engine/eval/report_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (const auto read = earmark::parseReport({reinterpret_cast<const char*>(data), size})) {
        (void)earmark::reportCsv(read->report);
        (void)earmark::calibrated(read->report.perClip);
        (void)earmark::suspiciousLabels(read->report.perClip, read->report.labels.size());
    }
    return 0;
}
