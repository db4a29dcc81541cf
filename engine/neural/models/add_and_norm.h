// The end of each half of a layer as BERT has it: projected, dropped out, added to what came in, normalised.
#pragma once

#include "engine/neural/models/parameters.h"

namespace earmark::neural
{

class AddAndNorm : public torch::nn::Module
{
public:
    /// `projection` ends in the norm's size.
    AddAndNorm(std::shared_ptr<Linear> projection, double eps, double dropout) : dropout_(dropout)
    {
        const std::int64_t size = projection->weight.size(0);
        dense = register_module("dense", std::move(projection));
        norm = register_module("LayerNorm", std::make_shared<LayerNorm>(size, eps));
    }

    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& residual) const
    {
        return norm->forward(at::dropout(dense->forward(x), dropout_, is_training()) + residual);
    }

private:
    double dropout_;
    std::shared_ptr<Linear> dense;
    std::shared_ptr<LayerNorm> norm;
};

} // namespace earmark::neural
