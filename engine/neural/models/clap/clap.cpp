#include "engine/neural/models/clap/clap.h"

#include "engine/neural/models/clap/htsat.h"
#include "engine/neural/models/clap/text_tower.h"
#include "engine/neural/models/classification_loss.h"

namespace earmark::neural
{

namespace
{

constexpr const char* modelTypeName = "clap";
constexpr const char* className = "ClapModel";

torch::Tensor normalised(const torch::Tensor& x) { return x / x.norm(2, {-1}, true); }

/// Text i belongs to clip i.
torch::Tensor contrastiveLoss(const torch::Tensor& logitsPerText)
{
    return crossEntropy(logitsPerText, torch::arange(logitsPerText.size(0), logitsPerText.options().dtype(torch::kLong)));
}

} // namespace

class ClapProjection : public torch::nn::Module
{
public:
    ClapProjection(const ClapConfig& config, std::int64_t size) : act_(config.projection_hidden_act)
    {
        const double hidden = static_cast<double>(config.text_config.hidden_size);
        const auto layers = static_cast<double>(config.text_config.num_hidden_layers + config.audio_config.stages());
        const Filler weights = fill::normal(config.initializer_factor / std::sqrt(hidden * 2 * layers));
        linear1 = register_module("linear1", std::make_shared<Linear>(size, config.projection_dim, weights, fill::constant(0)));
        linear2 = register_module("linear2", std::make_shared<Linear>(config.projection_dim, config.projection_dim, weights, fill::constant(0)));
    }
    torch::Tensor forward(const torch::Tensor& x) const { return linear2->forward(act_(linear1->forward(x))); }

private:
    Activation act_;
    std::shared_ptr<Linear> linear1, linear2;
};

ClapModel::ClapModel(const ClapConfig& config, const Json& json) : ConfiguredModel({className, modelTypeName, modelTypeName, json, {}}), config_(config)
{
    const Filler scale = fill::constant(std::log(config.logit_scale_init_value));
    logit_scale_a = declareParameter("logit_scale_a", {}, scale);
    logit_scale_t = declareParameter("logit_scale_t", {}, scale);
    text_model = register_module("text_model", std::make_shared<TextTower>(config_.text_config));
    text_projection = register_module("text_projection", std::make_shared<ClapProjection>(config_, config_.text_config.hidden_size));
    auto audio_model = register_module("audio_model", std::make_shared<torch::nn::Module>());
    audio_encoder = audio_model->register_module("audio_encoder", std::make_shared<HtsatEncoder>(config_.audio_config));
    audio_projection = register_module("audio_projection", std::make_shared<ClapProjection>(config_, config_.audio_config.hidden_size));
}

/// Upstream computes the attention of both towers by hand. The fused kernel gives the same and is quicker where nothing is learnt.
ModelOutputs ClapModel::hear(const ModelInputs& inputs) const
{
    return audio_encoder->forward(inputs, attention_ == "eager" || inputs.output_attentions || torch::GradMode::is_enabled());
}

ModelOutputs ClapModel::read(const torch::Tensor& ids, const torch::Tensor& mask, const ModelInputs& asked) const
{
    return text_model->forward(ids, mask, asked, attention_ == "eager" || asked.output_attentions);
}

torch::Tensor ClapModel::textEmbeds(const torch::Tensor& ids, const torch::Tensor& mask) const
{
    const torch::Device device = logit_scale_t.device();
    return normalised(text_projection->forward(*read(ids.to(device), mask.defined() ? mask.to(device) : mask, {}).pooler_output));
}

torch::Tensor ClapModel::compared(const torch::Tensor& audioEmbeds, const torch::Tensor& textEmbeds) const
{
    return at::matmul(audioEmbeds, textEmbeds.t()) * logit_scale_a.exp();
}

ModelOutputs ClapModel::forward(const ModelInputs& inputs)
{
    ModelOutputs outputs = hear(inputs);
    const torch::Tensor audio = normalised(audio_projection->forward(*outputs.pooler_output));
    if (inputs.input_ids) {
        const ModelOutputs texts = read(*inputs.input_ids, inputs.text_mask.value_or(torch::Tensor()), inputs);
        const torch::Tensor text = normalised(text_projection->forward(*texts.pooler_output));
        const torch::Tensor perText = at::matmul(text, audio.t()) * logit_scale_t.exp(), perAudio = compared(audio, text);
        if (inputs.return_loss)
            outputs.loss = (contrastiveLoss(perText) + contrastiveLoss(perAudio.t())) / 2.0;
        outputs.named = {{"logits_per_audio", perAudio}, {"logits_per_text", perText}, {"text_embeds", text}};
        const std::string prefix = "text_model_output.";
        outputs.named.emplace_back(prefix + "last_hidden_state", *texts.last_hidden_state);
        outputs.named.emplace_back(prefix + "pooler_output", *texts.pooler_output);
        for (std::size_t i = 0; i < texts.hidden_states.size(); ++i)
            outputs.named.emplace_back(prefix + "hidden_states." + std::to_string(i), texts.hidden_states[i]);
        for (std::size_t i = 0; i < texts.attentions.size(); ++i)
            outputs.named.emplace_back(prefix + "attentions." + std::to_string(i), texts.attentions[i]);
    }
    outputs.named.emplace_back("audio_embeds", audio);
    return outputs;
}

std::map<std::string, std::string> ClapModel::facts() const
{
    const auto list = [](const std::vector<std::int64_t>& numbers) {
        std::string text;
        for (const std::int64_t number : numbers)
            text += (text.empty() ? "" : ", ") + std::to_string(number);
        return text;
    };
    return {{"projection_dim", std::to_string(config_.projection_dim)},
            {"audio_config.depths", list(config_.audio_config.depths)},
            {"audio_config.hidden_size", std::to_string(config_.audio_config.hidden_size)},
            {"audio_config.enable_fusion", config_.audio_config.enable_fusion ? "true" : "false"},
            {"text_config.hidden_size", std::to_string(config_.text_config.hidden_size)},
            {"text_config.num_hidden_layers", std::to_string(config_.text_config.num_hidden_layers)},
            {"text_config.vocab_size", std::to_string(config_.text_config.vocab_size)}};
}

torch::Tensor ClapModel::pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs&)
{
    return layer ? hiddenState(outputs, *layer).mean({2, 3}) : outputs.named.back().second;
}

void ClapModel::freezeBaseModel()
{
    freezeParameters(*text_model);
    freezeParameters(*audio_encoder);
}

void ClapModel::freezeLowestLayers(int count) { audio_encoder->freezeLowest(count); }

// ---- family ---------------------------------------------------------------------------------------------------------

namespace
{

Result<std::shared_ptr<Model>> build(const Json& json, const std::string& path, Head)
{
    EARMARK_TRY(const ClapConfig config, readClapConfig(json, path));
    return std::make_shared<ClapModel>(config, json);
}

} // namespace

const Family& clapFamily()
{
    static const Family family{.modelType = modelTypeName,
                               .baseModelPrefix = modelTypeName,
                               .baseClass = className,
                               .classificationClass = "",
                               .readsText = true,
                               .build = build,
                               .presets = [] { return std::vector<Preset>(); }};
    return family;
}

} // namespace earmark::neural
