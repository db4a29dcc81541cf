#include "engine/neural/device/vector_math.h"

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

void readyVectorMath()
{
    using Function = torch::Tensor (*)(const torch::Tensor&);
    static constexpr Function functions[] = {at::acos, at::asin, at::atan,  at::cos,   at::cosh,  at::erf,   at::erfc, at::erfinv, at::exp,  at::expm1, at::lgamma,
                                             at::log,  at::log2, at::log10, at::log1p, at::rsqrt, at::sigmoid, at::sin, at::sinh,  at::sqrt, at::tan,   at::tanh};
    const torch::NoGradGuard noGrad;
    for (const auto type : {torch::kFloat32, torch::kFloat64}) {
        const torch::Tensor one = torch::full({1}, 0.5, type);
        for (const Function function : functions)
            function(one);
    }
}

} // namespace earmark::neural
