// SQLite as this room uses it: opened with every guard up, statements kept, exceptions turned into errors at one place.
// Private to the room. Thread: one at a time.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "engine/base/error.h"

namespace earmark
{

/// Thrown inside the room, returned as an Error by guarded().
struct Refusal {
    Error error;
};

[[noreturn]] void refuse(std::string_view code, std::string message, std::string path = {},
                         std::map<std::string, std::string> parameters = {});

/// Thrown where a value read from a project cannot be; becomes project.damaged.
struct Damage {
    std::string what;
};

/// What an exception of SQLite or of this room says about the project at `path`.
Error projectError(const SQLite::Exception& exception, const std::string& path);
Error damagedError(const std::string& what, const std::string& path);

/// Runs `body`, which throws Refusal, Damage or SQLite::Exception, and returns what it returns.
template <class Body> auto guarded(const std::string& path, Body&& body) -> Result<decltype(body())>
{
    try {
        if constexpr (std::is_void_v<decltype(body())>) {
            body();
            return {};
        } else {
            return body();
        }
    } catch (Refusal& refusal) {
        return tl::unexpected(std::move(refusal.error));
    } catch (const Damage& damage) {
        return tl::unexpected(damagedError(damage.what, path));
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected(projectError(exception, path));
    }
}

class Database
{
public:
    enum class Mode {
        write,
        read,      ///< others may write meanwhile
        immutable, ///< in a place where nothing can be written, not even side files
        memory
    };

    Database(const std::string& path, Mode mode);

    SQLite::Database& sqlite() { return sqlite_; }
    void execute(const std::string& sql) { sqlite_.exec(sql); }
    /// When it is closed they stay, although SQLite may think that it was the last one: somebody writes.
    void leaveSideFiles();

private:
    friend class Query;
    std::unique_ptr<SQLite::Statement> take(const char* sql);
    void giveBack(const char* sql, std::unique_ptr<SQLite::Statement> statement);

    SQLite::Database sqlite_;
    std::unordered_multimap<std::string_view, std::unique_ptr<SQLite::Statement>> idle_;
};

/// Bytes that go into a BLOB column.
struct Bytes {
    std::string_view bytes;
};

/// One use of a statement that is prepared once and kept: `Query(db, "SELECT …").bind(id)`. `sql` must be a literal.
class Query
{
public:
    Query(Database& database, const char* sql) : database_(database), sql_(sql), statement_(database.take(sql)) {}
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    template <class... Values> Query& bind(const Values&... values)
    {
        int index = 0;
        (bindOne(++index, values), ...);
        return *this;
    }

    bool next() { return statement_->executeStep(); }
    /// Executes and makes ready for the next bind.
    void run();

    bool isNull(int column) { return statement_->getColumn(column).isNull(); }
    std::int64_t integer(int column) { return statement_->getColumn(column).getInt64(); }
    double number(int column); ///< finite, else Damage
    std::string text(int column); ///< UTF-8, else Damage
    std::string bytes(int column);

private:
    template <std::integral Integer> void bindOne(int index, Integer value)
    {
        statement_->bind(index, static_cast<std::int64_t>(value));
    }
    void bindOne(int index, double value) { statement_->bind(index, value); }
    void bindOne(int index, std::string_view value);
    void bindOne(int index, const Bytes& value);
    void bindOne(int index, std::nullopt_t) { statement_->bind(index); }
    template <class Value> void bindOne(int index, const std::optional<Value>& value)
    {
        if (value)
            bindOne(index, *value);
        else
            statement_->bind(index);
    }

    Database& database_;
    const char* sql_;
    std::unique_ptr<SQLite::Statement> statement_;
};

} // namespace earmark
