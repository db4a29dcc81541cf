// AdamW as torch.optim.AdamW has it (Loshchilov and Hutter 2019), with Trainer's two groups. Thread: the executor's.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/neural/checkpoint/state_dict.h"
#include "engine/neural/device/torch.h"

namespace earmark::neural
{

struct NamedParameter {
    std::string name;
    torch::Tensor value;
    bool decays = false;
};

/// Every parameter that requires a gradient, in the module's order; `decays` as Trainer.get_decay_parameter_names says.
std::vector<NamedParameter> trainableParameters(const torch::nn::Module& model);

/// By name alone: false where it holds "bias", "layernorm" or "rmsnorm", or a part of it is "norm" or ends in "_norm".
bool nameDecays(const std::string& name);

struct AdamWSettings {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 0;
    bool fused = true; ///< one kernel for all parameters; else step by step
};

class AdamW
{
public:
    AdamW(std::vector<NamedParameter> parameters, AdamWSettings settings);

    const std::vector<NamedParameter>& parameters() const { return parameters_; }
    /// Gradients that are there, in the parameters' order.
    std::vector<torch::Tensor> gradients() const;
    /// Parameters without a gradient (a dropped layer's) are left alone, their step count too. With `foundInf` (a scaler's) of 1 nothing changes.
    void step(double learningRate, const torch::Tensor& foundInf = {});
    void clearGradients();

    /// "step.NAME", "exp_avg.NAME", "exp_avg_sq.NAME" of every parameter that was ever updated.
    StateDict state() const;
    /// False where it is the state of other parameters.
    bool restore(const StateDict& state);

private:
    struct Moments {
        torch::Tensor step; ///< float32 scalar
        torch::Tensor mean;
        torch::Tensor square;
    };
    struct Group {
        std::vector<torch::Tensor> values, gradients, means, squares, steps;
    };

    Moments& momentsOf(std::size_t index);
    Group collect(bool decays);
    void stepFused(Group& group, double learningRate, double decay, const torch::Tensor& foundInf) const;
    void stepPlain(Group& group, double learningRate, double decay) const;

    std::vector<NamedParameter> parameters_;
    std::vector<Moments> moments_;
    AdamWSettings settings_;
};

/// torch.nn.utils.clip_grad_norm_: the L2 norm of all gradients before clipping, a tensor on their device; gradients are shortened to `longest`
/// where it is above 0 and they are longer.
torch::Tensor clipGradients(const std::vector<torch::Tensor>& gradients, double longest);

} // namespace earmark::neural
