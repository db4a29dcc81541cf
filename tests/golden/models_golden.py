#!/usr/bin/env python3
"""Makes tests/data/models: what transformers computes with tiny models, for tests/engine/neural/models to replay without Python.

Run with torch 2.13, transformers 4.57.6, numpy, safetensors. No weights are stored: both sides make them by `formula`, tensor after tensor in the
model's own order. Each case is NAME.json (configuration, class, inputs) and NAME.safetensors (what came out). Arguments: beginnings of names, for
some of them only.
"""
import json
import pathlib
import sys

import numpy as np
import torch
import transformers as tf
from safetensors.torch import save_file
from transformers.models.deprecated.mctct.modeling_mctct import MCTCTConfig, MCTCTForCTC, MCTCTModel
from transformers.models.wav2vec2.modeling_wav2vec2 import _compute_mask_indices, _sample_negative_indices

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "models"


def formula(stream, count):
    """Uniform in [-1, 1): a counter through a 32-bit mixer, so that another language makes the same numbers."""
    h = (np.arange(count, dtype=np.uint64) + np.uint64(stream) * np.uint64(0x9E3779B9)).astype(np.uint32)
    for multiplier in (0x7FEB352D, 0x846CA68B):
        h ^= h >> np.uint32(16) if multiplier == 0x7FEB352D else h >> np.uint32(15)
        h = (h.astype(np.uint64) * multiplier).astype(np.uint32)
    h ^= h >> np.uint32(16)
    return h.astype(np.float64) / 2.0**31 - 1.0


def perturbed(stream, name, shape):
    """A value for every tensor: norms around 1, biases around 0, matrices so that activations keep their size."""
    count = int(np.prod(shape)) if len(shape) else 1
    u = formula(stream, count)
    if name.endswith("running_var"):
        value = 1 + 0.5 * u
    elif name.endswith("original0") or (len(shape) == 1 and name.endswith("weight")):
        value = 1 + 0.3 * u
    elif len(shape) <= 1:
        value = 0.3 * u
    else:
        value = u * np.sqrt(3.0 * shape[0] / count)
    return torch.from_numpy(value.astype(np.float32)).view(shape)


def fill(model):
    names = [n for n, _ in model.named_parameters()] + [n for n, _ in model.named_buffers()]
    tensors = [t for _, t in model.named_parameters()] + [t for _, t in model.named_buffers()]
    with torch.no_grad():
        for i, (name, tensor) in enumerate(zip(names, tensors)):
            if tensor.is_floating_point():
                tensor.copy_(perturbed(i + 1, name, tuple(tensor.shape)))
    return names


SMALL = dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40, conv_dim=[16, 20, 12], conv_kernel=[10, 3, 2],
             conv_stride=[5, 2, 2], num_conv_pos_embeddings=16, num_conv_pos_embedding_groups=4, classifier_proj_size=14, num_labels=5,
             hidden_dropout=0.0, activation_dropout=0.0, attention_dropout=0.0, feat_proj_dropout=0.0, final_dropout=0.0, layerdrop=0.0,
             mask_time_prob=0.0, layer_norm_eps=1e-5, vocab_size=8)
AST = dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=4, intermediate_size=40, patch_size=6, frequency_stride=4, time_stride=5,
           max_length=37, num_mel_bins=20, num_labels=4)
WHISPER = dict(d_model=24, encoder_layers=2, encoder_attention_heads=3, encoder_ffn_dim=40, decoder_layers=1, decoder_attention_heads=1,
               decoder_ffn_dim=8, max_source_positions=9, max_target_positions=4, vocab_size=8, classifier_proj_size=14, num_labels=5, pad_token_id=0,
               bos_token_id=1, eos_token_id=2, decoder_start_token_id=1, begin_suppress_tokens=None)
MCTCT = dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=3, attention_head_dim=8, intermediate_size=40, max_position_embeddings=9,
             input_feat_per_channel=7, vocab_size=8, pad_token_id=0, layerdrop=0.0, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
             conv_dropout=0.0)
LAYER = dict(feat_extract_norm="layer", conv_bias=True)
PADDED = [463, 262, 397]
WHOLE = [411, 411]


class WhisperModel(tf.WhisperModel):
    """The encoder of one: what Earmark has as a base model."""

    def __init__(self, config):
        super().__init__(config)
        del self.decoder

    def forward(self, input_features, **asked):
        return self.encoder(input_features, **asked)


class UniSpeechPretraining(tf.UniSpeechForPreTraining):
    """With the loss that upstream leaves out, of UnispeechCriterion (fairseq/criterions/unispeech_criterion.py of microsoft/UniSpeech): mtlalpha is a half
    where labels are given, else 0; negatives, temperature and sums as in Wav2Vec2ForPreTraining."""

    def forward(self, input_values, attention_mask=None, mask_time_indices=None, sampled_negative_indices=None, labels=None, **asked):
        inner, spelled = self.unispeech.forward, []
        hook = self.ctc_proj.register_forward_hook(lambda module, given, scores: spelled.append(scores))
        self.unispeech.forward = lambda *given, **named: inner(*given, mask_time_indices=mask_time_indices, **named)
        outputs = super().forward(input_values, attention_mask=attention_mask, **asked)
        self.unispeech.forward = inner
        hook.remove()
        states, codes = outputs.projected_states, outputs.projected_quantized_states
        negatives = codes.reshape(-1, codes.shape[-1])[sampled_negative_indices.flatten()].view(*sampled_negative_indices.shape, -1).permute(2, 0, 1, 3)
        logits = self.compute_contrastive_logits(codes[None], negatives, states, self.config.contrastive_logits_temperature)
        logits[1:][(codes == negatives).all(-1)] = float("-inf")
        outputs["contrastive_loss"] = -logits.log_softmax(0)[0][mask_time_indices].sum()
        count = self.config.num_codevectors_per_group * self.config.num_codevector_groups
        outputs["diversity_loss"] = (count - outputs.codevector_perplexity) / count * mask_time_indices.sum()
        outputs["loss"] = outputs.contrastive_loss + self.config.diversity_loss_weight * outputs.diversity_loss
        if labels is not None:
            rows, lengths = (labels >= 0).any(1), self._get_feat_extract_output_lengths(attention_mask.sum(-1))
            outputs["ctc_loss"] = torch.nn.functional.ctc_loss(
                spelled[0][rows].log_softmax(-1).transpose(0, 1), labels[rows][labels[rows] >= 0], lengths[rows], (labels[rows] >= 0).sum(1),
                blank=self.config.pad_token_id, reduction="sum")
            outputs["loss"] = 0.5 * outputs["ctc_loss"] + 0.5 * outputs["loss"]
        return outputs


def small(kind, base=SMALL):
    return lambda **changes: kind(**{**base, **changes})


whisper, mctct = small(tf.WhisperConfig, WHISPER), small(MCTCTConfig, MCTCT)
w2v2, hubert, ast = small(tf.Wav2Vec2Config), small(tf.HubertConfig), small(tf.ASTConfig, AST)
unispeech, unispeech_sat, wavlm = small(tf.UniSpeechConfig), small(tf.UniSpeechSatConfig), small(tf.WavLMConfig)
data2vec, sew = small(tf.Data2VecAudioConfig, {**SMALL, "num_conv_pos_embeddings": 3, "conv_pos_kernel_size": 5}), small(tf.SEWConfig)
sew_d = small(tf.SEWDConfig, dict(SMALL, position_buckets=4, max_position_embeddings=9, layer_norm_eps=1e-7))
conformer = small(tf.Wav2Vec2ConformerConfig, dict(SMALL, conv_depthwise_kernel_size=7, conformer_conv_dropout=0.0))


W, H, A = tf.Wav2Vec2ForSequenceClassification, tf.HubertForSequenceClassification, tf.ASTForAudioClassification
U, US, WL = tf.UniSpeechForSequenceClassification, tf.UniSpeechSatForSequenceClassification, tf.WavLMForSequenceClassification
D, S = tf.Data2VecAudioForSequenceClassification, tf.SEWForSequenceClassification
SD = tf.SEWDForSequenceClassification
C, ROTARY = tf.Wav2Vec2ConformerForSequenceClassification, dict(position_embeddings_type="rotary")
WH = tf.WhisperForAudioClassification
CTC = {"wav2vec2": (tf.Wav2Vec2ForCTC, w2v2), "hubert": (tf.HubertForCTC, hubert), "unispeech": (tf.UniSpeechForCTC, unispeech),
       "unispeech_sat": (tf.UniSpeechSatForCTC, unispeech_sat), "wavlm": (tf.WavLMForCTC, wavlm), "data2vec": (tf.Data2VecAudioForCTC, data2vec),
       "sew": (tf.SEWForCTC, sew), "sew_d": (tf.SEWDForCTC, sew_d), "conformer": (tf.Wav2Vec2ConformerForCTC, lambda **changes: conformer(ctc_loss_reduction="mean", **changes))}
PRETRAINING = dict(mask_time_prob=0.5, mask_time_length=3, num_codevectors_per_group=6, num_codevector_groups=2, codevector_dim=8, proj_codevector_dim=10,
                   num_negatives=5)
TEXT = [[3, 0, 4, 4, 1], [7, 5, -100, -100, -100], [1, -100, -100, -100, -100]]
TRAINING = dict(num_hidden_layers=4, layerdrop=0.4, mask_time_prob=0.3, mask_time_length=3, mask_feature_prob=0.2, mask_feature_length=4,
                mask_feature_min_masks=1)
LABELS = [3, 0, 4]

# name, class, configuration, options: lengths, mask (give attention_mask), labels, train (seeded draws), indices (mask_time_indices),
# brief (no hidden states and attentions), masks (seed of masked frames and negatives of pretraining), states_only (without negatives), temperature
# (of the Gumbel softmax)
CASES = [
    ("wav2vec2_group_padded", W, w2v2(), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("wav2vec2_group_unmasked", W, w2v2(hidden_act="gelu_new", feat_extract_activation="relu", conv_bias=True), dict(lengths=PADDED, labels=LABELS)),
    ("wav2vec2_layer_padded", W, w2v2(**LAYER, num_conv_pos_embeddings=9, num_conv_pos_embedding_groups=2),
     dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("wav2vec2_stable_adapters", W, w2v2(**LAYER, do_stable_layer_norm=True, adapter_attn_dim=6, use_weighted_layer_sum=True, layer_norm_eps=1e-3),
     dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("wav2vec2_stable_group_whole", W, w2v2(do_stable_layer_norm=True, hidden_act="quick_gelu", feat_extract_activation="silu", num_labels=1),
     dict(lengths=WHOLE, mask=True, labels=[0, 0])),
    ("wav2vec2_tiny_clip", W, w2v2(**LAYER), dict(lengths=[403, 9, 31], mask=True, labels=LABELS)),
    ("wav2vec2_base_adapter", tf.Wav2Vec2Model, w2v2(**LAYER, add_adapter=True, output_hidden_size=18, num_adapter_layers=2),
     dict(lengths=PADDED, mask=True)),
    ("wav2vec2_base_indices", tf.Wav2Vec2Model, w2v2(mask_time_prob=0.1), dict(lengths=PADDED, mask=True, indices=True)),
    ("wav2vec2_training", W, w2v2(num_hidden_layers=5, layerdrop=0.4, mask_time_prob=0.3, mask_time_length=3, mask_feature_prob=0.2,
                                  mask_feature_length=4, mask_feature_min_masks=1), dict(lengths=PADDED, mask=True, labels=LABELS, train=11)),
    ("wav2vec2_training_adapter", tf.Wav2Vec2Model, w2v2(**LAYER, add_adapter=True, layerdrop=0.5, mask_time_prob=0.2, mask_time_length=2),
     dict(lengths=PADDED, mask=True, train=5)),
    ("hubert_distil", H, hubert(feat_proj_layer_norm=False), dict(lengths=PADDED, labels=LABELS)),
    ("hubert_large", H, hubert(**LAYER, do_stable_layer_norm=True, num_hidden_layers=3), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("hubert_batch_norm", H, hubert(conv_pos_batch_norm=True, hidden_act="relu", use_weighted_layer_sum=True),
     dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("hubert_training", H, hubert(conv_pos_batch_norm=True, num_hidden_layers=4, layerdrop=0.4, mask_time_prob=0.3, mask_time_length=4),
     dict(lengths=PADDED, mask=True, labels=LABELS, train=8)),
    ("hubert_base", tf.HubertModel, hubert(**LAYER, hidden_act="silu", num_conv_pos_embeddings=7), dict(lengths=PADDED, mask=True)),
    ("unispeech_group_padded", U, unispeech(hidden_act="gelu_new", layer_norm_eps=1e-3), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("unispeech_stable_adapters", U, unispeech(**LAYER, do_stable_layer_norm=True, adapter_attn_dim=5, use_weighted_layer_sum=True,
                                               num_conv_pos_embeddings=9), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("unispeech_training", U, unispeech(**TRAINING), dict(lengths=PADDED, mask=True, labels=LABELS, train=6)),
    ("unispeech_base", tf.UniSpeechModel, unispeech(feat_extract_activation="silu", add_adapter=True), dict(lengths=PADDED)),
    ("unispeech_sat_group_padded", US, unispeech_sat(hidden_act="relu"), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("unispeech_sat_stable_sum", US, unispeech_sat(**LAYER, do_stable_layer_norm=True, use_weighted_layer_sum=True, num_hidden_layers=3),
     dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("unispeech_sat_training", US, unispeech_sat(**TRAINING, **LAYER), dict(lengths=PADDED, mask=True, labels=LABELS, train=4)),
    ("unispeech_sat_base_indices", tf.UniSpeechSatModel, unispeech_sat(num_conv_pos_embeddings=11), dict(lengths=PADDED, mask=True, indices=True)),
    ("wavlm_group_padded", WL, wavlm(num_buckets=12, max_bucket_distance=17), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("wavlm_group_unmasked", WL, wavlm(hidden_act="silu", num_buckets=7, max_bucket_distance=5, layer_norm_eps=1e-3, num_hidden_layers=3),
     dict(lengths=PADDED, labels=LABELS)),
    ("wavlm_stable_sum", WL, wavlm(**LAYER, do_stable_layer_norm=True, use_weighted_layer_sum=True, num_hidden_layers=3, num_buckets=20,
                                   max_bucket_distance=40), dict(lengths=[463, 262, 9], mask=True, labels=LABELS)),
    ("wavlm_training", WL, wavlm(**TRAINING, num_buckets=12), dict(lengths=PADDED, mask=True, labels=LABELS, train=2)),
    ("wavlm_stable_training", WL, wavlm(**TRAINING, **LAYER, do_stable_layer_norm=True, num_buckets=16, max_bucket_distance=6),
     dict(lengths=PADDED, mask=True, labels=LABELS, train=9)),
    ("wavlm_base_adapter", tf.WavLMModel, wavlm(**LAYER, add_adapter=True, output_hidden_size=18, num_adapter_layers=2, num_conv_pos_embeddings=9),
     dict(lengths=PADDED, mask=True)),
    ("data2vec_padded", D, data2vec(), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("data2vec_unmasked", D, data2vec(hidden_act="relu", feat_extract_activation="silu", conv_bias=True, conv_pos_kernel_size=6,
                                      num_conv_pos_embedding_groups=2, layer_norm_eps=1e-3, do_stable_layer_norm=True),
     dict(lengths=PADDED, labels=LABELS)),
    ("data2vec_sum", D, data2vec(use_weighted_layer_sum=True, num_conv_pos_embeddings=1, num_hidden_layers=3),
     dict(lengths=[403, 9, 31], mask=True, labels=LABELS)),
    ("data2vec_training", D, data2vec(**TRAINING), dict(lengths=PADDED, mask=True, labels=LABELS, train=7)),
    ("data2vec_base_adapter", tf.Data2VecAudioModel, data2vec(add_adapter=True, output_hidden_size=18, num_adapter_layers=2),
     dict(lengths=PADDED, mask=True)),
    ("sew_padded", S, sew(), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("sew_unmasked_sum", S, sew(use_weighted_layer_sum=True, squeeze_factor=3, num_conv_pos_embeddings=9, hidden_act="silu",
                                feat_extract_activation="relu", conv_bias=True), dict(lengths=PADDED, labels=LABELS)),
    ("sew_layer_masked_sum", S, sew(**LAYER, use_weighted_layer_sum=True, squeeze_factor=1, layer_norm_eps=1e-3, num_hidden_layers=3),
     dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("sew_layer_padded", S, sew(**LAYER, squeeze_factor=4, conv_dim=[16, 20, 24]), dict(lengths=[463, 262, 31], mask=True, labels=LABELS)),
    ("sew_training", S, sew(**TRAINING), dict(lengths=PADDED, mask=True, labels=LABELS, train=5)),
    ("sew_base_indices", tf.SEWModel, sew(mask_time_prob=0.1, squeeze_factor=3, num_conv_pos_embeddings=7), dict(lengths=PADDED, mask=True, indices=True)),
    ("conformer_relative", C, conformer(hidden_act="silu"), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("conformer_relative_unmasked", C, conformer(**LAYER, layer_norm_eps=1e-3, max_source_positions=5, conv_depthwise_kernel_size=31),
     dict(lengths=PADDED, labels=LABELS)),
    ("conformer_relative_training", C, conformer(**TRAINING), dict(lengths=PADDED, mask=True, labels=LABELS, train=2)),
    ("conformer_rotary", C, conformer(**ROTARY, rotary_embedding_base=500, hidden_act="relu", use_weighted_layer_sum=True),
     dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("conformer_rotary_training", C, conformer(**ROTARY, **TRAINING, **LAYER), dict(lengths=PADDED, mask=True, labels=LABELS, train=9)),
    ("conformer_plain", C, conformer(position_embeddings_type=None), dict(lengths=[403, 9, 31], mask=True, labels=LABELS)),
    ("conformer_base_adapter", tf.Wav2Vec2ConformerModel, conformer(**LAYER, add_adapter=True, output_hidden_size=18, num_adapter_layers=2,
                                                                    conv_depthwise_kernel_size=1), dict(lengths=PADDED, mask=True)),
    ("sew_d_padded", SD, sew_d(), dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("sew_d_unmasked_sum", SD, sew_d(use_weighted_layer_sum=True, squeeze_factor=3, share_att_key=False, hidden_act="relu", conv_bias=True),
     dict(lengths=PADDED, labels=LABELS)),
    ("sew_d_content_to_position", SD, sew_d(**LAYER, share_att_key=False, pos_att_type=["c2p"], norm_rel_ebd="none", position_buckets=-1,
                                            max_position_embeddings=6, squeeze_factor=1, num_conv_pos_embeddings=9),
     dict(lengths=PADDED, mask=True, labels=LABELS)),
    ("sew_d_position_to_content", SD, sew_d(**LAYER, pos_att_type=["p2c"], feature_layer_norm_eps=1e-2, conv_dim=[16, 20, 24], position_buckets=7),
     dict(lengths=[463, 262, 31], mask=True, labels=LABELS)),
    ("sew_d_training", SD, sew_d(**TRAINING), dict(lengths=PADDED, mask=True, labels=LABELS, train=5)),
    ("sew_d_base", tf.SEWDModel, sew_d(relative_attention=False, share_att_key=False, feat_extract_activation="silu"),
     dict(lengths=PADDED, mask=True)),
    *((f"{family}_ctc_padded", kind, make(pad_token_id=2), dict(lengths=PADDED, mask=True, labels=TEXT, brief=True)) for family, (kind, make) in CTC.items()),
    *((f"{family}_ctc_training", kind, make(**TRAINING, **LAYER), dict(lengths=PADDED, mask=True, labels=TEXT, brief=True, train=3)) for family, (kind, make) in CTC.items()),
    ("wav2vec2_ctc_mean_unmasked", tf.Wav2Vec2ForCTC, w2v2(ctc_loss_reduction="mean", vocab_size=11, pad_token_id=10), dict(lengths=PADDED, labels=TEXT, brief=True)),
    ("wav2vec2_ctc_zero_infinity", tf.Wav2Vec2ForCTC, w2v2(**LAYER, ctc_zero_infinity=True), dict(lengths=[403, 31, 49], mask=True, labels=TEXT, brief=True)),
    ("wav2vec2_ctc_adapters", tf.Wav2Vec2ForCTC, w2v2(**LAYER, do_stable_layer_norm=True, adapter_attn_dim=6, add_adapter=True, output_hidden_size=18,
                                                      num_adapter_layers=1, pad_token_id=6), dict(lengths=PADDED, mask=True, labels=TEXT, brief=True)),
    ("hubert_ctc_mean", tf.HubertForCTC, hubert(ctc_loss_reduction="mean", feat_proj_layer_norm=False), dict(lengths=PADDED, labels=TEXT, brief=True)),
    ("unispeech_ctc_sum", tf.UniSpeechForCTC, unispeech(ctc_loss_reduction="sum"), dict(lengths=PADDED, mask=True, labels=TEXT, brief=True)),
    ("wavlm_ctc_adapter", tf.WavLMForCTC, wavlm(add_adapter=True, num_adapter_layers=1), dict(lengths=PADDED, mask=True, labels=TEXT, brief=True)),
    ("data2vec_ctc_adapter", tf.Data2VecAudioForCTC, data2vec(add_adapter=True, output_hidden_size=20, num_adapter_layers=1), dict(lengths=PADDED, labels=TEXT, brief=True)),
    ("sew_ctc_squeezed", tf.SEWForCTC, sew(squeeze_factor=3, num_conv_pos_embeddings=7, ctc_loss_reduction="sum"), dict(lengths=PADDED, labels=TEXT, brief=True)),
    ("wav2vec2_pretraining", tf.Wav2Vec2ForPreTraining, w2v2(**PRETRAINING), dict(lengths=PADDED, mask=True, masks=1)),
    ("wav2vec2_pretraining_few_codes", tf.Wav2Vec2ForPreTraining, w2v2(**{**PRETRAINING, **LAYER, "num_codevectors_per_group": 2, "num_codevector_groups": 1},
                                                                       do_stable_layer_norm=True), dict(lengths=PADDED, mask=True, masks=2)),
    ("wav2vec2_pretraining_unmasked", tf.Wav2Vec2ForPreTraining, w2v2(**{**PRETRAINING, "mask_time_length": 2}, contrastive_logits_temperature=0.4,
                                                                      diversity_loss_weight=0.7), dict(lengths=PADDED, masks=3, brief=True)),
    ("wav2vec2_pretraining_outputs", tf.Wav2Vec2ForPreTraining, w2v2(**PRETRAINING, **LAYER), dict(lengths=PADDED, mask=True, brief=True)),
    ("wav2vec2_pretraining_masked_outputs", tf.Wav2Vec2ForPreTraining, w2v2(**PRETRAINING), dict(lengths=PADDED, mask=True, masks=4, states_only=True, brief=True)),
    ("wav2vec2_pretraining_training", tf.Wav2Vec2ForPreTraining,
     w2v2(**{**PRETRAINING, **LAYER, "num_codevector_groups": 3, "codevector_dim": 12, "num_negatives": 8}, do_stable_layer_norm=True, num_hidden_layers=4,
          layerdrop=0.4, feat_quantizer_dropout=0.2, hidden_dropout=0.1, attention_dropout=0.1, activation_dropout=0.1, feat_proj_dropout=0.1,
          contrastive_logits_temperature=0.3), dict(lengths=PADDED, mask=True, masks=5, train=3, temperature=0.7)),
    ("wav2vec2_pretraining_training_group", tf.Wav2Vec2ForPreTraining, w2v2(**PRETRAINING, mask_feature_prob=0.3, mask_feature_length=4, mask_feature_min_masks=1),
     dict(lengths=PADDED, masks=6, train=4, brief=True)),
    ("conformer_pretraining", tf.Wav2Vec2ConformerForPreTraining, conformer(**{**PRETRAINING, **ROTARY}), dict(lengths=PADDED, mask=True, masks=1, brief=True)),
    ("conformer_pretraining_training", tf.Wav2Vec2ConformerForPreTraining,
     conformer(**{**PRETRAINING, **LAYER}, layerdrop=0.3, num_hidden_layers=3, feat_quantizer_dropout=0.1, hidden_dropout=0.1, diversity_loss_weight=0.3),
     dict(lengths=PADDED, mask=True, masks=7, train=5, temperature=1.1)),
    ("unispeech_pretraining", tf.UniSpeechForPreTraining, unispeech(**PRETRAINING, num_ctc_classes=7), dict(lengths=PADDED, mask=True)),
    ("unispeech_pretraining_training", tf.UniSpeechForPreTraining,
     unispeech(**{**PRETRAINING, **LAYER, "final_dropout": 0.3}, do_stable_layer_norm=True, num_ctc_classes=9, replace_prob=0.2, feat_quantizer_dropout=0.1,
               layerdrop=0.2), dict(lengths=PADDED, mask=True, train=6, temperature=0.6, brief=True)),
    ("unispeech_pretraining_loss", UniSpeechPretraining, unispeech(**PRETRAINING, **LAYER), dict(lengths=PADDED, mask=True, masks=8, brief=True)),
    ("unispeech_pretraining_loss_training", UniSpeechPretraining, unispeech(**{**PRETRAINING, "final_dropout": 0.1}, contrastive_logits_temperature=0.2, layerdrop=0.2),
     dict(lengths=PADDED, mask=True, masks=9, train=7, brief=True)),
    ("unispeech_pretraining_spelling", UniSpeechPretraining, unispeech(**{**PRETRAINING, **LAYER, "final_dropout": 0.1}, num_ctc_classes=9, replace_prob=0.4),
     dict(lengths=PADDED, mask=True, masks=10, train=8, labels=[[3, 8, 1, 1], [-100] * 4, [2, 5, -100, -100]], brief=True)),
    ("unispeech_sat_pretraining", tf.UniSpeechSatForPreTraining, unispeech_sat(**PRETRAINING, num_clusters=5), dict(lengths=PADDED, mask=True)),
    ("unispeech_sat_pretraining_training", tf.UniSpeechSatForPreTraining,
     unispeech_sat(**PRETRAINING, **LAYER, do_stable_layer_norm=True, num_clusters=3, feat_quantizer_dropout=0.3), dict(lengths=PADDED, mask=True, train=8, brief=True)),
    ("ast_single", A, ast(), dict(labels=[3, 0, 2])),
    ("ast_one_band", A, ast(patch_size=20, frequency_stride=20, time_stride=4, qkv_bias=False, hidden_act="gelu_pytorch_tanh"),
     dict(labels=[3, -100, 2], items=7.0)),
    ("ast_regression", A, ast(num_labels=1, layer_norm_eps=1e-6), dict(labels=[0.5, -1.0, 2.0])),
    ("ast_multi_label", A, ast(hidden_act="silu"), dict(labels=[[1.0, 0, 0, 1], [0, 0, 0, 0], [0, 1, 1, 1]])),
    ("whisper", WH, whisper(), dict(labels=[3, 0, 2])),
    ("whisper_128_sum", WH, whisper(num_mel_bins=128, use_weighted_layer_sum=True, encoder_layers=3, encoder_attention_heads=4, activation_function="relu",
                                    scale_embedding=True), dict(labels=[3, -100, 2])),
    ("whisper_odd", WH, whisper(num_mel_bins=13, d_model=30, encoder_attention_heads=5, encoder_ffn_dim=17, max_source_positions=7,
                                activation_function="gelu_new", num_labels=1), dict(labels=[0, 0, 0])),
    ("whisper_training", WH, whisper(encoder_layers=5, encoder_layerdrop=0.4, num_mel_bins=20, apply_spec_augment=True, mask_time_prob=0.3),
     dict(labels=LABELS, train=3)),
    ("whisper_sum_training", WH, whisper(encoder_layers=4, encoder_layerdrop=0.3, num_mel_bins=20, use_weighted_layer_sum=True,
                                         activation_function="silu"), dict(labels=LABELS, train=12)),
    ("whisper_base", WhisperModel, whisper(num_mel_bins=17, max_source_positions=11, activation_function="quick_gelu"), dict()),
    ("mctct_ctc_padded", MCTCTForCTC, mctct(), dict(lengths=[26, 17, 19], mask=True, labels=TEXT)),
    ("mctct_ctc_far", MCTCTForCTC, mctct(max_position_embeddings=3, ctc_loss_reduction="mean", hidden_act="gelu", layer_norm_eps=1e-3, conv_kernel=[4],
                                         conv_stride=[2], pad_token_id=6), dict(lengths=[26, 26, 26], labels=TEXT)),
    ("mctct_ctc_two_convolutions", MCTCTForCTC, mctct(num_conv_layers=2, conv_kernel=[5, 3], conv_stride=[1, 2], conv_channels=[36, 18], input_channels=2,
                                                      ctc_zero_infinity=True), dict(lengths=[26, 2, 11], mask=True, labels=TEXT)),
    ("mctct_ctc_training", MCTCTForCTC, mctct(num_hidden_layers=5, layerdrop=0.4, hidden_dropout_prob=0.2, attention_probs_dropout_prob=0.1, conv_dropout=0.3),
     dict(lengths=[26, 17, 19], mask=True, labels=TEXT, train=3)),
    ("mctct_base", MCTCTModel, mctct(num_hidden_layers=3), dict(lengths=[31, 4, 1], mask=True)),
    ("ast_base", tf.ASTModel, ast(num_mel_bins=13, time_stride=7), dict()),
]


def mask_of(options):
    lengths = torch.tensor(options["lengths"])
    return dict(attention_mask=(torch.arange(int(lengths.max()))[None] < lengths[:, None]).long()) if options.get("mask") else {}


def inputs_of(config, options):
    if "lengths" not in options:
        whisper = isinstance(config, tf.WhisperConfig)
        shape = (3, config.num_mel_bins, 2 * config.max_source_positions) if whisper else (3, config.max_length, config.num_mel_bins)
        name = "input_features" if whisper else "input_values"
        return {name: torch.from_numpy(formula(90001, int(np.prod(shape))).astype(np.float32)).view(shape)}
    lengths = options["lengths"]
    if isinstance(config, MCTCTConfig):
        bins = config.input_feat_per_channel * config.input_channels
        rows = torch.zeros(len(lengths), max(lengths), bins)
        for i, length in enumerate(lengths):
            rows[i, :length] = torch.from_numpy(formula(90001 + i, length * bins).astype(np.float32)).view(length, bins)
        return dict(input_features=rows, **mask_of(options))
    rows = torch.zeros(len(lengths), max(lengths))
    for i, length in enumerate(lengths):
        rows[i, :length] = torch.from_numpy(formula(90001 + i, length).astype(np.float32))
    return dict(input_values=rows, **mask_of(options))


def drawn(model, inputs, options):
    """What DataCollatorForWav2Vec2Pretraining of run_wav2vec2_pretraining_no_trainer.py adds to a batch."""
    frames = int(model._get_feat_extract_output_lengths(inputs["input_values"].shape[1]))
    valid = model._get_feature_vector_attention_mask(frames, inputs["attention_mask"]) if "attention_mask" in inputs else None
    shape = (len(inputs["input_values"]), frames)
    np.random.seed(options["masks"])
    masked = _compute_mask_indices(shape, model.config.mask_time_prob, model.config.mask_time_length, attention_mask=valid)
    negatives = _sample_negative_indices(shape, model.config.num_negatives, mask_time_indices=masked)
    return dict(mask_time_indices=torch.tensor(masked), sampled_negative_indices=torch.tensor(negatives, dtype=torch.long))


def digest(gradients):
    """One number a tensor instead of the tensor: its product with a formula's, which no permutation or scaling leaves as it is."""
    return torch.tensor([0.0 if g is None else float((g.double().flatten() * torch.from_numpy(formula(70001, g.numel()))).sum()) for g in gradients],
                        dtype=torch.float64)


PROJECTED = ("projected_states", "projected_quantized_states", "codevector_perplexity")


def objective(outputs):
    """The loss; where there is none something that all outputs have a part in."""
    if outputs.get("loss") is not None:
        return outputs.loss
    keys = ("logits", *PROJECTED) if "projected_states" in outputs else ("last_hidden_state",)
    states = [outputs[key] for key in keys if outputs.get(key) is not None]
    return sum((one * torch.from_numpy(formula(60001, one.numel()).astype(np.float32)).view_as(one)).sum() for one in states)


def built(kind, config):
    config._attn_implementation = "eager"
    torch.manual_seed(0)
    model = kind(config)
    model.config._attn_implementation = "eager"
    return model


def compute(model, options):
    """Everything that the model gives, what was drawn for it, and digests of its gradients."""
    config = model.config
    inputs = inputs_of(config, options)
    if options.get("indices"):
        frames = model._get_feat_extract_output_lengths(inputs["input_values"].shape[1])
        inputs["mask_time_indices"] = torch.from_numpy(formula(80001, 3 * int(frames)) > 0.4).view(3, -1)
    masks = drawn(model, inputs, options) if "masks" in options else {}
    inputs.update((key, value) for key, value in masks.items() if key == "mask_time_indices" or not options.get("states_only"))
    if "temperature" in options:
        model.set_gumbel_temperature(options["temperature"])
    if "labels" in options:
        inputs["labels"] = torch.tensor(options["labels"])
    if "items" in options:
        inputs["num_items_in_batch"] = options["items"]
    model.train("train" in options)
    if "train" in options:
        tf.set_seed(options["train"])
    inner = not options.get("brief")  # the trunk is told of by other cases
    outputs = model(**inputs, output_hidden_states=inner, output_attentions=inner)
    objective(outputs).backward()
    tensors = {"gradients": digest([p.grad for p in model.parameters()]), **masks}
    for key in ("loss", "logits", "last_hidden_state", "extract_features", "pooler_output", *PROJECTED, "contrastive_loss", "diversity_loss", "ctc_loss"):
        if outputs.get(key) is not None:
            tensors[key] = outputs[key]
    for i, state in enumerate(outputs.hidden_states or ()):
        tensors[f"hidden_states.{i}"] = state
    for i, weights in enumerate(outputs.attentions or ()):
        if weights is not None:
            tensors[f"attentions.{i}"] = weights
    if "train" in options:  # where both generators stand afterwards
        tensors["next_numpy"] = torch.tensor(np.random.rand(), dtype=torch.float64)
        tensors["next_torch"] = torch.rand([])
    return {key: tensor.detach().contiguous().clone() for key, tensor in tensors.items()}


def run(name, kind, config, options):
    model = built(kind, config)
    names = fill(model)
    save_file(compute(model, options), OUT / f"{name}.safetensors")
    fields = json.loads(config.to_json_string(use_diff=False))
    architecture = {"UniSpeechPretraining": "UniSpeechForPreTraining"}.get(kind.__name__, kind.__name__)
    fields.update(architectures=[architecture], problem_type=None)
    for key in list(fields):  # what no network reads
        if fields[key] is None and key != "position_embeddings_type" or key.startswith(("_", "tdnn", "xvector")) or key in GENERATION:
            del fields[key]
    case = dict(config=fields, architecture=architecture, names=names, **{k: v for k, v in options.items()})
    (OUT / f"{name}.json").write_text(json.dumps(case, indent=1, sort_keys=True) + "\n")
    print(f"{name:32s} {(OUT / f'{name}.safetensors').stat().st_size // 1024:4d} KiB  {sum(p.numel() for p in model.parameters())} parameters")


GENERATION = set(tf.PretrainedConfig().to_dict()) - {"pad_token_id", "id2label", "label2id", "architectures", "max_length", "model_type"}

if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        if case[0].startswith(tuple(sys.argv[1:]) or ""):
            run(*case)
