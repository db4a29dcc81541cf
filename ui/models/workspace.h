// What all pages share: the open project, the jobs, the player, and the one clip at hand. Pages meet here and never in each other.
// Thread: the window's.
#pragma once

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/bridge/project_session.h"
#include "engine/bridge/session_queue.h"
#include "engine/bridge/sound_picture.h"
#include "ui/models/settings.h"
#include "ui/models/sound_recorder.h"
#include "ui/models/transport.h"

namespace earmark
{

class Workspace : public QObject
{
    Q_OBJECT

public:
    /// Without a file of settings (in tests) they last as long as the object.
    explicit Workspace(QObject* parent = nullptr, const QString& settingsFile = {});
    ~Workspace() override;

    ProjectSession& project() { return project_; }
    const ProjectView& view() const { return project_.view(); }
    SessionQueue& queue() { return queue_; }
    Transport& transport() { return transport_; }
    SoundPicture& picture() { return picture_; } ///< of what is in the player
    Settings& settings() { return settings_; }
    SoundRecorder* recorder() { return recorder_.get(); } ///< null where the program was built without one
    void setRecorder(std::unique_ptr<SoundRecorder> recorder);

    // ---- the clip at hand: selecting it anywhere puts it into the player ----
    std::optional<ClipId> currentClip() const; ///< of the project; nothing where none, or another sound, is in the player
    void setCurrentClip(std::optional<ClipId> clip);
    void setCurrentSound(const PlayableClip& sound); ///< not of the project: a file that was dropped on Predict
    PlayableClip playable(const ClipRow& row) const;

    // ---- what pages ask of the window ----
    enum class PageId { data, label, train, test, predict };
    Q_ENUM(PageId)
    /// Shows these clips on the Data page: what a cell of the confusion matrix or a bar leads to. `title` says what they have in common.
    void showClips(std::vector<ClipId> clips, const QString& title);
    void showPage(PageId page);
    /// Files or folders that were dropped: imported into the project, asking what must be asked.
    void importSources(const QStringList& paths);
    /// An error that stays until it is read. `remedy` names what can be done, where something can: text of the button, and what it does.
    struct Remedy {
        QString text;
        std::function<void()> act;
    };
    void report(const Error& error, std::optional<Remedy> remedy = {});
    void notify(const QString& sentence); ///< something worth knowing that goes away by itself

Q_SIGNALS:
    void currentChanged(); ///< currentClip() or what is in the player
    void clipsShown(const std::vector<earmark::ClipId>& clips, const QString& title);
    void pageAsked(earmark::Workspace::PageId page);
    void importAsked(const QStringList& paths);
    void errorReported(const earmark::Error& error, const std::optional<earmark::Workspace::Remedy>& remedy);
    void notified(const QString& sentence);

private:
    Settings settings_;
    ProjectSession project_;
    SessionQueue queue_; ///< after the project: its sessions use it
    Transport transport_;
    SoundPicture picture_;
    std::unique_ptr<SoundRecorder> recorder_;
};

} // namespace earmark
