// Which device computes, what it is, and how many threads a CPU operation may use. Thread: the executor's.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/compute/compute.h"
#include "engine/neural/device/torch.h"

namespace earmark::neural
{

/// "auto" (CUDA where there is one), "cpu", "cuda", "cuda:N". Errors: compute.no_device, usage.
Result<torch::Device> chooseDevice(const std::string& name);
/// "float32" | "float16" | "bfloat16". Errors: usage.
Result<torch::ScalarType> chooseDtype(const std::string& name);

std::vector<DeviceDescription> describeDevices();

/// True once anything was computed on CUDA in this process: before that its generators need no care.
bool cudaInUse();
void noteCudaInUse();

/// Physical cores that this process may run on (affinity and control group counted).
int physicalCores();
/// For one operation; physical cores where 0.
void setThreads(int threads);

} // namespace earmark::neural
