// How many clips each label has: a list with all clips first, then those without a label, then the label set in its order. Thread: the window's.
#pragma once

#include <QAbstractListModel>
#include <QTimer>

#include <optional>
#include <vector>

#include "ui/models/workspace.h"

namespace earmark
{

class LabelBalance : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Kind { all, none, label };
    struct Entry {
        Kind kind = Kind::all;
        LabelClass label; ///< of Kind::label
        int clips = 0;
    };

    explicit LabelBalance(Workspace& workspace, QObject* parent = nullptr);

    const std::vector<Entry>& entries() const { return entries_; }
    int most() const { return most_; } ///< clips of the largest entry but the first
    int positionOf(std::optional<std::int64_t> label) const; ///< 0 for all; label 0: those without
    std::optional<std::int64_t> labelAt(int position) const;
    QString name(const Entry& entry) const;

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(entries_.size()); }
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void count();

    Workspace& workspace_;
    std::vector<Entry> entries_;
    int most_ = 0;
    QTimer later_;
};

} // namespace earmark
