#include "engine/neural/models/attention.h"

namespace earmark::neural
{

double lowestNumber(torch::ScalarType type)
{
    switch (type) {
    case torch::kHalf: return std::numeric_limits<at::Half>::lowest();
    case torch::kBFloat16: return std::numeric_limits<at::BFloat16>::lowest();
    case torch::kDouble: return std::numeric_limits<double>::lowest();
    default: return std::numeric_limits<float>::lowest();
    }
}

torch::Tensor additiveMask(const torch::Tensor& valid, torch::ScalarType type)
{
    return torch::zeros(valid.sizes(), valid.options().dtype(type))
        .masked_fill_(valid.logical_not(), lowestNumber(type))
        .unsqueeze(1)
        .unsqueeze(1);
}

Attended attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, const torch::Tensor& mask,
                const AttentionOptions& options)
{
    const std::int64_t batch = q.size(0), frames = q.size(2);
    const double scale = options.scale.value_or(1.0 / std::sqrt(static_cast<double>(q.size(3))));
    Attended result;
    if (!options.eager) {
        std::optional<torch::Tensor> expanded;
        if (mask.defined())
            expanded = mask.expand({batch, mask.size(1), frames, k.size(2)});
        result.context = at::scaled_dot_product_attention(q, k, v, expanded, options.dropout, false, scale);
    } else {
        torch::Tensor weights = at::matmul(q, k.transpose(2, 3));
        if (scale != 1)
            weights = weights * scale;
        if (mask.defined())
            weights = weights + mask;
        weights = options.floatSoftmax ? at::softmax(weights, -1, torch::kFloat32).to(q.scalar_type()) : at::softmax(weights, -1);
        result.weights = at::dropout(weights, options.dropout, options.dropout > 0);
        result.context = at::matmul(result.weights, v);
    }
    result.context = result.context.transpose(1, 2).reshape({batch, frames, -1});
    return result;
}

} // namespace earmark::neural
