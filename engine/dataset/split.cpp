#include "engine/dataset/split.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>
#include <unordered_set>

#include "engine/dataset/paths.h"
#include "engine/dataset/split_rows.h"

namespace earmark
{

namespace
{

enum Part : std::size_t { train = 0, validation = 1, test = 2 };
constexpr std::array<const char*, 3> partNames = {"train", "validation", "test"};

/// The clips that take part, as the arithmetic wants them.
struct Rows {
    std::vector<SplitRow> rows;
    std::size_t withoutGroup = 0;
    bool columnSeen = false;
};

/// The value of column `name`; "recording", "group", "folder" and "file" are there without a table having them.
std::optional<std::string> groupOf(const SplitClips::Entry& clip, const std::string& name)
{
    for (const auto& [column, value] : clip.columns)
        if (column == name)
            return value;
    if (name == "recording")
        return clip.recording;
    if (name == "group")
        return clip.group;
    if (name == "folder")
        return std::string(folderOf(clip.name));
    if (name == "file")
        return clip.name;
    return std::nullopt;
}

Rows rowsOf(const SplitClips& clips, const SplitOptions& options)
{
    Rows rows;
    rows.rows.reserve(clips.entries.size());
    for (const SplitClips::Entry& clip : clips.entries) {
        SplitRow& row = rows.rows.emplace_back(SplitRow{.labels = clip.labels});
        if (options.group.empty())
            continue;
        const auto group = groupOf(clip, options.group);
        rows.columnSeen |= group.has_value();
        row.group = group.value_or("");
        rows.withoutGroup += row.group.empty();
    }
    return rows;
}

tl::unexpected<Error> impossible(const std::string& project, const std::string& what) { return failure("split.impossible", what, project); }

Result<void> checkOptions(const SplitOptions& options)
{
    const auto isSize = [](double value) { return std::isfinite(value) && value >= 0 && (value < 1 || value == std::floor(value)); };
    if (!isSize(options.validation) || !isSize(options.test))
        return failure("usage", "The size of a split is a fraction below 1 or a whole number of clips. Correct it.");
    if (options.folds && (*options.folds < 2 || options.fold < 0 || options.fold >= *options.folds))
        return failure("usage", "There must be at least 2 folds, and the fold is a number from 0 to one less than them. Correct them.");
    if (options.folds && options.test > 0)
        return failure("usage", "With folds, the fold is the test split: give no size for it.");
    if (options.method == SplitMethod::datasets && (options.folds || options.stratify || !options.group.empty()))
        return failure("usage", "The method “datasets” divides at random alone: it takes no folds, strata or groups.");
    if (!options.folds && options.validation == 0 && options.test == 0)
        return failure("usage", "Nothing would be split off. Give a size for validation or test, or a number of folds.");
    return {};
}

Result<void> checkRows(const SplitClips& clips, const Rows& rows, const SplitOptions& options)
{
    if (clips.entries.empty())
        return impossible(clips.project, "The project " + quoteName(clips.project) + " has no clips to divide. Import some first.");
    if (options.group.empty() || rows.columnSeen)
        return {};
    std::string known;
    for (const std::string& column : clips.columns)
        if (known.size() < 1000)
            known += quoteName(column) + ", ";
    return impossible(clips.project, "No clip has a column " + quoteName(options.group) + " to group by. There are " + known +
                                         "“recording”, “group”, “folder” and “file”.");
}

std::size_t sizeOf(double asked, std::size_t count)
{
    return asked < 1 ? static_cast<std::size_t>(std::llround(asked * static_cast<double>(count))) : static_cast<std::size_t>(asked);
}

/// As `datasets` computes it.
std::size_t datasetsSize(double asked, std::size_t count)
{
    return asked < 1 ? static_cast<std::size_t>(std::ceil(asked * static_cast<double>(count))) : static_cast<std::size_t>(asked);
}

using Members = std::array<std::vector<std::size_t>, 3>; ///< row numbers by part, in order

Result<Members> divideAsDatasets(const std::string& project, std::size_t count, const SplitOptions& options)
{
    Members members;
    members[train].resize(count);
    std::iota(members[train].begin(), members[train].end(), std::size_t(0));
    for (const auto& [part, asked] : {std::pair{test, options.test}, {validation, options.validation}}) {
        if (asked == 0)
            continue;
        const std::vector<std::size_t> rest = std::move(members[train]);
        const std::size_t size = datasetsSize(asked, rest.size());
        if (size >= rest.size())
            return impossible(project, "Of " + std::to_string(rest.size()) + " clips none would be left for training. Ask for smaller splits.");
        const auto [left, off] = trainTestSplit(rest.size(), size, options.seed);
        members[train].clear();
        for (const std::size_t i : left)
            members[train].push_back(rest[i]);
        for (const std::size_t i : off)
            members[part].push_back(rest[i]);
    }
    return members;
}

/// Parts of some of the rows (`which`), by the sizes asked for; a size of 0 asks for no such part.
std::vector<std::size_t> divideSome(const std::vector<SplitRow>& rows, const std::vector<std::size_t>& which,
                                    const std::vector<std::size_t>& sizes, const SplitOptions& options)
{
    if (options.group.empty() && !options.stratify)
        return divideAtRandom(which.size(), sizes, options.seed);
    std::vector<SplitRow> some;
    for (const std::size_t row : which)
        some.push_back(rows[row]);
    std::vector<double> shares;
    std::vector<std::size_t> names;
    for (std::size_t p = 0; p < sizes.size(); ++p)
        if (sizes[p] > 0) {
            shares.push_back(static_cast<double>(sizes[p]) / static_cast<double>(which.size()));
            names.push_back(p);
        }
    std::vector<std::size_t> parts = divideBalanced(some, shares, options.seed);
    for (std::size_t& part : parts)
        part = names[part];
    return parts;
}

std::size_t distinctUnits(const Rows& rows)
{
    std::unordered_set<std::string_view> groups;
    std::size_t alone = 0;
    for (const SplitRow& row : rows.rows)
        row.group.empty() ? void(++alone) : void(groups.insert(row.group));
    return groups.size() + alone;
}

Result<Members> divideOwnWay(const std::string& project, const Rows& rows, const SplitOptions& options)
{
    const std::size_t count = rows.rows.size();
    const std::size_t wantedParts = (options.folds ? static_cast<std::size_t>(*options.folds) : 1 + (options.test > 0)) + (options.validation > 0);
    if (distinctUnits(rows) < wantedParts)
        return impossible(project, "The clips are " + std::to_string(distinctUnits(rows)) + (options.group.empty() ? " in all" : " groups") +
                                       ", too few for " + std::to_string(wantedParts) + " parts. Ask for fewer.");
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), std::size_t(0));
    Members members;
    if (options.folds) {
        const auto folds = static_cast<std::size_t>(*options.folds);
        std::vector<std::size_t> sizes(folds, count / folds);
        for (std::size_t i = 0; i < count % folds; ++i)
            ++sizes[i];
        const auto fold = divideSome(rows.rows, all, sizes, options);
        std::vector<std::size_t> rest;
        for (const std::size_t row : all)
            (fold[row] == static_cast<std::size_t>(options.fold) ? members[test] : rest).push_back(row);
        all = std::move(rest);
    }
    std::vector<std::size_t> sizes(3);
    const auto atLeastOne = [&](double asked) { return asked > 0 ? std::max<std::size_t>(1, sizeOf(asked, count)) : 0; };
    sizes[validation] = atLeastOne(options.validation);
    sizes[test] = options.folds ? 0 : atLeastOne(options.test);
    if (sizes[validation] + sizes[test] >= all.size())
        return impossible(project, "Of " + std::to_string(all.size()) + " clips none would be left for training. Ask for smaller splits.");
    sizes[train] = all.size() - sizes[validation] - sizes[test];
    const auto parts = divideSome(rows.rows, all, sizes, options);
    for (std::size_t i = 0; i < all.size(); ++i)
        members[parts[i]].push_back(all[i]);
    return members;
}

std::string methodText(const SplitOptions& options)
{
    std::string text = options.method == SplitMethod::datasets ? "datasets" : "earmark";
    text += ", seed " + std::to_string(options.seed);
    if (options.folds)
        text += ", fold " + std::to_string(options.fold) + " of " + std::to_string(*options.folds);
    if (!options.group.empty())
        text += ", by " + quoteName(options.group);
    if (options.stratify)
        text += ", stratified";
    return text;
}

/// What a clip must not share with training: what the splits are made by, else its recording.
std::string_view keyOf(const SplitClips::Entry& clip, const SplitRow& row) { return row.group.empty() ? clip.recording : row.group; }

std::vector<SplitPlan::Part> partsOf(const SplitClips& clips, const Rows& rows, const Members& members)
{
    std::array<std::vector<std::string_view>, 3> keys;
    std::vector<SplitPlan::Part> parts(members.size());
    for (std::size_t part = 0; part < members.size(); ++part) {
        parts[part].labels.resize(clips.labels.size());
        for (const std::size_t row : members[part]) {
            const SplitClips::Entry& clip = clips.entries[row];
            keys[part].push_back(keyOf(clip, rows.rows[row]));
            parts[part].unlabelled += clip.labels.empty();
            for (const std::size_t label : clip.labels)
                ++parts[part].labels[label];
        }
    }
    for (const Part part : {validation, test})
        parts[part].shared = countShared(keys[train], keys[part]);
    return parts;
}

std::vector<Split> splitsOf(const SplitClips& clips, const Rows& rows, const Members& members, const SplitOptions& options)
{
    std::vector<Split> splits;
    for (std::size_t part = 0; part < members.size(); ++part) {
        Split& split = splits.emplace_back(Split{.name = partNames[part], .method = methodText(options)});
        for (const std::size_t row : members[part])
            split.members.push_back({clips.entries[row].id, options.group == "recording" ? std::string() : rows.rows[row].group});
    }
    return splits;
}

void remarkMissingLabels(const SplitClips& clips, const SplitPlan& plan, std::vector<std::string>& remarks)
{
    for (std::size_t part = 0; part < plan.parts.size(); ++part) {
        const auto& counts = plan.parts[part].labels;
        const auto missing = static_cast<std::size_t>(std::ranges::count(counts, 0U));
        if (plan.splits[part].members.empty() || missing == 0)
            continue;
        const auto first = static_cast<std::size_t>(std::ranges::find(counts, 0U) - counts.begin());
        remarks.push_back("The split " + quoteName(partNames[part]) + " has no clip with " +
                          (missing == 1 ? "the label " + quoteName(clips.labels[first])
                                        : std::to_string(missing) + " of the labels, " + quoteName(clips.labels[first]) + " among them") +
                          ".");
    }
}

/// Figures look better than they are where test clips share a recording, a speaker … with training.
void remarkShared(const SplitPlan& plan, std::vector<std::string>& remarks)
{
    for (const Part part : {validation, test})
        if (const std::size_t shared = plan.parts[part].shared; shared > 0)
            remarks.push_back(std::to_string(shared) + " of " + std::to_string(plan.splits[part].members.size()) + " clips of the split " +
                              quoteName(partNames[part]) + " share their group or file with clips for training; divide with --group recording to prevent it.");
}

SplitReport reportOf(const SplitClips& clips, const SplitPlan& plan, const SplitOptions& options)
{
    SplitReport report;
    for (const Split& split : plan.splits)
        if (!split.members.empty())
            report.sizes.emplace_back(split.name, split.members.size());
    if (plan.withoutGroup > 0)
        report.remarks.push_back(std::to_string(plan.withoutGroup) + " clips have no " + quoteName(options.group) + "; each stands alone.");
    remarkMissingLabels(clips, plan, report.remarks);
    remarkShared(plan, report.remarks);
    return report;
}

} // namespace

Result<SplitPlan> planSplit(const SplitClips& clips, const SplitOptions& options)
{
    EARMARK_TRY_VOID(checkOptions(options));
    const Rows rows = rowsOf(clips, options);
    EARMARK_TRY_VOID(checkRows(clips, rows, options));
    auto divided = options.method == SplitMethod::datasets ? divideAsDatasets(clips.project, rows.rows.size(), options)
                                                           : divideOwnWay(clips.project, rows, options);
    EARMARK_TRY(const Members members, std::move(divided));
    SplitPlan plan{.splits = splitsOf(clips, rows, members, options), .parts = partsOf(clips, rows, members), .withoutGroup = rows.withoutGroup};
    plan.report = reportOf(clips, plan, options);
    return plan;
}

Result<SplitReport> splitProject(Project& project, const SplitOptions& options)
{
    EARMARK_TRY_VOID(checkOptions(options)); // before anything is read
    EARMARK_TRY(const SplitClips clips, SplitClips::read(project));
    EARMARK_TRY(SplitPlan plan, planSplit(clips, options));
    EARMARK_TRY_VOID(project.setSplits(plan.splits));
    return std::move(plan.report);
}

} // namespace earmark
