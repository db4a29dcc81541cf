#include "ui/pages/label/region_delegate.h"

#include <QCompleter>
#include <QDoubleValidator>
#include <QLineEdit>

#include "ui/models/region_table.h"
#include "ui/models/text.h"

namespace earmark
{

RegionDelegate::RegionDelegate(Workspace& workspace, QObject* parent) : QStyledItemDelegate(parent), workspace_(workspace) {}

QWidget* RegionDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    auto* line = new QLineEdit(parent);
    line->setObjectName("regionCell");
    line->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
    if (index.column() == RegionTable::labels) {
        QStringList names;
        for (const LabelClass& label : workspace_.view().labels)
            names << shown(label.name);
        auto* completer = new QCompleter(names, line);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        line->setCompleter(completer);
    } else {
        line->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        auto* validator = new QDoubleValidator(0, 1e9, 6, line);
        validator->setNotation(QDoubleValidator::StandardNotation);
        line->setValidator(validator);
    }
    return line;
}

void RegionDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    const QVariant value = index.data(Qt::EditRole);
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const bool isNumber = value.typeId() == QMetaType::Double;
    static_cast<QLineEdit*>(editor)->setText(isNumber ? locale.toString(value.toDouble(), 'g', 10) : value.toString());
}

void RegionDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    const QString text = static_cast<QLineEdit*>(editor)->text().trimmed();
    if (index.column() == RegionTable::labels) {
        model->setData(index, text);
        return;
    }
    bool isNumber = false;
    const double value = QLocale().toDouble(text, &isNumber);
    const bool mayBeEmpty = index.column() == RegionTable::low || index.column() == RegionTable::high;
    if (isNumber)
        model->setData(index, value);
    else if (text.isEmpty() && mayBeEmpty)
        model->setData(index, QVariant());
}

} // namespace earmark
