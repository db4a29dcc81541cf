// What a scope may change for the executor's thread, put back at its end. Thread: the executor's.
#pragma once

#include <map>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

/// Generators (CPU and every CUDA device), grad mode, autocast and the thread count as they were.
class StateGuard
{
public:
    StateGuard();
    ~StateGuard();
    StateGuard(const StateGuard&) = delete;
    StateGuard& operator=(const StateGuard&) = delete;

private:
    torch::Tensor cpu_;
    std::map<int, torch::Tensor> cuda_;
    c10::AutoGradMode grad_;
    int threads_;
};

/// `torch.autocast(device, dtype)`; float32 leaves autocast off.
class AutocastGuard
{
public:
    AutocastGuard(torch::Device device, torch::ScalarType dtype);
    ~AutocastGuard();
    AutocastGuard(const AutocastGuard&) = delete;
    AutocastGuard& operator=(const AutocastGuard&) = delete;

private:
    torch::DeviceType type_;
    bool active_;
    bool enabledBefore_ = false;
    torch::ScalarType dtypeBefore_ = torch::kFloat32;
};

/// No autocast within, whatever is outside: for arithmetic that upstream does in the type of its operands.
class AutocastOff
{
public:
    explicit AutocastOff(torch::Device device);
    ~AutocastOff();
    AutocastOff(const AutocastOff&) = delete;
    AutocastOff& operator=(const AutocastOff&) = delete;

private:
    torch::DeviceType type_;
    bool enabledBefore_;
};

/// State of the process's default generator of a device.
torch::Tensor generatorState(torch::Device device);
void setGeneratorState(torch::Device device, const torch::Tensor& state);

} // namespace earmark::neural
