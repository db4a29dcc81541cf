// The clips that wait to be labelled, in an order, and where among them the clip at hand is. The queue is a list of ids, made by renew(); edits leave
// it as it is, so that a clip just labelled stays where it was. Clips that come later join at the end, clips that go leave it.
// Thread: the window's; all is linear in the number of clips, and renew() sorts.
#pragma once

#include <QObject>

#include <optional>
#include <string>
#include <vector>

#include "ui/models/workspace.h"

namespace earmark
{

class LabelQueue : public QObject
{
    Q_OBJECT

public:
    enum class Order {
        table,          ///< as the clips were added
        unlabelled,     ///< without a label first
        leastCertain,   ///< by the shown run's confidence, lowest first
        mostSuspicious, ///< the shown run contradicts the label, most certain first
        random
    };
    Q_ENUM(Order)
    enum class Which { all, unlabelled, unsure, split };
    Q_ENUM(Which)

    explicit LabelQueue(Workspace& workspace, QObject* parent = nullptr);

    static bool needsRun(Order order) { return order == Order::leastCertain || order == Order::mostSuspicious; }
    Order order() const { return order_; }
    Which which() const { return which_; }
    const std::string& split() const { return split_; } ///< with Which::split
    void setOrder(Order order);
    void setWhich(Which which, std::string split = {});
    void renew(); ///< chosen and ordered anew by what is known now

    const std::vector<ClipId>& clips() const { return clips_; }
    std::optional<int> position() const { return position_; } ///< of the clip at hand; nothing where it is none of these
    int labelled() const { return labelled_; }                ///< clips of the queue that have a label
    bool isFinished() const { return !clips_.empty() && decided_ == static_cast<int>(clips_.size()); } ///< all have a label, or are to be skipped

    bool hasNext() const;
    bool hasPrevious() const;
    void next();
    void previous();
    void nextUnlabelled(); ///< the next without a label, from the start again where there is none after this one
    void begin();          ///< the first

Q_SIGNALS:
    void clipsChanged();
    void positionChanged();
    void progressChanged();

private:
    bool belongs(const ClipRow& row) const;
    void sort(std::vector<std::size_t>& places) const;
    void takeRows();
    void locate();
    void count();
    void go(int position);
    bool isDecided(ClipId clip) const;

    Workspace& workspace_;
    Order order_ = Order::unlabelled;
    Which which_ = Which::all;
    std::string split_;
    std::vector<ClipId> clips_;
    std::vector<ClipId> known_; ///< all of the project when it was looked at last, rising
    std::optional<int> position_;
    int last_ = 0; ///< where position() was last: from there on goes what follows a clip from elsewhere
    int labelled_ = 0;
    int decided_ = 0;
};

} // namespace earmark
