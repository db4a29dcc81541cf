// The group of a clip out of its path, by a Perl-style regular expression (PCRE2). Work per path is bounded, whatever the pattern.
// Thread: one at a time per object.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/error.h"

namespace earmark
{

class GroupPattern
{
public:
    /// Error: usage (says what is wrong with the pattern, and where).
    static Result<GroupPattern> compile(const std::string& pattern);
    GroupPattern(GroupPattern&&) noexcept;
    GroupPattern& operator=(GroupPattern&&) noexcept;
    ~GroupPattern();

    /// The first capture group, or the whole match where the pattern has none; nothing where it does not match (or takes too long).
    std::optional<std::string> groupOf(const std::string& path) const;

private:
    struct Private;
    explicit GroupPattern(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d_;
};

} // namespace earmark
