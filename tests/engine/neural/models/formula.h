// Weights and inputs by the formulas of tests/golden/models_golden.py, so that none are stored. What upstream holds in whole numbers and does not count steps
// with is constant, and stays as the network was made.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "engine/neural/device/torch.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

/// The script's `formula`.
inline torch::Tensor formula(std::uint64_t stream, std::int64_t count)
{
    torch::Tensor result = torch::empty({count}, torch::kDouble);
    double* out = result.data_ptr<double>();
    for (std::int64_t i = 0; i < count; ++i) {
        auto h = static_cast<std::uint32_t>(static_cast<std::uint64_t>(i) + stream * 0x9E3779B9u);
        h ^= h >> 16;
        h *= 0x7FEB352Du;
        h ^= h >> 15;
        h *= 0x846CA68Bu;
        h ^= h >> 16;
        out[i] = h / 2147483648.0 - 1.0;
    }
    return result;
}

inline torch::Tensor perturbed(std::uint64_t stream, const std::string& name, at::IntArrayRef shape)
{
    const std::int64_t count = c10::multiply_integers(shape);
    torch::Tensor u = formula(stream, count);
    if (name.ends_with("running_var"))
        u = 1 + 0.5 * u;
    else if (name.ends_with("original0") || (shape.size() == 1 && name.ends_with("weight")))
        u = 1 + 0.3 * u;
    else if (shape.size() <= 1)
        u = 0.3 * u;
    else
        u = u * std::sqrt(3.0 * static_cast<double>(shape[0]) / static_cast<double>(count));
    return u.to(torch::kFloat32).view(shape);
}

inline std::vector<std::string> fillByFormula(Model& model)
{
    torch::NoGradGuard noGrad;
    std::vector<std::string> names;
    const auto visit = [&](const auto& items) {
        for (const auto& item : items) {
            names.push_back(item.key());
            torch::Tensor tensor = item.value();
            if (tensor.is_floating_point())
                tensor.copy_(perturbed(names.size(), item.key(), tensor.sizes()));
            else if (item.key().ends_with("num_batches_tracked"))
                tensor.zero_();
        }
    };
    visit(model.named_parameters());
    visit(model.named_buffers());
    return names;
}

} // namespace earmark::neural
