// torch.nn.BatchNorm1d and 2d: over (batch, channels, …).
#pragma once

#include "engine/neural/models/parameters.h"

namespace earmark::neural
{

class BatchNorm : public Layer
{
public:
    explicit BatchNorm(std::int64_t channels)
    {
        weight = declareParameter("weight", {channels}, fill::constant(1));
        bias = declareParameter("bias", {channels}, fill::constant(0));
        running_mean = declareBuffer("running_mean", {channels}, fill::constant(0));
        running_var = declareBuffer("running_var", {channels}, fill::constant(1));
        num_batches_tracked = declareBuffer("num_batches_tracked", {}, fill::constant(0), torch::kLong);
    }

    torch::Tensor forward(const torch::Tensor& x)
    {
        if (is_training())
            num_batches_tracked.add_(1);
        return at::batch_norm(x, weight, bias, running_mean, running_var, is_training(), 0.1, 1e-5, at::globalContext().userEnabledCuDNN());
    }

    torch::Tensor weight, bias, running_mean, running_var, num_batches_tracked;
};

} // namespace earmark::neural
