#include <algorithm>
#include <cstring>

#include "engine/base/digest.h"
#include "engine/dataset/project.h"

namespace earmark
{

namespace
{

/// Feeds values with their lengths, so that no two lists of values look the same.
class Feeder
{
public:
    explicit Feeder(Digest& digest) : digest_(digest) {}
    Feeder& operator<<(std::string_view text)
    {
        *this << static_cast<std::int64_t>(text.size());
        digest_.add(text);
        return *this;
    }
    Feeder& operator<<(std::int64_t value)
    {
        unsigned char bytes[8];
        for (int i = 0; i < 8; ++i)
            bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i));
        digest_.add(std::string_view(reinterpret_cast<const char*>(bytes), sizeof bytes));
        return *this;
    }
    Feeder& operator<<(double value)
    {
        std::int64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        return *this << bits;
    }

private:
    Digest& digest_;
};

void feedClip(Feeder& feed, const Clip& clip)
{
    feed << clip.id << clip.facts.hash << static_cast<std::int64_t>(clip.audio.source.offset) << clip.audio.start
         << clip.audio.end.value_or(-1) << static_cast<std::int64_t>(clip.state == ClipState::excluded);
    feed << static_cast<std::int64_t>(clip.labels.size());
    for (const ClipLabel& label : clip.labels)
        feed << label.label;
    feed << static_cast<std::int64_t>(clip.numbers.size());
    for (const ClipNumber& number : clip.numbers)
        feed << number.name << number.value;
    feed << (clip.transcript ? std::string_view(clip.transcript->text) : std::string_view());
}

void feedRegions(Feeder& feed, const Clip& clip)
{
    feed << static_cast<std::int64_t>(clip.regions.size());
    for (const Region& region : clip.regions) {
        feed << region.start << region.end << static_cast<std::int64_t>(region.labels.size());
        for (const std::string& label : region.labels)
            feed << label;
    }
}

} // namespace

Result<std::string> Project::fingerprint(SampleUnit unit) const
{
    Digest digest;
    Feeder feed(digest);
    EARMARK_TRY_VOID(forEachClip([&](const Clip& clip) {
        feedClip(feed, clip);
        if (unit == SampleUnit::regions)
            feedRegions(feed, clip);
        return true;
    }));
    EARMARK_TRY(const std::vector<Split> all, splits());
    for (const Split& split : all) {
        feed << split.name << static_cast<std::int64_t>(split.members.size());
        for (const SplitMember& member : split.members)
            feed << member.clip << member.group;
    }
    return digest.hex();
}

} // namespace earmark
