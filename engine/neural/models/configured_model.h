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

private:
    std::string architecture_, modelType_, prefix_;
    std::vector<std::string> labels_;
    Json config_;
};

} // namespace earmark::neural
