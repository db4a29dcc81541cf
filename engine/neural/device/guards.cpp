#include "engine/neural/device/guards.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>

#include "engine/neural/device/device.h"

namespace earmark::neural
{

namespace
{

at::Generator generator(torch::Device device)
{
    return at::globalContext().defaultGenerator(device);
}

} // namespace

torch::Tensor generatorState(torch::Device device)
{
    at::Generator held = generator(device);
    const std::lock_guard lock(held.mutex());
    return held.get_state();
}

void setGeneratorState(torch::Device device, const torch::Tensor& state)
{
    at::Generator held = generator(device);
    const std::lock_guard lock(held.mutex());
    held.set_state(state);
}

StateGuard::StateGuard()
    : cpu_(generatorState(torch::kCPU)), grad_(c10::GradMode::is_enabled()), threads_(at::get_num_threads())
{
    if (cudaInUse())
        for (int i = 0; i < static_cast<int>(torch::cuda::device_count()); ++i)
            cuda_[i] = generatorState(torch::Device(torch::kCUDA, static_cast<c10::DeviceIndex>(i)));
}

StateGuard::~StateGuard()
{
    setGeneratorState(torch::kCPU, cpu_);
    for (const auto& [index, state] : cuda_)
        setGeneratorState(torch::Device(torch::kCUDA, static_cast<c10::DeviceIndex>(index)), state);
    if (at::get_num_threads() != threads_)
        at::set_num_threads(threads_);
}

AutocastGuard::AutocastGuard(torch::Device device, torch::ScalarType dtype)
    : type_(device.type()), active_(dtype != torch::kFloat32)
{
    if (!active_)
        return;
    enabledBefore_ = at::autocast::is_autocast_enabled(type_);
    dtypeBefore_ = at::autocast::get_autocast_dtype(type_);
    at::autocast::set_autocast_enabled(type_, true);
    at::autocast::set_autocast_dtype(type_, dtype);
    at::autocast::increment_nesting();
}

AutocastGuard::~AutocastGuard()
{
    if (!active_)
        return;
    if (at::autocast::decrement_nesting() == 0)
        at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(type_, enabledBefore_);
    at::autocast::set_autocast_dtype(type_, dtypeBefore_);
}

AutocastOff::AutocastOff(torch::Device device) : type_(device.type()), enabledBefore_(at::autocast::is_autocast_enabled(type_))
{
    at::autocast::set_autocast_enabled(type_, false);
}

AutocastOff::~AutocastOff() { at::autocast::set_autocast_enabled(type_, enabledBefore_); }

} // namespace earmark::neural
