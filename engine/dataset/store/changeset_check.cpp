#include "engine/dataset/store/changeset_check.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <sqlite3.h>

namespace earmark
{

namespace
{

constexpr std::size_t mostColumns = 64;

class ChangesetReader
{
public:
    ChangesetReader(std::string_view bytes, std::span<const char* const> tables) : rest_(bytes), tables_(tables) {}

    bool isWhole()
    {
        while (!rest_.empty())
            if (rest_[0] == 'T' ? !header() : !record())
                return false;
        return true;
    }

private:
    std::optional<unsigned char> byte()
    {
        if (rest_.empty())
            return std::nullopt;
        const auto value = static_cast<unsigned char>(rest_[0]);
        rest_.remove_prefix(1);
        return value;
    }

    /// SQLite's varint: big-endian groups of seven bits. Lengths above 2^28 are no real ones.
    std::optional<std::size_t> length()
    {
        std::size_t value = 0;
        for (int i = 0; i < 4; ++i) {
            const auto next = byte();
            if (!next)
                return std::nullopt;
            value = value << 7 | (*next & 0x7F);
            if (!(*next & 0x80))
                return value;
        }
        return std::nullopt;
    }

    bool skip(std::size_t count)
    {
        if (count > rest_.size())
            return false;
        rest_.remove_prefix(count);
        return true;
    }

    /// 'T', number of columns, a flag for each (part of the primary key or not), the table's name and a NUL.
    bool header()
    {
        rest_.remove_prefix(1);
        const auto columns = length();
        if (!columns || *columns == 0 || *columns > mostColumns || *columns > rest_.size())
            return false;
        keys_ = rest_.substr(0, *columns);
        rest_.remove_prefix(*columns);
        const std::size_t end = rest_.find('\0');
        if (end == std::string_view::npos)
            return false;
        const std::string_view name = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return std::ranges::any_of(tables_, [&](const char* table) { return name == table; }) &&
               std::ranges::any_of(keys_, [](char flag) { return flag != 0; });
    }

    /// The operation, whether it was indirect, and one value a column: the old row, the new one, or both.
    bool record()
    {
        const auto operation = byte();
        if (keys_.empty() || !byte())
            return false;
        switch (*operation) {
        case SQLITE_INSERT:
        case SQLITE_DELETE:
            return row(Row::full);
        case SQLITE_UPDATE:
            return row(Row::old) && row(Row::changed);
        default:
            return false;
        }
    }

    enum class Row { full, old, changed };

    bool row(Row kind)
    {
        for (const char key : keys_) {
            if (rest_.empty())
                return false;
            const bool absent = rest_[0] == 0; // "undefined": this column did not change
            if (absent && (kind == Row::full || (kind == Row::old && key != 0)))
                return false;
            if (!value())
                return false;
        }
        return true;
    }

    bool value()
    {
        switch (const auto type = byte(); type.value_or(255)) {
        case 0:
        case SQLITE_NULL:
            return true;
        case SQLITE_INTEGER:
        case SQLITE_FLOAT:
            return skip(8);
        case SQLITE_TEXT:
        case SQLITE_BLOB: {
            const auto size = length();
            return size && skip(*size);
        }
        default:
            return false;
        }
    }

    std::string_view rest_;
    std::span<const char* const> tables_;
    std::string_view keys_;
};

} // namespace

bool isChangeset(std::string_view bytes, std::span<const char* const> tables) { return ChangesetReader(bytes, tables).isWhole(); }

} // namespace earmark
