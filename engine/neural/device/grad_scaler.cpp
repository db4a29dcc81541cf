#include "engine/neural/device/grad_scaler.h"

namespace earmark::neural
{

GradScaler::GradScaler(torch::Device device)
    : scale_(torch::full({}, 65536.0f, torch::dtype(torch::kFloat32).device(device))),
      growthTracker_(torch::zeros({}, torch::dtype(torch::kInt32).device(device))), foundInf_(torch::zeros_like(scale_))
{
}

void GradScaler::unscale(const std::vector<torch::Tensor>& gradients)
{
    foundInf_.zero_();
    if (!gradients.empty())
        at::_amp_foreach_non_finite_check_and_unscale_(gradients, foundInf_, scale_.to(torch::kFloat64).reciprocal().to(torch::kFloat32));
}

void GradScaler::update() { at::_amp_update_scale_(scale_, growthTracker_, foundInf_, 2.0, 0.5, 2000); }

void GradScaler::restore(double scale, std::int64_t growthTracker)
{
    scale_.fill_(scale);
    growthTracker_.fill_(growthTracker);
}

} // namespace earmark::neural
