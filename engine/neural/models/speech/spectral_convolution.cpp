#include "engine/neural/models/speech/spectral_convolution.h"

#include <numbers>

namespace earmark::neural
{

SpectralConvolution::SpectralConvolution(std::int64_t channels, std::int64_t groups, std::int64_t kernel)
    : channels_(channels), groups_(groups), kernel_(kernel), length_(3 * kernel), step_(length_ - kernel + 1), frequencies_(length_ / 2 + 1)
{
    if (!suits())
        return;
    const auto precise = torch::TensorOptions(torch::kDouble);
    const torch::Tensor time = torch::arange(length_, precise), frequency = torch::arange(frequencies_, precise);
    const torch::Tensor angle = at::remainder(at::outer(frequency, time), static_cast<double>(length_)) *
                                (2 * std::numbers::pi / static_cast<double>(length_));
    torch::Tensor twice = torch::full({frequencies_, 1}, 2.0, precise); // the negative frequencies' share
    twice[0] = 1;
    if (length_ % 2 == 0)
        twice[frequencies_ - 1] = 1;
    const torch::Tensor waves = at::cat({angle.cos(), -angle.sin()});
    analysis_ = waves.to(torch::kFloat32);
    synthesis_ = (waves * at::cat({twice, twice}) / static_cast<double>(length_)).t().narrow(0, 0, step_).contiguous().to(torch::kFloat32);
}

bool SpectralConvolution::suits() const { return kernel_ >= 32 && kernel_ <= 512 && channels_ / groups_ >= 16; }

bool SpectralConvolution::pays(std::int64_t frames, bool known) const { return suits() && frames >= (known ? 150 : 400); }

torch::Tensor SpectralConvolution::spectra(const torch::Tensor& weight) const
{
    const std::int64_t width = channels_ / groups_;
    return at::matmul(analysis_.narrow(1, 0, kernel_), weight.reshape({channels_ * width, kernel_}).t())
        .view({2, frequencies_ * groups_, width, width});
}

torch::Tensor SpectralConvolution::forward(const torch::Tensor& x, const torch::Tensor& spectra, const torch::Tensor& bias) const
{
    const std::int64_t batch = x.size(0), frames = x.size(1), width = channels_ / groups_, padding = kernel_ / 2;
    const std::int64_t pieces = (frames + step_ - 1) / step_, count = batch * pieces;
    // Overlapping pieces, each long enough for `step_` results that no wrapping around reaches.
    const torch::Tensor padded = at::constant_pad_nd(x, {0, 0, padding, pieces * step_ + kernel_ - 1 - padding - frames});
    const torch::Tensor signal = padded.unfold(1, length_, step_).transpose(2, 3).reshape({count, length_, channels_});
    const torch::Tensor rows = at::matmul(analysis_, signal).view({2 * count, frequencies_ * groups_, width}).transpose(0, 1);
    const auto product = [&](std::int64_t part) {
        return at::bmm(rows, spectra[part].transpose(1, 2)).view({frequencies_, groups_, count, 2, width});
    };
    const torch::Tensor real = product(0), imaginary = product(1);
    // X · conj(W): a kernel that slides, as torch's convolutions do, rather than one that is mirrored.
    const torch::Tensor result = at::stack({real.select(3, 0) + imaginary.select(3, 1), real.select(3, 1) - imaginary.select(3, 0)});
    const torch::Tensor waves = result.permute({3, 0, 1, 2, 4}).reshape({count, 2 * frequencies_, channels_});
    return at::matmul(synthesis_, waves).view({batch, pieces * step_, channels_}).narrow(1, 0, frames) + bias;
}

} // namespace earmark::neural
