// Which project files this process has open. Closing any descriptor of a file drops all POSIX locks that the process has on it, those of SQLite too:
// then a reader in another process takes itself for the last one, and clears the side files away under a writer. So a file that is open here is not
// opened past SQLite once more.
// Private to the room. Thread: any.
#pragma once

#include <string>

namespace earmark
{

class OpenHere
{
public:
    OpenHere() = default;
    explicit OpenHere(std::string path); ///< absolute, links resolved
    OpenHere(OpenHere&& other) noexcept;
    OpenHere& operator=(OpenHere&& other) noexcept;
    ~OpenHere();

    bool isFirst() const { return first_; } ///< nobody else in this process had it open

private:
    std::string path_;
    bool first_ = false;
};

} // namespace earmark
