#include "engine/neural/train/targets.h"

#include <algorithm>
#include <bit>

#include "engine/base/digest.h"
#include "engine/neural/infer/collate.h"

namespace earmark::neural
{

namespace
{

Targets labelTargets(const ClipStore& clips, const std::vector<std::string>& names)
{
    Targets targets;
    for (const ClipRow& row : clips.rows())
        targets.labels.push_back(std::ranges::find(names, clips.samples()[row.sample].labels.front()) - names.begin());
    return targets;
}

Targets manyHotTargets(const ClipStore& clips, const std::vector<std::string>& names)
{
    Targets targets;
    for (const ClipRow& row : clips.rows()) {
        std::vector<float>& hot = targets.values.emplace_back(names.size(), 0.0f);
        for (const std::string& label : clips.samples()[row.sample].labels)
            hot[static_cast<std::size_t>(std::ranges::find(names, label) - names.begin())] = 1;
    }
    return targets;
}

Targets numberTargets(const ClipStore& clips, const std::vector<std::string>& names)
{
    Targets targets;
    for (const ClipRow& row : clips.rows()) {
        const auto& numbers = clips.samples()[row.sample].numbers;
        std::vector<float>& values = targets.values.emplace_back();
        for (const std::string& name : names)
            values.push_back(static_cast<float>(std::ranges::find(numbers, name, &std::pair<std::string, double>::first)->second));
    }
    return targets;
}

/// What a row is to become as whole numbers: floats by their bits.
std::vector<std::int64_t> wantedOf(const Targets& targets, std::size_t row)
{
    if (!targets.labels.empty())
        return {targets.labels[row]};
    if (targets.values.empty())
        return targets.texts[row];
    std::vector<std::int64_t> bits;
    for (const float value : targets.values[row])
        bits.push_back(std::bit_cast<std::int32_t>(value));
    return bits;
}

} // namespace

std::int64_t framesNeeded(const std::vector<std::int64_t>& text)
{
    auto needed = static_cast<std::int64_t>(text.size());
    for (std::size_t i = 1; i < text.size(); ++i)
        needed += text[i] == text[i - 1];
    return needed;
}

std::vector<std::int64_t> Targets::labelsOf(const std::vector<BatchItem>& items) const
{
    std::vector<std::int64_t> own;
    for (std::size_t i = 0; !labels.empty() && i < items.size(); ++i)
        own.push_back(labels[items[i].row]);
    return own;
}

torch::Tensor Targets::of(const std::vector<BatchItem>& items) const
{
    if (!labels.empty())
        return torch::tensor(labelsOf(items), torch::kLong);
    if (!values.empty()) {
        const auto width = static_cast<std::int64_t>(values.front().size());
        std::vector<float> own;
        for (const BatchItem& item : items)
            own.insert(own.end(), values[item.row].begin(), values[item.row].end());
        return torch::tensor(own, torch::kFloat32).view({-1, width});
    }
    std::vector<std::vector<std::int64_t>> own;
    for (const BatchItem& item : items)
        own.push_back(texts[item.row]);
    return paddedIds(own);
}

Targets learntTargets(ProblemType problem, const ClipStore& clips, const std::vector<std::string>& names)
{
    switch (problem) {
    case ProblemType::multiLabel: return manyHotTargets(clips, names);
    case ProblemType::regression: return numberTargets(clips, names);
    default: return labelTargets(clips, names);
    }
}

Result<Targets> textTargets(ClipStore& clips, const CtcTokenizer& tokenizer, const Model& model, const FeatureExtractor& extractor, bool zeroInfinity)
{
    std::vector<std::vector<std::int64_t>> bySample(clips.samples().size());
    for (const ClipRow& row : clips.rows()) {
        EARMARK_TRY(bySample[row.sample], tokenizer.encode(clips.samples()[row.sample].text));
    }
    if (!zeroInfinity)
        clips.leaveOut([&](const ClipRow& row) -> std::optional<Error> {
            const std::int64_t needed = framesNeeded(bySample[row.sample]), given = model.framesOf(extractor.inputLength(row.length));
            if (needed <= given)
                return std::nullopt;
            const Sample& sample = clips.samples()[row.sample];
            return Error{"train.text_too_long", quoteName(sample.name) + " is too short for its text: the network gives " + std::to_string(given) + " frames, the text needs " +
                                               std::to_string(needed) + ".",
                         sample.clip.source.path, {}};
        });
    Targets targets;
    for (const ClipRow& row : clips.rows())
        targets.texts.push_back(bySample[row.sample]);
    return targets;
}

std::string fingerprint(const ClipStore* clips, const Targets& targets)
{
    if (!clips)
        return {};
    Digest digest;
    const auto add = [&](const std::string& text) { digest.add(std::to_string(text.size()) + ":" + text); };
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const ClipRow& row = clips->rows()[i];
        add(clips->samples()[row.sample].name);
        for (const std::int64_t value : wantedOf(targets, i))
            add(std::to_string(value));
        for (const std::int64_t value : {row.start, row.length, row.slack})
            add(std::to_string(value));
    }
    return digest.hex();
}

} // namespace earmark::neural
