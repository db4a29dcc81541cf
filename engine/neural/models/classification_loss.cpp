#include "engine/neural/models/classification_loss.h"

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

namespace
{
constexpr std::int64_t ignoredLabel = -100;

torch::Tensor crossEntropy(const torch::Tensor& logits, const torch::Tensor& labels, at::Reduction::Reduction reduction)
{
    return at::cross_entropy_loss(logits.view({-1, logits.size(-1)}), labels.view(-1), {}, reduction, ignoredLabel);
}
} // namespace

std::string problemTypeOf(const Model& model)
{
    const Json config = Json::parse(model.configJson(), nullptr, false);
    const auto found = config.is_object() ? config.find("problem_type") : config.end();
    return found != config.end() && found->is_string() ? found->get<std::string>() : std::string();
}

torch::Tensor crossEntropy(const torch::Tensor& logits, const torch::Tensor& labels)
{
    return crossEntropy(logits, labels, at::Reduction::Mean);
}

torch::Tensor lossByProblemType(const torch::Tensor& logits, const torch::Tensor& labels, const std::string& problemType,
                                std::optional<double> numItems)
{
    const std::int64_t count = logits.size(-1);
    const bool integers = labels.scalar_type() == torch::kLong || labels.scalar_type() == torch::kInt;
    const std::string problem = !problemType.empty() ? problemType
                                : count == 1         ? "regression"
                                : integers           ? "single_label_classification"
                                                     : "multi_label_classification";
    if (problem == "regression") {
        const torch::Tensor targets = labels.to(logits.scalar_type());
        return count == 1 ? at::mse_loss(logits.squeeze(), targets.squeeze()) : at::mse_loss(logits, targets);
    }
    if (problem == "single_label_classification")
        return numItems ? crossEntropy(logits, labels, at::Reduction::Sum) / *numItems
                        : crossEntropy(logits, labels, at::Reduction::Mean);
    if (problem == "multi_label_classification")
        return at::binary_cross_entropy_with_logits(logits, labels.to(logits.scalar_type()));
    throw Failure("model.bad_config", "config.json's problem_type is not one of regression, single_label_classification and "
                                      "multi_label_classification.");
}

} // namespace earmark::neural
