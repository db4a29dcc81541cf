// Building blocks whose tensors are declared unfilled, each with the rule that makes it when a checkpoint lacks it. LibTorch's own layers draw
// from the global generator as they are built, which would shift the random numbers of a training that is running. Thread: the executor's.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/neural/device/guarded.h"
#include "engine/neural/device/torch.h"
#include "engine/neural/models/linear.h"

namespace earmark::neural
{

/// Fills a new tensor. Random ones draw from the generator given, never from the global one.
using Filler = std::function<void(torch::Tensor&, at::Generator&)>;

namespace fill
{
Filler constant(double value);
Filler normal(double deviation);
Filler truncatedNormal(double deviation); ///< cut at ±2, as torch.nn.init.trunc_normal_ does by default
Filler uniform(double low, double high);
Filler kaimingNormal();                   ///< fan in, gain √2: torch.nn.init.kaiming_normal_
} // namespace fill

/// A module that owns tensors.
class Layer : public torch::nn::Module
{
public:
    /// Fills this module's own parameter or buffer. False where it has none of that name.
    bool fillOwn(const std::string& name, at::Generator& generator);

protected:
    /// Errors (thrown): model.bad_config once a network's parameters would not fit into the machine's memory (see ParameterBudget).
    torch::Tensor declareParameter(const std::string& name, at::IntArrayRef sizes, Filler filler);
    torch::Tensor declareBuffer(const std::string& name, at::IntArrayRef sizes, Filler filler,
                                torch::ScalarType type = torch::kFloat32);

private:
    std::map<std::string, Filler> fillers_;
};

/// While it lives, counts what is declared on this thread and refuses (model.bad_config) what this machine's memory cannot hold, so that
/// absurd sizes in a config.json are one sentence and not a machine that swaps.
class ParameterBudget
{
public:
    ParameterBudget();
    ~ParameterBudget();
    ParameterBudget(const ParameterBudget&) = delete;
    ParameterBudget& operator=(const ParameterBudget&) = delete;
};

/// Makes the named parameters and buffers anew, in the model's order.
void fillParameters(torch::nn::Module& model, const std::set<std::string>& names, at::Generator generator);

/// Nothing in it is trained any more.
void freezeParameters(torch::nn::Module& module);

/// Children named "0", "1", … as in torch.nn.ModuleList.
template <class T> class LayerList : public torch::nn::Module
{
public:
    void append(std::shared_ptr<T> layer)
    {
        register_module(std::to_string(layers_.size()), layer);
        layers_.push_back(std::move(layer));
    }
    auto begin() const { return layers_.begin(); }
    auto end() const { return layers_.end(); }
    std::size_t size() const { return layers_.size(); }
    T& operator[](std::size_t index) const { return *layers_[index]; }

private:
    std::vector<std::shared_ptr<T>> layers_;
};

/// y = x Wᵀ + b.
class Linear : public Layer
{
public:
    Linear(std::int64_t in, std::int64_t out, Filler weightFiller, Filler biasFiller, bool withBias = true);
    torch::Tensor forward(const torch::Tensor& x) const { return linear(x, weight, bias); }

    torch::Tensor weight, bias; ///< bias undefined where there is none
};

/// A row for each number.
class Embedding : public Layer
{
public:
    Embedding(std::int64_t rows, std::int64_t size, Filler filler) { weight = declareParameter("weight", {rows, size}, std::move(filler)); }
    /// int64 of any shape -> that shape, then size
    torch::Tensor forward(const torch::Tensor& numbers) const { return at::embedding(weight, numbers); }

    torch::Tensor weight;
};

/// Over the last dimension.
class LayerNorm : public Layer
{
public:
    LayerNorm(std::int64_t size, double eps);
    torch::Tensor forward(const torch::Tensor& x) const { return at::layer_norm(x, {size_}, weight, bias, eps); }

    torch::Tensor weight, bias;
    const double eps;

private:
    std::int64_t size_;
};

} // namespace earmark::neural
