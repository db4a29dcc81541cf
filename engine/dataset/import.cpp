#include "engine/dataset/import.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "engine/audio/content_hash.h"
#include "engine/base/utf8.h"
#include "engine/dataset/add_clips.h"
#include "engine/dataset/examine_files.h"
#include "engine/dataset/file_walk.h"
#include "engine/dataset/import_list.h"
#include "engine/dataset/known_clips.h"
#include "engine/dataset/paths.h"

namespace earmark
{

namespace
{

struct FormatName {
    ImportFormat format;
    std::string_view name;
};
constexpr FormatName formatNames[] = {{ImportFormat::automatic, "auto"},
                                      {ImportFormat::folders, "folders"},
                                      {ImportFormat::table, "csv"},
                                      {ImportFormat::audiofolder, "audiofolder"},
                                      {ImportFormat::speechCommands, "speech-commands"}};
constexpr std::string_view laterFormats[] = {"timit", "hf-dataset", "label-studio", "audacity", "raven"};

class Importer
{
public:
    Importer(Project::Private& project, ImportReport& report) : project_(project), report_(report), known_(project) {}

    /// Looks at each file that is new or changed, once. False where stopped.
    bool examine(const std::vector<ImportRow>& rows, int threads, const std::function<void(const ImportProgress&)>& progress,
                 const std::stop_token& stop)
    {
        std::vector<std::string> unknown;
        for (const ImportRow& row : rows) {
            const std::string kept = keptPath(absolutePath(row.path), project_.folder);
            if (files_.try_emplace(row.path, File{kept, {}}).second && !isUnchanged(row.path, kept))
                unknown.push_back(row.path);
        }
        const std::size_t skipped = files_.size() - unknown.size();
        auto results = examineFiles(
            unknown, threads,
            [&](std::size_t done) {
                if (progress)
                    progress({skipped + done, files_.size()});
            },
            stop);
        if (stop.stop_requested())
            return false;
        for (std::size_t i = 0; i < unknown.size(); ++i)
            take(unknown[i], std::move(results[i]));
        return true;
    }

    void addRows(const std::vector<ImportRow>& rows)
    {
        for (const ImportRow& row : rows) {
            const auto file = files_.find(row.path);
            if (!file->second.facts)
                continue; // broken
            if (!row.pieces)
                addRow(row, row.start, row.end, file->second);
            else
                addPieces(row, file->second);
        }
        report_.added = clips_.size();
        if (otherLabels_ > 0)
            report_.remarks.push_back({.code = "import.other_labels",
                                       .message = std::to_string(otherLabels_) + " of the duplicates have other labels than the clip they repeat.",
                                       .parameters = {{"clips", std::to_string(otherLabels_)}},
                                       .causes = {}});
        if (otherNumbers_ > 0)
            report_.remarks.push_back({.code = "import.other_numbers",
                                       .message = std::to_string(otherNumbers_) + " numbers are other ones than an earlier row has for the same clip; the first is kept.",
                                       .parameters = {{"numbers", std::to_string(otherNumbers_)}},
                                       .causes = {}});
    }

    /// One transaction and one undo step, or nothing at all.
    Result<void> write()
    {
        if (clips_.empty() && changed_.empty() && touched_.empty())
            return {};
        return project_.edit("Import " + std::to_string(clips_.size()) + " clips", [&](ChangeRecorder& recorder) {
            for (const auto* facts : {&changed_, &touched_})
                for (const auto& [id, value] : *facts)
                    updateSource(id, value);
            ClipAdder adder(project_, recorder, Origin::import);
            for (const NewClip& clip : clips_)
                adder.add(clip);
            adder.finish();
        });
    }

private:
    struct File {
        std::string kept;
        std::optional<SourceFacts> facts; ///< absent where the file is broken
    };

    bool isUnchanged(const std::string& path, const std::string& kept)
    {
        const KnownClips::Source* known = known_.source(kept);
        const auto stamp = fileStamp(path);
        if (!known || !stamp || stamp->size != known->facts.fileSize || stamp->modified != known->facts.fileTime)
            return false;
        files_[path].facts = known->facts;
        return true;
    }

    void take(const std::string& path, Result<SourceFacts>&& facts)
    {
        File& file = files_[path];
        if (!facts) {
            report_.broken.push_back({path, std::move(facts.error())});
            return;
        }
        if (const KnownClips::Source* known = known_.source(file.kept))
            (known->facts.hash == facts->hash ? touched_ : changed_).emplace_back(known->id, *facts);
        report_.changed = changed_.size();
        file.facts = std::move(*facts);
    }

    /// The last piece must be whole: half a second of noise is no example of what a second of it is like.
    void addPieces(const ImportRow& row, const File& file)
    {
        const auto count = static_cast<std::int64_t>(file.facts->duration / *row.pieces + 1e-6);
        for (std::int64_t i = 0; i < count; ++i)
            addRow(row, static_cast<double>(i) * *row.pieces, static_cast<double>(i + 1) * *row.pieces, file);
    }

    void addRow(const ImportRow& row, double start, std::optional<double> end, const File& file)
    {
        const SourceFacts& facts = *file.facts;
        if (facts.duration > 0 && start >= facts.duration) {
            report_.broken.push_back({row.path, Error{"audio.empty", "The clip of " + quoteName(row.path) + " starts at " + std::to_string(start) +
                                                                         " s, after the file's end at " + std::to_string(facts.duration) +
                                                                         " s. Correct its times.",
                                                      row.path,
                                                      {}}});
            return;
        }
        const std::string key = file.kept + '\n' + std::to_string(start) + '\n' + std::to_string(end.value_or(-1));
        if (const auto before = added_.find(key); before != added_.end())
            return merge(clips_[before->second], row); // several rows for one clip: several labels
        if (known_.hasClip(file.kept, start, end)) {
            ++report_.skipped;
            return;
        }
        if (const std::string* original = known_.sameContent(facts.hash, start, end)) {
            noteDuplicate(row, *original);
            if (!row.listed)
                return;
        }
        known_.add(file.kept, facts.hash, start, end);
        added_.emplace(key, clips_.size());
        firstWith_.try_emplace(file.kept, clips_.size());
        clips_.push_back({.audio = {.source = {.path = row.path}, .start = start, .end = end},
                          .facts = facts,
                          .group = row.group,
                          .labels = row.labels,
                          .numbers = row.numbers,
                          .transcript = row.transcript,
                          .split = row.split,
                          .columns = row.columns});
    }

    void merge(NewClip& clip, const ImportRow& row)
    {
        for (const auto& number : row.numbers) {
            const auto before = std::ranges::find(clip.numbers, number.first, &std::pair<std::string, double>::first);
            if (before == clip.numbers.end())
                clip.numbers.push_back(number);
            else
                otherNumbers_ += before->second != number.second;
        }
        for (const std::string& label : row.labels)
            if (std::ranges::find(clip.labels, label) == clip.labels.end())
                clip.labels.push_back(label);
    }

    void noteDuplicate(const ImportRow& row, const std::string& original)
    {
        report_.duplicates.push_back({row.path, resolvedPath(original, project_.folder)});
        if (const auto first = firstWith_.find(original); first != firstWith_.end())
            otherLabels_ += clips_[first->second].labels != row.labels;
    }

    void updateSource(std::int64_t id, const SourceFacts& facts)
    {
        Query(project_.db(), "UPDATE sources SET file_size=?, file_time=?, hash=?, sample_rate=?, channels=?, duration=?, container=?, codec=? "
                             "WHERE id=?")
            .bind(facts.fileSize, facts.fileTime, Bytes{facts.hash}, facts.sampleRate, facts.channels, facts.duration, facts.container,
                  facts.codec, id)
            .run();
    }

    Project::Private& project_;
    ImportReport& report_;
    KnownClips known_;
    std::unordered_map<std::string, File> files_;       ///< by path as the rows have it
    std::vector<NewClip> clips_;
    std::unordered_map<std::string, std::size_t> added_;     ///< clip of this import by file and stretch
    std::unordered_map<std::string, std::size_t> firstWith_; ///< … by file alone
    std::vector<std::pair<std::int64_t, SourceFacts>> changed_; ///< known sources whose content is another
    std::vector<std::pair<std::int64_t, SourceFacts>> touched_; ///< … that were only written anew
    std::size_t otherLabels_ = 0;
    std::size_t otherNumbers_ = 0;
};

} // namespace

Result<ImportFormat> importFormatNamed(std::string_view name)
{
    if (const auto found = std::ranges::find(formatNames, name, &FormatName::name); found != std::end(formatNames))
        return found->format;
    if (std::ranges::find(laterFormats, name) != std::end(laterFormats))
        return failure("usage", "This version of Earmark does not import the format " + quoteName(name) +
                                    " yet. Use auto, folders, csv, audiofolder or speech-commands.");
    return failure("usage", "There is no import format " + quoteName(name) + ". Use auto, folders, csv, audiofolder or speech-commands.");
}

std::string_view importFormatName(ImportFormat format) { return std::ranges::find(formatNames, format, &FormatName::format)->name; }

Result<ImportReport> importClips(Project& project, const std::vector<std::string>& sources, const ImportOptions& options,
                                 const std::function<void(const ImportProgress&)>& progress, std::stop_token stop)
{
    ImportReport report;
    EARMARK_TRY(ImportList list, listSources(sources, options, report.format));
    report.remarks = std::move(list.remarks);
    report.broken = std::move(list.broken);
    if (list.rows.empty() && report.broken.empty())
        return failure("import.no_clips", "There is nothing to import in " + quoteName(sources.empty() ? "" : sources.front()) +
                                              ". Name a folder with sound files, or a table that names some.",
                       sources.empty() ? "" : sources.front());
    Project::Private& inside = project.inside();
    auto importer = guarded(inside.path, [&] {
        inside.requireWritable();
        return std::make_unique<Importer>(inside, report);
    });
    if (!importer)
        return tl::unexpected(std::move(importer.error()));
    if (!(*importer)->examine(list.rows, options.threads, progress, stop)) {
        report = {.format = report.format, .stopped = true};
        return report;
    }
    (*importer)->addRows(list.rows);
    EARMARK_TRY_VOID((*importer)->write());
    return report;
}

} // namespace earmark
