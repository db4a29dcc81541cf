#include "engine/dataset/store/project_file.h"

#include <SQLiteCpp/Backup.h>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/file.h"
#include "engine/dataset/store/schema.h"

namespace earmark
{

namespace fs = std::filesystem;

namespace
{

std::string folderOfFile(const std::string& path)
{
    const std::string folder = fs::path(path).parent_path().string();
    return folder.empty() ? "/" : folder;
}

/// By the effective user; sets errno.
bool mayWrite(const std::string& path) { return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0; }

bool hasContent(const std::string& path)
{
    struct stat facts {};
    return ::stat(path.c_str(), &facts) == 0 && facts.st_size > 0;
}

int schemaVersion(Database& database)
{
    Query query(database, "PRAGMA user_version");
    return query.next() ? static_cast<int>(query.integer(0)) : 0;
}

void checkVersion(int version, const std::string& path)
{
    if (version > currentSchemaVersion())
        refuse("project.from_future",
               "The project " + quoteName(path) + " was written by a newer Earmark (version " + std::to_string(version) +
                   " of the file, this one knows " + std::to_string(currentSchemaVersion()) + "). Update Earmark to open it.",
               path, {{"version", std::to_string(version)}});
    if (version < 1)
        throw Damage{"its version number is wrong"};
}

void checkPages(Database& database)
{
    Query query(database, "PRAGMA quick_check(1)");
    if (!query.next() || query.bytes(0) != "ok")
        throw Damage{"its pages contradict each other"};
}

/// Readers need side files too, unless nothing in the project's place can change.
Database::Mode readingMode(const std::string& path)
{
    if (isWritablePlace(path))
        return Database::Mode::read;
    if (hasContent(path + "-wal"))
        refuse("project.read_only",
               "The project " + quoteName(path) + " was not closed properly and cannot be repaired where it lies. Copy it together with " +
                   quoteName(path + "-wal") + " to a folder that you may write to.",
               path);
    return Database::Mode::immutable;
}

std::unique_ptr<Database> copyInMemory(Database& database)
{
    auto copy = std::make_unique<Database>("", Database::Mode::memory);
    SQLite::Backup(copy->sqlite(), database.sqlite()).executeStep();
    return copy;
}

/// `fill` as guarded() takes it. The file is flushed as a whole later, before it gets its name.
void fillNewFile(const std::string& path, const std::function<void(Database&)>& fill)
{
    ::unlink(path.c_str());
    SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    Database database(path, Database::Mode::write);
    database.execute("PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY");
    fill(database);
    database.execute("PRAGMA journal_mode=WAL");
}

bool flush(const std::string& path, int flags)
{
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool flushed = file >= 0 && (::fsync(file) == 0 || errno == EINVAL);
    const int reason = errno;
    if (file >= 0)
        ::close(file);
    errno = reason;
    return flushed;
}

/// Renames unless `to` exists.
bool moveIntoPlace(const std::string& from, const std::string& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    // Some file systems cannot promise not to replace.
    return errno == EINVAL && ::access(to.c_str(), F_OK) != 0 && ::rename(from.c_str(), to.c_str()) == 0;
}

tl::unexpected<Error> creationFailure(int reason, const std::string& path)
{
    if (reason == EEXIST)
        return failure("project.invalid_edit", quoteName(path) + " exists already. Open it, or choose another name for the new project.", path);
    return tl::unexpected(systemError(reason, "create", path, true));
}

/// A new file, complete or absent.
Result<void> makeProjectFile(const std::string& path, const std::function<void(Database&)>& fill)
{
    if (::access(path.c_str(), F_OK) == 0)
        return creationFailure(EEXIST, path);
    if (!mayWrite(folderOfFile(path)))
        return creationFailure(errno, path);
    const std::string partial = path + ".partial-" + std::to_string(::getpid());
    if (auto filled = guarded(path, [&] { fillNewFile(partial, fill); }); !filled) {
        ::unlink(partial.c_str());
        return filled;
    }
    if (flush(partial, O_RDWR) && moveIntoPlace(partial, path) && flush(folderOfFile(path), O_RDONLY | O_DIRECTORY))
        return {};
    const int reason = errno;
    ::unlink(partial.c_str());
    return creationFailure(reason, path);
}

} // namespace

bool isWritablePlace(const std::string& path) { return mayWrite(path) && mayWrite(folderOfFile(path)); }

Result<void> checkProjectHeader(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return tl::unexpected(systemError(errno, "open", path, false));
    unsigned char header[100] = {};
    const ssize_t size = ::read(file, header, sizeof header);
    const int reason = errno;
    ::close(file);
    if (size < 0)
        return tl::unexpected(systemError(reason, "read", path, false));
    const std::uint32_t id = std::uint32_t(header[68]) << 24 | std::uint32_t(header[69]) << 16 | std::uint32_t(header[70]) << 8 | header[71];
    if (size < static_cast<ssize_t>(sizeof header) || std::memcmp(header, "SQLite format 3", 16) != 0 || id != projectApplicationId)
        return failure("project.not_a_project",
                       quoteName(path) + " is not an Earmark project. Name a .earmark file, or import clips into a new one.", path);
    return {};
}

Result<std::unique_ptr<Database>> openProjectFile(const std::string& path, bool writable)
{
    return guarded(path, [&] {
        auto database = std::make_unique<Database>(path, writable ? Database::Mode::write : readingMode(path));
        const int version = schemaVersion(*database);
        checkVersion(version, path);
        checkPages(*database);
        checkSchema(*database, version);
        if (version == currentSchemaVersion())
            return database;
        if (!writable)
            database = copyInMemory(*database);
        migrate(*database, version, migrations());
        return database;
    });
}

Result<void> createProjectFile(const std::string& path)
{
    return makeProjectFile(path, [](Database& database) {
        database.execute("PRAGMA application_id=" + std::to_string(projectApplicationId));
        migrate(database, 0, migrations());
    });
}

Result<void> copyProjectFile(Database& from, const std::string& path, const std::function<void(Database&)>& change)
{
    return makeProjectFile(path, [&](Database& database) {
        SQLite::Backup(database.sqlite(), from.sqlite()).executeStep();
        database.execute("PRAGMA journal_mode=MEMORY"); // it came with the other's
        change(database);
    });
}

} // namespace earmark
