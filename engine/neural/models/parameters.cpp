#include "engine/neural/models/parameters.h"

#include <unistd.h>

namespace earmark::neural
{

namespace fill
{
Filler constant(double value)
{
    return [=](torch::Tensor& tensor, at::Generator&) { tensor.fill_(value); };
}
Filler normal(double deviation)
{
    return [=](torch::Tensor& tensor, at::Generator& generator) { tensor.normal_(0, deviation, generator); };
}
Filler truncatedNormal(double deviation)
{
    return [=](torch::Tensor& tensor, at::Generator& generator) {
        // Cut at ±2 whatever the deviation, as torch's trunc_normal_ is by default: with the usual 0.02 nothing is ever cut.
        tensor.normal_(0, deviation, generator).clamp_(-2, 2);
    };
}
Filler uniform(double low, double high)
{
    return [=](torch::Tensor& tensor, at::Generator& generator) { tensor.uniform_(low, high, generator); };
}
Filler kaimingNormal()
{
    return [](torch::Tensor& tensor, at::Generator& generator) {
        const double fanIn = static_cast<double>(tensor.numel()) / static_cast<double>(std::max<std::int64_t>(1, tensor.size(0)));
        tensor.normal_(0, std::sqrt(2.0 / fanIn), generator);
    };
}
} // namespace fill

namespace
{

thread_local int budgets = 0;
thread_local double declaredBytes = 0;

double machineMemory() { return static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGE_SIZE)); }

void declare(at::IntArrayRef sizes)
{
    if (budgets == 0)
        return;
    double bytes = sizeof(float);
    for (const std::int64_t size : sizes)
        bytes *= static_cast<double>(size);
    declaredBytes += bytes;
    if (declaredBytes > machineMemory())
        throw Failure("model.bad_config", "config.json describes a network whose weights alone would not fit into this machine's memory; "
                                          "its sizes are damaged, or the model is too large.");
}

} // namespace

ParameterBudget::ParameterBudget()
{
    if (budgets++ == 0)
        declaredBytes = 0;
}
ParameterBudget::~ParameterBudget() { --budgets; }

torch::Tensor Layer::declareParameter(const std::string& name, at::IntArrayRef sizes, Filler filler)
{
    declare(sizes);
    fillers_[name] = std::move(filler);
    return register_parameter(name, torch::empty(sizes, torch::kFloat32));
}

torch::Tensor Layer::declareBuffer(const std::string& name, at::IntArrayRef sizes, Filler filler, torch::ScalarType type)
{
    declare(sizes);
    fillers_[name] = std::move(filler);
    return register_buffer(name, torch::empty(sizes, type));
}

bool Layer::fillOwn(const std::string& name, at::Generator& generator)
{
    const auto filler = fillers_.find(name);
    if (filler == fillers_.end())
        return false;
    torch::NoGradGuard noGrad;
    torch::Tensor* tensor = named_parameters(false).find(name);
    torch::Tensor target = tensor ? *tensor : *named_buffers(false).find(name);
    filler->second(target, generator);
    return true;
}

void fillParameters(torch::nn::Module& model, const std::set<std::string>& names, at::Generator generator)
{
    model.apply([&](const std::string& path, torch::nn::Module& module) {
        auto* layer = dynamic_cast<Layer*>(&module);
        if (!layer)
            return;
        const auto fill = [&](const auto& own) {
            for (const auto& item : own)
                if (names.contains(path.empty() ? item.key() : path + "." + item.key()))
                    layer->fillOwn(item.key(), generator);
        };
        fill(layer->named_parameters(false));
        fill(layer->named_buffers(false));
    });
}

void freezeParameters(torch::nn::Module& module)
{
    for (torch::Tensor& parameter : module.parameters())
        parameter.requires_grad_(false);
}

Linear::Linear(std::int64_t in, std::int64_t out, Filler weightFiller, Filler biasFiller, bool withBias)
{
    weight = declareParameter("weight", {out, in}, std::move(weightFiller));
    if (withBias)
        bias = declareParameter("bias", {out}, std::move(biasFiller));
}

LayerNorm::LayerNorm(std::int64_t size, double eps_) : eps(eps_), size_(size)
{
    weight = declareParameter("weight", {size}, fill::constant(1));
    bias = declareParameter("bias", {size}, fill::constant(0));
}

} // namespace earmark::neural
