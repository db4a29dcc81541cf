// Files that were given to the Predict page and what a model heard in them: a row a file. Which rows are ticked says whose predictions are taken over
// as labels. Thread: the window's.
#pragma once

#include <QAbstractTableModel>
#include <QColor>

#include <functional>
#include <memory>
#include <vector>

#include "engine/bridge/gather_session.h"
#include "engine/compute/compute.h"
#include "engine/dataset/project.h"

namespace earmark
{

class PredictionTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { file, prediction, confidence, length, columns };
    /// Of the column `confidence`: the score as a number, −1 without one, for delegates and sorting.
    static constexpr int scoreRole = Qt::UserRole;

    struct Row {
        GatheredFile file;
        std::optional<ClipId> clip;          ///< where it is a clip of the open project
        std::shared_ptr<const ClassifiedClip> heard; ///< null before a prediction; shared with who writes it down on another thread
        std::vector<float> scores;           ///< of the whole: the mean where it was heard in windows
        bool chosen = true;
    };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    void sort(int column, Qt::SortOrder order) override;

    /// How labels are coloured: by name and place among the model's labels.
    using Colours = std::function<QColor(const std::string&, std::size_t)>;
    void setColours(Colours colours) { colours_ = std::move(colours); }

    const std::vector<Row>& rows() const { return rows_; }
    const std::vector<std::string>& labels() const { return labels_; } ///< of the model that was heard last
    bool isEmpty() const { return rows_.empty(); }
    int waiting() const;                                     ///< rows without a prediction that could have one
    std::optional<ScoredLabel> best(const Row& row) const;   ///< nothing without a prediction

    /// Files that are there already are not added again.
    void add(const std::vector<GatheredFile>& files);
    void addClips(std::vector<Row> rows);
    void remove(std::vector<int> rows);
    void clear();
    void forgetPredictions(); ///< before another model listens
    /// The rows that a request for `samples()` speaks of, in its order.
    std::vector<Sample> samples() const;
    void take(const ClassifiedClip& heard, const std::vector<std::string>& labels); ///< `heard.index` is into samples()

Q_SIGNALS:
    void chosenChanged();

private:
    QVariant shownText(const Row& row, int column) const;

    Colours colours_;
    std::vector<Row> rows_;
    std::vector<std::string> labels_;
    mutable std::vector<std::size_t> asked_; ///< rows of samples(), by index there
};

} // namespace earmark
