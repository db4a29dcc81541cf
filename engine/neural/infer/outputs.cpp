#include "engine/neural/infer/outputs.h"

#include <filesystem>

#include "engine/audio/decode.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/device/device.h"
#include "engine/neural/device/guards.h"
#include "engine/neural/infer/collate.h"
#include "engine/neural/models/registry.h"

namespace earmark::neural
{

namespace
{

Result<std::vector<Waveform>> decodeAll(const OutputsRequest& request, int rate)
{
    std::vector<Waveform> clips;
    for (const Sample& sample : request.samples) {
        EARMARK_TRY(Waveform clip, decodeAudio(sample.clip, {.sampleRate = rate, .channel = request.options.channel}));
        for (const Remark& warning : clip.warnings)
            log(LogLevel::warning, warning.message);
        clips.push_back(std::move(clip));
    }
    return clips;
}

torch::Tensor tensorOf(const Features& features)
{
    return torch::from_blob(const_cast<float*>(features.values.data()), features.shape, torch::kFloat32).clone();
}

tl::unexpected<Error> wrongCount(const OutputsRequest& request, std::size_t given, const std::string& what)
{
    return failure("usage", "There are " + std::to_string(given) + " " + what + " for " + std::to_string(request.samples.size()) + " files; give one for each.");
}

/// The texts that the sounds are compared with; a loss where there is one for each.
Result<void> readTexts(const OutputsRequest& request, const LoadedModel& loaded, torch::Device device, ModelInputs& inputs)
{
    if (!loaded.textTokenizer)
        return failure("model.not_found", quoteName(request.model) + " has neither tokenizer.json nor vocab.json with merges.txt, so no text can be read to it; fetch the tokenizer's files too.",
                       request.model);
    std::vector<std::vector<std::int64_t>> ids;
    for (const std::string& text : request.texts)
        ids.push_back(loaded.textTokenizer->encode(text));
    const TokenBatch batch = loaded.textTokenizer->pad(ids);
    const auto table = [&](const std::vector<std::int64_t>& values) { return torch::tensor(values, torch::kLong).view({batch.rows, batch.length}).to(device); };
    inputs.input_ids = table(batch.ids);
    inputs.text_mask = table(batch.mask);
    inputs.return_loss = request.texts.size() == request.samples.size();
    return {};
}

/// (files, characters), filled up with −100 as the collator of transformers' recognition examples does.
Result<torch::Tensor> textTensor(const OutputsRequest& request, const LoadedModel& loaded)
{
    if (loaded.model->task() != "ctc")
        return failure("usage", quoteName(request.model) + " takes no text.", request.model);
    if (!loaded.tokenizer)
        return failure("model.not_found", quoteName(request.model) + " has no vocab.json, so nobody can tell its characters; fetch the tokenizer's files too.",
                       request.model);
    if (request.texts.size() != request.samples.size())
        return wrongCount(request, request.texts.size(), "texts");
    std::vector<std::vector<std::int64_t>> ids;
    for (const std::string& text : request.texts) {
        EARMARK_TRY(ids.emplace_back(), loaded.tokenizer->encode(text));
    }
    return paddedIds(ids);
}

Result<torch::Tensor> labelTensor(const OutputsRequest& request, const Model& model)
{
    if (model.task() == "ctc")
        return failure("usage", quoteName(request.model) + " transcribes: give --text instead of --labels.", request.model);
    if (model.task() == "zero-shot")
        return failure("usage", quoteName(request.model) + " compares sounds with texts: give --text instead of --labels.", request.model);
    const auto count = static_cast<std::int64_t>(model.labels().size());
    if (model.task() == "pretraining")
        return failure("usage", quoteName(request.model) + " learns from sound alone, without labels: --tensors gives it mask_time_indices and "
                                                           "sampled_negative_indices, and those add its losses.", request.model);
    if (model.outputLayer().empty())
        return failure("usage", "Labels were given, but " + quoteName(request.model) + " is a base model without a head: it has no loss.",
                       request.model);
    if (request.labels.size() != request.samples.size())
        return wrongCount(request, request.labels.size(), "labels");
    for (const std::int64_t label : request.labels)
        if (label != -100 && (label < 0 || (label >= count && count > 1)))
            return failure("usage", "There is no label " + std::to_string(label) + ": the model has labels 0 to " + std::to_string(count - 1) + ".");
    return torch::tensor(request.labels, torch::kLong);
}

/// Named inputs out of a file. Errors: io.*, model.bad_weights, usage for a name that no family of this version takes.
Result<void> readNamedInputs(const std::string& path, ModelInputs& inputs)
{
    EARMARK_TRY(const StateDict tensors, readSafetensors(path));
    for (const auto& [name, tensor] : tensors) {
        if (name == "mask_time_indices" && tensor.dim() == 2)
            inputs.mask_time_indices = tensor.to(torch::kBool);
        else if (name == "sampled_negative_indices" && tensor.dim() == 3)
            inputs.sampled_negative_indices = tensor.to(torch::kLong);
        else
            return failure("usage", quoteName(path) + " holds the tensor " + quoteName(name) + " of " + std::to_string(tensor.dim()) +
                                        " dimensions; the models here take mask_time_indices (files, frames) and sampled_negative_indices (files, frames, negatives).",
                           path, {{"tensor", name}});
    }
    return {};
}

struct Batch {
    ModelInputs inputs;
    std::string inputName;
};

Result<Batch> prepare(const OutputsRequest& request, const LoadedModel& loaded, torch::Device device, torch::ScalarType dtype)
{
    EARMARK_TRY(const std::vector<Waveform> clips, decodeAll(request, loaded.extractor->samplingRate()));
    std::vector<std::span<const float>> spans(clips.size());
    std::ranges::transform(clips, spans.begin(), [](const Waveform& clip) { return std::span<const float>(clip.samples); });
    EARMARK_TRY(const FeatureBatch features, loaded.extractor->extractBatch(spans));

    Batch batch{.inputName = loaded.extractor->inputName()};
    batch.inputs.input = tensorOf(features.input).to(device, dtype);
    if (!features.attentionMask.empty()) {
        const auto rows = static_cast<std::int64_t>(clips.size());
        batch.inputs.attention_mask = torch::tensor(features.attentionMask, torch::kLong).view({rows, -1}).to(device);
    }
    batch.inputs.output_hidden_states = request.hiddenStates;
    batch.inputs.output_attentions = request.attentions;
    if (!request.labels.empty()) {
        EARMARK_TRY(const torch::Tensor labels, labelTensor(request, *loaded.model));
        batch.inputs.labels = labels.to(device);
    }
    if (!features.isLonger.empty())
        batch.inputs.is_longer = torch::tensor(std::vector<std::int64_t>(features.isLonger.begin(), features.isLonger.end()), torch::kLong).to(device, torch::kBool);
    if (!request.texts.empty() && loaded.model->task() == "zero-shot") {
        EARMARK_TRY_VOID(readTexts(request, loaded, device, batch.inputs));
    } else if (!request.texts.empty()) {
        EARMARK_TRY(const torch::Tensor labels, textTensor(request, loaded));
        batch.inputs.labels = labels.to(device);
    }
    if (!request.tensors.empty()) {
        EARMARK_TRY_VOID(readNamedInputs(request.tensors, batch.inputs));
    }
    return batch;
}

StateDict named(const Batch& batch, const ModelOutputs& outputs)
{
    StateDict tensors{{batch.inputName, batch.inputs.input}};
    const auto add = [&](const std::string& name, const std::optional<torch::Tensor>& tensor) {
        if (tensor)
            tensors.emplace_back(name, *tensor);
    };
    add("attention_mask", batch.inputs.attention_mask);
    if (batch.inputs.is_longer)
        tensors.emplace_back("is_longer", batch.inputs.is_longer->view({-1, 1}));
    add("input_ids", batch.inputs.input_ids);
    add("attention_mask", batch.inputs.text_mask);
    add("loss", outputs.loss);
    add("logits", outputs.logits);
    add("projected_states", outputs.projected_states);
    add("projected_quantized_states", outputs.projected_quantized_states);
    add("codevector_perplexity", outputs.codevector_perplexity);
    add("contrastive_loss", outputs.contrastive_loss);
    add("diversity_loss", outputs.diversity_loss);
    add("last_hidden_state", outputs.last_hidden_state);
    add("pooler_output", outputs.pooler_output);
    add("extract_features", outputs.extract_features);
    tensors.insert(tensors.end(), outputs.named.begin(), outputs.named.end());
    for (std::size_t i = 0; i < outputs.hidden_states.size(); ++i)
        tensors.emplace_back("hidden_states." + std::to_string(i), outputs.hidden_states[i]);
    for (std::size_t i = 0; i < outputs.attentions.size(); ++i)
        tensors.emplace_back("attentions." + std::to_string(i), outputs.attentions[i]);
    return tensors;
}

} // namespace

Result<OutputsOutcome> computeOutputs(const OutputsRequest& request)
{
    std::error_code error;
    if (!request.overwrite && std::filesystem::exists(std::filesystem::symlink_status(request.out, error)))
        return failure("usage.out_exists", quoteName(request.out) + " exists; give --overwrite, or another name.", request.out);
    if (request.samples.empty())
        return failure("usage", "No file was given.");
    EARMARK_TRY(const torch::Device device, chooseDevice(request.options.device));
    EARMARK_TRY(const torch::ScalarType dtype, chooseDtype(request.options.dtype));
    setThreads(request.options.threads);
    EARMARK_TRY(const LoadedModel loaded,
                loadModel(request.model, {.language = request.targetLanguage, .device = device, .dtype = dtype, .attention = request.options.attention}));
    EARMARK_TRY(const Batch batch, prepare(request, loaded, device, dtype));
    torch::InferenceMode inference;
    loaded.model->prepareForInference();
    const StateDict tensors = named(batch, loaded.model->forward(batch.inputs));
    EARMARK_TRY_VOID(writeSafetensors(request.out, tensors));
    OutputsOutcome outcome;
    for (const auto& [name, tensor] : tensors)
        outcome.tensors.emplace_back(name, tensor.sizes().vec());
    return outcome;
}

} // namespace earmark::neural
