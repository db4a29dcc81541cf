#include "engine/eval/projection.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

namespace earmark
{

namespace
{

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr Eigen::Index blockRows = 1024;

/// The finite rows of a table, block by block: centred single precision for the products, double for what is summed over all rows.
class FiniteRows
{
public:
    FiniteRows(std::span<const float> values, std::size_t dimensions)
        : all_(values.data(), static_cast<Eigen::Index>(values.size() / dimensions), static_cast<Eigen::Index>(dimensions))
    {
        for (Eigen::Index row = 0; row < all_.rows(); ++row)
            if (all_.row(row).allFinite())
                indices_.push_back(row);
    }

    Eigen::Index count() const { return static_cast<Eigen::Index>(indices_.size()); }
    Eigen::Index index(Eigen::Index row) const { return indices_[static_cast<std::size_t>(row)]; }

    Eigen::VectorXd mean() const
    {
        Eigen::VectorXd sum = Eigen::VectorXd::Zero(all_.cols());
        for (const Eigen::Index row : indices_)
            sum += all_.row(row).transpose().cast<double>();
        return sum / static_cast<double>(std::max<Eigen::Index>(count(), 1));
    }

    Rows centred(Eigen::Index first, const Eigen::VectorXd& mean) const
    {
        Rows block(std::min(blockRows, count() - first), all_.cols());
        for (Eigen::Index i = 0; i < block.rows(); ++i)
            block.row(i) = (all_.row(index(first + i)).cast<double>() - mean.transpose()).cast<float>();
        return block;
    }

private:
    Eigen::Map<const Rows> all_;
    std::vector<Eigen::Index> indices_;
};

Eigen::MatrixXd scatter(const FiniteRows& rows, const Eigen::VectorXd& mean, const std::stop_token& stop)
{
    Eigen::MatrixXd total = Eigen::MatrixXd::Zero(mean.size(), mean.size());
    Eigen::MatrixXf part(mean.size(), mean.size());
    for (Eigen::Index first = 0; first < rows.count() && !stop.stop_requested(); first += blockRows) {
        part.setZero();
        part.selfadjointView<Eigen::Lower>().rankUpdate(rows.centred(first, mean).transpose());
        total += part.cast<double>();
    }
    return total;
}

} // namespace

Projection principalComponents(std::span<const float> values, std::size_t dimensions, int components, std::stop_token stop)
{
    if (dimensions == 0 || components <= 0)
        return {};
    const FiniteRows rows(values, dimensions);
    const Eigen::VectorXd mean = rows.mean();
    const Eigen::MatrixXd total = scatter(rows, mean, stop);
    if (stop.stop_requested())
        return {};
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(total); // reads the lower half; eigenvalues rise
    if (stop.stop_requested())
        return {};

    const auto kept = std::min(static_cast<Eigen::Index>(components), mean.size());
    Eigen::MatrixXf axes = solver.eigenvectors().rightCols(kept).rowwise().reverse().cast<float>();
    for (Eigen::Index i = 0; i < kept; ++i) {
        Eigen::Index largest = 0;
        axes.col(i).cwiseAbs().maxCoeff(&largest);
        if (axes(largest, i) < 0)
            axes.col(i) *= -1;
    }

    const std::size_t count = values.size() / dimensions;
    Projection result{.components = components,
                      .points = std::vector<float>(count * static_cast<std::size_t>(components), std::numeric_limits<float>::quiet_NaN()),
                      .explained = std::vector<double>(static_cast<std::size_t>(components))};
    Eigen::Map<Rows> points(result.points.data(), static_cast<Eigen::Index>(count), components);
    for (Eigen::Index first = 0; first < rows.count(); first += blockRows) {
        const Rows projected = rows.centred(first, mean) * axes;
        for (Eigen::Index i = 0; i < projected.rows(); ++i) {
            points.row(rows.index(first + i)).setZero();
            points.row(rows.index(first + i)).head(kept) = projected.row(i);
        }
    }
    const double variance = total.trace();
    for (Eigen::Index i = 0; i < kept && variance > 0; ++i)
        result.explained[static_cast<std::size_t>(i)] = std::max(0.0, solver.eigenvalues()(mean.size() - 1 - i)) / variance;
    return result;
}

} // namespace earmark
