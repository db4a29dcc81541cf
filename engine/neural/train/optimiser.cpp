#include "engine/neural/train/optimiser.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

#include <torch/nn/modules/normalization.h>

namespace earmark::neural
{

namespace
{

/// Names of the modules whose own parameters never decay, whatever they are called.
void collectNorms(const torch::nn::Module& module, const std::string& prefix, std::vector<std::string>& norms)
{
    for (const auto& child : module.named_children()) {
        const std::string name = prefix + child.key();
        if (child.value()->as<torch::nn::LayerNormImpl>())
            norms.push_back(name + ".");
        collectNorms(*child.value(), name + ".", norms);
    }
}

} // namespace

bool nameDecays(const std::string& given)
{
    std::string name = given;
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const char* word : {"bias", "layernorm", "rmsnorm"})
        if (name.find(word) != std::string::npos)
            return false;
    for (std::size_t start = 0; start <= name.size();) {
        const std::size_t end = std::min(name.find('.', start), name.size());
        const std::string_view part = std::string_view(name).substr(start, end - start);
        if (part == "norm" || part.ends_with("_norm"))
            return false;
        start = end + 1;
    }
    return true;
}

std::vector<NamedParameter> trainableParameters(const torch::nn::Module& model)
{
    std::vector<std::string> norms;
    collectNorms(model, "", norms);
    std::vector<NamedParameter> parameters;
    for (const auto& parameter : model.named_parameters()) {
        if (!parameter.value().requires_grad())
            continue;
        const bool inNorm = std::ranges::any_of(norms, [&](const std::string& norm) { return parameter.key().starts_with(norm); });
        parameters.push_back({parameter.key(), parameter.value(), !inNorm && nameDecays(parameter.key())});
    }
    return parameters;
}

AdamW::AdamW(std::vector<NamedParameter> parameters, AdamWSettings settings)
    : parameters_(std::move(parameters)), moments_(parameters_.size()), settings_(settings)
{
}

std::vector<torch::Tensor> AdamW::gradients() const
{
    std::vector<torch::Tensor> gradients;
    for (const NamedParameter& parameter : parameters_)
        if (parameter.value.grad().defined())
            gradients.push_back(parameter.value.grad());
    return gradients;
}

void AdamW::clearGradients()
{
    for (NamedParameter& parameter : parameters_)
        parameter.value.mutable_grad() = torch::Tensor();
}

AdamW::Moments& AdamW::momentsOf(std::size_t index)
{
    Moments& moments = moments_[index];
    if (!moments.step.defined()) {
        const torch::Tensor& value = parameters_[index].value;
        moments.step = torch::zeros({}, torch::dtype(torch::kFloat32).device(value.device()));
        moments.mean = torch::zeros_like(value, torch::MemoryFormat::Preserve);
        moments.square = torch::zeros_like(value, torch::MemoryFormat::Preserve);
    }
    return moments;
}

AdamW::Group AdamW::collect(bool decays)
{
    Group group;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const NamedParameter& parameter = parameters_[i];
        if (parameter.decays != decays || !parameter.value.grad().defined())
            continue;
        Moments& moments = momentsOf(i);
        group.values.push_back(parameter.value);
        group.gradients.push_back(parameter.value.grad());
        group.means.push_back(moments.mean);
        group.squares.push_back(moments.square);
        group.steps.push_back(moments.step);
    }
    return group;
}

void AdamW::step(double learningRate, const torch::Tensor& foundInf)
{
    const torch::NoGradGuard guard;
    for (const bool decays : {true, false}) {
        Group group = collect(decays);
        if (group.values.empty())
            continue;
        const double decay = decays ? settings_.weight_decay : 0;
        if (settings_.fused)
            stepFused(group, learningRate, decay, foundInf);
        else if (!foundInf.defined() || foundInf.item<float>() == 0)
            stepPlain(group, learningRate, decay);
    }
}

void AdamW::stepFused(Group& group, double learningRate, double decay, const torch::Tensor& foundInf) const
{
    at::_foreach_add_(group.steps, 1);
    at::_fused_adamw_(group.values, group.gradients, group.means, group.squares, {}, group.steps, learningRate, settings_.beta1, settings_.beta2,
                      decay, settings_.epsilon, false, false, {}, foundInf.defined() ? std::optional(foundInf) : std::nullopt);
    if (foundInf.defined())
        at::_foreach_sub_(group.steps, std::vector<torch::Tensor>(group.steps.size(), foundInf));
}

void AdamW::stepPlain(Group& group, double learningRate, double decay) const
{
    for (std::size_t i = 0; i < group.values.size(); ++i) {
        group.steps[i].add_(1);
        const double step = group.steps[i].item<double>();
        if (decay != 0)
            group.values[i].mul_(1 - learningRate * decay);
        group.means[i].lerp_(group.gradients[i], 1 - settings_.beta1);
        group.squares[i].mul_(settings_.beta2).addcmul_(group.gradients[i], group.gradients[i], 1 - settings_.beta2);
        const double meanCorrection = 1 - std::pow(settings_.beta1, step);
        const double squareCorrection = std::sqrt(1 - std::pow(settings_.beta2, step));
        const torch::Tensor width = (group.squares[i].sqrt() / squareCorrection).add_(settings_.epsilon);
        group.values[i].addcdiv_(group.means[i], width, -learningRate / meanCorrection);
    }
}

StateDict AdamW::state() const
{
    StateDict state;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        if (!moments_[i].step.defined())
            continue;
        state.emplace_back("step." + parameters_[i].name, moments_[i].step);
        state.emplace_back("exp_avg." + parameters_[i].name, moments_[i].mean);
        state.emplace_back("exp_avg_sq." + parameters_[i].name, moments_[i].square);
    }
    return state;
}

bool AdamW::restore(const StateDict& state)
{
    std::map<std::string, torch::Tensor> byName(state.begin(), state.end());
    std::size_t used = 0;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const std::string& name = parameters_[i].name;
        const auto step = byName.find("step." + name);
        if (step == byName.end())
            continue;
        const auto mean = byName.find("exp_avg." + name);
        const auto square = byName.find("exp_avg_sq." + name);
        if (mean == byName.end() || square == byName.end() || mean->second.sizes() != parameters_[i].value.sizes() ||
            square->second.sizes() != parameters_[i].value.sizes() || step->second.numel() != 1)
            return false;
        Moments& moments = momentsOf(i);
        moments.step.copy_(step->second.reshape({}));
        moments.mean.copy_(mean->second);
        moments.square.copy_(square->second);
        used += 3;
    }
    return used == state.size();
}

torch::Tensor clipGradients(const std::vector<torch::Tensor>& gradients, double longest)
{
    if (gradients.empty())
        return torch::zeros({});
    const torch::NoGradGuard guard;
    const torch::Tensor norm = torch::linalg_vector_norm(torch::stack(at::_foreach_norm(gradients, 2)), 2);
    if (longest <= 0)
        return norm;
    const torch::Tensor factor = (longest / (norm + 1e-6)).clamp_max(1.0);
    // Multiplying by 1 changes nothing; asking for the value costs nothing on the CPU, but waits for the device elsewhere.
    if (!factor.is_cpu() || factor.item<float>() != 1.0f)
        at::_foreach_mul_(gradients, factor);
    return norm;
}

} // namespace earmark::neural
