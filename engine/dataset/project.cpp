#include "engine/dataset/project.h"

#include <cerrno>
#include <cstring>
#include <pwd.h>
#include <unistd.h>

#include "engine/base/utf8.h"
#include "engine/dataset/paths.h"
#include "engine/dataset/project_private.h"
#include "engine/dataset/store/project_file.h"

namespace earmark
{

namespace
{

std::string loginName()
{
    passwd entry{};
    passwd* found = nullptr;
    char buffer[4096];
    const bool known = ::getpwuid_r(::geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found;
    return known ? found->pw_name : "unknown";
}

} // namespace

std::string_view originName(Origin origin)
{
    constexpr std::string_view names[] = {"person", "import", "model"};
    return names[static_cast<int>(origin)];
}

std::string_view stateName(ClipState state)
{
    constexpr std::string_view names[] = {"", "skip", "unsure", "excluded"};
    return names[static_cast<int>(state)];
}

std::int64_t currentTime()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Result<Project> Project::create(const std::string& given, const ProjectOptions& options)
{
    const std::string path = realPath(given);
    EARMARK_TRY_VOID(createProjectFile(path));
    return open(path, Access::write, options);
}

Result<Project> Project::open(const std::string& given, Access access, const ProjectOptions& options)
{
    auto d = std::make_unique<Private>();
    d->path = realPath(given);
    d->folder = folderOf(d->path);
    d->writable = access == Access::write;
    d->author = options.author.empty() ? loginName() : toUtf8(options.author);
    d->openHere = OpenHere(d->path);
    if (d->openHere.isFirst())
        EARMARK_TRY_VOID(checkProjectHeader(d->path));
    if (d->writable) {
        if (!isWritablePlace(d->path))
            return failure("project.read_only",
                           "The project " + quoteName(d->path) + " cannot be changed where it lies (" + std::strerror(errno) +
                               "). Copy it to a folder that you may write to.",
                           d->path);
        EARMARK_TRY(d->lock, WriteLock::acquire(d->path, options.wait));
    }
    EARMARK_TRY(d->database, openProjectFile(d->path, d->writable));
    return Project(std::move(d));
}

Result<Project> Project::openOrCreate(const std::string& path, const ProjectOptions& options)
{
    if (::access(path.c_str(), F_OK) == 0)
        return open(path, Access::write, options);
    return create(path, options);
}

Project::Project(std::unique_ptr<Private> d) : d_(std::move(d)) {}
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;

Project::~Project()
{
    if (d_)
        (void)close();
}

Result<void> Project::close()
{
    auto merged = guarded(d_->path, [&] {
        if (d_->writable && d_->database)
            d_->database->execute("PRAGMA wal_checkpoint(TRUNCATE)");
    });
    if (d_->database && !d_->writable && !WriteLock::isFree(d_->path))
        d_->database->leaveSideFiles();
    d_->database.reset();
    d_->openHere = {};
    d_->lock.release();
    return merged;
}

const std::string& Project::path() const { return d_->path; }
bool Project::writable() const { return d_->writable; }

Database& Project::Private::db() const
{
    if (!database)
        refuse("internal", "The project " + quoteName(path) + " was used after it was closed.", path);
    return *database;
}

void Project::Private::requireWritable() const
{
    if (!writable)
        refuse("project.read_only", "The project " + quoteName(path) + " is open for reading only.", path);
}

std::int64_t Project::Private::person()
{
    Query(db(), "INSERT OR IGNORE INTO people(name) VALUES(?)").bind(author).run();
    Query query(db(), "SELECT id FROM people WHERE name=?");
    query.bind(author);
    if (!query.next())
        throw Damage{"its list of people cannot be written"};
    return query.integer(0);
}

Result<std::optional<std::string>> Project::undoable() const
{
    return d_->read([&] { return nextInJournal(d_->db(), Direction::undo); });
}

Result<std::optional<std::string>> Project::redoable() const
{
    return d_->read([&] { return nextInJournal(d_->db(), Direction::redo); });
}

namespace
{

std::optional<UndoStep> told(std::optional<JournalStepDone> done)
{
    if (!done)
        return std::nullopt;
    ChangesetEffects& effects = done->effects;
    return UndoStep{.what = std::move(done->what),
                    .clips = std::move(effects.clips),
                    .clipsCameOrWent = effects.clipsCameOrWent,
                    .labelSet = effects.labelSet,
                    .splits = effects.splits};
}

} // namespace

Result<std::optional<UndoStep>> Project::undo()
{
    return d_->record([&] { return told(stepJournal(d_->db(), Direction::undo)); });
}

Result<std::optional<UndoStep>> Project::redo()
{
    return d_->record([&] { return told(stepJournal(d_->db(), Direction::redo)); });
}

} // namespace earmark
