#include "engine/neural/train/figures.h"

#include <algorithm>
#include <limits>
#include <map>

#include "engine/eval/multi_label.h"
#include "engine/eval/regression.h"
#include "engine/text/error_rate.h"

namespace earmark::neural
{

namespace
{

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Means over a clip's windows, by label id; and one of its rows, for what it is to become.
class ClipMeans
{
public:
    struct Mean {
        std::size_t row = 0;
        std::vector<float> scores;
    };

    explicit ClipMeans(const ClipStore& clips) : clips_(clips) {}

    void add(const std::vector<BatchItem>& items, const torch::Tensor& scores)
    {
        const torch::Tensor rows = scores.to(torch::kCPU).contiguous();
        const auto width = static_cast<std::size_t>(rows.size(1));
        const float* row = rows.const_data_ptr<float>();
        for (std::size_t i = 0; i < items.size(); ++i, row += width) {
            Sum& sum = sums_[clips_.rows()[items[i].row].sample];
            sum.row = items[i].row;
            ++sum.windows;
            sum.scores.resize(width);
            for (std::size_t k = 0; k < width; ++k)
                sum.scores[k] += row[k];
        }
    }

    /// In the order of the clips.
    std::vector<Mean> means() const
    {
        std::vector<Mean> all;
        for (const auto& [sample, sum] : sums_) {
            Mean& mean = all.emplace_back(Mean{.row = sum.row, .scores = sum.scores});
            for (float& score : mean.scores)
                score /= static_cast<float>(sum.windows);
        }
        return all;
    }

private:
    struct Sum {
        std::size_t row = 0;
        int windows = 0;
        std::vector<float> scores;
    };

    const ClipStore& clips_;
    std::map<std::size_t, Sum> sums_;
};

class OneLabelFigures final : public Figures
{
public:
    OneLabelFigures(const ClipStore& clips, const std::vector<std::int64_t>& labels, const std::vector<std::string>& names)
        : means_(clips), labels_(labels), names_(names)
    {
    }

    void add(const std::vector<BatchItem>& items, const torch::Tensor& logits) override { means_.add(items, torch::softmax(logits, -1)); }

    Metrics metrics() const override
    {
        std::vector<ReportedClip> reported;
        for (const ClipMeans::Mean& clip : means_.means()) {
            const auto best = std::ranges::max_element(clip.scores) - clip.scores.begin();
            reported.push_back({.label = static_cast<int>(labels_[clip.row]), .prediction = static_cast<int>(best)});
        }
        const ClassificationReport figures = classificationReport(names_, std::move(reported));
        return {{"eval_accuracy", figures.accuracy}, {"eval_macro_f1", figures.macroF1}, {"eval_weighted_f1", figures.weightedF1}};
    }

private:
    ClipMeans means_;
    const std::vector<std::int64_t>& labels_;
    const std::vector<std::string>& names_;
};

using Values = std::vector<std::vector<float>>; // by row

class SeveralLabelsFigures final : public Figures
{
public:
    SeveralLabelsFigures(const ClipStore& clips, const Values& wanted, const std::vector<std::string>& names) : means_(clips), wanted_(wanted), names_(names) {}

    void add(const std::vector<BatchItem>& items, const torch::Tensor& logits) override { means_.add(items, torch::sigmoid(logits)); }

    Metrics metrics() const override
    {
        std::vector<MultiLabelClip> reported;
        for (const ClipMeans::Mean& clip : means_.means())
            reported.push_back({.labels = predictedLabels(wanted_[clip.row]), .scores = clip.scores});
        const MultiLabelReport figures = multiLabelReport(names_, std::move(reported));
        return {{"eval_accuracy", figures.accuracy},
                {"eval_micro_f1", figures.microF1},
                {"eval_macro_f1", figures.macroF1},
                {"eval_map", figures.meanAveragePrecision.value_or(undefined)}};
    }

private:
    ClipMeans means_;
    const Values& wanted_; ///< 1 where a label is there, 0 where not
    const std::vector<std::string>& names_;
};

class NumberFigures final : public Figures
{
public:
    NumberFigures(const ClipStore& clips, const Values& wanted, const std::vector<std::string>& names) : means_(clips), wanted_(wanted), names_(names) {}

    void add(const std::vector<BatchItem>& items, const torch::Tensor& logits) override { means_.add(items, logits); }

    Metrics metrics() const override
    {
        std::vector<RegressionClip> reported;
        for (const ClipMeans::Mean& clip : means_.means())
            reported.push_back({.targets = {wanted_[clip.row].begin(), wanted_[clip.row].end()}, .predictions = clip.scores});
        const RegressionReport figures = regressionReport(names_, std::move(reported));
        return {{"eval_mse", figures.mse},
                {"eval_mae", figures.mae},
                {"eval_r2", figures.r2.value_or(undefined)},
                {"eval_pearson", figures.pearson.value_or(undefined)}};
    }

private:
    ClipMeans means_;
    const Values& wanted_;
    const std::vector<std::string>& names_;
};

class RecognitionFigures final : public Figures
{
public:
    RecognitionFigures(const std::vector<std::vector<std::int64_t>>& texts, const CtcTokenizer& tokenizer) : texts_(texts), tokenizer_(tokenizer) {}

    void add(const std::vector<BatchItem>& items, const torch::Tensor& logits) override
    {
        const torch::Tensor best = logits.argmax(-1).to(torch::kCPU).contiguous();
        const auto frames = static_cast<std::size_t>(best.size(1));
        const std::int64_t* row = best.const_data_ptr<std::int64_t>();
        for (std::size_t i = 0; i < items.size(); ++i, row += frames) {
            const std::string heard = tokenizer_.decode({row, frames}).text;
            const std::string wanted = tokenizer_.decode(texts_[items[i].row], false).text;
            words_ += wordErrors(wanted, heard);
            characters_ += characterErrors(wanted, heard);
        }
    }

    Metrics metrics() const override { return {{"eval_wer", words_.rate()}, {"eval_cer", characters_.rate()}}; }

private:
    const std::vector<std::vector<std::int64_t>>& texts_;
    const CtcTokenizer& tokenizer_;
    ErrorCounts words_, characters_;
};

} // namespace

std::unique_ptr<Figures> classificationFigures(ProblemType problem, const ClipStore& clips, const Targets& targets, const std::vector<std::string>& names)
{
    switch (problem) {
    case ProblemType::multiLabel: return std::make_unique<SeveralLabelsFigures>(clips, targets.values, names);
    case ProblemType::regression: return std::make_unique<NumberFigures>(clips, targets.values, names);
    default: return std::make_unique<OneLabelFigures>(clips, targets.labels, names);
    }
}

std::unique_ptr<Figures> recognitionFigures(const std::vector<std::vector<std::int64_t>>& texts, const CtcTokenizer& tokenizer)
{
    return std::make_unique<RecognitionFigures>(texts, tokenizer);
}

} // namespace earmark::neural
