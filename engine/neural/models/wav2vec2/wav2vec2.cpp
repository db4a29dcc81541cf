#include "engine/neural/models/wav2vec2/wav2vec2.h"

#include "engine/neural/models/speech/speech_family.h"
#include "engine/neural/models/speech/speech_pretraining.h"

namespace earmark::neural
{

namespace
{

/// Layer norm in the front end, so that padding changes nothing; strides of 320 as upstream in fewer, wider steps.
std::vector<Preset> presets()
{
    return {{.description = {.name = "wav2vec2-tiny",
                             .family = "wav2vec2",
                             .explanation = "Waveform in, clips of any length; the wav2vec 2.0 trunk in small, slower to learn than ast-tiny",
                             .settings = {{"num_train_epochs", "15"},
                                          {"per_device_train_batch_size", "16"},
                                          {"per_device_eval_batch_size", "16"},
                                          {"learning_rate", "0.0005"},
                                          {"weight_decay", "0.01"},
                                          {"lr_scheduler_type", "cosine"},
                                          {"warmup_ratio", "0.1"},
                                          {"max_length_seconds", "5"},
                                          {"group_by_length", "true"},
                                          {"freeze_feature_encoder", "false"}}},
             .config = R"({"model_type": "wav2vec2", "hidden_size": 128, "num_hidden_layers": 3, "num_attention_heads": 4,
                           "intermediate_size": 512, "hidden_act": "gelu", "feat_extract_norm": "layer", "feat_extract_activation": "gelu",
                           "conv_dim": [64, 96, 128, 128], "conv_stride": [10, 4, 4, 2], "conv_kernel": [20, 8, 4, 2], "conv_bias": true,
                           "do_stable_layer_norm": true, "num_conv_pos_embeddings": 31, "num_conv_pos_embedding_groups": 8,
                           "hidden_dropout": 0.05, "attention_dropout": 0.0, "activation_dropout": 0.0, "feat_proj_dropout": 0.0,
                           "final_dropout": 0.0, "layerdrop": 0.0, "apply_spec_augment": true, "mask_time_prob": 0.05,
                           "mask_time_length": 5, "mask_feature_prob": 0.0, "initializer_range": 0.02, "layer_norm_eps": 1e-05,
                           "classifier_proj_size": 128, "vocab_size": 32})",
             .preprocessor = R"({"feature_extractor_type": "Wav2Vec2FeatureExtractor", "feature_size": 1, "sampling_rate": 16000,
                                 "padding_value": 0.0, "padding_side": "right", "do_normalize": true, "return_attention_mask": true})"}};
}

} // namespace

const Family& wav2vec2Family()
{
    static const SpeechPolicy policy{.modelType = "wav2vec2", .prefix = "wav2vec2", .classStem = "Wav2Vec2", .pretraining = buildPretraining};
    static const Family family = speechFamily(policy, presets);
    return family;
}

} // namespace earmark::neural
