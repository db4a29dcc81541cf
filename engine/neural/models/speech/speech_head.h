// What the classes with a head on the wav2vec 2.0 trunk have in common: all but the head is the trunk's affair.
#pragma once

#include "engine/neural/models/speech/trunk.h"

namespace earmark::neural
{

class SpeechHead : public ConfiguredModel
{
public:
    bool acceptsLossKwargs() const override { return false; }
    bool paddingChangesResult() const override { return trunk->paddingChangesResult(); }
    std::int64_t minimumInput() const override { return trunk->minimumInput(); }
    std::map<std::string, std::string> facts() const override { return trunk->facts(); }
    torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) override
    {
        return trunk->pooled(outputs, layer, inputs);
    }
    void freezeFeatureEncoder() override { trunk->freezeFeatureEncoder(); }
    void freezeBaseModel() override { trunk->freezeBaseModel(); }
    void freezeLowestLayers(int count) override { trunk->freezeLowestLayers(count); }
    void setGradientCheckpointing(bool on) override { trunk->setGradientCheckpointing(on); }
    void setAttention(const std::string& implementation) override { trunk->setAttention(implementation); }
    void setRandomStreams(RandomStreams* streams) override { trunk->setRandomStreams(streams); }
    void prepareForInference() override { trunk->prepareForInference(); }

protected:
    using ConfiguredModel::ConfiguredModel;

    std::shared_ptr<SpeechTrunk> trunk; ///< registered by the class, under its family's prefix and in upstream's order
};

} // namespace earmark::neural
