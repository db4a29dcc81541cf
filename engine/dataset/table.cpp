#include "engine/dataset/table.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "engine/base/file.h"
#include "engine/base/utf8.h"

namespace earmark
{

namespace
{

tl::unexpected<Error> badTable(const std::string& name, std::size_t line, const std::string& what)
{
    return failure("import.bad_table", "Line " + std::to_string(line) + " of " + quoteName(name) + " " + what, name,
                   {{"line", std::to_string(line)}});
}

std::string_view withoutByteOrderMark(std::string_view text)
{
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

/// Errors for what is no text at all.
Result<void> checkText(std::string_view text, const std::string& name)
{
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return failure("import.bad_table", quoteName(name) + " is UTF-16. Save it as UTF-8.", name);
    if (text.find('\0') != std::string_view::npos)
        return failure("import.bad_table", quoteName(name) + " is not a table of text. Name a CSV, TSV or JSONL file.", name);
    return {};
}

/// The candidate that the header line has most of, outside quotes.
char guessSeparator(std::string_view text)
{
    std::size_t counts[4] = {};
    constexpr std::string_view candidates = ",;\t|";
    bool quoted = false;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '\n' || c == '\r'))
            break;
        else if (const std::size_t at = candidates.find(c); !quoted && at != std::string_view::npos)
            ++counts[at];
    }
    return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts)];
}

class CsvReader
{
public:
    CsvReader(std::string_view text, char separator, const std::string& name) : text_(text), separator_(separator), name_(name) {}

    bool atEnd() const { return at_ >= text_.size(); }
    std::size_t line() const { return line_; }

    /// One record; line breaks within quotes belong to the cell.
    Result<std::vector<std::string>> record()
    {
        std::vector<std::string> cells;
        for (;;) {
            EARMARK_TRY(std::string value, cell());
            cells.push_back(std::move(value));
            if (atEnd())
                return cells;
            const char end = text_[at_++];
            if (end == separator_)
                continue;
            if (end == '\r' && !atEnd() && text_[at_] == '\n')
                ++at_;
            ++line_;
            return cells;
        }
    }

private:
    Result<std::string> cell()
    {
        std::string value;
        if (!atEnd() && text_[at_] == '"') {
            EARMARK_TRY_VOID(quoted(value));
        }
        // A quote inside an unquoted cell is a character like any other.
        while (!atEnd() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
            value += text_[at_++];
        return value;
    }

    Result<void> quoted(std::string& value)
    {
        const std::size_t start = line_;
        ++at_;
        for (;; ++at_) {
            if (atEnd())
                return badTable(name_, start, "opens a quote that is never closed. Close it, or double the quotes inside it.");
            const char c = text_[at_];
            if (c == '"' && !(at_ + 1 < text_.size() && text_[at_ + 1] == '"')) {
                ++at_;
                return {};
            }
            at_ += c == '"';
            line_ += c == '\n';
            value += c;
        }
    }

    std::string_view text_;
    char separator_;
    const std::string& name_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

bool isBlank(const std::vector<std::string>& cells)
{
    return cells.size() == 1 && cells[0].find_first_not_of(" \t") == std::string::npos;
}

std::string trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::string textOf(const nlohmann::ordered_json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    return value.is_null() ? std::string() : value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

TableCell cellOf(const nlohmann::ordered_json& value)
{
    if (value.is_null())
        return {};
    if (!value.is_array())
        return {textOf(value)};
    TableCell cell;
    for (const auto& item : value)
        cell.push_back(textOf(item));
    return cell;
}

} // namespace

Result<Table> parseCsv(std::string_view text, char separator, const std::string& name)
{
    EARMARK_TRY_VOID(checkText(text, name));
    text = withoutByteOrderMark(text);
    CsvReader reader(text, separator ? separator : guessSeparator(text), name);
    Table table;
    while (!reader.atEnd()) {
        const std::size_t line = reader.line();
        EARMARK_TRY(std::vector<std::string> cells, reader.record());
        if (isBlank(cells))
            continue;
        if (table.columns.empty()) {
            for (const std::string& cell : cells)
                table.columns.push_back(trimmed(toUtf8(cell)));
            continue;
        }
        TableRow row{.line = line, .surplus = cells.size() > table.columns.size() ? cells.size() - table.columns.size() : 0};
        cells.resize(table.columns.size());
        for (std::string& cell : cells)
            row.cells.push_back(cell.empty() ? TableCell{} : TableCell{std::move(cell)});
        table.rows.push_back(std::move(row));
    }
    if (table.columns.empty())
        return failure("import.bad_table", quoteName(name) + " is empty. A table needs a line with the names of its columns.", name);
    return table;
}

Result<Table> parseJsonLines(std::string_view text, const std::string& name)
{
    EARMARK_TRY_VOID(checkText(text, name));
    text = withoutByteOrderMark(text);
    Table table;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view one = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (one.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        // Deep nesting would exhaust the stack when it is written out again; what lies that deep reads as nothing.
        const auto shallow = [](int depth, nlohmann::ordered_json::parse_event_t, nlohmann::ordered_json&) { return depth < 16; };
        const auto object = nlohmann::ordered_json::parse(one, shallow, false);
        if (!object.is_object())
            return badTable(name, line, "is not a JSON object. Correct it, one object a line.");
        TableRow row{.line = line};
        for (const auto& [key, value] : object.items()) {
            const std::size_t place = places.try_emplace(key, places.size()).first->second;
            if (place == table.columns.size())
                table.columns.push_back(key);
            row.cells.resize(std::max(row.cells.size(), place + 1));
            row.cells[place] = cellOf(value);
        }
        table.rows.push_back(std::move(row));
    }
    if (table.columns.empty())
        return failure("import.bad_table", quoteName(name) + " is empty. A table needs one JSON object a line.", name);
    for (TableRow& row : table.rows)
        row.cells.resize(table.columns.size());
    return table;
}

namespace
{

std::string lowerName(std::string_view name)
{
    std::string lower(name);
    for (char& c : lower)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return lower;
}

bool isJsonLinesName(const std::string& lower) { return lower.ends_with(".jsonl") || lower.ends_with(".ndjson"); }

} // namespace

bool isTableName(std::string_view name)
{
    const std::string lower = lowerName(name);
    return lower.ends_with(".csv") || lower.ends_with(".tsv") || isJsonLinesName(lower);
}

Result<Table> readTable(const std::string& path)
{
    EARMARK_TRY(const std::string text, readFile(path, std::uint64_t(2) << 30));
    const std::string lower = lowerName(path);
    if (isJsonLinesName(lower))
        return parseJsonLines(text, path);
    return parseCsv(text, lower.ends_with(".tsv") ? '\t' : '\0', path);
}

} // namespace earmark
