#include "engine/dataset/store/open_here.h"

#include <map>
#include <mutex>
#include <utility>

namespace earmark
{

namespace
{

struct Registry {
    std::mutex mutex;
    std::map<std::string, int> counts;
};

Registry& registry()
{
    static Registry registry;
    return registry;
}

} // namespace

OpenHere::OpenHere(std::string path) : path_(std::move(path))
{
    const std::lock_guard guard(registry().mutex);
    first_ = ++registry().counts[path_] == 1;
}

OpenHere::OpenHere(OpenHere&& other) noexcept : path_(std::exchange(other.path_, {})), first_(other.first_) {}

OpenHere& OpenHere::operator=(OpenHere&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(first_, other.first_);
    return *this;
}

OpenHere::~OpenHere()
{
    if (path_.empty())
        return;
    const std::lock_guard guard(registry().mutex);
    if (const auto found = registry().counts.find(path_); --found->second == 0)
        registry().counts.erase(found);
}

} // namespace earmark
