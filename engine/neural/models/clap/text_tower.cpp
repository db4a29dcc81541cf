#include "engine/neural/models/clap/text_tower.h"

#include "engine/neural/models/add_and_norm.h"
#include "engine/neural/models/attention.h"
#include "engine/neural/models/layer_run.h"

namespace earmark::neural
{

namespace
{

std::shared_ptr<Linear> linear(const ClapTextConfig& config, std::int64_t in, std::int64_t out)
{
    const double size = static_cast<double>(config.hidden_size), layers = static_cast<double>(std::max<std::int64_t>(config.num_hidden_layers, 1));
    return std::make_shared<Linear>(in, out, fill::normal(config.initializer_factor / std::sqrt(size * 2 * layers)), fill::constant(0));
}

/// attention.output, output
std::shared_ptr<AddAndNorm> addAndNorm(const ClapTextConfig& config, std::int64_t in)
{
    return std::make_shared<AddAndNorm>(linear(config, in, config.hidden_size), config.layer_norm_eps, config.hidden_dropout_prob);
}

/// attention.self
class TextSelfAttention : public torch::nn::Module
{
public:
    explicit TextSelfAttention(const ClapTextConfig& config) : heads_(config.num_attention_heads), dropout_(config.attention_probs_dropout_prob)
    {
        query = register_module("query", linear(config, config.hidden_size, config.hidden_size));
        key = register_module("key", linear(config, config.hidden_size, config.hidden_size));
        value = register_module("value", linear(config, config.hidden_size, config.hidden_size));
    }

    Attended forward(const torch::Tensor& hidden, const torch::Tensor& mask, bool eager) const
    {
        const auto split = [&](const std::shared_ptr<Linear>& projection) {
            return projection->forward(hidden).view({hidden.size(0), hidden.size(1), heads_, -1}).transpose(1, 2);
        };
        return attend(split(query), split(key), split(value), mask, {.eager = eager, .dropout = is_training() ? dropout_ : 0, .floatSoftmax = true});
    }

private:
    std::int64_t heads_;
    double dropout_;
    std::shared_ptr<Linear> query, key, value;
};

/// attention
class TextAttention : public torch::nn::Module
{
public:
    explicit TextAttention(const ClapTextConfig& config)
    {
        self = register_module("self", std::make_shared<TextSelfAttention>(config));
        output = register_module("output", addAndNorm(config, config.hidden_size));
    }
    std::shared_ptr<TextSelfAttention> self;
    std::shared_ptr<AddAndNorm> output;
};

/// A module with one linear layer in it, named dense: intermediate, pooler.
class TextDense : public torch::nn::Module
{
public:
    TextDense(const ClapTextConfig& config, std::int64_t out) { dense = register_module("dense", linear(config, config.hidden_size, out)); }
    torch::Tensor forward(const torch::Tensor& x) const { return dense->forward(x); }

private:
    std::shared_ptr<Linear> dense;
};

/// encoder.layer.N
class TextLayer : public torch::nn::Module
{
public:
    explicit TextLayer(const ClapTextConfig& config) : act_(config.hidden_act)
    {
        attention = register_module("attention", std::make_shared<TextAttention>(config));
        intermediate = register_module("intermediate", std::make_shared<TextDense>(config, config.intermediate_size));
        output = register_module("output", addAndNorm(config, config.intermediate_size));
    }

    std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& hidden, const torch::Tensor& mask, bool eager) const
    {
        const Attended attended = attention->self->forward(hidden, mask, eager);
        const torch::Tensor x = attention->output->forward(attended.context, hidden);
        return {output->forward(act_(intermediate->forward(x)), x), attended.weights};
    }

private:
    Activation act_;
    std::shared_ptr<TextAttention> attention;
    std::shared_ptr<TextDense> intermediate;
    std::shared_ptr<AddAndNorm> output;
};

} // namespace

class TextEmbeddings : public Layer
{
public:
    explicit TextEmbeddings(const ClapTextConfig& config) : config_(config)
    {
        const Filler small = fill::normal(0.02 * config.initializer_factor);
        const auto table = [&](std::int64_t rows) { return std::make_shared<Embedding>(rows, config.hidden_size, small); };
        word_embeddings = register_module("word_embeddings", table(config.vocab_size));
        position_embeddings = register_module("position_embeddings", table(config.max_position_embeddings));
        token_type_embeddings = register_module("token_type_embeddings", table(config.type_vocab_size));
        norm = register_module("LayerNorm", std::make_shared<LayerNorm>(config.hidden_size, config.layer_norm_eps));
        // Upstream saves both, and no checkpoint has others.
        declareConstant("position_ids", [](torch::Tensor& ids, at::Generator&) { ids.copy_(torch::arange(ids.size(1), torch::kLong)); });
        declareConstant("token_type_ids", fill::constant(0));
    }

    torch::Tensor forward(const torch::Tensor& ids) const
    {
        const std::int64_t pad = config_.pad_token_id; // whose rows are not learnt
        torch::Tensor x = at::embedding(word_embeddings->weight, ids, pad) + token_type_embeddings->forward(torch::zeros_like(ids));
        if (config_.absolutePositions) {
            const torch::Tensor counted = ids.ne(pad).to(torch::kLong);
            x = x + at::embedding(position_embeddings->weight, counted.cumsum(1) * counted + pad, pad);
        }
        return at::dropout(norm->forward(x), config_.hidden_dropout_prob, is_training());
    }

private:
    void declareConstant(const std::string& name, const Filler& filler)
    {
        torch::Tensor tensor = declareBuffer(name, {1, config_.max_position_embeddings}, filler, torch::kLong);
        at::Generator none;
        filler(tensor, none);
    }

    const ClapTextConfig& config_;
    std::shared_ptr<Embedding> word_embeddings, position_embeddings, token_type_embeddings;
    std::shared_ptr<LayerNorm> norm;
};

class TextEncoder : public torch::nn::Module
{
public:
    explicit TextEncoder(const ClapTextConfig& config)
    {
        layer = register_module("layer", std::make_shared<LayerList<TextLayer>>());
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i)
            layer->append(std::make_shared<TextLayer>(config));
    }
    std::shared_ptr<LayerList<TextLayer>> layer;
};

class TextPooler : public TextDense
{
public:
    using TextDense::TextDense;
};

TextTower::TextTower(const ClapTextConfig& config) : config_(config)
{
    embeddings = register_module("embeddings", std::make_shared<TextEmbeddings>(config));
    encoder = register_module("encoder", std::make_shared<TextEncoder>(config));
    pooler = register_module("pooler", std::make_shared<TextPooler>(config, config.hidden_size));
}

ModelOutputs TextTower::forward(const torch::Tensor& ids, const torch::Tensor& mask, const ModelInputs& asked, bool eager) const
{
    if (ids.numel() > 0 && (ids.min().item<std::int64_t>() < 0 || ids.max().item<std::int64_t>() >= config_.vocab_size))
        throw Failure("model.bad_config", "The tokenizer has more tokens than the " + std::to_string(config_.vocab_size) +
                                              " of the model: its files and config.json do not belong together.");
    if (ids.size(1) > config_.longest())
        throw Failure("usage", "A text is of " + std::to_string(ids.size(1)) + " tokens, and the model reads at most " + std::to_string(config_.longest()) + ".");
    torch::Tensor hidden = embeddings->forward(ids);
    torch::Tensor hides;
    if (mask.defined() && !mask.all().item<bool>())
        hides = additiveMask(mask.to(torch::kBool), hidden.scalar_type());
    ModelOutputs outputs;
    const LayerRun run{.hiddenStates = asked.output_hidden_states ? &outputs.hidden_states : nullptr,
                       .attentions = asked.output_attentions ? &outputs.attentions : nullptr};
    hidden = runLayers(*encoder->layer, hidden, run, [hides, eager](const TextLayer& layer, const Tensors& in) { return layer.forward(in[0], hides, eager); });
    if (asked.output_hidden_states)
        outputs.hidden_states.push_back(hidden);
    outputs.last_hidden_state = hidden;
    outputs.pooler_output = at::tanh(pooler->forward(hidden.select(1, 0)));
    return outputs;
}

} // namespace earmark::neural
