// The open project: its file is used on one worker thread, and what the window needs of it lies in view(), on the window's thread.
// Edits return at once, are done in their order, and are durable when changed() tells of them; one that fails leaves all as it was and comes as
// failed(). Thread: that of the object. The destructor waits for the edits that were asked for and closes the file.
#pragma once

#include <QObject>
#include <QPointer>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/bridge/mailbox.h"
#include "engine/bridge/project_change.h"
#include "engine/bridge/project_view.h"
#include "engine/dataset/project.h"

namespace earmark
{

struct SplitOptions;

class ProjectSession : public QObject
{
    Q_OBJECT

public:
    enum class State { closed, opening, open };
    Q_ENUM(State)

    explicit ProjectSession(QObject* parent = nullptr);
    ~ProjectSession() override;

    void setAuthor(const std::string& author); ///< of the edits in projects opened from now on; the login name where empty

    // ---- opening: ends in opened() or openFailed() ----
    void open(const std::string& path);   ///< for writing; read-only where the file may not be written, or another program holds it
    void create(const std::string& path); ///< a new, empty one
    void close();                         ///< waits for edits under way; breaks off loading

    State state() const { return state_; }
    const std::string& path() const { return path_; }
    bool isWritable() const { return writable_; }
    const std::optional<Error>& whyReadOnly() const { return whyReadOnly_; }
    const ProjectView& view() const { return view_; }

    // ---- edits ----
    void setLabels(std::vector<ClipId> clips, std::vector<std::string> labels);
    void addLabel(std::vector<ClipId> clips, std::string label);
    void removeLabel(std::vector<ClipId> clips, std::string label);
    void setState(std::vector<ClipId> clips, ClipState state);
    void setTranscript(ClipId clip, std::optional<std::string> text);
    void setNote(ClipId clip, std::optional<std::string> text);
    void setGroup(std::vector<ClipId> clips, std::string group);
    void addRegion(ClipId clip, NewRegion region);
    void changeRegion(ClipId clip, std::int64_t region, NewRegion to);
    void removeRegion(ClipId clip, std::int64_t region);
    void removeClips(std::vector<ClipId> clips);
    void split(const SplitOptions& options); ///< see splitProject()
    void moveToSplit(std::vector<ClipId> clips, std::string name); ///< see Project::moveToSplit
    void setLabelSet(std::vector<LabelClass> classes);
    void undo();
    void redo();

    /// `from` becomes `into` on every clip and region.
    void mergeLabels(std::string from, std::string into);
    void renameRun(std::int64_t run, std::string name);
    void deleteRun(std::int64_t run); ///< its folder with it: askRunBytes() says before how much that is

    using Touched = earmark::Touched;
    /// Any other edit: `work` runs on the worker thread and says what it touched.
    void edit(std::function<Result<Touched>(Project&)> work);

    /// A question to the file: `work` on the worker thread, then `take(result)` on this object's thread unless `context` is gone.
    template <class Work, class Take> void ask(QObject* context, Work work, Take take)
    {
        post([this, guard = QPointer<QObject>(context), work = std::move(work), take = std::move(take)](Project& project) mutable {
            auto result = work(project);
            deliver([guard, result = std::move(result), take = std::move(take)]() mutable {
                if (guard)
                    take(std::move(result));
            });
        });
    }
    /// The whole clip, regions and texts with it.
    void askClip(QObject* context, ClipId id, std::function<void(Result<Clip>)> take);
    void askRunBytes(QObject* context, std::int64_t run, std::function<void(Result<std::uint64_t>)> take);

    /// Runs `work` on the worker thread and waits for it there: for sessions that read or write the project in their own work(). From any thread but
    /// this object's. Nothing where no project is open.
    bool runOnWorker(const std::function<void(Project&)>& work);
    /// After runOnWorker() changed the file: brings view() up to date. From any thread.
    void refresh(Touched touched);

    /// The rows carry this run's predictions; none where absent.
    void showRun(std::optional<std::int64_t> run);

Q_SIGNALS:
    void opened();
    void openFailed(const earmark::Error& error);
    void closing(); ///< before close() waits: whoever works on the project for long stops
    void closed();
    void failed(const earmark::Error& error); ///< an edit that was not done

    void rowsReset();                                ///< all rows of view() are new
    void rowsAppended(int first, int count);         ///< while a project is being read, and after an import
    void rowsChanged(const std::vector<int>& rows);  ///< indices into view().rows, rising
    void labelSetChanged();
    void splitsChanged();
    void runsChanged();
    void shownRunChanged();
    void undoChanged();
    void stepping(); ///< undo() or redo() was asked for: whoever holds an edit back asks for it now, and it comes before
    void stepped(const std::vector<earmark::ClipId>& clips); ///< undo or redo is done and in view(); the clips that differ, rising
    void loadingChanged(bool loading); ///< rows are still coming

private:
    using Task = std::function<void(Project&)>;
    using Opening = std::function<Result<Project>(std::optional<Error>& whyReadOnly)>;

    void begin(std::string path, Opening opening);
    void post(Task task); ///< dropped where no project is open when its turn comes
    void postAny(std::function<void()> task);
    void deliver(std::function<void()> onThisThread);
    void loop();

    void openOnWorker(int generation, const Opening& opening);
    void loadOnWorker();
    void forgetOnWorker();
    void step(Result<std::optional<UndoStep>> (Project::*direction)());
    void tellChange(const Touched& touched);
    void tellShownRun(std::optional<std::int64_t> run);
    void deliverChange(Result<ProjectChange> change);
    void apply(ProjectChange&& change);
    bool isWanted() const { return workerGeneration_ == generation_; } ///< nobody has closed the project meanwhile

    // On the object's thread.
    State state_ = State::closed;
    std::string author_;
    std::string path_;
    bool writable_ = false;
    std::optional<Error> whyReadOnly_;
    ProjectView view_;
    Mailbox mailbox_;
    std::atomic<int> generation_ = 0; ///< of the open project: what comes late from an earlier one is dropped. Read by the worker too

    // On the worker thread.
    std::optional<Project> project_;
    std::optional<ProjectReader> reader_; ///< of project_
    int workerGeneration_ = 0;
    std::optional<std::int64_t> shownRun_;

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> tasks_;
    bool ending_ = false;
    std::thread worker_;
};

} // namespace earmark
