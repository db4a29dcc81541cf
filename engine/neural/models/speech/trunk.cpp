#include "engine/neural/models/speech/trunk.h"

#include <algorithm>

#include "engine/neural/models/speech/spec_augment.h"

namespace earmark::neural
{

// ---- feature_projection ---------------------------------------------------------------------------------------------

FeatureProjection::FeatureProjection(const SpeechConfig& config) : dropout_(config.feat_proj_dropout)
{
    const std::int64_t in = config.features();
    const double bound = std::sqrt(1.0 / static_cast<double>(in));
    if (config.feat_proj_layer_norm)
        layer_norm = register_module("layer_norm", std::make_shared<LayerNorm>(in, config.feature_layer_norm_eps.value_or(config.layer_norm_eps)));
    const bool plain = config.plainInitialisation;
    if (config.flatFeatureProjection && in == config.hidden_size)
        return;
    projection = register_module(
        "projection", std::make_shared<Linear>(in, config.hidden_size, plain ? fill::normal(config.initializer_range) : fill::uniform(-bound, bound),
                                               plain ? fill::constant(0) : fill::uniform(-bound, bound)));
}

std::pair<torch::Tensor, torch::Tensor> FeatureProjection::forward(const torch::Tensor& features, bool training) const
{
    const torch::Tensor normed = layer_norm ? layer_norm->forward(features) : features;
    return {at::dropout(projection ? projection->forward(normed) : normed, dropout_, training), normed};
}

// ---- adapter --------------------------------------------------------------------------------------------------------

/// adapter: strided gated convolutions after the encoder, for models that hand their states to a decoder.
class OutputAdapter : public torch::nn::Module
{
public:
    explicit OutputAdapter(const SpeechConfig& config) : layerdrop_(config.layerdrop)
    {
        const std::int64_t size = config.output_hidden_size;
        if (size != config.hidden_size) {
            proj = register_module("proj", std::make_shared<Linear>(config.hidden_size, size, fill::normal(config.initializer_range),
                                                                    fill::constant(0)));
            proj_layer_norm = register_module("proj_layer_norm", std::make_shared<LayerNorm>(size, 1e-5));
        }
        layers = register_module("layers", std::make_shared<LayerList<AdapterLayer>>());
        for (std::int64_t i = 0; i < config.num_adapter_layers; ++i)
            layers->append(std::make_shared<AdapterLayer>(config));
    }

    torch::Tensor forward(torch::Tensor hidden, RandomStreams* streams) const
    {
        if (proj)
            hidden = proj_layer_norm->forward(proj->forward(hidden));
        hidden = hidden.transpose(1, 2);
        for (const auto& layer : *layers) {
            const double draw = streams ? streams->numpy.nextDouble() : 1; // in evaluation too, as upstream
            if (!is_training() || draw > layerdrop_)
                hidden = at::glu(layer->conv->forward(hidden), 1);
        }
        return hidden.transpose(1, 2);
    }

private:
    struct AdapterLayer : torch::nn::Module {
        explicit AdapterLayer(const SpeechConfig& config)
        {
            const Convolution::Shape shape{.in = config.output_hidden_size, .out = 2 * config.output_hidden_size,
                                           .kernel = config.adapter_kernel_size, .stride = config.adapter_stride, .padding = 1};
            conv = register_module("conv", std::make_shared<Convolution>(shape, fill::kaimingNormal(),
                                                                         convolutionBias(config, shape.in * shape.kernel)));
        }
        std::shared_ptr<Convolution> conv;
    };

    double layerdrop_;
    std::shared_ptr<Linear> proj;
    std::shared_ptr<LayerNorm> proj_layer_norm;
    std::shared_ptr<LayerList<AdapterLayer>> layers;
};

// ---- base model -----------------------------------------------------------------------------------------------------

SpeechTrunk::SpeechTrunk(const SpeechPolicy& policy, const SpeechConfig& config, const Json& json)
    : ConfiguredModel({policy.classStem + "Model", policy.modelType, policy.prefix, json, {}}), policy_(policy), config_(config)
{
    feature_extractor = register_module("feature_extractor", std::make_shared<FrontEnd>(config_));
    feature_projection = std::make_shared<FeatureProjection>(config_);
    if (!config_.flatFeatureProjection) {
        register_module("feature_projection", feature_projection);
    } else {
        register_module("layer_norm", feature_projection->layer_norm);
        if (feature_projection->projection)
            register_module("feature_projection", feature_projection->projection);
    }
    if (policy_.alwaysHasMaskEmbedding || config_.mask_time_prob > 0 || config_.mask_feature_prob > 0)
        masked_spec_embed = declareParameter("masked_spec_embed", {config_.hidden_size}, fill::uniform(0, 1));
    encoder = register_module("encoder", policy_.encoder(config_));
    if (policy_.outputAdapter && config_.add_adapter)
        adapter = register_module("adapter", std::make_shared<OutputAdapter>(config_));
}

SpeechTrunk::~SpeechTrunk() = default;

torch::Tensor SpeechTrunk::frameCounts(const torch::Tensor& sampleCounts, bool withAdapter) const
{
    const auto floorDivide = [](std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); };
    torch::Tensor lengths = sampleCounts.to(torch::kLong).cpu().contiguous().clone();
    for (std::int64_t& length : std::span(lengths.data_ptr<std::int64_t>(), static_cast<std::size_t>(lengths.numel()))) {
        for (std::size_t i = 0; i < config_.conv_kernel.size(); ++i)
            length = floorDivide(length - config_.conv_kernel[i], config_.conv_stride[i]) + 1;
        if (withAdapter)
            for (std::int64_t i = 0; i < config_.num_adapter_layers; ++i)
                length = floorDivide(length - 1, config_.adapter_stride) + 1; // upstream's formula: kernel 1, whatever it is
    }
    return lengths;
}

torch::Tensor SpeechTrunk::validFrames(const torch::Tensor& attentionMask, std::int64_t frames, bool withAdapter) const
{
    torch::Tensor lengths = frameCounts(attentionMask.sum(-1, false, torch::kLong), withAdapter);
    bool padded = false;
    for (std::int64_t& length : std::span(lengths.data_ptr<std::int64_t>(), static_cast<std::size_t>(lengths.numel()))) {
        if (length <= 0)
            length += frames;
        padded |= length < frames;
    }
    if (!padded)
        return {};
    return (torch::arange(frames).unsqueeze(0) < lengths.unsqueeze(1)).to(attentionMask.device());
}

torch::Tensor SpeechTrunk::augment(const torch::Tensor& hidden, const ModelInputs& inputs, const torch::Tensor& valid)
{
    if (!config_.apply_spec_augment)
        return hidden;
    const std::int64_t rows = hidden.size(0), frames = hidden.size(1);
    const bool draws = is_training() && streams_;
    torch::Tensor x = hidden;
    const auto cover = [&](const torch::Tensor& positions) {
        if (!masked_spec_embed.defined())
            throw Failure("model.bad_config", "mask_time_indices are given, but the model has no masked_spec_embed: its mask_time_prob and "
                                              "mask_feature_prob are 0.");
        x = at::where(positions.to(x.device()).unsqueeze(-1), masked_spec_embed.to(x.scalar_type()), x);
    };
    if (inputs.mask_time_indices) {
        cover(inputs.mask_time_indices->to(torch::kBool));
    } else if (config_.mask_time_prob > 0 && draws) {
        std::vector<std::int64_t> lengths;
        if (policy_.specAugmentSeesMask && valid.defined()) {
            const torch::Tensor counted = valid.sum(-1).cpu();
            lengths.assign(counted.data_ptr<std::int64_t>(), counted.data_ptr<std::int64_t>() + rows);
        }
        cover(drawSpanMask(rows, frames, lengths, {config_.mask_time_prob, config_.mask_time_length, config_.mask_time_min_masks}, *streams_));
    }
    if (config_.mask_feature_prob > 0 && draws) {
        const torch::Tensor silenced = drawSpanMask(
            rows, x.size(2), {}, {config_.mask_feature_prob, config_.mask_feature_length, config_.mask_feature_min_masks}, *streams_);
        x = x.masked_fill(silenced.to(x.device()).unsqueeze(1), 0);
    }
    return x;
}

ModelOutputs SpeechTrunk::forward(const ModelInputs& inputs)
{
    if (inputs.input.size(1) < minimumInput())
        throw Failure("audio.too_short", "A clip of " + std::to_string(inputs.input.size(1)) + " samples is too short for this model, which needs " +
                                             std::to_string(minimumInput()) + "; leave it out.");
    const torch::Tensor features = feature_extractor->forward(inputs.input);
    const torch::Tensor valid = inputs.attention_mask ? validFrames(*inputs.attention_mask, features.size(1)) : torch::Tensor();
    const auto [projected, normed] = feature_projection->forward(features, is_training());
    EncoderCall call{.valid = valid, .hiddenStates = inputs.output_hidden_states, .attentions = inputs.output_attentions};
    call.eager = attention_ == "eager" || inputs.output_attentions;
    call.drawsLayerDrop = streams_ != nullptr;
    EncoderResult encoded = encoder->forward(augment(projected, inputs, valid), call);

    ModelOutputs outputs;
    outputs.last_hidden_state = adapter ? adapter->forward(encoded.hidden, streams_) : encoded.hidden;
    if (policy_.givesExtractFeatures)
        outputs.extract_features = normed;
    outputs.hidden_states = std::move(encoded.hiddenStates);
    outputs.attentions = std::move(encoded.attentions);
    return outputs;
}

bool SpeechTrunk::paddingChangesResult() const
{
    return config_.groupNorm || config_.conv_pos_batch_norm || adapter || config_.squeeze_factor.value_or(1) > 1 || policy_.layersConvolve;
}

std::map<std::string, std::string> SpeechTrunk::facts() const
{
    return {{"hidden_size", std::to_string(config_.hidden_size)},
            {"num_hidden_layers", std::to_string(config_.num_hidden_layers)},
            {"num_attention_heads", std::to_string(config_.num_attention_heads)},
            {"intermediate_size", std::to_string(config_.intermediate_size)},
            {"feat_extract_norm", config_.groupNorm ? "group" : "layer"},
            {"do_stable_layer_norm", config_.do_stable_layer_norm ? "true" : "false"}};
}

torch::Tensor SpeechTrunk::pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs)
{
    torch::Tensor states = *outputs.last_hidden_state;
    if (layer)
        states = hiddenState(outputs, *layer);
    const bool squeezed = layer && config_.squeeze_factor;
    const std::int64_t frames = squeezed ? config_.frames(inputs.input.size(1)) : states.size(1);
    torch::Tensor valid = inputs.attention_mask ? validFrames(*inputs.attention_mask, frames, adapter && !layer) : torch::Tensor();
    if (squeezed && valid.defined())
        valid = squeezedMask(valid, *config_.squeeze_factor);
    if (!valid.defined())
        return states.mean(1);
    return states.masked_fill(valid.logical_not().unsqueeze(-1), 0).sum(1) / valid.sum(1).unsqueeze(-1);
}

void SpeechTrunk::freezeFeatureEncoder() { freezeParameters(*feature_extractor); }
void SpeechTrunk::freezeBaseModel() { freezeParameters(*this); }

void SpeechTrunk::freezeLowestLayers(int count)
{
    if (count <= 0)
        return;
    freezeParameters(*feature_extractor);
    freezeParameters(*feature_projection);
    if (masked_spec_embed.defined())
        masked_spec_embed.requires_grad_(false);
    encoder->freezeEmbeddings();
    for (int i = 0; i < count && static_cast<std::size_t>(i) < encoder->layerList().size(); ++i)
        freezeParameters(encoder->layerList()[static_cast<std::size_t>(i)]);
}

void SpeechTrunk::setGradientCheckpointing(bool on)
{
    feature_extractor->gradientCheckpointing = on;
    encoder->gradientCheckpointing = on;
}

void SpeechTrunk::prepareForInference()
{
    feature_extractor->prepareForInference();
    encoder->prepareForInference();
}

} // namespace earmark::neural
