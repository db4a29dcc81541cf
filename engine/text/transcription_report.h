// Figures for a recogniser: what was said, what was heard, and how far apart they are. Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/text/error_rate.h"

namespace earmark
{

struct TranscribedReference {
    std::int64_t id = 0;
    std::string name;
    std::string reference; ///< as the tokenizer writes it: what the network could have said at best
    std::string text;
};

struct TranscriptionReport {
    std::int64_t clips = 0;
    ErrorCounts words, characters; ///< over all clips
    std::vector<TranscribedReference> perClip;
};

TranscriptionReport transcriptionReport(std::vector<TranscribedReference> clips);

/// The report.json of a recogniser: split, clips (their number), wer, cer, the counts behind them, per_clip [{id, file, reference, text, wer, cer}].
std::string toJson(const TranscriptionReport& report, const std::string& split);
/// The same on one line, without the clips: what `evaluate --json` prints.
std::string summaryJson(const TranscriptionReport& report, const std::string& split);

} // namespace earmark
