#include "engine/bridge/gather_session.h"

#include <filesystem>
#include <iterator>

#include "engine/audio/decode.h"
#include "engine/dataset/file_walk.h"

namespace earmark
{

namespace
{

namespace fs = std::filesystem;

GatheredFile look(std::string path)
{
    GatheredFile file;
    file.sample.clip.source.path = path;
    file.sample.name = std::move(path);
    auto facts = probeAudio(file.sample.clip.source);
    if (facts)
        file.duration = facts->duration;
    else
        file.error = std::move(facts.error());
    return file;
}

} // namespace

GatherSession::GatherSession(std::vector<std::string> paths, QObject* parent)
    : Session(Kind::other, {}, parent), paths_(std::move(paths)),
      delivery_(
          [this](std::vector<GatheredFile>&& files) {
              const auto first = files_.size();
              files_.insert(files_.end(), std::move_iterator(files.begin()), std::move_iterator(files.end()));
              Q_EMIT filesAdded(static_cast<int>(first), static_cast<int>(files_.size() - first));
          },
          this)
{
}

GatherSession::~GatherSession() { halt(); }

Result<bool> GatherSession::work(std::stop_token stop)
{
    std::vector<std::string> found;
    for (const std::string& path : paths_) {
        std::error_code ignored;
        if (!fs::is_directory(path, ignored)) {
            found.push_back(path);
            continue;
        }
        EARMARK_TRY(const FileWalk walk, walkFiles(path));
        for (const BrokenFile& unreadable : walk.unreadable)
            reportRemark(remarkOf(unreadable.error));
        if (walk.files.empty())
            return failure("io.not_found", "There is no sound file in " + quoteName(path) + ". Give another folder.", path);
        for (const std::string& name : walk.files)
            found.push_back((fs::path(path) / name).string());
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (stop.stop_requested())
            return false;
        delivery_.push(look(std::move(found[i])));
        reportProgress(static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(found.size()));
    }
    return true;
}

void GatherSession::finish() { delivery_.flush(); }

} // namespace earmark
