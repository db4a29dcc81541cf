// CLAP's text tower: RoBERTa's encoder with a pooler on its first token.
#pragma once

#include "engine/neural/models/clap/clap_config.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

class TextEmbeddings;
class TextEncoder;
class TextPooler;

/// text_model
class TextTower : public torch::nn::Module
{
public:
    explicit TextTower(const ClapTextConfig& config);

    /// `ids`, `mask`: (texts, tokens) int64; the mask may be undefined. Throws Failure (model.bad_config, usage) for tokens that the network does not know and
    /// for texts that are too long for it.
    ModelOutputs forward(const torch::Tensor& ids, const torch::Tensor& mask, const ModelInputs& asked, bool eager) const;

private:
    const ClapTextConfig& config_;
    std::shared_ptr<TextEmbeddings> embeddings;
    std::shared_ptr<TextEncoder> encoder;
    std::shared_ptr<TextPooler> pooler;
};

} // namespace earmark::neural
