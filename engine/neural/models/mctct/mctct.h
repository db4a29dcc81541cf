// M-CTC-T (Lugosch, Likhomanenko, Synnaeve and Collobert, "Pseudo-Labeling for Massively Multilingual Speech Recognition", ICASSP 2022): a recogniser
// on log-mel spectrograms. Its encoder as a base model, and the head for CTC on it; there is no head for classification.
#pragma once

#include "engine/neural/models/configured_model.h"
#include "engine/neural/models/mctct/mctct_encoder.h"

namespace earmark::neural
{

const Family& mctctFamily();

/// "MCTCTModel"
class MctctBase final : public ConfiguredModel
{
public:
    MctctBase(const MctctConfig& config, const Json& json);
    ModelOutputs forward(const ModelInputs& inputs) override;

    bool acceptsLossKwargs() const override { return false; }
    /// The scale before the convolution makes something else than zero of padding.
    bool paddingChangesResult() const override { return true; }
    std::int64_t minimumInput() const override;
    std::vector<std::string> outputLayer() const override { return {}; }
    std::map<std::string, std::string> facts() const override;
    torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) override;
    /// The classes have no freeze_feature_encoder(), so that setting does nothing here.
    void freezeBaseModel() override { freezeParameters(*encoder); }
    void freezeLowestLayers(int count) override;
    void setGradientCheckpointing(bool on) override { encoder->gradientCheckpointing = on; }
    void setAttention(const std::string& implementation) override { attention_ = implementation; }
    void setRandomStreams(RandomStreams* streams) override { streams_ = streams; }

    torch::Tensor frameCounts(const torch::Tensor& lengths) const { return encoder->frameCounts(lengths); }

private:
    const MctctConfig config_;
    std::string attention_ = "auto";
    RandomStreams* streams_ = nullptr;
    std::shared_ptr<MctctEncoder> encoder;
};

/// "MCTCTForCTC"
class MctctRecogniser final : public ConfiguredModel
{
public:
    MctctRecogniser(const MctctConfig& config, const Json& json);
    /// `labels`: (batch, characters) int64, filled up with −100. Logits: (batch, frames, vocab_size).
    ModelOutputs forward(const ModelInputs& inputs) override;

    std::string task() const override { return "ctc"; }
    bool acceptsLossKwargs() const override { return trunk->acceptsLossKwargs(); }
    bool paddingChangesResult() const override { return trunk->paddingChangesResult(); }
    std::int64_t minimumInput() const override { return trunk->minimumInput(); }
    std::int64_t framesOf(std::int64_t inputLength) const override { return config_.frames(inputLength); }
    std::int64_t positionsPerFrame() const override;
    std::vector<std::string> outputLayer() const override { return {"ctc_head.weight", "ctc_head.bias"}; }
    std::map<std::string, std::string> facts() const override;
    torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) override
    {
        return trunk->pooled(outputs, layer, inputs);
    }
    void freezeBaseModel() override { trunk->freezeBaseModel(); }
    void freezeLowestLayers(int count) override { trunk->freezeLowestLayers(count); }
    void setGradientCheckpointing(bool on) override { trunk->setGradientCheckpointing(on); }
    void setAttention(const std::string& implementation) override { trunk->setAttention(implementation); }
    void setRandomStreams(RandomStreams* streams) override { trunk->setRandomStreams(streams); }

private:
    const MctctConfig config_;
    std::shared_ptr<MctctBase> trunk;
    std::shared_ptr<Linear> ctc_head;
};

} // namespace earmark::neural
