// Which stretch of a sound the views show and which one is selected: one object for all views that share a time axis. Seconds from the start of the clip.
// Thread: the window's.
#pragma once

#include <QObject>

#include <optional>
#include <utility>

namespace earmark
{

class TimeViewport : public QObject
{
    Q_OBJECT

public:
    static constexpr double shortest = 0.01; ///< seconds that can be shown

    using QObject::QObject;

    double duration() const { return duration_; }
    double start() const { return start_; }
    double end() const { return end_; }
    double length() const { return end_ - start_; }
    bool isWhole() const { return start_ <= 0 && end_ >= duration_; }

    void reset(double duration);       ///< another clip: all of it, nothing selected
    void setDuration(double duration); ///< the same clip; what shows all of it goes on to do so
    void show(double start, double end); ///< moved into the clip, keeping its length where that is possible
    void showAll() { show(0, duration_); }
    void zoom(double factor, double around); ///< `factor` above 1 shows less; `around` keeps its place
    void pan(double seconds) { show(start_ + seconds, end_ + seconds); }
    void reveal(double seconds); ///< turns the page where the place is not shown

    using Range = std::pair<double, double>;
    const std::optional<Range>& selection() const { return selection_; }
    void select(std::optional<Range> range); ///< put in order and into the clip

Q_SIGNALS:
    void changed();
    void selectionChanged();

private:
    double duration_ = 0;
    double start_ = 0;
    double end_ = 0;
    std::optional<Range> selection_;
};

} // namespace earmark
