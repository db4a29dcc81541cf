// One stage of a Swin transformer (Liu et al. 2021) as CLAP's audio tower has it: attention within windows of a picture, which lie half a window further in every
// second block; then each two by two tokens become one.
#pragma once

#include <array>

#include "engine/neural/models/clap/clap_config.h"
#include "engine/neural/models/parameters.h"

namespace earmark::neural
{

using Grid = std::array<std::int64_t, 2>; ///< tokens of height and width

class SwinBlock;
class PatchMerging;

class SwinStage : public torch::nn::Module
{
public:
    /// `dropPaths`: of each block, how often a clip passes it by in training.
    SwinStage(const ClapAudioConfig& config, std::int64_t stage, const std::vector<double>& dropPaths);

    struct Output {
        torch::Tensor hidden;    ///< (batch, tokens, channels): merged, but for the last stage
        torch::Tensor attention; ///< of the last block, (batch · windows, heads, tokens, tokens); undefined where fused
    };
    Output forward(const torch::Tensor& hidden, bool eager) const;

private:
    Grid grid_;
    std::shared_ptr<LayerList<SwinBlock>> blocks;
    std::shared_ptr<PatchMerging> downsample; ///< null in the last stage
};

/// Draws of the audio tower's linear and convolutional layers.
Filler clapAudioWeights(const ClapAudioConfig& config);

} // namespace earmark::neural
