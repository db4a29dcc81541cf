// Paints the cells of the table of clips: the waveform, labels as chips in their colours, a prediction in red where the label says otherwise, and how
// sure it is as a bar. Thread: the window's.
#pragma once

#include <QStyledItemDelegate>

#include "ui/models/clip_table_model.h"
#include "ui/widgets/thumbnail_source.h"

namespace earmark
{

class ClipDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    ClipDelegate(Workspace& workspace, const ClipTableModel& model, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

Q_SIGNALS:
    void thumbnailReady(earmark::ClipId clip);

private:
    void paintWave(QPainter& painter, const QRect& cell, const ClipRow& row) const;
    void paintLabels(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell, const ClipRow& row) const;
    void paintPrediction(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell, const ClipRow& row) const;
    void paintConfidence(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell, const ClipRow& row) const;
    void paintText(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell, const QString& text, Qt::Alignment alignment, const QColor& colour) const;

    Workspace& workspace_;
    const ClipTableModel& model_;
    ThumbnailSource* thumbnails_;
};

} // namespace earmark
