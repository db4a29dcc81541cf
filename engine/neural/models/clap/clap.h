// CLAP (Wu et al. 2023): sounds and texts become vectors of one space, so that a sound is compared with any text.
#pragma once

#include "engine/neural/models/clap/clap_config.h"
#include "engine/neural/models/configured_model.h"

namespace earmark::neural
{

const Family& clapFamily();

class HtsatEncoder;
class TextTower;
class ClapProjection;

/// "ClapModel". What Model asks of every network is told of its audio tower.
class ClapModel final : public ConfiguredModel
{
public:
    ClapModel(const ClapConfig& config, const Json& json);

    /// Without `input_ids` the audio tower's outputs and audio_embeds alone. With them also the text tower's, named as upstream names them, and both tables of
    /// logits; with `return_loss` the contrastive loss of as many texts as clips.
    ModelOutputs forward(const ModelInputs& inputs) override;

    /// text_embeds: (texts, projection_dim), of length 1, on the model's device.
    torch::Tensor textEmbeds(const torch::Tensor& ids, const torch::Tensor& mask) const;
    /// logits_per_audio: (clips, texts)
    torch::Tensor compared(const torch::Tensor& audioEmbeds, const torch::Tensor& textEmbeds) const;
    std::int64_t longestText() const { return config_.text_config.longest(); } ///< tokens

    std::string task() const override { return "zero-shot"; }
    bool acceptsLossKwargs() const override { return false; }
    bool paddingChangesResult() const override { return false; } // the extractor fills every clip up to one length
    std::int64_t minimumInput() const override { return 1; }
    std::vector<std::string> outputLayer() const override { return {}; }
    std::map<std::string, std::string> facts() const override;
    /// audio_embeds; of a layer the mean of its picture.
    torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) override;
    void freezeBaseModel() override;
    void freezeLowestLayers(int count) override; ///< stages of the audio tower
    void setAttention(const std::string& implementation) override { attention_ = implementation; }
    void setRandomStreams(RandomStreams*) override {} // its only draws are torch's

private:
    ModelOutputs hear(const ModelInputs& inputs) const;
    ModelOutputs read(const torch::Tensor& ids, const torch::Tensor& mask, const ModelInputs& asked) const;

    const ClapConfig config_;
    std::string attention_ = "auto";
    torch::Tensor logit_scale_a, logit_scale_t;
    std::shared_ptr<TextTower> text_model;
    std::shared_ptr<ClapProjection> text_projection, audio_projection;
    std::shared_ptr<HtsatEncoder> audio_encoder;
};

} // namespace earmark::neural
