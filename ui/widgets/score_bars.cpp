#include "ui/widgets/score_bars.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

ScoreBars::ScoreBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    setAccessibleName(tr("Scores"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ScoreBars::setBars(std::vector<Bar> bars)
{
    bars_ = std::move(bars);
    describe();
    updateGeometry();
    update();
}

void ScoreBars::describe()
{
    QStringList lines;
    for (const Bar& bar : bars_)
        lines += tr("%1: %2").arg(bar.label, percentText(bar.score));
    setAccessibleDescription(lines.join('\n'));
    setToolTip(lines.join('\n'));
}

int ScoreBars::rowHeight() const { return fontMetrics().height() + 5 * spaceUnit; }

QSize ScoreBars::sizeHint() const { return {70 * spaceUnit, rowHeight() * std::max<int>(1, static_cast<int>(bars_.size()))}; }
QSize ScoreBars::minimumSizeHint() const { return {40 * spaceUnit, sizeHint().height()}; }

void ScoreBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void ScoreBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int thickness = 2 * spaceUnit - 2;
    for (std::size_t i = 0; i < bars_.size(); ++i) {
        const Bar& bar = bars_[i];
        QFont font = painter.font();
        font.setBold(i == 0);
        painter.setFont(font);
        const QRect row(0, static_cast<int>(i) * rowHeight(), width(), rowHeight());
        const QString score = percentText(bar.score);
        const int scoreWidth = QFontMetrics(font).horizontalAdvance(score);
        const QRect text = row.adjusted(0, 0, 0, -thickness - spaceUnit);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(text.adjusted(0, 0, -scoreWidth - 2 * spaceUnit, 0), Qt::AlignLeft | Qt::AlignBottom,
                         QFontMetrics(font).elidedText(bar.label, Qt::ElideRight, width() - scoreWidth - 2 * spaceUnit));
        painter.drawText(text, Qt::AlignRight | Qt::AlignBottom, score);
        const QRectF track(0, row.bottom() - thickness - 1, width(), thickness);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::instance().faint());
        painter.drawRoundedRect(track, thickness / 2.0, thickness / 2.0);
        const double share = std::clamp(bar.score, 0.0, 1.0);
        if (share * track.width() >= 1) {
            painter.setBrush(bar.colour);
            painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(std::max<double>(share * track.width(), thickness), thickness)), thickness / 2.0,
                                    thickness / 2.0);
        }
    }
}

} // namespace earmark
