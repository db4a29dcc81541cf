// The wav2vec 2.0 trunk as a base model. A family is a policy and a configuration.
#pragma once

#include "engine/neural/models/configured_model.h"
#include "engine/neural/models/speech/transformer.h"

namespace earmark::neural
{

struct SpeechPolicy;
using HeadBuilder = Result<std::shared_ptr<Model>> (*)(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path);

/// In what a family differs from wav2vec 2.0.
struct SpeechPolicy {
    std::string modelType;            ///< Hugging Face `model_type`
    std::string prefix;               ///< attribute of the base model in classes with a head
    std::string classStem;            ///< "Wav2Vec2" in "Wav2Vec2ForSequenceClassification"
    /// Reads the keys of config.json, with the defaults of the family's own configuration class.
    void (*configure)(ConfigReader& read, SpeechConfig& config) = readSpeechConfig;
    bool specAugmentSeesMask = true;  ///< spans stay inside a clip; hubert's may fall into the padding
    bool givesExtractFeatures = true; ///< the base class returns the normed convolutional features
    bool layersConvolve = false;      ///< over padding too: the result of a clip depends on it (conformer)
    bool outputAdapter = true;        ///< the base class takes add_adapter; the others ignore it
    bool alwaysHasMaskEmbedding = false; ///< masked_spec_embed is there even where nothing is ever masked
    std::shared_ptr<SpeechEncoder> (*encoder)(const SpeechConfig&) = transformerEncoder<>;
    HeadBuilder pretraining = nullptr; ///< where the family has a class for it
    bool pretrainingSpells = false;    ///< Family's
};

/// feature_projection
class FeatureProjection : public torch::nn::Module
{
public:
    explicit FeatureProjection(const SpeechConfig& config);
    /// (batch, frames, conv_dim[-1]) -> {(batch, frames, hidden_size), normed features}
    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& features, bool training) const;

    std::shared_ptr<LayerNorm> layer_norm; ///< null where the config leaves it out
    std::shared_ptr<Linear> projection;    ///< likewise

private:
    double dropout_;
};

class OutputAdapter;

/// "…Model"
class SpeechTrunk final : public ConfiguredModel
{
public:
    SpeechTrunk(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json);
    ~SpeechTrunk() override;

    ModelOutputs forward(const ModelInputs& inputs) override;

    bool acceptsLossKwargs() const override { return false; }
    bool paddingChangesResult() const override;
    std::int64_t minimumInput() const override { return config_.fewestSamples(); }
    std::vector<std::string> outputLayer() const override { return {}; }
    std::map<std::string, std::string> facts() const override;
    torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) override;
    void freezeFeatureEncoder() override;
    void freezeBaseModel() override;
    void freezeLowestLayers(int count) override;
    void setGradientCheckpointing(bool on) override;
    void setAttention(const std::string& implementation) override { attention_ = implementation; }
    void setRandomStreams(RandomStreams* streams) override { streams_ = streams; }
    void prepareForInference() override;

    const SpeechConfig& config() const { return config_; }
    bool adapts() const { return adapter != nullptr; }

    /// Frames of each clip, (batch) int64 on the CPU, by upstream's _get_feat_extract_output_lengths: 0 or less where a clip is too short for one.
    torch::Tensor frameCounts(const torch::Tensor& sampleCounts, bool withAdapter) const;
    /// Boolean (batch, frames) of a mask over samples, as _get_feature_vector_attention_mask: undefined where all is valid. A clip too short
    /// for a frame counts from the end, as upstream's index −1 does.
    torch::Tensor validFrames(const torch::Tensor& attentionMask, std::int64_t frames, bool withAdapter = false) const;

private:
    torch::Tensor augment(const torch::Tensor& hidden, const ModelInputs& inputs, const torch::Tensor& valid);

    const SpeechPolicy policy_;
    const SpeechConfig config_;
    std::string attention_ = "auto";
    RandomStreams* streams_ = nullptr;
    torch::Tensor masked_spec_embed; ///< undefined where nothing is ever masked
    std::shared_ptr<FrontEnd> feature_extractor;
    std::shared_ptr<FeatureProjection> feature_projection;
    std::shared_ptr<SpeechEncoder> encoder;
    std::shared_ptr<OutputAdapter> adapter; ///< null where there is none
};

} // namespace earmark::neural
