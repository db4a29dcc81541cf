#include "engine/dataset/group_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "engine/base/utf8.h"

namespace earmark
{

namespace
{

struct Free {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

PCRE2_SPTR units(const std::string& text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

} // namespace

struct GroupPattern::Private {
    std::unique_ptr<pcre2_code, Free> code;
    std::unique_ptr<pcre2_match_data, Free> data;
    std::unique_ptr<pcre2_match_context, Free> context;
    bool utf8 = false;
};

Result<GroupPattern> GroupPattern::compile(const std::string& pattern)
{
    auto d = std::make_unique<Private>();
    d->utf8 = isUtf8(pattern);
    int error = 0;
    PCRE2_SIZE place = 0;
    d->code.reset(pcre2_compile(units(pattern), pattern.size(), d->utf8 ? PCRE2_UTF | PCRE2_MATCH_INVALID_UTF : 0, &error, &place, nullptr));
    if (!d->code) {
        char reason[256] = "";
        pcre2_get_error_message(error, reinterpret_cast<PCRE2_UCHAR*>(reason), sizeof reason);
        return failure("usage", "The group pattern " + quoteName(pattern) + " is wrong at character " + std::to_string(place) + ": " + reason +
                                    ". Correct it.");
    }
    d->data.reset(pcre2_match_data_create_from_pattern(d->code.get(), nullptr));
    d->context.reset(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(d->context.get(), 1'000'000);
    pcre2_set_depth_limit(d->context.get(), 10'000);
    pcre2_set_heap_limit(d->context.get(), 16 << 10); // KiB
    return GroupPattern(std::move(d));
}

GroupPattern::GroupPattern(std::unique_ptr<Private> d) : d_(std::move(d)) {}
GroupPattern::GroupPattern(GroupPattern&&) noexcept = default;
GroupPattern& GroupPattern::operator=(GroupPattern&&) noexcept = default;
GroupPattern::~GroupPattern() = default;

std::optional<std::string> GroupPattern::groupOf(const std::string& path) const
{
    const int found = pcre2_match(d_->code.get(), units(path), path.size(), 0, 0, d_->data.get(), d_->context.get());
    if (found < 1)
        return std::nullopt;
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(d_->data.get());
    const int which = pcre2_get_ovector_count(d_->data.get()) > 1 ? 1 : 0;
    if (found <= which || ends[2 * which] == PCRE2_UNSET)
        return std::nullopt; // an optional group that took no part
    return path.substr(ends[2 * which], ends[2 * which + 1] - ends[2 * which]);
}

} // namespace earmark
