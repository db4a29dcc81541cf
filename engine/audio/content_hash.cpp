#include "engine/audio/content_hash.h"

#include <cstdio>
#include <memory>
#include <vector>
#include <xxhash.h>

#include "engine/audio/byte_source.h"

namespace earmark
{

namespace
{
struct FreeState {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};
} // namespace

Result<std::string> contentHash(const AudioSource& source)
{
    EARMARK_TRY(const ByteSource bytes, ByteSource::open(source));
    const std::unique_ptr<XXH3_state_t, FreeState> state(XXH3_createState());
    XXH3_128bits_reset(state.get());
    std::vector<std::byte> block(1 << 18);
    for (std::uint64_t at = 0; at < bytes.size();) {
        EARMARK_TRY(const std::size_t got, bytes.read(at, block));
        if (got == 0)
            break; // shorter than it was when it was opened
        XXH3_128bits_update(state.get(), block.data(), got);
        at += got;
    }
    const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
    char text[33];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash.high64), static_cast<unsigned long long>(hash.low64));
    return std::string(text);
}

} // namespace earmark
