// What a Project is made of, shared by the files that implement its calls.
// Private to the room.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/dataset/store/database.h"
#include "engine/dataset/store/journal.h"
#include "engine/dataset/store/open_here.h"
#include "engine/dataset/project.h"
#include "engine/dataset/store/write_lock.h"

namespace earmark
{

/// The value of annotations.kind.
enum class AnnotationKind { label = 0, number = 1, transcript = 2, note = 3, state = 4 };

/// Refuses text that is not UTF-8 or longer than a million bytes; `what` names it in the sentence.
void requireText(const std::string& text, const char* what);

/// Microseconds since 1970 UTC.
std::int64_t currentTime();

struct Project::Private {
    std::string path;   ///< absolute, links resolved
    std::string folder; ///< that paths are relative to
    OpenHere openHere;  ///< outlives the database
    WriteLock lock;     ///< so does this
    std::unique_ptr<Database> database;
    bool writable = false;
    std::string author;
    ChangeRecorder* together = nullptr; ///< while several edits are one

    Database& db() const; ///< refuses after close()

    /// Runs `change(ChangeRecorder&)` as one transaction and one journal entry.
    template <class Change> auto edit(const std::string& what, Change&& change);
    /// Runs `change()` as one transaction that undo passes by.
    template <class Change> auto record(Change&& change);
    template <class Read> auto read(Read&& body) const { return guarded(path, std::forward<Read>(body)); }

    std::int64_t person(); ///< the row of `author`, made where needed
    void requireWritable() const;
    void requireClip(ClipId clip) const;

    /// Clips with ids in [first, last], in order; `visit` returns false to end early.
    void visitClips(ClipId first, ClipId last, const std::function<bool(Clip&)>& visit) const;
    std::int64_t labelId(const std::string& name); ///< made where needed
    void annotate(ClipId clip, AnnotationKind kind, std::optional<std::int64_t> region, std::optional<std::int64_t> label,
                  std::optional<double> value, const std::optional<std::string>& text, Origin origin);
    void replaceLabels(ClipId clip, std::optional<std::int64_t> region, std::span<const std::string> labels, Origin origin);
    std::int64_t splitId(const std::string& name); ///< made where needed
    void replaceSplit(const Split& split);
};

template <class Change> auto Project::Private::edit(const std::string& what, Change&& change)
{
    using Value = decltype(change(std::declval<ChangeRecorder&>()));
    return guarded(path, [&]() -> Value {
        requireWritable();
        if (together)
            return change(*together);
        SQLite::Transaction transaction(db().sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
        ChangeRecorder recorder(db());
        const auto finish = [&] {
            appendToJournal(db(), what, recorder.changes(), person(), currentTime());
            transaction.commit();
        };
        if constexpr (std::is_void_v<Value>) {
            change(recorder);
            finish();
        } else {
            auto value = change(recorder);
            finish();
            return value;
        }
    });
}

template <class Change> auto Project::Private::record(Change&& change)
{
    using Value = decltype(change());
    return guarded(path, [&]() -> Value {
        requireWritable();
        SQLite::Transaction transaction(db().sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
        if constexpr (std::is_void_v<Value>) {
            change();
            transaction.commit();
        } else {
            auto value = change();
            transaction.commit();
            return value;
        }
    });
}

} // namespace earmark
