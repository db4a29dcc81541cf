// A digest of bytes: equal for equal bytes, different for different ones unless somebody made them on purpose. XXH3, 128 bits.
// Thread: one at a time per object. The digest is the same on every machine and in every version.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace earmark
{

class Digest
{
public:
    Digest();
    ~Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;

    void add(std::span<const std::byte> bytes);
    void add(std::string_view bytes) { add(std::as_bytes(std::span(bytes))); }

    std::string bytes() const; ///< 16 bytes, of all that was added so far
    std::string hex() const;   ///< the same as 32 hex digits

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace earmark
