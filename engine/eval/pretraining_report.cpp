#include "engine/eval/pretraining_report.h"

#include <nlohmann/json.hpp>

namespace earmark
{

namespace
{

using Json = nlohmann::ordered_json;

Json figures(const PretrainingReport& report, const std::string& split)
{
    return {{"split", split},
            {"clips", report.clips},
            {"loss", report.loss},
            {"contrastive_loss", report.contrastiveLoss},
            {"diversity_loss", report.diversityLoss},
            {"accuracy", report.accuracy},
            {"perplexity", report.perplexity}};
}

} // namespace

std::string toJson(const PretrainingReport& report, const std::string& split)
{
    return figures(report, split).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summaryJson(const PretrainingReport& report, const std::string& split)
{
    return figures(report, split).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace earmark
