#include <filesystem>

#include "engine/dataset/paths.h"
#include "engine/dataset/project_private.h"
#include "engine/dataset/store/project_file.h"

namespace earmark
{

namespace
{

struct Place {
    std::int64_t id = 0;
    std::string path; ///< absolute
};

std::vector<Place> places(Query&& query, const std::string& folder)
{
    std::vector<Place> all;
    while (query.next())
        all.push_back({query.integer(0), resolvedPath(query.bytes(1), folder)});
    return all;
}

/// What was relative to one folder becomes relative to another.
void keepFrom(Database& database, const std::string& before, const std::string& after)
{
    SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
    const std::vector<Place> sources = places(Query(database, "SELECT id, path FROM sources"), before);
    for (const Place& source : sources) // first absolute: a path's new name may be another's old one
        Query(database, "UPDATE sources SET path=? WHERE id=?").bind(Bytes{source.path}, source.id).run();
    for (const Place& source : sources)
        Query(database, "UPDATE sources SET path=? WHERE id=?").bind(Bytes{keptPath(source.path, after)}, source.id).run();
    for (const Place& run : places(Query(database, "SELECT id, folder FROM runs WHERE length(folder)>0"), before))
        Query(database, "UPDATE runs SET folder=? WHERE id=?").bind(Bytes{keptPath(run.path, after)}, run.id).run();
    transaction.commit();
}

} // namespace

Result<void> Project::saveCopy(const std::string& given) const
{
    const std::string path = realPath(given);
    const std::string folder(folderOf(path));
    Database* from = nullptr;
    EARMARK_TRY_VOID(d_->read([&] { from = &d_->db(); }));
    return copyProjectFile(*from, path, [&](Database& copy) {
        if (folder != d_->folder)
            keepFrom(copy, d_->folder, folder);
    });
}

} // namespace earmark
