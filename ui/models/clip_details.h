// All that the project says of the clip at hand, its regions and texts with it, read anew whenever the clip changes. What a widget shows of a clip
// beyond its row comes from here. Thread: the window's; reading happens on the project's worker, so a clip is there a moment after it was chosen.
#pragma once

#include <QObject>

#include <optional>

#include "ui/models/workspace.h"

namespace earmark
{

class ClipDetails : public QObject
{
    Q_OBJECT

public:
    explicit ClipDetails(Workspace& workspace, QObject* parent = nullptr);

    /// Nothing until it is read, and where no clip is at hand.
    const std::optional<Clip>& clip() const { return clip_; }
    const Region* region(std::int64_t id) const;

Q_SIGNALS:
    void left(earmark::ClipId clip); ///< another clip comes to hand, or none: what was typed for this one is to be kept now
    void changed();

private:
    void follow();
    void read();
    void take(Result<Clip> clip);

    Workspace& workspace_;
    std::optional<ClipId> wanted_;
    std::optional<Clip> clip_;
};

} // namespace earmark
