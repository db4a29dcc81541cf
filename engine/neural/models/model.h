// A network with its head, as transformers 4.57.6 has it. Thread: the executor's.
// Attribute names in the module trees are Hugging Face's, so that named_parameters() are the checkpoint's keys and in upstream's order (the
// optimiser's groups and the gradient norm follow it).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/neural/device/torch.h"
#include "engine/neural/models/parameters.h"

namespace earmark::neural
{

/// Random draws of a run, in upstream's streams. Only training draws.
class RandomStreams;

struct ModelInputs {
    torch::Tensor input;                         ///< input_values (batch, samples) or (batch, frames, bins)
    std::optional<torch::Tensor> attention_mask; ///< (batch, samples or frames), int64
    std::optional<torch::Tensor> labels;         ///< (batch) int64 for classification; (batch, characters) int64 with −100 after the end for CTC
    std::optional<torch::Tensor> mask_time_indices; ///< (batch, frames) bool, overrides SpecAugment's draw
    std::optional<torch::Tensor> sampled_negative_indices; ///< (batch, frames, negatives) int64, into batch · frames: gives pretraining its loss
    std::optional<torch::Tensor> is_longer;      ///< (batch) bool: of which clips CLAP fuses the pictures
    std::optional<torch::Tensor> input_ids;      ///< (texts, tokens) int64: what a network reads beside what it hears
    std::optional<torch::Tensor> text_mask;      ///< their attention_mask
    std::optional<double> num_items_in_batch;    ///< Trainer's count over an accumulation group, for classes that take it
    bool output_hidden_states = false;
    bool output_attentions = false;
    bool pooled_only = false; ///< of the states nobody reads more than the pooled ones: a network may leave the others out, and last_hidden_state with them
    bool return_loss = false; ///< CLAP's contrastive loss, which needs no labels
};

struct ModelOutputs {
    std::optional<torch::Tensor> loss;
    std::optional<torch::Tensor> logits;
    std::optional<torch::Tensor> last_hidden_state;
    std::optional<torch::Tensor> extract_features;
    std::optional<torch::Tensor> pooler_output;
    std::optional<torch::Tensor> projected_states; ///< this and the next six: of pretraining
    std::optional<torch::Tensor> projected_quantized_states;
    std::optional<torch::Tensor> codevector_perplexity;
    std::optional<torch::Tensor> contrastive_loss; ///< sum over the masked frames, as `loss` and the next
    std::optional<torch::Tensor> diversity_loss;
    std::optional<torch::Tensor> ctc_loss; ///< UniSpeech's share for what was said; Earmark's own, as the next
    std::optional<torch::Tensor> correct_choices; ///< masked frames that are closer to their own code than to any other given
    std::vector<torch::Tensor> hidden_states;
    std::vector<torch::Tensor> attentions;
    std::vector<std::pair<std::string, torch::Tensor>> named; ///< what else the class gives, under Hugging Face's names
};

class Model : public Layer
{
public:
    /// Throws Failure (parameters.h) for input that the network cannot take, c10::Error where torch itself refuses.
    virtual ModelOutputs forward(const ModelInputs& inputs) = 0;

    /// Hugging Face class name, e.g. "HubertForSequenceClassification"; "HubertModel" for a base model.
    virtual std::string architecture() const = 0;
    virtual std::string modelType() const = 0;
    /// Attribute that holds the base model ("hubert", "audio_spectrogram_transformer").
    virtual std::string baseModelPrefix() const = 0;
    /// config.json in Hugging Face's shape, every key of the file it came from kept.
    virtual std::string configJson() const = 0;
    virtual const std::vector<std::string>& labels() const = 0; ///< id2label

    /// What the head is for: "classification", "ctc", "pretraining", "zero-shot", "" for a base model.
    virtual std::string task() const { return labels().empty() ? "" : "classification"; }
    /// Frames of scores that an input of this length (samples, or frames of a spectrogram) gives; 0 where a head scores clips whole, or there is none.
    virtual std::int64_t framesOf(std::int64_t /*inputLength*/) const { return 0; }
    /// Positions of the input from one of these frames to the next: config.inputs_to_logits_ratio for a waveform; 0 likewise.
    virtual std::int64_t positionsPerFrame() const { return 0; }

    /// True where the class's forward takes **kwargs, so that Trainer passes num_items_in_batch and does not divide (AST).
    virtual bool acceptsLossKwargs() const = 0;
    /// True where a padded clip's result depends on the padding even with a mask (group-norm front ends): then, and where the extractor
    /// gives no mask, only clips of one length may share a batch of predictions.
    virtual bool paddingChangesResult() const = 0;
    /// Fewest samples or frames that give one frame of output; shorter input is audio.too_short.
    virtual std::int64_t minimumInput() const = 0;
    /// The head's last layer, which other labels make anew; empty for a base model.
    virtual std::vector<std::string> outputLayer() const = 0;
    /// For people: "hidden_size" → "768", …
    virtual std::map<std::string, std::string> facts() const = 0;

    /// Mean over time of one hidden state as classification pools it: (batch, hidden).
    virtual torch::Tensor pooled(const ModelOutputs& outputs, std::optional<int> layer, const ModelInputs& inputs) = 0;

    /// The convolutions before the transformer; does nothing where there are none.
    virtual void freezeFeatureEncoder() {}
    virtual void freezeBaseModel() = 0;
    /// The `count` lowest transformer layers and all that lies below them.
    virtual void freezeLowestLayers(int count) = 0;
    virtual void setGradientCheckpointing(bool) {}
    virtual void setAttention(const std::string& implementation) = 0; ///< "eager" | "sdpa"
    /// Where SpecAugment and layer drop draw from; null outside training.
    virtual void setRandomStreams(RandomStreams* streams) = 0;
    /// Folds what inference need not compute twice (weight norm). Not reversible; the model must not be trained or saved after it.
    virtual void prepareForInference() {}
};

} // namespace earmark::neural
