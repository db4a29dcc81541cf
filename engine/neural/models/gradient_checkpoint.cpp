#include "engine/neural/models/gradient_checkpoint.h"

#include <ATen/autocast_mode.h>

namespace earmark::neural
{

namespace
{

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using Block = std::function<torch::Tensor(const torch::Tensor&)>;

/// What a block needs to run again as it ran: itself, the generator of its device, and autocast.
struct Replay : torch::CustomClassHolder {
    Replay(Block block, const torch::Device& device) : run(std::move(block)), device(device), generatorState(generator().get_state())
    {
        for (const auto type : {at::kCPU, at::kCUDA})
            autocast.emplace_back(type, at::autocast::is_autocast_enabled(type), at::autocast::get_autocast_dtype(type));
    }

    at::Generator generator() const { return at::globalContext().defaultGenerator(device); }

    void restore() const
    {
        generator().set_state(generatorState);
        for (const auto& [type, enabled, dtype] : autocast) {
            at::autocast::set_autocast_enabled(type, enabled);
            at::autocast::set_autocast_dtype(type, dtype);
        }
    }

    Block run;
    torch::Device device;
    torch::Tensor generatorState;
    std::vector<std::tuple<at::DeviceType, bool, at::ScalarType>> autocast;
};

struct Recomputed : torch::autograd::Function<Recomputed> {
    static torch::Tensor forward(AutogradContext* context, const Block* run, const torch::Tensor& x, at::TensorList parameters)
    {
        context->saved_data["replay"] = c10::IValue::make_capsule(c10::make_intrusive<Replay>(*run, x.device()));
        context->save_for_backward({x});
        context->saved_data["parameters"] = std::vector<torch::Tensor>(parameters.begin(), parameters.end());
        torch::NoGradGuard noGrad;
        return (*run)(x);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto replay = c10::dynamic_intrusive_pointer_cast<Replay>(context->saved_data["replay"].toCapsule());
        const Replay now({}, replay->device);
        replay->restore();

        torch::AutoGradMode withGrad(true);
        const torch::Tensor x = context->get_saved_variables()[0].detach().requires_grad_(true);
        variable_list inputs{x};
        const auto parameters = context->saved_data["parameters"].toTensorVector();
        for (const torch::Tensor& parameter : parameters)
            if (parameter.requires_grad())
                inputs.push_back(parameter);
        const torch::Tensor y = replay->run(x);
        now.restore();
        const variable_list found = torch::autograd::grad({y}, inputs, {gradients[0]}, std::nullopt, false, true);

        variable_list result{torch::Tensor(), found[0]};
        std::size_t next = 1;
        for (const torch::Tensor& parameter : parameters)
            result.push_back(parameter.requires_grad() ? found[next++] : torch::Tensor());
        return result;
    }
};

} // namespace

torch::Tensor checkpointed(const Block& run, const torch::Tensor& x, const std::vector<torch::Tensor>& parameters)
{
    return Recomputed::apply(&run, x, at::TensorList(parameters));
}

} // namespace earmark::neural
