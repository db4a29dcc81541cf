// Tables of text as people make them: CSV (RFC 4180, and what spreadsheets make of it), TSV, and JSON lines.
// Thread: any. Parsers take bytes and return a Result: they are what fuzzers call.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"

namespace earmark
{

/// Nothing, one text, or (JSON lists) several.
using TableCell = std::vector<std::string>;

struct TableRow {
    std::size_t line = 0; ///< where it starts, from 1
    std::vector<TableCell> cells; ///< by column; shorter rows are filled up with empty cells
    std::size_t surplus = 0; ///< cells beyond the last column
};

struct Table {
    std::vector<std::string> columns; ///< UTF-8
    std::vector<TableRow> rows; ///< cells as they are: they may name files whose names are not UTF-8
};

/// CSV with a header. `separator` 0 picks comma, semicolon, tab or bar by the header. `name` is for messages.
/// Error: import.bad_table.
Result<Table> parseCsv(std::string_view text, char separator, const std::string& name);
/// One JSON object a line; the columns are their keys, in order of appearance. Error: import.bad_table.
Result<Table> parseJsonLines(std::string_view text, const std::string& name);
/// By suffix: .tsv, .jsonl or .ndjson, else CSV. Errors: io.*, import.bad_table.
Result<Table> readTable(const std::string& path);

bool isTableName(std::string_view name);

} // namespace earmark
