// torch.amp.GradScaler for training in float16: scales the loss so that small gradients survive, skips steps that overflowed.
// Thread: the executor's.
#pragma once

#include <vector>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

class GradScaler
{
public:
    explicit GradScaler(torch::Device device);

    torch::Tensor scale(const torch::Tensor& loss) const { return loss * scale_; }
    /// Divides the gradients by the scale; foundInf() is 1 afterwards where one of them is not finite.
    void unscale(const std::vector<torch::Tensor>& gradients);
    const torch::Tensor& foundInf() const { return foundInf_; }
    /// After the optimiser's step: halves the scale where it overflowed, doubles it after 2,000 steps that did not.
    void update();

    double value() const { return scale_.item<double>(); }
    std::int64_t growthTracker() const { return growthTracker_.item<std::int64_t>(); }
    void restore(double scale, std::int64_t growthTracker);

private:
    torch::Tensor scale_;
    torch::Tensor growthTracker_;
    torch::Tensor foundInf_;
};

} // namespace earmark::neural
