#include "engine/neural/models/sew_d/deberta.h"

#include "engine/neural/models/sew_d/disentangled_attention.h"

namespace earmark::neural
{

namespace
{

/// dense, then LayerNorm over its sum with what went around it.
class ResidualDense : public torch::nn::Module
{
public:
    ResidualDense(const SpeechConfig& config, std::int64_t in) : dropout_(config.activation_dropout)
    {
        dense = register_module("dense", linearLayer(config, in, config.hidden_size));
        layerNorm = register_module("LayerNorm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
    }

    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& around) const
    {
        return layerNorm->forward(at::dropout(dense->forward(x), dropout_, is_training()) + around);
    }

private:
    double dropout_;
    std::shared_ptr<Linear> dense;
    std::shared_ptr<LayerNorm> layerNorm;
};

class DebertaLayer final : public SpeechLayer
{
public:
    explicit DebertaLayer(const SpeechConfig& config) : config_(config)
    {
        auto attention = register_module("attention", std::make_shared<torch::nn::Module>());
        self = attention->register_module("self", std::make_shared<DisentangledAttention>(config));
        attention_output = attention->register_module("output", std::make_shared<ResidualDense>(config, config.hidden_size));
        auto intermediate = register_module("intermediate", std::make_shared<torch::nn::Module>());
        dense = intermediate->register_module("dense", linearLayer(config, config.hidden_size, config.intermediate_size));
        output = register_module("output", std::make_shared<ResidualDense>(config, config.intermediate_size));
    }

    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, const LayerCall& call) const override
    {
        const Attended attended = self->forward(hidden, call);
        const torch::Tensor x = attention_output->forward(attended.context, hidden);
        return {output->forward(config_.hidden_act(dense->forward(x)), x), attended.weights};
    }

private:
    const SpeechConfig& config_;
    std::shared_ptr<DisentangledAttention> self;
    std::shared_ptr<ResidualDense> attention_output, output;
    std::shared_ptr<Linear> dense;
};

class SqueezedDebertaEncoder final : public SpeechEncoder
{
public:
    explicit SqueezedDebertaEncoder(const SpeechConfig& config) : SpeechEncoder(config)
    {
        pos_conv_embed = register_module("pos_conv_embed", groupedPositionalConvolution(config));
        auto encoder = register_module("encoder", std::make_shared<torch::nn::Module>());
        encoder->register_module("layer", layers);
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i)
            layers->append(std::make_shared<DebertaLayer>(config));
        const DebertaConfig& deberta = config.deberta;
        if (deberta.relative_attention)
            rel_embeddings = encoder->register_module(
                "rel_embeddings", std::make_shared<Embedding>(2 * deberta.span(), config.hidden_size, fill::normal(config.initializer_range)));
        if (deberta.normsTable)
            layerNorm = encoder->register_module("LayerNorm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
        upsample = register_module("upsample", std::make_shared<Upsampling>(config));
    }

    void freezeEmbeddings() override
    {
        SpeechEncoder::freezeEmbeddings();
        if (rel_embeddings)
            rel_embeddings->weight.requires_grad_(false);
        if (layerNorm)
            for (torch::Tensor& parameter : layerNorm->parameters())
                parameter.requires_grad_(false);
    }

protected:
    torch::Tensor embed(const torch::Tensor& hidden) const override { return withPositions(hidden); }

    void describe(LayerCall& call, const torch::Tensor& hidden) override
    {
        if (!rel_embeddings)
            return;
        call.positions = layerNorm ? layerNorm->forward(rel_embeddings->weight) : rel_embeddings->weight;
        call.distances = bucketedDistances(hidden.size(1), config_.deberta).to(hidden.device());
    }

private:
    std::shared_ptr<Embedding> rel_embeddings; ///< null without relative_attention
    std::shared_ptr<LayerNorm> layerNorm;
};

} // namespace

std::shared_ptr<SpeechEncoder> squeezedDebertaEncoder(const SpeechConfig& config) { return std::make_shared<SqueezedDebertaEncoder>(config); }

} // namespace earmark::neural
