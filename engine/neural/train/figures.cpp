#include "engine/neural/train/figures.h"

#include <algorithm>
#include <map>

#include "engine/eval/classification.h"
#include "engine/text/error_rate.h"

namespace earmark::neural
{

namespace
{

class ClassificationFigures final : public Figures
{
public:
    ClassificationFigures(const ClipStore& clips, const std::vector<std::int64_t>& labels, const std::vector<std::string>& names)
        : clips_(clips), labels_(labels), names_(names)
    {
    }

    void add(const std::vector<BatchItem>& items, const torch::Tensor& logits) override
    {
        const torch::Tensor probabilities = torch::softmax(logits, -1).to(torch::kCPU).contiguous();
        const auto width = static_cast<std::size_t>(probabilities.size(1));
        const float* row = probabilities.const_data_ptr<float>();
        for (std::size_t i = 0; i < items.size(); ++i, row += width) {
            Scored& clip = scored_[clips_.rows()[items[i].row].sample];
            clip.label = labels_[items[i].row];
            clip.scores.resize(width);
            for (std::size_t k = 0; k < width; ++k)
                clip.scores[k] += row[k];
        }
    }

    Metrics metrics() const override
    {
        std::vector<ReportedClip> reported;
        for (const auto& [sample, clip] : scored_) {
            const auto best = std::ranges::max_element(clip.scores) - clip.scores.begin();
            reported.push_back({.label = static_cast<int>(clip.label), .prediction = static_cast<int>(best)});
        }
        const ClassificationReport figures = classificationReport(names_, std::move(reported));
        return {{"eval_accuracy", figures.accuracy}, {"eval_macro_f1", figures.macroF1}, {"eval_weighted_f1", figures.weightedF1}};
    }

private:
    /// Sums of probabilities over a clip's windows, and its label.
    struct Scored {
        std::vector<float> scores;
        std::int64_t label = 0;
    };

    const ClipStore& clips_;
    const std::vector<std::int64_t>& labels_;
    const std::vector<std::string>& names_;
    std::map<std::size_t, Scored> scored_;
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

std::unique_ptr<Figures> classificationFigures(const ClipStore& clips, const std::vector<std::int64_t>& labels, const std::vector<std::string>& names)
{
    return std::make_unique<ClassificationFigures>(clips, labels, names);
}

std::unique_ptr<Figures> recognitionFigures(const std::vector<std::vector<std::int64_t>>& texts, const CtcTokenizer& tokenizer)
{
    return std::make_unique<RecognitionFigures>(texts, tokenizer);
}

} // namespace earmark::neural
