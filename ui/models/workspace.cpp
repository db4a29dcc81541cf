#include "ui/models/workspace.h"

#include "ui/models/text.h"

namespace earmark
{

Workspace::Workspace(QObject* parent, const QString& settingsFile)
    : QObject(parent), settings_(settingsFile), project_(this), queue_(this), transport_(this), picture_(this)
{
    const auto setAuthor = [this] { project_.setAuthor(bytesOf(settings_.author())); };
    connect(&settings_, &Settings::changed, this, setAuthor);
    setAuthor();
    connect(&transport_, &Transport::clipChanged, this, [this] {
        const auto& clip = transport_.clip();
        picture_.show(clip ? std::optional(clip->audio) : std::nullopt, clip ? clip->duration : 0);
    });
    connect(&picture_, &SoundPicture::factsChanged, this, [this] { transport_.setDuration(picture_.duration()); });
    connect(&transport_, &Transport::failed, this, [this](const Error& error) { report(error); });
    connect(&transport_, &Transport::clipChanged, this, &Workspace::currentChanged);
    connect(&project_, &ProjectSession::closed, this, [this] { transport_.load(std::nullopt); });
    connect(&project_, &ProjectSession::failed, this, [this](const Error& error) { report(error); });
}

Workspace::~Workspace() { queue_.stopAll(); }

void Workspace::setRecorder(std::unique_ptr<SoundRecorder> recorder) { recorder_ = std::move(recorder); }

std::optional<ClipId> Workspace::currentClip() const { return transport_.clip() ? transport_.clip()->id : std::nullopt; }

void Workspace::setCurrentClip(std::optional<ClipId> clip)
{
    const auto place = clip ? view().rowOf(*clip) : std::nullopt;
    transport_.load(place ? std::optional(playable(view().rows[*place])) : std::nullopt);
}

void Workspace::setCurrentSound(const PlayableClip& sound) { transport_.load(sound); }

PlayableClip Workspace::playable(const ClipRow& row) const
{
    return {.id = row.id, .audio = row.audio, .title = fileName(row.name), .duration = row.duration};
}

void Workspace::showClips(std::vector<ClipId> clips, const QString& title)
{
    Q_EMIT pageAsked(PageId::data);
    Q_EMIT clipsShown(clips, title);
}

void Workspace::showPage(PageId page) { Q_EMIT pageAsked(page); }
void Workspace::importSources(const QStringList& paths) { Q_EMIT importAsked(paths); }
void Workspace::report(const Error& error, std::optional<Remedy> remedy) { Q_EMIT errorReported(error, remedy); }
void Workspace::notify(const QString& sentence) { Q_EMIT notified(sentence); }

} // namespace earmark
