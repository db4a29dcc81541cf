#include "engine/neural/torch_compute.h"

#include <torch/version.h>

namespace earmark::neural
{

namespace
{
auto notYet() { return failure("internal", "This part of the networks' module is being built."); }
} // namespace

Result<ComputeDescription> TorchCompute::describe() { return ComputeDescription{.torchVersion = TORCH_VERSION}; }
Result<ModelDescription> TorchCompute::describeModel(const std::string&) { return notYet(); }
Result<void> TorchCompute::createModel(const std::string&, const std::vector<std::string>&, std::uint64_t, const std::string&)
{
    return notYet();
}
Result<ClassifyOutcome> TorchCompute::classify(const ClassifyRequest&, const ClassifyObserver&, std::stop_token) { return notYet(); }
Result<bool> TorchCompute::embed(const EmbedRequest&, const EmbedObserver&, std::stop_token) { return notYet(); }
Result<OutputsOutcome> TorchCompute::outputs(const OutputsRequest&) { return notYet(); }
Result<TrainOutcome> TorchCompute::train(const TrainRequest&, TrainObserver&, std::stop_token) { return notYet(); }

} // namespace earmark::neural
