#include "engine/base/digest.h"

#include <xxhash.h>

namespace earmark
{

struct Digest::State {
    State() { XXH3_128bits_reset(value.get()); }
    struct Free {
        void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
    };
    std::unique_ptr<XXH3_state_t, Free> value{XXH3_createState()};
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::span<const std::byte> bytes) { XXH3_128bits_update(state_->value.get(), bytes.data(), bytes.size()); }

std::string Digest::bytes() const
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_->value.get()));
    return std::string(reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest);
}

std::string Digest::hex() const
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char c : bytes()) {
        const auto byte = static_cast<unsigned char>(c);
        text += {digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

} // namespace earmark
