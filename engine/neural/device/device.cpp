#include "engine/neural/device/device.h"

#include <dlfcn.h>

#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <set>
#include <sstream>
#include <unistd.h>

extern "C" __attribute__((weak)) void sgemm_(); // only its address is looked at

namespace earmark::neural
{

namespace
{

std::atomic<bool> usesCuda = false;

std::string firstLine(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// Cores that the control group's quota pays for; a large number where it sets none.
int quotaCores()
{
    std::istringstream words(firstLine("/sys/fs/cgroup/cpu.max"));
    double quota = 0;
    double period = 0;
    if (!(words >> quota >> period) || quota <= 0 || period <= 0)
        return 1 << 20;
    return std::max(1, static_cast<int>(std::ceil(quota / period)));
}

int countPhysicalCores()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return std::max(1, static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN)));
    std::set<std::string> cores;
    for (int i = 0; i < CPU_SETSIZE; ++i) {
        if (!CPU_ISSET(i, &allowed))
            continue;
        const std::string topology = "/sys/devices/system/cpu/cpu" + std::to_string(i) + "/topology/";
        const std::string core = firstLine(topology + "core_id");
        cores.insert(core.empty() ? "cpu" + std::to_string(i) : firstLine(topology + "physical_package_id") + ":" + core);
    }
    return std::max(1, std::min(static_cast<int>(cores.size()), quotaCores()));
}

/// The library that multiplies matrices, where it is not LibTorch: another one was loaded before and has taken its place (compute/loader.cpp).
std::string foreignBlas()
{
    Dl_info found{};
    if (!sgemm_ || ::dladdr(reinterpret_cast<const void*>(&sgemm_), &found) == 0 || !found.dli_fname)
        return {};
    const std::string name = std::filesystem::path(found.dli_fname).filename();
    return name.starts_with("libtorch") || name.starts_with("libmkl") ? std::string() : name;
}

DeviceDescription describeCpu()
{
    DeviceDescription cpu{.name = "cpu"};
    const int cores = physicalCores();
    cpu.explanation = std::to_string(cores) + (cores == 1 ? " core, " : " cores, ") + at::get_cpu_capability();
    if (const std::string blas = foreignBlas(); !blas.empty())
        cpu.explanation += ", matrices by " + blas;
    std::ifstream file("/proc/meminfo");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string key;
        std::int64_t kibibytes = 0;
        words >> key >> kibibytes;
        if (key == "MemTotal:")
            cpu.totalMemory = kibibytes * 1024;
        else if (key == "MemAvailable:")
            cpu.freeMemory = kibibytes * 1024;
    }
    return cpu;
}

/// What the driver's own files call the cards, in the driver's order; LibTorch has no plain call for it.
std::vector<std::string> cardNames()
{
    std::vector<std::string> names;
    std::error_code ignored;
    std::set<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", ignored))
        folders.insert(entry.path());
    for (const auto& folder : folders) {
        const std::string line = firstLine(folder / "information");
        const auto start = line.find_first_not_of(" \t", line.find(':') + 1);
        names.push_back(start == std::string::npos ? "" : line.substr(start));
    }
    return names;
}

/// (free, total) bytes, from the allocator where this LibTorch tells them. A template, so that older headers compile.
template <class Allocator> std::pair<std::size_t, std::size_t> memoryOf(Allocator* allocator, int index)
{
    if constexpr (requires { allocator->getMemoryInfo(static_cast<c10::DeviceIndex>(index)); })
        return allocator->getMemoryInfo(static_cast<c10::DeviceIndex>(index));
    else
        return {};
}

DeviceDescription describeCuda(int index, const std::vector<std::string>& names, std::size_t count)
{
    DeviceDescription device{.name = "cuda:" + std::to_string(index), .explanation = "NVIDIA GPU"};
    if (names.size() == count && !names[static_cast<std::size_t>(index)].empty())
        device.explanation = names[static_cast<std::size_t>(index)];
    try {
        torch::empty({1}, torch::Device(torch::kCUDA, static_cast<c10::DeviceIndex>(index))); // wakes the allocator up
        const auto [free, total] = memoryOf(at::getDeviceAllocator(at::kCUDA), index);
        device.freeMemory = static_cast<std::int64_t>(free);
        device.totalMemory = static_cast<std::int64_t>(total);
        noteCudaInUse();
    } catch (const c10::Error&) {
        device.explanation += " (not usable)";
    }
    return device;
}

tl::unexpected<Error> noDevice(const std::string& name)
{
    std::string reason = "LibTorch finds no NVIDIA GPU";
    if (!at::hasCUDA())
        reason = "this LibTorch was built without CUDA";
    else if (torch::cuda::device_count() > 0)
        reason = "there are only " + std::to_string(torch::cuda::device_count()) + " GPUs, counted from 0";
    return failure("compute.no_device", "The device " + name + " is not there: " + reason + ". Use --device cpu or auto.", {},
                   {{"device", name}, {"reason", reason}});
}

} // namespace

Result<torch::Device> chooseDevice(const std::string& name)
{
    if (name == "cpu" || (name == "auto" && !torch::cuda::is_available()))
        return torch::Device(torch::kCPU);
    int index = 0;
    if (name.starts_with("cuda:")) {
        const auto [end, error] = std::from_chars(name.data() + 5, name.data() + name.size(), index);
        if (error != std::errc() || end != name.data() + name.size())
            index = -1;
    } else if (name != "cuda" && name != "auto") {
        index = -1;
    }
    if (index < 0)
        return failure("usage", "There is no device named " + quoteName(name) + ": give auto, cpu, cuda or cuda:N.");
    if (!torch::cuda::is_available() || index >= static_cast<int>(torch::cuda::device_count()))
        return noDevice(name);
    noteCudaInUse();
    return torch::Device(torch::kCUDA, static_cast<c10::DeviceIndex>(index));
}

Result<torch::ScalarType> chooseDtype(const std::string& name)
{
    if (name == "float32")
        return torch::kFloat32;
    if (name == "float16")
        return torch::kFloat16;
    if (name == "bfloat16")
        return torch::kBFloat16;
    return failure("usage", "There is no number format named " + quoteName(name) + ": give float32, float16 or bfloat16.");
}

std::vector<DeviceDescription> describeDevices()
{
    std::vector<DeviceDescription> devices = {describeCpu()};
    if (!torch::cuda::is_available())
        return devices;
    const std::vector<std::string> names = cardNames();
    const std::size_t count = torch::cuda::device_count();
    for (std::size_t i = 0; i < count; ++i)
        devices.push_back(describeCuda(static_cast<int>(i), names, count));
    return devices;
}

bool cudaInUse() { return usesCuda; }
void noteCudaInUse() { usesCuda = true; }

int physicalCores()
{
    static const int cores = countPhysicalCores();
    return cores;
}

void setThreads(int threads)
{
    if (threads <= 0)
        threads = physicalCores();
    if (at::get_num_threads() != threads)
        at::set_num_threads(threads);
}

} // namespace earmark::neural
