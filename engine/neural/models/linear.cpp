#include "engine/neural/models/linear.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/autograd/custom_function.h>

namespace earmark::neural
{

namespace
{

using torch::Tensor;
using OneDnnLinear = Tensor(const Tensor&, const Tensor&, const std::optional<Tensor>&, std::string_view, c10::List<std::optional<at::Scalar>>, std::optional<std::string_view>);

/// Nothing where LibTorch was built without oneDNN.
const std::optional<c10::TypedOperatorHandle<OneDnnLinear>>& oneDnnLinear()
{
    static const auto handle = [] {
        const auto found = c10::Dispatcher::singleton().findSchema({"mkldnn::_linear_pointwise", ""});
        return found && at::globalContext().hasMKLDNN() ? std::optional(found->typed<OneDnnLinear>()) : std::nullopt;
    }();
    return handle;
}

Tensor product(const Tensor& x, const Tensor& weight, const std::optional<Tensor>& bias)
{
    return oneDnnLinear()->call(x, weight, bias, "none", c10::List<std::optional<at::Scalar>>(), "");
}

bool isFast(const Tensor& x, const Tensor& weight)
{
    return x.is_cpu() && x.scalar_type() == at::kFloat && weight.scalar_type() == at::kFloat && x.numel() > 0 && weight.numel() > 0 &&
           !at::autocast::is_autocast_enabled(at::kCPU) && oneDnnLinear();
}

class LinearFunction : public torch::autograd::Function<LinearFunction>
{
public:
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& x, const Tensor& weight, const std::optional<Tensor>& bias)
    {
        context->saved_data["bias"] = bias.has_value();
        context->save_for_backward({x, weight});
        return product(x, weight, bias);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list incoming)
    {
        const auto saved = context->get_saved_variables();
        const Tensor gradient = incoming[0].contiguous(), rows = gradient.flatten(0, -2);
        Tensor x, weight, bias;
        if (context->needs_input_grad(0))
            x = product(gradient, saved[1].t(), std::nullopt);
        if (context->needs_input_grad(1))
            weight = at::mm(rows.t(), saved[0].flatten(0, -2));
        if (context->saved_data["bias"].toBool() && context->needs_input_grad(2))
            bias = rows.sum(0);
        return {x, weight, bias};
    }
};

} // namespace

torch::Tensor linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias)
{
    if (!isFast(x, weight) || x.dim() < 2)
        return at::linear(x, weight, bias);
    const bool learns = at::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad() || (bias.defined() && bias.requires_grad()));
    const auto offset = bias.defined() ? std::optional(bias) : std::nullopt;
    return learns ? LinearFunction::apply(x, weight, offset) : product(x, weight, offset);
}

} // namespace earmark::neural
