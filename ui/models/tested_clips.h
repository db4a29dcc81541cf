// A list of tested clips: name, label, prediction, confidence, and whether that is right. It holds places in the result's report and asks the result.
// Thread: the window's; sorting is O(n log n), for the listed clips only.
#pragma once

#include <QAbstractTableModel>

#include <memory>
#include <vector>

#include "ui/models/test_result.h"

namespace earmark
{

class TestedClips : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { name, label, prediction, confidence, columns };

    explicit TestedClips(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// `places`: indices into result->report.perClip, in the order in which they are shown until sort().
    void show(std::shared_ptr<const TestResult> result, std::vector<std::size_t> places);
    /// The same clips with what is known of them now.
    void renew(std::shared_ptr<const TestResult> result);
    const TestResult* result() const { return result_.get(); }
    const std::vector<std::size_t>& places() const { return places_; }
    std::size_t placeOf(int row) const { return places_[static_cast<std::size_t>(row)]; }
    int rowOf(std::size_t place) const; ///< −1 where it is not listed

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    void sort(int column, Qt::SortOrder order) override; ///< −1: as they were given

private:
    void arrange();

    std::shared_ptr<const TestResult> result_;
    std::vector<std::size_t> given_;
    std::vector<std::size_t> places_;
    int sortedBy_ = -1;
    Qt::SortOrder order_ = Qt::AscendingOrder;
};

/// The label as it is shown: its name, or what is said where the model does not know it.
QString shownLabel(const TestResult& result, int label);

} // namespace earmark
