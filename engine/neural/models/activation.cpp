#include "engine/neural/models/activation.h"

#include <cmath>
#include <map>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

torch::Tensor gelu(const torch::Tensor& x) { return at::gelu(x); }

namespace
{
using torch::Tensor;

Tensor tanhGelu(const Tensor& x) { return at::gelu(x, "tanh"); }
Tensor quickGelu(const Tensor& x) { return x * at::sigmoid(1.702 * x); }
Tensor clippedGelu(const Tensor& x) { return at::gelu(x).clamp(-10, 10); }
Tensor laplace(const Tensor& x) { return 0.5 * (1 + at::erf((x - 0.707107) / (0.282095 * std::sqrt(2.0)))); }
Tensor squaredRelu(const Tensor& x) { return at::relu(x).square(); }
Tensor leakyRelu(const Tensor& x) { return at::leaky_relu(x); }
Tensor identity(const Tensor& x) { return x; }
Tensor mish(const Tensor& x) { return at::mish(x); }
Tensor relu(const Tensor& x) { return at::relu(x); }
Tensor relu6(const Tensor& x) { return at::clamp(x, 0, 6); }
Tensor sigmoid(const Tensor& x) { return at::sigmoid(x); }
Tensor silu(const Tensor& x) { return at::silu(x); }
Tensor hyperbolicTangent(const Tensor& x) { return at::tanh(x); }
} // namespace

Activation findActivation(const std::string& name)
{
    static const std::map<std::string, Activation> table = {
        {"gelu", gelu},          {"gelu_python", gelu},           {"gelu_new", tanhGelu},      {"gelu_fast", tanhGelu},
        {"gelu_accurate", tanhGelu}, {"gelu_pytorch_tanh", tanhGelu}, {"gelu_python_tanh", tanhGelu}, {"gelu_10", clippedGelu},
        {"quick_gelu", quickGelu},   {"laplace", laplace},        {"leaky_relu", leakyRelu},   {"linear", identity},
        {"mish", mish},          {"relu", relu},                  {"relu2", squaredRelu},      {"relu6", relu6},
        {"sigmoid", sigmoid},    {"silu", silu},                  {"swish", silu},             {"tanh", hyperbolicTangent},
    };
    const auto row = table.find(name);
    return row == table.end() ? nullptr : row->second;
}

} // namespace earmark::neural
