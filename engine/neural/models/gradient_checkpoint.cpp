#include "engine/neural/models/gradient_checkpoint.h"

#include <algorithm>

#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

namespace earmark::neural
{

namespace
{

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using Block = std::function<torch::Tensor(const Tensors&)>;

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
    static torch::Tensor forward(AutogradContext* context, const Block* run, at::TensorList inputs, at::TensorList parameters)
    {
        context->saved_data["replay"] = c10::IValue::make_capsule(c10::make_intrusive<Replay>(*run, inputs.front().device()));
        context->save_for_backward(inputs.vec());
        context->saved_data["parameters"] = parameters.vec();
        torch::NoGradGuard noGrad;
        return (*run)(inputs.vec());
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto replay = c10::dynamic_intrusive_pointer_cast<Replay>(context->saved_data["replay"].toCapsule());
        const Replay now({}, replay->device);
        replay->restore();

        torch::AutoGradMode withGrad(true);
        variable_list leaves = context->get_saved_variables();
        for (torch::Tensor& leaf : leaves) // of a graph of its own
            leaf = leaf.detach().requires_grad_(leaf.requires_grad());
        const torch::Tensor y = replay->run(leaves);
        now.restore();
        const auto parameters = context->saved_data["parameters"].toTensorVector();
        leaves.insert(leaves.end(), parameters.begin(), parameters.end());
        variable_list wanted;
        std::ranges::copy_if(leaves, std::back_inserter(wanted), [](const torch::Tensor& leaf) { return leaf.requires_grad(); });
        const variable_list found = torch::autograd::grad({y}, wanted, {gradients[0]}, std::nullopt, false, true);

        variable_list result{torch::Tensor()};
        std::size_t next = 0;
        for (const torch::Tensor& leaf : leaves)
            result.push_back(leaf.requires_grad() ? found[next++] : torch::Tensor());
        return result;
    }
};

} // namespace

torch::Tensor checkpointed(const Block& run, const Tensors& inputs, const Tensors& parameters)
{
    return Recomputed::apply(&run, at::TensorList(inputs), at::TensorList(parameters));
}

} // namespace earmark::neural
