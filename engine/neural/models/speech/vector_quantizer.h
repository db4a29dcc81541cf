// A code book: each frame's features are replaced by the code vectors that fit best, one of each group. In training the choice is drawn, with a
// straight-through gradient (Jang, Gu and Poole 2017, Categorical reparameterization with Gumbel-softmax).
#pragma once

#include "engine/neural/models/parameters.h"
#include "engine/neural/models/speech/speech_config.h"

namespace earmark::neural
{

class VectorQuantizer : public Layer
{
public:
    /// `config` must outlive it; `in`: width of the features.
    VectorQuantizer(const PretrainingConfig& config, std::int64_t in);

    struct Result {
        torch::Tensor codes;      ///< (batch, frames, codevector_dim)
        torch::Tensor perplexity; ///< as many vectors as if all were chosen alike, summed over the groups: 1 a group where always the same one is
    };
    /// (batch, frames, in). `masked`: boolean (batch, frames), the frames that the perplexity tells of; undefined for all.
    Result forward(const torch::Tensor& features, const torch::Tensor& masked) const;

    double temperature = 2;

private:
    torch::Tensor lookUp(const torch::Tensor& chosen) const;

    const PretrainingConfig& config_;
    torch::Tensor codevectors;
    std::shared_ptr<Linear> weight_proj;
};

} // namespace earmark::neural
