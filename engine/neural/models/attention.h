// Scaled dot-product attention, as transformers' "eager" and "sdpa" implementations compute it.
#pragma once

#include <optional>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

struct AttentionOptions {
    bool eager = false;        ///< by hand, with the weights; otherwise torch's fused kernel
    double dropout = 0;        ///< of the weights; 0 outside training
    bool floatSoftmax = false; ///< eager: softmax in float32 whatever the type (the ViT-like families)
    std::optional<double> scale; ///< of the products; size^-½ where absent
};

struct Attended {
    torch::Tensor context; ///< (batch, queries, heads · size)
    torch::Tensor weights; ///< (batch, heads, queries, keys) after dropout; undefined where fused
};

/// q, k, v: (batch, heads, frames, size). `mask` is undefined or additive, broadcast to (batch, heads, queries, keys).
Attended attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, const torch::Tensor& mask,
                const AttentionOptions& options);

/// The lowest number of a floating type: what upstream masks with.
double lowestNumber(torch::ScalarType type);

/// Additive mask (batch, 1, 1, frames) of a boolean one (batch, frames): 0 where valid, the type's lowest number elsewhere.
torch::Tensor additiveMask(const torch::Tensor& valid, torch::ScalarType type);

} // namespace earmark::neural
