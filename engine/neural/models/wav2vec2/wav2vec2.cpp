#include "engine/neural/models/wav2vec2/wav2vec2.h"

#include "engine/neural/models/speech/trunk.h"

namespace earmark::neural
{

namespace
{

const SpeechPolicy policy{.modelType = "wav2vec2", .prefix = "wav2vec2", .classStem = "Wav2Vec2"};

Result<std::shared_ptr<Model>> build(const Json& json, const std::string& path, bool classification)
{
    ConfigReader read(json, path);
    SpeechConfig config;
    readSpeechConfig(read, config);
    config.add_adapter = read.boolean("add_adapter", false);
    config.adapter_kernel_size = read.integer("adapter_kernel_size", 3, 1, 1024);
    config.adapter_stride = read.integer("adapter_stride", 2, 1, 1024);
    config.num_adapter_layers = read.integer("num_adapter_layers", 3, 0, 1024);
    config.output_hidden_size = read.optionalInteger("output_hidden_size", 1, 65536).value_or(config.hidden_size);
    EARMARK_TRY_VOID(read.outcome());
    return buildSpeechModel(policy, config, json, path, classification);
}

std::vector<Preset> presets() { return {}; }

} // namespace

const Family& wav2vec2Family()
{
    static const Family family{policy.modelType, policy.prefix, "Wav2Vec2Model", "Wav2Vec2ForSequenceClassification", build, presets};
    return family;
}

} // namespace earmark::neural
