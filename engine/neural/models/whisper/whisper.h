// Whisper: the encoder of its transformer as a base model, and the classification head on it. There is no decoder here.
#pragma once

#include "engine/neural/models/configured_model.h"
#include "engine/neural/models/whisper/whisper_encoder.h"

namespace earmark::neural
{

const Family& whisperFamily();

/// What base model and classifier share: the encoder, and all that is asked of it alone.
class WhisperModel : public ConfiguredModel
{
public:
    bool acceptsLossKwargs() const override { return false; }
    bool paddingChangesResult() const override { return false; } // the extractor fills every clip up to one length, and all of it is heard
    std::int64_t minimumInput() const override { return config_.frames(); }
    std::map<std::string, std::string> facts() const override;
    torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) override;
    /// freeze_encoder(). The class has no freeze_feature_encoder(), so that setting does nothing here.
    void freezeBaseModel() override { freezeParameters(*encoder); }
    void freezeLowestLayers(int count) override;
    void setGradientCheckpointing(bool on) override { encoder->gradientCheckpointing = on; }
    void setAttention(const std::string& implementation) override { attention_ = implementation; }
    void setRandomStreams(RandomStreams* streams) override { streams_ = streams; }

protected:
    WhisperModel(Identity identity, const WhisperConfig& config);
    ModelOutputs encode(const ModelInputs& inputs, bool hiddenStates) const;

    const WhisperConfig config_;
    std::shared_ptr<WhisperEncoder> encoder;

private:
    std::string attention_ = "auto";
    RandomStreams* streams_ = nullptr;
};

/// The encoder of a "WhisperModel".
class WhisperBase final : public WhisperModel
{
public:
    WhisperBase(const WhisperConfig& config, const Json& json);
    ModelOutputs forward(const ModelInputs& inputs) override { return encode(inputs, inputs.output_hidden_states); }
    std::vector<std::string> outputLayer() const override { return {}; }
};

/// "WhisperForAudioClassification": the last layer or a weighted sum of all, projected, averaged over all frames, classified.
class WhisperClassifier final : public WhisperModel
{
public:
    WhisperClassifier(const WhisperConfig& config, const Json& json, std::vector<std::string> labels);
    ModelOutputs forward(const ModelInputs& inputs) override;
    std::vector<std::string> outputLayer() const override { return {"classifier.weight", "classifier.bias"}; }

private:
    torch::Tensor layer_weights; ///< undefined without use_weighted_layer_sum
    std::shared_ptr<Linear> projector, classifier;
};

} // namespace earmark::neural
