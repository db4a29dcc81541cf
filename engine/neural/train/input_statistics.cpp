#include "engine/neural/train/input_statistics.h"

#include <algorithm>

#include "engine/neural/features/ast_feature_extractor.h"
#include "engine/neural/features/bin_statistics.h"

namespace earmark::neural
{

namespace
{

/// More clips change the statistics no more, only the time.
constexpr std::size_t mostClips = 2000;

/// Of a bin, in deviations of all bins together.
constexpr double leastDeviation = 0.1;

/// w·x′ + c with x′ = (x − mean)/(2·std) becomes what w·(x − mean_b)/std_b + c was: w′_b = w·2·std/std_b, c′ = c + Σ w·(mean − mean_b)/std_b.
void foldIntoProjection(Model& model, const BinStatistics& statistics)
{
    const torch::NoGradGuard guard;
    torch::Tensor weight;
    torch::Tensor bias;
    for (const auto& parameter : model.named_parameters()) {
        if (parameter.key().ends_with("patch_embeddings.projection.weight"))
            weight = parameter.value();
        else if (parameter.key().ends_with("patch_embeddings.projection.bias"))
            bias = parameter.value();
    }
    const std::vector<double> means = statistics.mean();
    if (!weight.defined() || !bias.defined() || weight.dim() != 4 || weight.size(2) != static_cast<std::int64_t>(means.size()))
        return; // a patch sees some bins only, at several places: one weight cannot hold all their means
    const auto wide = torch::dtype(torch::kFloat64);
    const torch::Tensor mean = torch::tensor(means, wide).view({1, 1, -1, 1}).to(weight.device());
    // A bin that hardly moves (above the band of upsampled speech, say) holds rounding noise, which must not be blown up to the others' size.
    const double floor = leastDeviation * statistics.overallStd();
    const torch::Tensor deviation = torch::tensor(statistics.std(), wide).clamp_min(floor).view({1, 1, -1, 1}).to(weight.device());
    const torch::Tensor before = weight.to(torch::kFloat64);
    const torch::Tensor shift = (before * ((statistics.overallMean() - mean) / deviation)).sum({1, 2, 3});
    bias.copy_(bias.to(torch::kFloat64) + shift);
    weight.copy_(before * (2 * statistics.overallStd() / deviation));
}

Result<BinStatistics> statisticsOf(const ClipStore& clips, const AstFeatureExtractor& extractor)
{
    BinStatistics statistics;
    const std::size_t rows = clips.rows().size();
    const std::size_t stride = std::max<std::size_t>(1, rows / mostClips);
    for (std::size_t row = 0; row < rows; row += stride) {
        EARMARK_TRY(const std::vector<float> samples, clips.waveform(row, clips.rows()[row].slack / 2));
        EARMARK_TRY(const Features frames, extractor.logMel(samples));
        statistics.add(frames);
    }
    return statistics;
}

std::vector<float> normalisedMeans(const BinStatistics& statistics, const AstFeatureExtractor& extractor)
{
    std::vector<float> means;
    for (const double mean : statistics.mean())
        means.push_back(static_cast<float>((mean - extractor.options().mean) / (2 * extractor.options().std)));
    return means;
}

} // namespace

Result<std::vector<float>> adaptInputTo(const ClipStore& clips, FeatureExtractor& extractor, Model& model)
{
    auto* ast = dynamic_cast<AstFeatureExtractor*>(&extractor);
    if (!ast)
        return std::vector<float>();
    EARMARK_TRY(const BinStatistics statistics, statisticsOf(clips, *ast));
    if (statistics.frames() == 0)
        return std::vector<float>();
    ast->setNormalization(statistics.overallMean(), statistics.overallStd());
    foldIntoProjection(model, statistics);
    return normalisedMeans(statistics, *ast);
}

Result<std::vector<float>> binMeansIn(const ClipStore& clips, const FeatureExtractor& extractor)
{
    const auto* ast = dynamic_cast<const AstFeatureExtractor*>(&extractor);
    if (!ast)
        return std::vector<float>();
    EARMARK_TRY(const BinStatistics statistics, statisticsOf(clips, *ast));
    return normalisedMeans(statistics, *ast);
}

} // namespace earmark::neural
