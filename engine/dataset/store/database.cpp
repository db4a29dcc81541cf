#include "engine/dataset/store/database.h"

#include <cmath>
#include <sqlite3.h>

#include "engine/base/utf8.h"

namespace earmark
{

namespace
{

/// SQLite takes options only in a URI; every byte that means something there is escaped.
std::string uriOf(const std::string& path, bool immutable)
{
    constexpr char hex[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte >= 0x7F || c == '%' || c == '?' || c == '#')
            uri += {'%', hex[byte >> 4], hex[byte & 15]};
        else
            uri += c;
    }
    return immutable ? uri + "?immutable=1" : uri;
}

/// A name that starts with ':' or is relative is made a plain path, so that SQLite reads nothing else into it.
std::string plainPath(const std::string& path) { return path.starts_with('/') ? path : "./" + path; }

std::string nameFor(const std::string& path, Database::Mode mode)
{
    return mode == Database::Mode::memory ? ":memory:" : uriOf(plainPath(path), mode == Database::Mode::immutable);
}

int flagsFor(Database::Mode mode)
{
    // Readers open for writing too, so that the last one out can clear the side files away; query_only holds them to reading.
    return (mode == Database::Mode::immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
           (mode == Database::Mode::memory ? SQLITE_OPEN_CREATE : SQLITE_OPEN_URI);
}

} // namespace

void refuse(std::string_view code, std::string message, std::string path, std::map<std::string, std::string> parameters)
{
    throw Refusal{Error{std::string(code), std::move(message), std::move(path), std::move(parameters)}};
}

Error damagedError(const std::string& what, const std::string& path)
{
    return Error{"project.damaged",
                 "The project " + quoteName(path) + " is damaged (" + what + "). Use a copy of it, or import the clips into a new project.",
                 path,
                 {{"reason", what}}};
}

Error projectError(const SQLite::Exception& exception, const std::string& path)
{
    const std::string reason = exception.what();
    const std::string name = quoteName(path);
    const auto make = [&](const char* code, std::string message) {
        return Error{code, std::move(message), path, {{"reason", reason}}};
    };
    switch (exception.getErrorCode()) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR: // a statement of ours that does not fit the tables
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
        return damagedError(reason, path);
    case SQLITE_FULL:
        return make("io.disk_full", "The disk with the project " + name +
                                        " is full. Free some space and try again; what was there before is untouched.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return make("project.read_only", "The project " + name + " cannot be changed where it lies. Copy it to a folder that you may write to.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return make("project.locked", "Another program is using the project " + name + ". Close it there, then try again.");
    case SQLITE_CANTOPEN:
        return make("io.unreadable", "Could not open the project " + name + ". Check its permissions and those of its folder.");
    case SQLITE_IOERR:
        return make("io.unwritable", "Could not read or write the project " + name + " (" + reason + "). Check the disk.");
    case SQLITE_TOOBIG:
        return make("project.invalid_edit", "A text is too long for the project " + name + ". Shorten it.");
    default:
        return make("internal", "The project " + name + " could not be used: " + reason + ".");
    }
}

Database::Database(const std::string& path, Mode mode)
    : sqlite_(nameFor(path, mode), flagsFor(mode), 5000 /* ms */)
{
    // The file may come from anyone: no function, trigger or view of its own is ever run, and no page is trusted.
    sqlite3* handle = sqlite_.getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    execute("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384");
    if (mode == Mode::write)
        execute("PRAGMA synchronous=FULL");
    else if (mode != Mode::memory)
        execute("PRAGMA query_only=ON");
}

void Database::leaveSideFiles() { sqlite3_db_config(sqlite_.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); }

std::unique_ptr<SQLite::Statement> Database::take(const char* sql)
{
    if (auto node = idle_.extract(std::string_view(sql)))
        return std::move(node.mapped());
    return std::make_unique<SQLite::Statement>(sqlite_, sql);
}

void Database::giveBack(const char* sql, std::unique_ptr<SQLite::Statement> statement)
{
    idle_.emplace(std::string_view(sql), std::move(statement));
}

Query::~Query()
{
    // A statement that failed reports its error again when reset: it is dropped instead.
    if (statement_->tryReset() != SQLITE_OK)
        return;
    statement_->clearBindings();
    database_.giveBack(sql_, std::move(statement_));
}

void Query::run()
{
    statement_->executeStep();
    statement_->reset();
}

double Query::number(int column)
{
    const double value = statement_->getColumn(column).getDouble();
    if (!std::isfinite(value))
        throw Damage{"a number is not finite"};
    return value;
}

std::string Query::text(int column)
{
    std::string value = bytes(column);
    if (!isUtf8(value))
        throw Damage{"a text is not UTF-8"};
    return value;
}

std::string Query::bytes(int column)
{
    const SQLite::Column value = statement_->getColumn(column);
    const void* data = value.getBlob(); // before the size: it may convert
    return data ? std::string(static_cast<const char*>(data), static_cast<std::size_t>(value.getBytes())) : std::string();
}

void Query::bindOne(int index, std::string_view value)
{
    // SQLiteCpp takes no length with text that is not a std::string.
    statement_->bind(index, std::string(value));
}

void Query::bindOne(int index, const Bytes& value)
{
    // An empty vector's null pointer would be NULL, which is not an empty BLOB.
    statement_->bind(index, value.bytes.empty() ? "" : static_cast<const void*>(value.bytes.data()), static_cast<int>(value.bytes.size()));
}

} // namespace earmark
