#include "engine/neural/models/speech/speech_family.h"

#include "engine/neural/models/speech/speech_classifier.h"
#include "engine/neural/models/speech/speech_recogniser.h"

namespace earmark::neural
{

namespace
{

Result<std::shared_ptr<Model>> buildClassifier(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path)
{
    if (config.add_adapter)
        return failure("model.bad_config",
                       quoteName(path) + " sets add_adapter, and sequence classification does not support adapters after the encoder; "
                                         "use the base model, or set add_adapter to false.",
                       path);
    EARMARK_TRY(auto labels, labelsOf(json, path));
    return std::make_shared<SpeechClassifier>(policy, config, json, std::move(labels));
}

Result<std::shared_ptr<Model>> buildRecogniser(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path)
{
    EARMARK_TRY_VOID(checkCtcConfig(config.ctc, path));
    if (config.add_adapter && !policy.outputAdapter && config.output_hidden_size != config.hidden_size)
        return failure("model.bad_config", quoteName(path) + " sets add_adapter and an output_hidden_size, and this family has no adapter; set add_adapter to false.", path);
    return std::make_shared<SpeechRecogniser>(policy, config, json);
}

Result<std::shared_ptr<Model>> buildPretrained(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json, const std::string& path)
{
    if (config.pretraining.codevector_dim % config.pretraining.num_codevector_groups)
        return failure("model.bad_config", quoteName(path) + " has a codevector_dim that is not a multiple of its num_codevector_groups.", path);
    return policy.pretraining(policy, config, json, path);
}

Result<std::shared_ptr<Model>> buildSpeechModel(const SpeechPolicy& policy, const Json& json, const std::string& path, Head head)
{
    ConfigReader read(json, path);
    SpeechConfig config;
    policy.configure(read, config);
    EARMARK_TRY_VOID(read.outcome());
    switch (head) {
    case Head::classification: return buildClassifier(policy, config, json, path);
    case Head::ctc: return buildRecogniser(policy, config, json, path);
    case Head::pretraining: return buildPretrained(policy, config, json, path);
    case Head::asSaved:
    case Head::base: break;
    }
    return std::make_shared<SpeechTrunk>(policy, config, json);
}

} // namespace

Family speechFamily(const SpeechPolicy& policy, std::vector<Preset> (*presets)())
{
    return {.modelType = policy.modelType,
            .baseModelPrefix = policy.prefix,
            .baseClass = policy.classStem + "Model",
            .classificationClass = policy.classStem + "ForSequenceClassification",
            .ctcClass = policy.classStem + "ForCTC",
            .pretrainingClass = policy.pretraining ? policy.classStem + "ForPreTraining" : "",
            .pretrainingSpells = policy.pretrainingSpells,
            .build = [&policy](const Json& json, const std::string& path, Head head) { return buildSpeechModel(policy, json, path, head); },
            .presets = presets};
}

} // namespace earmark::neural
