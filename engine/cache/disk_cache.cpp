#include "engine/cache/disk_cache.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/file.h"

namespace earmark
{

namespace
{

namespace fs = std::filesystem;
constexpr std::string_view magic = "EMCACHE1";

/// Tells a value that is whole from one that is not, and from another key's.
std::string seal(std::string_view key, std::string_view value)
{
    Digest digest;
    digest.add(key);
    digest.add(value);
    return digest.bytes();
}

struct Entry {
    fs::path path;
    fs::file_time_type used;
    std::uint64_t size;
};

std::vector<Entry> entriesOf(const std::string& folder)
{
    std::vector<Entry> entries;
    std::error_code error;
    for (fs::directory_iterator walk(folder, error); !error && walk != fs::directory_iterator(); walk.increment(error)) {
        std::error_code gone; // another program may remove it meanwhile
        const auto size = walk->file_size(gone);
        const auto used = gone ? fs::file_time_type() : walk->last_write_time(gone);
        if (!gone)
            entries.push_back({walk->path(), used, size});
    }
    return entries;
}

/// What a file takes: whole blocks.
std::uint64_t taken(std::uint64_t size) { return (size + 4095) / 4096 * 4096; }

std::uint64_t sizeOf(const std::vector<Entry>& entries)
{
    std::uint64_t size = 0;
    for (const Entry& entry : entries)
        size += taken(entry.size);
    return size;
}

} // namespace

DiskCache::DiskCache(std::string folder, std::uint64_t limit) : folder_(std::move(folder)), limit_(limit) {}

std::string DiskCache::userFolder(std::string_view name)
{
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    std::string folder = cache && cache[0] == '/' ? cache : home && home[0] == '/' ? std::string(home) + "/.cache" : std::string();
    return folder.empty() ? folder : folder + "/earmark/" + std::string(name);
}

std::string DiskCache::pathOf(std::string_view key) const
{
    Digest digest;
    digest.add(key);
    return folder_ + '/' + digest.hex();
}

std::optional<std::string> DiskCache::get(std::string_view key)
{
    if (folder_.empty())
        return std::nullopt;
    const std::string path = pathOf(key);
    auto content = readFile(path, limit_);
    if (!content || !content->starts_with(magic))
        return std::nullopt;
    const std::size_t head = magic.size() + 16;
    if (content->size() < head || seal(key, std::string_view(*content).substr(head)) != content->substr(magic.size(), 16))
        return std::nullopt;
    std::error_code ignored;
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
    content->erase(0, head);
    return std::move(*content);
}

void DiskCache::put(std::string_view key, std::string_view value)
{
    if (folder_.empty() || value.size() > limit_ / 4)
        return;
    static std::atomic<unsigned> count = 0;
    const std::string path = pathOf(key);
    const std::string partial = path + ".partial-" + std::to_string(getpid()) + '-' + std::to_string(count++);
    std::error_code error;
    fs::create_directories(folder_, error);
    {
        // Not flushed to the disk: what a power cut leaves half written does not match its seal.
        std::ofstream file(partial, std::ios::binary);
        file << magic << seal(key, value) << value;
        file.close();
        if (!file) {
            fs::remove(partial, error);
            return;
        }
    }
    fs::rename(partial, path, error);
    if (error) {
        fs::remove(partial, error);
        return;
    }
    const std::lock_guard lock(mutex_);
    size_ = size_ ? *size_ + taken(value.size() + magic.size() + 16) : sizeOf(entriesOf(folder_));
    if (*size_ > limit_)
        makeRoom();
}

std::uint64_t DiskCache::size() const { return sizeOf(entriesOf(folder_)); }

void DiskCache::clear()
{
    const std::lock_guard lock(mutex_);
    for (const Entry& entry : entriesOf(folder_)) {
        std::error_code gone;
        fs::remove(entry.path, gone);
    }
    size_.reset();
}

/// Down to three quarters of the limit, so that it is not done for every value.
void DiskCache::makeRoom()
{
    std::vector<Entry> entries = entriesOf(folder_);
    std::uint64_t size = sizeOf(entries);
    std::ranges::sort(entries, {}, &Entry::used);
    for (const Entry& entry : entries) {
        if (size <= limit_ / 4 * 3)
            break;
        std::error_code error;
        if (fs::remove(entry.path, error))
            size -= taken(entry.size);
    }
    size_ = size;
}

} // namespace earmark
