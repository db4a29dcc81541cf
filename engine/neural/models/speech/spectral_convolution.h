// Wide grouped convolutions by way of the frequency domain, for float32 on the CPU. The Fourier transforms are matrix products (their length is a
// few hundred), and what remains is one small product for each frequency and group. With half a second of kernel and several clips at once this
// takes a third of the time of a direct convolution in training; oneDNN's gradient of a grouped weight is far from the machine's peak.
#pragma once

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

class SpectralConvolution
{
public:
    SpectralConvolution(std::int64_t channels, std::int64_t groups, std::int64_t kernel);

    /// Is it faster than a direct convolution of `frames` (over the whole batch)? `known`: spectra() were computed before.
    bool pays(std::int64_t frames, bool known) const;

    /// Of a weight (channels, channels / groups, kernel). Differentiable.
    torch::Tensor spectra(const torch::Tensor& weight) const;

    /// (batch, frames, channels) -> the same shape: each frame from the kernel centred on it, zeros beyond the ends; a kernel of even length
    /// looks one further back than ahead. Differentiable. Differs from a direct convolution by float32's rounding alone.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& spectra, const torch::Tensor& bias) const;

private:
    bool suits() const;

    std::int64_t channels_, groups_, kernel_;
    std::int64_t length_;      ///< of a transform
    std::int64_t step_;        ///< frames that one transform gives
    std::int64_t frequencies_;
    torch::Tensor analysis_;   ///< (2 · frequencies, length): real parts, then imaginary ones
    torch::Tensor synthesis_;  ///< (step, 2 · frequencies)
};

} // namespace earmark::neural
