// Values kept on disk by key, within one size limit; those used longest ago go first. What cannot be read or written is as if it were not there:
// nothing here fails. Thread: any, several at once on one object; several programs on one folder.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace earmark
{

class DiskCache
{
public:
    /// `limit` in bytes, of all values together. The folder is made when the first value comes; with an empty name nothing is kept.
    DiskCache(std::string folder, std::uint64_t limit);

    /// Earmark's own folder in the user's cache (XDG_CACHE_HOME); empty where the system names no home.
    static std::string userFolder(std::string_view name);

    /// Nothing where there is none, or where the file is not what put() wrote for this key.
    std::optional<std::string> get(std::string_view key);
    /// A value larger than a quarter of the limit is not kept.
    void put(std::string_view key, std::string_view value);

    void setLimit(std::uint64_t limit) { limit_ = limit; } ///< held from the next put() on
    std::uint64_t size() const;                            ///< bytes of all values now; reads the folder
    void clear();                                          ///< removes every value

private:
    std::string pathOf(std::string_view key) const;
    void makeRoom();

    const std::string folder_;
    std::atomic<std::uint64_t> limit_;
    std::mutex mutex_;                   ///< of size_
    std::optional<std::uint64_t> size_; ///< of all files, as far as we know; counted when first needed
};

} // namespace earmark
