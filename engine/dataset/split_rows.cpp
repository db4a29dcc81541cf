#include "engine/dataset/split_rows.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

#include "engine/dataset/numpy_random.h"

namespace earmark
{

namespace
{

/// Rows that stay together.
struct Unit {
    std::vector<std::size_t> rows;
    std::map<std::size_t, double> labels; ///< how many rows have the label
    std::size_t part = 0;
};

std::vector<Unit> unitsOf(const std::vector<SplitRow>& rows)
{
    std::vector<Unit> units;
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::size_t at = units.size();
        if (!rows[i].group.empty())
            at = known.try_emplace(rows[i].group, at).first->second;
        if (at == units.size())
            units.emplace_back();
        units[at].rows.push_back(i);
        for (const std::size_t label : rows[i].labels)
            units[at].labels[label] += 1;
    }
    return units;
}

/// How full each part is, of rows and of each label, against what it should have.
class Balance
{
public:
    Balance(const std::vector<Unit>& units, const std::vector<double>& shares) : parts_(shares.size())
    {
        std::size_t labels = 0;
        double rows = 0;
        for (const Unit& unit : units) {
            rows += static_cast<double>(unit.rows.size());
            if (!unit.labels.empty())
                labels = std::max(labels, unit.labels.rbegin()->first + 1);
        }
        std::vector<double> totals(labels);
        for (const Unit& unit : units)
            for (const auto& [label, count] : unit.labels)
                totals[label] += count;
        const auto inUse = static_cast<double>(std::ranges::count_if(totals, [](double total) { return total > 0; }));
        labelWeight_ = inUse > 0 ? 1 / inUse : 0;
        for (std::size_t p = 0; p < shares.size(); ++p) {
            parts_[p].wantedRows = shares[p] * rows;
            parts_[p].counts.resize(labels);
            parts_[p].holders.resize(labels);
            for (const double total : totals)
                parts_[p].wanted.push_back(shares[p] * total);
        }
    }

    /// The change of the sum of squared relative errors if `unit` came to `part` (sign 1) or left it (sign −1).
    double change(const Unit& unit, std::size_t part, double sign) const
    {
        const Part& at = parts_[part];
        const auto term = [sign](double count, double there, double wanted) {
            const double error = (there - wanted) / wanted, step = sign * count / wanted;
            return step * (2 * error + step);
        };
        double sum = term(static_cast<double>(unit.rows.size()), at.rows, at.wantedRows);
        for (const auto& [label, count] : unit.labels)
            sum += labelWeight_ * term(count, at.counts[label], at.wanted[label]);
        return sum;
    }

    void move(const Unit& unit, std::size_t part, double sign)
    {
        Part& at = parts_[part];
        at.rows += sign * static_cast<double>(unit.rows.size());
        at.units += static_cast<int>(sign);
        for (const auto& [label, count] : unit.labels) {
            at.counts[label] += sign * count;
            at.holders[label] += static_cast<int>(sign);
        }
    }

    std::size_t best(const Unit& unit) const
    {
        std::size_t best = 0;
        double least = std::numeric_limits<double>::max();
        for (std::size_t p = 0; p < parts_.size(); ++p)
            if (const double cost = change(unit, p, 1); cost < least) {
                least = cost;
                best = p;
            }
        return best;
    }

    std::size_t parts() const { return parts_.size(); }
    std::size_t labels() const { return parts_[0].counts.size(); }
    bool lacks(std::size_t part, std::size_t label) const { return parts_[part].holders[label] == 0; }
    bool isEmpty(std::size_t part) const { return parts_[part].units == 0; }
    /// Whether the unit's part would keep some unit, and each of the unit's labels, without it.
    bool canSpare(const Unit& unit) const
    {
        const Part& at = parts_[unit.part];
        return at.units > 1 && std::ranges::all_of(unit.labels, [&](const auto& entry) { return at.holders[entry.first] > 1; });
    }
    bool canLose(const Unit& unit) const { return parts_[unit.part].units > 1; }

private:
    struct Part {
        double rows = 0;
        double wantedRows = 0;
        int units = 0;
        std::vector<int> holders;   ///< units that have the label
        std::vector<double> counts; ///< rows that have it
        std::vector<double> wanted;
    };
    std::vector<Part> parts_;
    double labelWeight_ = 0;
};

/// Moves the cheapest of `candidates` that may go into `part`, if there is one.
template <class MayGo>
void bring(std::vector<Unit>& units, const std::vector<std::size_t>& candidates, Balance& balance, std::size_t part, MayGo&& mayGo)
{
    Unit* chosen = nullptr;
    double least = std::numeric_limits<double>::max();
    for (const std::size_t i : candidates) {
        Unit& unit = units[i];
        if (unit.part == part || !mayGo(unit))
            continue;
        const double cost = balance.change(unit, unit.part, -1) + balance.change(unit, part, 1);
        if (cost < least) {
            least = cost;
            chosen = &unit;
        }
    }
    if (!chosen)
        return;
    balance.move(*chosen, chosen->part, -1);
    balance.move(*chosen, part, 1);
    chosen->part = part;
}

void repair(std::vector<Unit>& units, Balance& balance)
{
    std::vector<std::vector<std::size_t>> holders(balance.labels());
    std::vector<std::size_t> all(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        all[i] = i;
        for (const auto& [label, count] : units[i].labels)
            holders[label].push_back(i);
    }
    for (std::size_t part = 0; part < balance.parts(); ++part) {
        for (std::size_t label = 0; label < balance.labels(); ++label)
            if (balance.lacks(part, label))
                bring(units, holders[label], balance, part, [&](const Unit& unit) { return balance.canSpare(unit); });
        if (balance.isEmpty(part))
            bring(units, all, balance, part, [&](const Unit& unit) { return balance.canLose(unit); });
    }
}

} // namespace

Parts divideAtRandom(std::size_t count, const std::vector<std::size_t>& sizes, std::uint64_t seed)
{
    const std::vector<std::size_t> order = NumpyGenerator(seed).permutation(count);
    Parts parts(count);
    std::size_t at = 0;
    for (std::size_t p = 0; p < sizes.size(); ++p)
        for (std::size_t i = 0; i < sizes[p]; ++i)
            parts[order[at++]] = p;
    return parts;
}

Parts divideBalanced(const std::vector<SplitRow>& rows, const std::vector<double>& shares, std::uint64_t seed)
{
    std::vector<Unit> units = unitsOf(rows);
    NumpyGenerator(seed).shuffle(units);
    std::ranges::stable_sort(units, std::greater(), [](const Unit& unit) { return unit.rows.size(); });
    Balance balance(units, shares);
    for (Unit& unit : units) {
        unit.part = balance.best(unit);
        balance.move(unit, unit.part, 1);
    }
    repair(units, balance);
    Parts parts(rows.size());
    for (const Unit& unit : units)
        for (const std::size_t row : unit.rows)
            parts[row] = unit.part;
    return parts;
}

std::pair<std::vector<std::size_t>, std::vector<std::size_t>> trainTestSplit(std::size_t count, std::size_t testCount, std::uint64_t seed)
{
    const std::vector<std::size_t> order = NumpyGenerator(seed).permutation(count);
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(testCount);
    return {{middle, order.end()}, {order.begin(), middle}};
}

} // namespace earmark
