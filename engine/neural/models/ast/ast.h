// The audio spectrogram transformer: a vision transformer on a log-mel spectrogram of fixed length.
#pragma once

#include "engine/neural/models/ast/ast_config.h"
#include "engine/neural/models/configured_model.h"

namespace earmark::neural
{

const Family& astFamily();

class AstEmbeddings;
class AstEncoder;
class AstHead;

/// "ASTModel"
class AstTrunk final : public ConfiguredModel
{
public:
    AstTrunk(const AstConfig& config, const Json& json);

    ModelOutputs forward(const ModelInputs& inputs) override;

    bool acceptsLossKwargs() const override { return true; }
    bool paddingChangesResult() const override { return false; } // the extractor pads every clip to one length
    std::int64_t minimumInput() const override { return config_.max_length; }
    std::vector<std::string> outputLayer() const override { return {}; }
    std::map<std::string, std::string> facts() const override;
    torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) override;
    void freezeBaseModel() override;
    void freezeLowestLayers(int count) override;
    void setGradientCheckpointing(bool on) override;
    void setAttention(const std::string& implementation) override { attention_ = implementation; }
    void setRandomStreams(RandomStreams*) override {} // its only draws are dropout's

    const AstConfig& config() const { return config_; }

private:
    /// Whether the last layer may compute the pooled tokens alone. Where dropout draws it may not: the draws would be others.
    bool leavesOutTheRest(const ModelInputs& inputs) const;

    const AstConfig config_;
    std::string attention_ = "auto";
    std::shared_ptr<AstEmbeddings> embeddings;
    std::shared_ptr<AstEncoder> encoder;
    std::shared_ptr<LayerNorm> layernorm;
};

/// "ASTForAudioClassification"
class AstClassifier final : public ConfiguredModel
{
public:
    AstClassifier(const AstConfig& config, const Json& json, std::vector<std::string> labels);

    ModelOutputs forward(const ModelInputs& inputs) override;

    bool acceptsLossKwargs() const override { return true; }
    bool paddingChangesResult() const override { return false; }
    std::int64_t minimumInput() const override { return trunk->minimumInput(); }
    std::vector<std::string> outputLayer() const override { return {"classifier.dense.weight", "classifier.dense.bias"}; }
    std::map<std::string, std::string> facts() const override { return trunk->facts(); }
    torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) override
    {
        return trunk->pooled(outputs, layer, inputs);
    }
    void freezeBaseModel() override { trunk->freezeBaseModel(); }
    void freezeLowestLayers(int count) override { trunk->freezeLowestLayers(count); }
    void setGradientCheckpointing(bool on) override { trunk->setGradientCheckpointing(on); }
    void setAttention(const std::string& implementation) override { trunk->setAttention(implementation); }
    void setRandomStreams(RandomStreams*) override {}

private:
    std::shared_ptr<AstTrunk> trunk;
    std::shared_ptr<AstHead> classifier;
};

} // namespace earmark::neural
