// The project: one SQLite file NAME.earmark that holds clips, what people, imports and models said of them, splits, runs and predictions.
// Sound stays where it is; paths are kept relative to the project's folder where the two share a folder above, absolute otherwise.
//
// Thread: one at a time (a Project may move between threads). Several processes may read while one writes; a second writer gets project.locked.
// Durability: when an editing call returns without error, the edit is on the disk. A process killed at any moment leaves the project as it was
// after its last finished call. Side files (-wal, -shm, -lock) exist only while the project is open; close() leaves one file.
// Errors, of every call: project.damaged, project.read_only, io.disk_full, io.*; of editing calls also project.invalid_edit; others where said.
// A project file is never trusted: its schema must be the one this header's code makes, and every value read is checked.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/error.h"
#include "engine/compute/sample.h"

namespace earmark
{

using ClipId = std::int64_t;

enum class Access { read, write };

/// Where a statement about a clip came from.
enum class Origin { person = 0, import = 1, model = 2 };

/// What the person labelling decided about the clip as a whole. Excluded clips are in no sample list.
enum class ClipState { none = 0, skip = 1, unsure = 2, excluded = 3 };

std::string_view originName(Origin origin);   ///< "person", "import", "model"
std::string_view stateName(ClipState state); ///< "", "skip", "unsure", "excluded"

struct Stamp {
    std::string author;
    std::int64_t time = 0; ///< microseconds since 1970-01-01 00:00 UTC
    Origin origin = Origin::person;
};

// ---- clips ----------------------------------------------------------------------------------------------------------

/// What is known of the file (or byte range) a clip lies in.
struct SourceFacts {
    std::string hash; ///< content hash, bytes; two sources with the same hash hold the same sound file
    int sampleRate = 0;
    int channels = 0;
    double duration = 0; ///< seconds, of the whole source
    std::string container;
    std::string codec;
    std::uint64_t fileSize = 0; ///< bytes, at import
    std::int64_t fileTime = 0;  ///< modification time at import, nanoseconds since 1970
};

struct ClipLabel {
    std::string label;
    Stamp stamp;
};

struct ClipNumber {
    std::string name; ///< which quantity; "" where there is only one
    double value = 0;
    Stamp stamp;
};

struct ClipText {
    std::string text;
    Stamp stamp;
};

struct Region {
    std::int64_t id = 0;
    double start = 0; ///< seconds from the start of the clip
    double end = 0;
    std::optional<double> low; ///< Hz
    std::optional<double> high;
    std::vector<std::string> labels;
    Stamp stamp;
};

struct Clip {
    ClipId id = 0;
    std::string name;  ///< the path as the project keeps it
    AudioClip audio;   ///< its path resolved against the project's folder
    SourceFacts facts;
    std::string group; ///< "" where there is none
    ClipState state = ClipState::none;
    std::optional<Stamp> stateStamp;
    std::vector<ClipLabel> labels;
    std::vector<ClipNumber> numbers;
    std::vector<Region> regions; ///< by start
    std::optional<ClipText> transcript;
    std::optional<ClipText> note;
    std::vector<std::pair<std::string, std::string>> columns; ///< further columns of the table it came from
    Stamp added;
};

/// A clip to be added.
struct NewClip {
    AudioClip audio; ///< path absolute, or relative to the current folder
    SourceFacts facts;
    std::string group;
    std::vector<std::string> labels;
    std::vector<std::pair<std::string, double>> numbers;
    std::optional<std::string> transcript;
    std::string split; ///< appended to this split; "" for none
    std::vector<std::pair<std::string, std::string>> columns;
};

/// One class of the label set. New classes get the next colour of a colour-blind-safe palette and the next free key (1…9, a…z).
struct LabelClass {
    std::int64_t id = 0; ///< 0 for a new one
    std::string name;    ///< any text but empty; length up to a million bytes
    std::string colour;  ///< "#rrggbb"; chosen where empty
    std::string key;     ///< "1"…"9", "a"…"z" or ""
};

struct NewRegion {
    double start = 0;
    double end = 0;
    std::optional<double> low;
    std::optional<double> high;
    std::vector<std::string> labels;
};

/// What a sample for the networks is: a clip whole, or each labelled region of a clip as a clip of its own.
enum class SampleUnit { clips, regions };

// ---- splits, runs, predictions --------------------------------------------------------------------------------------

struct SplitMember {
    ClipId clip = 0;
    std::string group; ///< the group the split was made by; the clip's own where empty
};

struct Split {
    std::string name;                 ///< "train", "validation", "test", or any other
    std::string method;               ///< how it was made, for people
    std::vector<SplitMember> members; ///< in the split's order, which is the order of training rows
};

struct Run {
    std::int64_t id = 0;
    std::string name;
    std::string folder;              ///< relative to the project where it can be
    std::string base;                ///< the model it started from
    std::string settings;            ///< run.json's text, or ""
    std::vector<std::string> labels; ///< the model's, by id
    std::string state;               ///< "running", "finished", "stopped", "failed"
    std::string report;              ///< report.json's text, or ""
    std::int64_t started = 0;        ///< microseconds UTC; set by addRun where 0
    std::optional<std::int64_t> ended;
};

struct Prediction {
    ClipId clip = 0;
    std::string split;
    std::string label;         ///< the best one, "" for none
    std::vector<float> scores; ///< by the run's labels
    std::string text;          ///< a transcript, for CTC
};

/// A file that is no longer as it was at import.
struct FileChange {
    std::string path;
    bool missing = false; ///< else its size or time differs
    std::size_t clips = 0;
};

/// What undo() or redo() did.
struct UndoStep {
    std::string what;          ///< the edit, in English
    std::vector<ClipId> clips; ///< that differ now, rising: labels, regions, texts, group, whether they are there
    bool clipsCameOrWent = false;
    bool labelSet = false;
    bool splits = false;
};

/// What became of the files that relocate() looked for.
struct Relocation {
    std::size_t found = 0;   ///< files
    std::size_t missing = 0; ///< nothing there
    std::size_t other = 0;   ///< a file of that name holds something else
    std::vector<ClipId> clips; ///< that lie elsewhere now, rising
    bool stopped = false;      ///< nothing was changed
};

struct ProjectSummary {
    std::string path;
    int schemaVersion = 0;
    std::size_t clips = 0;
    std::size_t labelled = 0;
    double seconds = 0; ///< of all clips
    std::vector<std::pair<std::string, std::size_t>> labels; ///< clips a label, in the label set's order
    std::vector<std::pair<std::string, std::size_t>> numbers; ///< clips a number, by its name
    std::vector<std::pair<std::string, std::size_t>> splits; ///< clips a split
    std::vector<std::string> columns; ///< that clips have; --group can name them
    std::size_t groups = 0;
    std::size_t regions = 0;
    std::size_t transcripts = 0;
    std::size_t runs = 0;
};

struct ProjectOptions {
    std::string author; ///< of edits to come; the login name where empty
    std::chrono::milliseconds wait{0}; ///< how long to wait for another writer before project.locked
};

class Project
{
public:
    /// Makes a new, empty project, open for writing. Errors: project.invalid_edit where the file exists; io.*; project.locked.
    static Result<Project> create(const std::string& path, const ProjectOptions& options = {});
    /// Errors: io.not_found, project.not_a_project, project.from_future, project.damaged, project.locked (write), project.read_only (write).
    /// An older schema is migrated when opened for writing, and in memory only when opened for reading.
    static Result<Project> open(const std::string& path, Access access, const ProjectOptions& options = {});
    /// open(write) where the file exists, else create.
    static Result<Project> openOrCreate(const std::string& path, const ProjectOptions& options = {});

    Project(Project&&) noexcept;
    Project& operator=(Project&&) noexcept;
    ~Project(); ///< closes
    /// Merges everything back into the one file. The object can then only be destroyed.
    Result<void> close();

    const std::string& path() const;
    bool writable() const;

    // ---- reading ----
    /// Writes the project as it is now, its undo journal with it, to a new file. Sound and runs stay where they are; the copy knows them from its own
    /// place. Errors: project.invalid_edit where `path` exists; io.*.
    Result<void> saveCopy(const std::string& path) const;
    Result<ProjectSummary> summary() const;
    Result<std::vector<ClipId>> clipIds() const; ///< in the order in which they were added
    Result<Clip> clip(ClipId id) const;
    /// Those of the clips that are there, in the order asked for.
    Result<std::vector<Clip>> clips(std::span<const ClipId> ids) const;
    /// Every clip, in order of addition, one at a time; `visit` returns false to end early.
    Result<void> forEachClip(const std::function<bool(const Clip&)>& visit) const;
    Result<std::vector<std::string>> columns() const; ///< that clips have besides their group
    Result<std::vector<LabelClass>> labels() const; ///< in the label set's order
    Result<std::vector<Split>> splits() const;
    /// What the networks read: the split's clips in its order; all clips where `split` is "". Excluded clips are left out.
    /// With regions, those of one clip follow each other by their start; each has the clip's id, its own labels and the clip's group.
    /// Error: project.invalid_edit (names the splits there are) where no split has the name.
    Result<std::vector<Sample>> samples(std::string_view split, SampleUnit unit = SampleUnit::clips) const;
    /// 32 hex digits over clips (id, content, range), labels, numbers, transcripts, states and splits, and regions where they are the samples: equal
    /// where training would see the same.
    Result<std::string> fingerprint(SampleUnit unit = SampleUnit::clips) const;
    Result<std::vector<FileChange>> changedFiles() const;

    // ---- editing: each call is one entry of the undo journal ----
    /// The editing calls that `edits` makes are one entry, called `what`, and one transaction: where it fails, none of them has happened.
    Result<void> together(const std::string& what, const std::function<Result<void>()>& edits);
    /// One transaction. Sources already known are shared; labels and splits that are new are made.
    Result<std::vector<ClipId>> addClips(std::span<const NewClip> clips, Origin origin);
    Result<void> removeClips(std::span<const ClipId> clips);
    Result<void> setLabels(std::span<const ClipId> clips, std::span<const std::string> labels, Origin origin = Origin::person);
    Result<void> addLabel(std::span<const ClipId> clips, const std::string& label, Origin origin = Origin::person);
    Result<void> removeLabel(std::span<const ClipId> clips, const std::string& label);
    Result<void> setNumber(std::span<const ClipId> clips, const std::string& name, std::optional<double> value,
                           Origin origin = Origin::person);
    Result<void> setTranscript(ClipId clip, std::optional<std::string> text, Origin origin = Origin::person);
    Result<void> setNote(ClipId clip, std::optional<std::string> text);
    Result<void> setState(std::span<const ClipId> clips, ClipState state);
    Result<void> setGroup(std::span<const ClipId> clips, const std::string& group);
    Result<std::int64_t> addRegion(ClipId clip, const NewRegion& region, Origin origin = Origin::person);
    Result<void> changeRegion(std::int64_t region, const NewRegion& to, Origin origin = Origin::person);
    Result<void> removeRegion(std::int64_t region);
    /// The whole label set in its order: classes named by id keep their clips, others are made, missing ones must be unused.
    Result<void> setLabelSet(std::span<const LabelClass> classes);
    /// The clips and regions of `from` get `into`, and `from` leaves the label set. Returns the clips that had it.
    Result<std::vector<ClipId>> mergeLabels(const std::string& from, const std::string& into);
    /// Clips whose sound lay below the folder `from` (or was that file) are looked for at the same place below `to`; those whose very content is there
    /// are taken to lie there from now on. Both paths absolute. Reads the files whose time is another than at import.
    Result<Relocation> relocate(const std::string& from, const std::string& to, const std::function<void(std::size_t done, std::size_t total)>& progress = {},
                                std::stop_token stop = {});
    /// Replaces the splits named; one without members is removed; others stay.
    Result<void> setSplits(std::span<const Split> splits);
    /// To the end of the split `name`, made where there is none, and out of all others; out of all where "".
    Result<void> moveToSplit(std::span<const ClipId> clips, const std::string& name);

    /// What undo() or redo() would do, in English; nothing where there is nothing. The journal outlives the process.
    Result<std::optional<std::string>> undoable() const;
    Result<std::optional<std::string>> redoable() const;
    Result<std::optional<UndoStep>> undo(); ///< nothing where there is nothing to undo
    Result<std::optional<UndoStep>> redo();

    // ---- results: not edits, so undo passes them by ----
    Result<std::int64_t> addRun(const Run& run);
    Result<void> updateRun(const Run& run); ///< by id
    Result<std::vector<Run>> runs() const;
    Result<void> removeRun(std::int64_t run); ///< and what it said of clips; its folder stays (see run_record.h)
    /// Replaces what the run said of these clips before.
    Result<void> addPredictions(std::int64_t run, std::span<const Prediction> predictions);
    Result<std::vector<Prediction>> predictions(std::int64_t run) const;

    struct Private; ///< known within this room only
    Private& inside() { return *d_; }
    const Private& inside() const { return *d_; }

private:
    explicit Project(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d_;
};

} // namespace earmark
