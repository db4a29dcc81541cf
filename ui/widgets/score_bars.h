// What a model heard in one sound: the best labels as bars with their scores, best first. Thread: the window's.
#pragma once

#include <QColor>
#include <QWidget>

#include <vector>

namespace earmark
{

class ScoreBars : public QWidget
{
    Q_OBJECT

public:
    struct Bar {
        QString label;
        double score = 0; ///< 0 … 1; longer than 1 is drawn as 1
        QColor colour;
    };

    explicit ScoreBars(QWidget* parent = nullptr);

    void setBars(std::vector<Bar> bars);
    const std::vector<Bar>& bars() const { return bars_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int rowHeight() const;
    void describe(); ///< for screen readers

    std::vector<Bar> bars_;
};

} // namespace earmark
