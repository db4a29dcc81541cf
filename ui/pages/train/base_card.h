// How a base model looks: a card with its name, what it is and what it needs. Thread: the window's.
#pragma once

#include <QStyledItemDelegate>

#include "ui/models/base_model_list.h"

namespace earmark
{

QString baseTitle(const BaseModel& model);
/// "HuBERT · 23.5 million parameters · 94.0 MB · 16 kHz".
QString baseFacts(const BaseModel& model);
/// What it is for, in which languages, and whether it can be trained.
QString baseRemark(const BaseModel& model);

class BaseCardDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    BaseCardDelegate(const BaseModelList& models, QObject* parent) : QStyledItemDelegate(parent), models_(models) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const BaseModelList& models_;
};

} // namespace earmark
