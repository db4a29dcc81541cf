// What every Model knows from its config.json.
#pragma once

#include <string>
#include <vector>

#include "engine/neural/checkpoint/json.h"
#include "engine/neural/models/family.h"
#include "engine/neural/models/model.h"

namespace earmark::neural
{

class ConfiguredModel : public Model
{
public:
    std::string architecture() const override { return architecture_; }
    std::string modelType() const override { return modelType_; }
    std::string baseModelPrefix() const override { return prefix_; }
    std::string configJson() const override { return dumpJson(config_); }
    const std::vector<std::string>& labels() const override { return labels_; }

protected:
    struct Identity {
        std::string architecture, modelType, prefix;
        Json config;
        std::vector<std::string> labels;
    };
    explicit ConfiguredModel(Identity identity)
        : architecture_(std::move(identity.architecture)), modelType_(std::move(identity.modelType)), prefix_(std::move(identity.prefix)),
          labels_(std::move(identity.labels)), config_(std::move(identity.config))
    {
        config_["architectures"] = Json::array({architecture_});
        config_["model_type"] = modelType_;
    }

    /// The hidden state of that number, negative from the end. Throws Failure (usage) where there is none.
    static const torch::Tensor& hiddenState(const ModelOutputs& outputs, int layer)
    {
        const auto count = static_cast<int>(outputs.hidden_states.size());
        const int index = layer < 0 ? layer + count : layer;
        if (index < 0 || index >= count)
            throw Failure("usage", "The model has hidden states 0 to " + std::to_string(count - 1) + "; there is no layer " + std::to_string(layer) + ".");
        return outputs.hidden_states[static_cast<std::size_t>(index)];
    }

private:
    std::string architecture_, modelType_, prefix_;
    std::vector<std::string> labels_;
    Json config_;
};

} // namespace earmark::neural
