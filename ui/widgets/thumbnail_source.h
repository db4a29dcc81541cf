// Small waveforms of clips, for tables: from the peaks kept on disk where they are, else computed on a thread of low priority, the clip asked for last
// first. Never waits. At most some thousand pictures are kept, and no more than a few hundred wishes: a table that scrolls by asks again when it paints.
// Thread: the window's.
#pragma once

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSize>

#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "engine/bridge/delivery.h"
#include "engine/bridge/job_stack.h"
#include "engine/bridge/picture_store.h"
#include "engine/bridge/project_view.h"

namespace earmark
{

class ThumbnailSource : public QObject
{
    Q_OBJECT

public:
    explicit ThumbnailSource(QObject* parent = nullptr, PictureStore& store = PictureStore::user());
    ~ThumbnailSource() override;

    /// `size` in device-independent pixels. Null while it comes, then ready() tells; also null, and nothing tells, where the clip cannot be read.
    QPixmap thumbnail(const ClipRow& clip, QSize size, qreal dpr);

Q_SIGNALS:
    void ready(earmark::ClipId clip);

private:
    using Shape = std::vector<Peak>; ///< a peak for each column
    struct Made {
        std::uint64_t key;
        ClipId clip;
        std::optional<Shape> shape; ///< nothing where it cannot be read
        int columns;
    };
    void take(std::vector<Made>&& made);

    PictureStore& store_;
    QCache<quint64, Made> shapes_;
    QCache<quint64, QPixmap> pixmaps_; ///< drawn of shapes_ in the colours there are
    std::unordered_set<std::uint64_t> asked_;
    Delivery<Made> made_;
    JobStack jobs_;
};

} // namespace earmark
