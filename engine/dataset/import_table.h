// Rows of a table as clips. Private to the room.
#pragma once

#include <string>

#include "engine/dataset/import_list.h"
#include "engine/dataset/table.h"

namespace earmark
{

/// `folder` is what paths in the table are relative to; `split` is for rows that the table gives none.
/// Error: import.no_column.
Result<ImportList> listRows(const Table& table, const std::string& name, const std::string& folder, const std::string& split,
                            const ImportOptions& options);

/// The options with the columns that would be used filled in.
ImportOptions withUsualColumns(ImportOptions options, const Table& table);

} // namespace earmark
