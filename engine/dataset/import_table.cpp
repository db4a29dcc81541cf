#include "engine/dataset/import_table.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <unistd.h>

#include "engine/base/utf8.h"
#include "engine/dataset/paths.h"

namespace earmark
{

namespace
{

using Column = std::optional<std::size_t>;

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

Column findColumn(const Table& table, std::string_view name)
{
    if (const auto exact = std::ranges::find(table.columns, name); exact != table.columns.end())
        return static_cast<std::size_t>(exact - table.columns.begin());
    const auto loose = std::ranges::find(table.columns, lower(name), [](const std::string& column) { return lower(column); });
    return loose == table.columns.end() ? Column() : Column(static_cast<std::size_t>(loose - table.columns.begin()));
}

/// `taken` are never meant.
Column guessColumn(const Table& table, std::initializer_list<std::string_view> names, const std::vector<std::size_t>& taken)
{
    for (const std::string_view name : names)
        if (const Column found = findColumn(table, name); found && std::ranges::find(taken, *found) == taken.end())
            return found;
    return std::nullopt;
}

std::string columnList(const Table& table)
{
    std::string list;
    for (const std::string& column : table.columns)
        if (list.size() < 1000)
            list += (list.empty() ? "" : ", ") + quoteName(column);
    return list;
}

tl::unexpected<Error> noColumn(const Table& table, const std::string& name, const std::string& wanted)
{
    return failure("import.no_column", quoteName(name) + " has no column " + wanted + ". It has " + columnList(table) + ".", name,
                   {{"column", wanted}});
}

/// Which column is what. Times are guessed only as a pair: a lone "start" often says where in another recording the clip was cut.
struct Roles {
    Column file, label, text, split, group, start, end;
    std::vector<std::size_t> numbers;
};

Result<Roles> rolesOf(const Table& table, const std::string& name, const ImportOptions& options)
{
    Roles roles;
    std::optional<Error> missing;
    for (const std::string& given : options.numberColumns)
        if (const Column column = findColumn(table, given))
            roles.numbers.push_back(*column);
        else if (!missing)
            missing = noColumn(table, name, quoteName(given)).value();
    const auto choose = [&](Column& role, const std::string& given, std::initializer_list<std::string_view> usual) {
        role = given.empty() ? guessColumn(table, usual, roles.numbers) : findColumn(table, given);
        if (!given.empty() && !role && !missing)
            missing = noColumn(table, name, quoteName(given)).value();
    };
    choose(roles.file, options.fileColumn,
           {"file_name", "filename", "file", "path", "filepath", "file_path", "audio", "audio_path", "audio_file", "audio_filepath", "wav", "clip",
            "clip_path", "recording", "slice_file_name", "fname"});
    choose(roles.label, options.labelColumn,
           {"label", "labels", "class", "classes", "category", "genre", "language", "lang", "target", "tag", "tags", "emotion", "species",
            "primary_label", "command", "intent", "intent_class", "accent"});
    choose(roles.text, options.textColumn, {"transcription", "transcript", "sentence", "text", "normalized_text", "raw_text", "utterance"});
    choose(roles.split, options.splitColumn, {"split", "subset", "partition"});
    choose(roles.group, options.groupColumn, {"group", "group_id", "speaker", "speaker_id", "client_id"});
    choose(roles.start, options.startColumn, {});
    choose(roles.end, options.endColumn, {});
    if (missing)
        return tl::unexpected(std::move(*missing));
    if (options.startColumn.empty() && options.endColumn.empty())
        for (const auto& [start, end] : {std::pair{"start", "end"}, {"start_time", "end_time"}, {"start_seconds", "end_seconds"}, {"begin", "end"}})
            if (!roles.start && findColumn(table, start) && findColumn(table, end)) {
                roles.start = findColumn(table, start);
                roles.end = findColumn(table, end);
            }
    if (!roles.file)
        return noColumn(table, name, "with the names of files that is called as usual (“file_name”, “file”, “path”, “audio”); name it with --file-column");
    return roles;
}

Remark rolesRemark(const Table& table, const Roles& roles)
{
    std::string used;
    const auto add = [&](const char* role, const Column& column) {
        if (column)
            used += std::string(used.empty() ? "" : ", ") + role + " " + quoteName(table.columns[*column]);
    };
    add("file", roles.file);
    add("label", roles.label);
    add("text", roles.text);
    add("split", roles.split);
    add("group", roles.group);
    add("start", roles.start);
    add("end", roles.end);
    for (const std::size_t column : roles.numbers)
        add("number", column);
    return {.code = "import.columns_used", .message = "Columns used: " + used + ".", .parameters = {{"columns", used}}, .causes = {}};
}

std::string joined(const TableCell& cell)
{
    std::string text;
    for (const std::string& part : cell)
        text += (text.empty() ? "" : "|") + part;
    return text;
}

/// Tables made on Windows: back-slashes, and paths of another machine.
std::optional<std::string> fileNamed(const std::string& given, const std::string& folder)
{
    const auto below = [&](const std::string& name) { return name.starts_with('/') ? name : folder + '/' + name; };
    const auto exists = [](const std::string& path) { return ::access(path.c_str(), F_OK) == 0; };
    if (exists(below(given)))
        return below(given);
    std::string name = toUtf8(given);
    if (exists(below(name)))
        return below(name);
    if (given.find('\\') == std::string::npos)
        return std::nullopt;
    std::ranges::replace(name, '\\', '/');
    for (std::string_view rest = name;;) {
        while (rest.starts_with('/'))
            rest.remove_prefix(1);
        if (!rest.empty() && exists(below(std::string(rest))))
            return below(std::string(rest));
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos)
            return std::nullopt;
        rest.remove_prefix(slash + 1);
    }
}

/// Finite; a decimal comma is understood.
std::optional<double> numberIn(std::string text)
{
    std::ranges::replace(text, ',', '.');
    const std::size_t first = text.find_first_not_of(' ');
    const std::size_t last = text.find_last_not_of(' ');
    if (first == std::string::npos)
        return std::nullopt;
    double value = 0;
    const char* end = text.data() + last + 1;
    const auto [stop, error] = std::from_chars(text.data() + first, end, value);
    if (error != std::errc() || stop != end || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<double> secondsIn(std::string text)
{
    const auto value = numberIn(std::move(text));
    return value && *value >= 0 ? value : std::nullopt;
}

class RowReader
{
public:
    RowReader(const Table& table, const Roles& roles, const std::string& name, const std::string& folder, const std::string& split,
              const ImportOptions& options)
        : table_(table), roles_(roles), name_(name), folder_(folder), split_(split), options_(options)
    {
    }

    Result<ImportRow> read(const TableRow& from) const
    {
        if (from.surplus > 0)
            return bad(from, "has " + std::to_string(table_.columns.size() + from.surplus) + " cells and the header " +
                                 std::to_string(table_.columns.size()) + ". Put cells that contain the separator into quotes.");
        const std::string given = text(from, roles_.file);
        if (given.empty())
            return bad(from, "names no file. Fill in the column " + quoteName(table_.columns[*roles_.file]) + ".");
        const auto path = fileNamed(given, folder_);
        if (!path)
            return failure("io.not_found", "The file " + quoteName(given) + " that line " + std::to_string(from.line) + " of " + quoteName(name_) +
                                               " names is not there. Check the name; it is taken relative to the table.",
                           given.starts_with('/') ? given : folder_ + '/' + given);
        ImportRow row{.path = *path, .shown = given, .labels = labels(from), .split = split(from), .group = toUtf8(text(from, roles_.group))};
        row.listed = true;
        std::ranges::replace(row.shown, '\\', '/');
        if (roles_.text && !from.cells[*roles_.text].empty())
            row.transcript = toUtf8(text(from, roles_.text));
        EARMARK_TRY_VOID(readTimes(from, row));
        EARMARK_TRY_VOID(readNumbers(from, row));
        keepOtherColumns(from, row);
        return row;
    }

private:
    tl::unexpected<Error> bad(const TableRow& row, const std::string& what) const
    {
        return failure("import.bad_table", "Line " + std::to_string(row.line) + " of " + quoteName(name_) + " " + what, name_);
    }

    static std::string text(const TableRow& row, const Column& column) { return column ? joined(row.cells[*column]) : std::string(); }

    std::vector<std::string> labels(const TableRow& row) const
    {
        std::vector<std::string> labels;
        if (!roles_.label)
            return labels;
        for (const std::string& cell : row.cells[*roles_.label])
            splitInto(labels, toUtf8(cell));
        return labels;
    }

    void splitInto(std::vector<std::string>& labels, std::string_view text) const
    {
        const std::string& separator = options_.labelSeparator;
        for (;;) {
            const std::size_t end = separator.empty() ? std::string_view::npos : text.find(separator);
            std::string_view part = text.substr(0, end);
            const auto first = part.find_first_not_of(" \t");
            part = first == std::string_view::npos ? "" : part.substr(first, part.find_last_not_of(" \t") - first + 1);
            if (!part.empty())
                labels.emplace_back(part);
            if (end == std::string_view::npos)
                return;
            text.remove_prefix(end + separator.size());
        }
    }

    std::string split(const TableRow& row) const
    {
        const std::string given = toUtf8(text(row, roles_.split));
        const std::string standard = standardSplit(given);
        return given.empty() ? split_ : standard.empty() ? given : standard;
    }

    Result<void> readTimes(const TableRow& from, ImportRow& row) const
    {
        for (const auto& [column, isStart] : {std::pair{roles_.start, true}, {roles_.end, false}}) {
            const std::string given = text(from, column);
            if (given.empty())
                continue;
            const auto seconds = secondsIn(given);
            if (!seconds)
                return bad(from, "has " + quoteName(given) + " where a number of seconds belongs. Correct it.");
            (isStart ? row.start : row.end.emplace()) = *seconds;
        }
        if (row.end && *row.end <= row.start)
            return bad(from, "describes a clip that does not end after it starts. Correct its times.");
        return {};
    }

    /// An empty cell is a clip without this number.
    Result<void> readNumbers(const TableRow& from, ImportRow& row) const
    {
        for (const std::size_t column : roles_.numbers) {
            const std::string given = text(from, column);
            if (given.empty())
                continue;
            const auto value = numberIn(given);
            if (!value)
                return bad(from, "has " + quoteName(given) + " in the column " + quoteName(table_.columns[column]) + ", where a number belongs. Correct it.");
            row.numbers.emplace_back(toUtf8(table_.columns[column]), *value);
        }
        return {};
    }

    void keepOtherColumns(const TableRow& from, ImportRow& row) const
    {
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            const Column column = i;
            if (from.cells[i].empty() || column == roles_.file || column == roles_.label || column == roles_.text || column == roles_.start ||
                column == roles_.end || std::ranges::find(roles_.numbers, i) != roles_.numbers.end())
                continue;
            row.columns.emplace_back(table_.columns[i], toUtf8(joined(from.cells[i])));
        }
    }

    const Table& table_;
    const Roles& roles_;
    const std::string& name_;
    const std::string& folder_;
    const std::string& split_;
    const ImportOptions& options_;
};

} // namespace

Result<ImportList> listRows(const Table& table, const std::string& name, const std::string& folder, const std::string& split,
                            const ImportOptions& options)
{
    EARMARK_TRY(const Roles roles, rolesOf(table, name, options));
    ImportList list;
    const RowReader reader(table, roles, name, folder, split, options);
    for (const TableRow& row : table.rows) {
        if (auto read = reader.read(row))
            list.rows.push_back(std::move(*read));
        else
            list.broken.push_back({read.error().path, std::move(read.error())});
    }
    list.remarks.push_back(rolesRemark(table, roles));
    return list;
}

Result<ImportList> listTable(const std::string& file, const ImportOptions& options)
{
    EARMARK_TRY(const Table table, readTable(file));
    const std::string folder(folderOf(absolutePath(file)));
    return listRows(table, file, folder, "", options);
}

ImportOptions withUsualColumns(ImportOptions options, const Table& table)
{
    const auto roles = rolesOf(table, {}, options);
    if (!roles)
        return options;
    for (const auto& [column, name] : {std::pair(roles->file, &options.fileColumn), {roles->label, &options.labelColumn}, {roles->text, &options.textColumn},
                                       {roles->split, &options.splitColumn}, {roles->group, &options.groupColumn}, {roles->start, &options.startColumn},
                                       {roles->end, &options.endColumn}})
        if (column)
            *name = table.columns[*column];
    return options;
}

} // namespace earmark
