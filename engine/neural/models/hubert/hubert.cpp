#include "engine/neural/models/hubert/hubert.h"

#include "engine/neural/models/speech/trunk.h"

namespace earmark::neural
{

namespace
{

const SpeechPolicy policy{.modelType = "hubert", .prefix = "hubert", .classStem = "Hubert",
                          .specAugmentSeesMask = false, .givesExtractFeatures = false};

Result<std::shared_ptr<Model>> build(const Json& json, const std::string& path, bool classification)
{
    ConfigReader read(json, path);
    SpeechConfig config;
    config.plainInitialisation = true;
    readSpeechConfig(read, config);
    config.feat_proj_layer_norm = read.boolean("feat_proj_layer_norm", true);
    config.conv_pos_batch_norm = read.boolean("conv_pos_batch_norm", false);
    // The base class has no such adapter and ignores the key; the classification class refuses it.
    config.add_adapter = classification && read.boolean("add_adapter", false);
    EARMARK_TRY_VOID(read.outcome());
    return buildSpeechModel(policy, config, json, path, classification);
}

std::vector<Preset> presets() { return {}; }

} // namespace

const Family& hubertFamily()
{
    static const Family family{policy.modelType, policy.prefix, "HubertModel", "HubertForSequenceClassification", build, presets};
    return family;
}

} // namespace earmark::neural
