#!/usr/bin/env python3
"""Trains the same tiny models on the same clips with transformers' Trainer and with earmark-cli, and compares every step's loss, gradient norm and
learning rate, and every evaluation's loss and two figures of its kind. Pretraining is compared with a loop after run_wav2vec2_pretraining_no_trainer.py, and
there every step's contrastive loss, perplexity and temperature too.

    check_training.py --cli build/dev/bin/earmark-cli [--work FOLDER] [--device cpu|cuda] [--precision fp32|bf16|fp16] [--only TEXT]

Needs torch, transformers 4.57.6, accelerate, soundfile. Exit status 0 where every step agrees to 1e-3 (relative)."""

import argparse
import csv
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import soundfile
import torch
from safetensors.torch import load_file
from transformers import (ASTConfig, ASTFeatureExtractor, ASTForAudioClassification, DataCollatorWithPadding, EarlyStoppingCallback, HubertConfig,
                          HubertForCTC, HubertForSequenceClassification, SEWDConfig, SEWDForSequenceClassification, Trainer, TrainingArguments, Wav2Vec2Config,
                          Wav2Vec2ConformerConfig, Wav2Vec2ConformerForPreTraining, Wav2Vec2ConformerForSequenceClassification, Wav2Vec2CTCTokenizer,
                          Wav2Vec2FeatureExtractor, Wav2Vec2ForCTC, Wav2Vec2ForPreTraining, Wav2Vec2ForSequenceClassification, WavLMConfig, WavLMForCTC,
                          WavLMForSequenceClassification, WhisperConfig, WhisperFeatureExtractor,
                          WhisperForAudioClassification, get_scheduler, set_seed)
from transformers.models.wav2vec2.modeling_wav2vec2 import _compute_mask_indices, _sample_negative_indices

RATE, STEPS, BATCH, ACCUMULATION, SEED, TRAIN = 16000, 40, 3, 2, 7, 22
LABELS = ["high", "low", "noise"]
SEVERAL = {"high": "high|noise", "low": "low", "noise": "noise|low"}  # labels of clips that have several
NUMBERS = {"high": (1.5, -0.5), "low": (-2.0, 0.25), "noise": (0.5, 3.0)}  # pitch, roughness
TEXTS = {"high": "up high", "low": "low", "noise": "no one"}
VOCABULARY = ["<pad>", "<s>", "</s>", "<unk>", "|", *"eghilnopuw"]
SPEECH = dict(hidden_size=32, num_hidden_layers=3, num_attention_heads=4, intermediate_size=48, conv_dim=(16, 16, 24), conv_kernel=(10, 8, 4),
              conv_stride=(5, 4, 2), num_feat_extract_layers=3, num_conv_pos_embeddings=8, num_conv_pos_embedding_groups=4, classifier_proj_size=16,
              hidden_dropout=0.0, activation_dropout=0.0, attention_dropout=0.0, feat_proj_dropout=0.0, final_dropout=0.0, layerdrop=0.0,
              apply_spec_augment=False)


def numbers_of(name, label):
    """Two numbers that differ from clip to clip."""
    return [value + int(name[4:6]) / 16 for value in NUMBERS[label]]


def clips(folder):
    """Clips of unequal length: every epoch ends with a short batch. The last eight are for evaluations."""
    rng = np.random.default_rng(3)
    rows = []
    for i in range(30):
        time = np.arange(int(RATE * (0.2 + 0.25 * rng.random()))) / RATE
        label = LABELS[i % 3]
        tone = {"high": 0.5 * np.sin(2 * np.pi * 2000 * time), "low": 0.5 * np.sin(2 * np.pi * 200 * time), "noise": 0}[label]
        name = f"clip{i:02}.wav"
        soundfile.write(folder / name, (tone + 0.1 * rng.standard_normal(len(time))).astype(np.float32), RATE, subtype="FLOAT")
        rows.append((name, label))
    with open(folder / "clips.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file_name", "label", "split", "text", "several", "pitch", "roughness"])
        writer.writerows((*row, "train" if i < TRAIN else "validation", TEXTS[row[1]], SEVERAL[row[1]], *numbers_of(*row)) for i, row in enumerate(rows))
    return rows


def perturb(model):
    """Norms and biases away from their ones and zeros."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 1:
                parameter.add_(0.1 * torch.randn_like(parameter))


def freeze_below(model, layers):
    """The lowest layers of the encoder and all that is below them."""
    base = model.base_model
    below = [base.feature_extractor, base.feature_projection, base.encoder.pos_conv_embed, base.encoder.layers[:layers]]
    if not model.config.do_stable_layer_norm:
        below.append(base.encoder.layer_norm)
    for module in below:
        module.requires_grad_(False)
    if hasattr(base, "masked_spec_embed"):
        base.masked_spec_embed.requires_grad_(False)


def configurations():
    """Name, model, extractor, settings of both sides, and what only one side has: `own` settings of Earmark, `freeze` for the model upstream,
    class `weights`, the `problem` where it is not one label a clip, a random `crop` in seconds, the step `until` which a first run goes, `patience` of early stopping."""
    labels = dict(id2label=dict(enumerate(LABELS)), label2id={label: i for i, label in enumerate(LABELS)})
    plain = Wav2Vec2FeatureExtractor(return_attention_mask=False)
    masked = Wav2Vec2FeatureExtractor(return_attention_mask=True)
    spectrum = ASTFeatureExtractor(num_mel_bins=32, max_length=64)
    augmented = dict(SPEECH, apply_spec_augment=True, mask_time_prob=0.3, mask_time_length=4, mask_feature_prob=0.2, mask_feature_length=4, layerdrop=0.3)
    yield "wav2vec2", Wav2Vec2ForSequenceClassification(Wav2Vec2Config(**SPEECH, **labels)), plain, {}
    yield ("wav2vec2, layer norm, SpecAugment, layer drop", Wav2Vec2ForSequenceClassification(
        Wav2Vec2Config(**dict(augmented, feat_extract_norm="layer", do_stable_layer_norm=True, conv_bias=True), **labels)), masked, {"weight_decay": 0.1})
    yield "hubert", HubertForSequenceClassification(HubertConfig(**SPEECH, **labels)), plain, {"lr_scheduler_type": "cosine", "label_smoothing_factor": 0.1}
    yield ("hubert, dropouts, group by length", HubertForSequenceClassification(
        HubertConfig(**dict(augmented, hidden_dropout=0.1, attention_dropout=0.1, activation_dropout=0.1, feat_proj_dropout=0.1), **labels)),
        plain, {"group_by_length": True, "eval_strategy": "steps", "eval_steps": 7, "per_device_eval_batch_size": 3})
    yield "ast", ASTForAudioClassification(ASTConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48, num_mel_bins=32, max_length=64, patch_size=8, frequency_stride=6,
        time_stride=6, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, **labels)), spectrum, {"weight_decay": 0.05, "warmup_steps": 0}
    yield "wav2vec2, gone on to a later end", Wav2Vec2ForSequenceClassification(Wav2Vec2Config(**augmented, **labels)), plain, {}, {"until": 21}
    yield ("wav2vec2, lowest layers frozen, checkpointing", Wav2Vec2ForSequenceClassification(
        Wav2Vec2Config(**dict(augmented, hidden_dropout=0.1, attention_dropout=0.1), **labels)), plain, {"gradient_checkpointing": True},
        {"own": {"freeze_layers": 1}, "freeze": lambda model: freeze_below(model, 1)})
    yield ("hubert, class weights, random crops", HubertForSequenceClassification(HubertConfig(**SPEECH, **labels)), masked, {},
           {"own": {"class_weights": "balanced", "train_length": "random_crop", "max_length_seconds": 0.3}, "weights": True, "crop": 0.3})
    yield ("wav2vec2, best model, early stopping", Wav2Vec2ForSequenceClassification(Wav2Vec2Config(**SPEECH, **labels)), plain,
           {"eval_strategy": "steps", "eval_steps": 4, "save_strategy": "steps", "save_steps": 4, "save_total_limit": 1, "load_best_model_at_end": True,
            "metric_for_best_model": "macro_f1", "learning_rate": 3e-3}, {"patience": 3, "own": {"early_stopping_patience": 3}})
    yield "distilhubert's shape", HubertForSequenceClassification(
        HubertConfig(**dict(SPEECH, num_hidden_layers=2, feat_proj_layer_norm=False), **labels)), plain, {"lr_scheduler_type": "polynomial"}
    dropouts = dict(hidden_dropout=0.1, attention_dropout=0.1, activation_dropout=0.1, feat_proj_dropout=0.1)
    yield ("wavlm, SpecAugment, layer drop, dropouts", WavLMForSequenceClassification(
        WavLMConfig(**dict(augmented, **dropouts, mask_feature_min_masks=0, num_buckets=20, max_bucket_distance=40), **labels)), masked, {"weight_decay": 0.1})
    # With gradient checkpointing transformers takes ever more memory for WavLM (its position bias is computed again in each layer), so not here.
    yield ("wavlm, stable", WavLMForSequenceClassification(
        WavLMConfig(**dict(augmented, feat_extract_norm="layer", do_stable_layer_norm=True, conv_bias=True, use_weighted_layer_sum=True,
                           mask_feature_min_masks=0), **labels)), masked, {})
    yield ("sew-d, SpecAugment, dropouts", SEWDForSequenceClassification(
        SEWDConfig(**dict(augmented, **dropouts, position_buckets=8, max_position_embeddings=32), **labels)), plain, {"weight_decay": 0.1})
    yield ("wav2vec2-conformer, SpecAugment, layer drop", Wav2Vec2ConformerForSequenceClassification(
        Wav2Vec2ConformerConfig(**dict(augmented, **dropouts, conv_depthwise_kernel_size=7, conformer_conv_dropout=0.1), **labels)), masked,
        {"weight_decay": 0.1})
    yield ("wav2vec2-conformer, rotary", Wav2Vec2ConformerForSequenceClassification(
        Wav2Vec2ConformerConfig(**dict(augmented, position_embeddings_type="rotary", feat_extract_norm="layer", conv_bias=True, hidden_act="swish",
                                       conformer_conv_dropout=0.0), **labels)), masked, {})
    shape = dict(d_model=32, encoder_layers=3, encoder_attention_heads=4, encoder_ffn_dim=48, max_source_positions=50, classifier_proj_size=16,
                 encoder_layerdrop=0.3, decoder_layers=1, decoder_attention_heads=1, decoder_ffn_dim=8, vocab_size=8, pad_token_id=0, bos_token_id=1,
                 eos_token_id=2, decoder_start_token_id=1, begin_suppress_tokens=None)
    second = WhisperFeatureExtractor(chunk_length=1)
    yield ("whisper, layer drop, dropouts", WhisperForAudioClassification(
        WhisperConfig(**dict(shape, dropout=0.1, attention_dropout=0.1, activation_dropout=0.1), **labels)), second, {"weight_decay": 0.1})
    yield ("whisper, layer sum, 128 mel, checkpointing", WhisperForAudioClassification(
        WhisperConfig(**dict(shape, num_mel_bins=128, use_weighted_layer_sum=True, dropout=0.1), **labels)),
        WhisperFeatureExtractor(chunk_length=1, feature_size=128), {"gradient_checkpointing": True})
    yield ("whisper, encoder frozen", WhisperForAudioClassification(WhisperConfig(**shape, **labels)), second, {},
           {"own": {"freeze_base_model": True}, "freeze": lambda model: model.freeze_encoder()})
    shape = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48, num_mel_bins=32, max_length=64, patch_size=8,
                 frequency_stride=6, time_stride=6, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    targets = dict(id2label={0: "pitch", 1: "roughness"}, label2id={"pitch": 0, "roughness": 1})
    watched = {"eval_strategy": "steps", "eval_steps": 10}
    several, regression = ({"problem": problem, "own": {"problem_type": problem}} for problem in ("multi_label_classification", "regression"))
    yield "ast, several labels", ASTForAudioClassification(ASTConfig(problem_type="multi_label_classification", **shape, **labels)), spectrum, watched, several
    yield "ast, numbers", ASTForAudioClassification(ASTConfig(problem_type="regression", **shape, **targets)), spectrum, watched, regression
    yield ("ast, one number", ASTForAudioClassification(ASTConfig(problem_type="regression", id2label={0: "pitch"}, label2id={"pitch": 0}, **shape)), spectrum,
           watched, {"problem": "regression", "own": {"problem_type": "regression", "target_names": "pitch"}})
    yield "wav2vec2, several labels", Wav2Vec2ForSequenceClassification(Wav2Vec2Config(**augmented, **labels)), masked, watched, several
    yield "hubert, numbers", HubertForSequenceClassification(HubertConfig(**SPEECH, **targets)), plain, watched, regression
    text = dict(vocab_size=len(VOCABULARY), pad_token_id=0, bos_token_id=1, eos_token_id=2)
    watched = {"weight_decay": 0.1, "eval_strategy": "steps", "eval_steps": 10}
    yield ("ctc: wav2vec2, SpecAugment, layer drop, dropouts", Wav2Vec2ForCTC(Wav2Vec2Config(**{**augmented, **dropouts, **text, "final_dropout": 0.1})), masked,
           watched)
    yield ("ctc: hubert, mean, group norm without mask", HubertForCTC(HubertConfig(**{**augmented, **text, "ctc_loss_reduction": "mean"})), plain,
           {**watched, "group_by_length": True})
    yield ("ctc: wavlm, stable", WavLMForCTC(WavLMConfig(**{**augmented, **text, "feat_extract_norm": "layer", "do_stable_layer_norm": True, "conv_bias": True,
                                                         "mask_feature_min_masks": 0})), masked, watched)


    sound = dict(num_codevectors_per_group=12, codevector_dim=16, proj_codevector_dim=16, num_negatives=20, feat_quantizer_dropout=0.1)
    alone = {"gradient_accumulation_steps": 1, "weight_decay": 0.01, "eval_strategy": "steps", "eval_steps": 10, "max_grad_norm": 0}
    hot = {"mask_time_prob": 0.5, "mask_time_length": 4, "max_gumbel_temperature": 2.0, "min_gumbel_temperature": 0.5, "gumbel_temperature_decay": 0.95,
           "min_duration_in_seconds": 0}
    yield ("pretraining: wav2vec2, layer drop, dropouts", Wav2Vec2ForPreTraining(Wav2Vec2Config(
        **{**augmented, **dropouts, **sound, "mask_feature_prob": 0.0, "feat_extract_norm": "layer", "do_stable_layer_norm": True, "conv_bias": True})), masked,
        alone, {"own": hot})
    yield ("pretraining: wav2vec2, group norm, accumulation, clipped", Wav2Vec2ForPreTraining(Wav2Vec2Config(**{**augmented, **sound})), plain,
           {**alone, "gradient_accumulation_steps": 2, "max_grad_norm": 1.0}, {"own": hot})
    yield ("pretraining: wav2vec2-conformer, layer drop, dropouts", Wav2Vec2ConformerForPreTraining(Wav2Vec2ConformerConfig(
        **{**augmented, **dropouts, **sound, "mask_feature_prob": 0.0, "conv_depthwise_kernel_size": 7, "conformer_conv_dropout": 0.1})), masked, alone, {"own": hot})


SETTINGS = {"max_steps": STEPS, "per_device_train_batch_size": BATCH, "gradient_accumulation_steps": ACCUMULATION, "learning_rate": 1e-3,
            "warmup_steps": 5, "seed": SEED, "logging_steps": 1, "save_strategy": "no"}


def edits(wanted, found):
    row = list(range(len(found) + 1))
    for i, one in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for k, other in enumerate(found, 1):
            diagonal, row[k] = row[k], min(diagonal + (one != other), row[k] + 1, row[k - 1] + 1)
    return row[-1]


def error_rates(tokenizer):
    """Word and character error rate, as the recognition example hands texts to them."""
    def rates(prediction):
        labels = np.where(prediction.label_ids == -100, tokenizer.pad_token_id, prediction.label_ids)
        found = tokenizer.batch_decode(prediction.predictions.argmax(-1))
        wanted = tokenizer.batch_decode(labels, group_tokens=False)
        return {name: sum(edits(split(a), split(b)) for a, b in zip(wanted, found)) / sum(len(split(a)) for a in wanted)
                for name, split in (("wer", str.split), ("cer", list))}
    return rates


def metrics(prediction):
    guessed, true = prediction.predictions.argmax(-1), prediction.label_ids
    f1 = []
    for label in range(len(LABELS)):
        hits = np.sum((guessed == label) & (true == label))
        f1.append(2 * hits / max(1, np.sum(guessed == label) + np.sum(true == label)))
    return {"accuracy": np.mean(guessed == true), "macro_f1": np.mean(f1)}


def several_metrics(prediction):
    found, true = torch.sigmoid(torch.tensor(prediction.predictions)).numpy() >= 0.5, prediction.label_ids > 0
    hits = np.sum(found & true, axis=0)
    return {"accuracy": np.mean(np.all(found == true, axis=1)), "macro_f1": np.mean(2 * hits / np.maximum(1, found.sum(axis=0) + true.sum(axis=0)))}


def number_metrics(prediction):
    error = prediction.predictions.reshape(prediction.label_ids.shape) - prediction.label_ids
    return {"mse": np.mean(error**2), "mae": np.mean(np.abs(error))}


class Recorder(Trainer):
    """The numbers of the log before it rounds them; the figures of each evaluation (plus one: they may be 0). `loss` stands in for that of a class which
    computes cross entropy whatever its problem_type says."""
    steps, evaluations, group, loss = [], [], 0.0, None

    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        if self.loss is None:
            return super().compute_loss(model, inputs, return_outputs, num_items_in_batch)
        labels = inputs.pop("labels")
        outputs = model(**inputs)
        loss = self.loss(outputs.logits, labels)
        return (loss, outputs) if return_outputs else loss

    def training_step(self, *args, **kwargs):
        loss = super().training_step(*args, **kwargs)
        self.group += loss.item()
        return loss

    def log(self, logs, *args, **kwargs):
        if "grad_norm" in logs:
            self.steps.append((self.group, logs["grad_norm"], logs["learning_rate"]))
            self.group = 0.0
        if "eval_loss" in logs:
            self.evaluations.append(figures(logs))


def figures(logs):
    kinds = ("eval_wer", "eval_cer"), ("eval_mse", "eval_mae"), ("eval_accuracy", "eval_macro_f1")
    first, second = next(names for names in kinds if names[0] in logs)
    return logs["eval_loss"], 1 + logs[first], 1 + logs[second]


def padded_texts(extractor):
    """The collator of the recognition example."""
    def collate(items):
        batch = extractor.pad([{k: v for k, v in item.items() if k != "labels"} for item in items], padding=True, return_tensors="pt")
        longest = max(len(item["labels"]) for item in items)
        batch["labels"] = torch.tensor([item["labels"] + [-100] * (longest - len(item["labels"])) for item in items])
        return batch
    return collate


def upstream(folder, extractor, rows, settings, device, precision, out, special):
    architecture = architecture_of(folder)
    if architecture.endswith("ForPreTraining"):
        return pretrain(folder, extractor, rows, {**settings, **special["own"]}, out)
    input_name = extractor.model_input_names[0]
    tokenizer = Wav2Vec2CTCTokenizer.from_pretrained(folder) if architecture.endswith("ForCTC") else None

    problem = special.get("problem")
    names = list(json.loads((folder / "config.json").read_text()).get("id2label", {}).values())

    def wanted(name, label):
        if problem == "multi_label_classification":
            return [float(one in SEVERAL[label].split("|")) for one in LABELS]
        if problem == "regression":
            return [value for target, value in zip(("pitch", "roughness"), numbers_of(name, label)) if target in names]
        return tokenizer(TEXTS[label]).input_ids if tokenizer else LABELS.index(label)

    def item(samples, labels):
        return {input_name: extractor(samples, sampling_rate=RATE)[input_name][0], "labels": labels}

    class Rows(torch.utils.data.Dataset):
        def __init__(self, rows, crop=None):
            self.clips = [(soundfile.read(folder.parent / name, dtype="float32")[0], wanted(name, label)) for name, label in rows]
            self.crop = round(RATE * crop) if crop else None
            self.items = [item(*clip) for clip in self.clips]

        def __len__(self):
            return len(self.items)

        def __getitem__(self, index):
            samples, labels = self.clips[index]
            if not self.crop or len(samples) <= self.crop:
                return self.items[index]
            offset = random.randint(0, len(samples) - self.crop - 1)  # random_subsample of run_audio_classification.py
            return item(samples[offset : offset + self.crop], labels)

    def run(changes, resume):
        kind = getattr(__import__("transformers"), architecture)
        model = kind.from_pretrained(folder, attn_implementation="sdpa" if kind._supports_sdpa else "eager")
        special.get("freeze", lambda model: None)(model)
        arguments = TrainingArguments(output_dir=out, report_to=[], disable_tqdm=True, use_cpu=device == "cpu", tf32=False if device == "cuda" else None,
                                      bf16=precision == "bf16", fp16=precision == "fp16", remove_unused_columns=False, **{**settings, **changes})
        recorder = Recorder(model=model, args=arguments, train_dataset=Rows(rows[:TRAIN], special.get("crop")), eval_dataset=Rows(rows[TRAIN:]),
                            data_collator=padded_texts(extractor) if tokenizer else DataCollatorWithPadding(extractor), processing_class=extractor,
                            compute_metrics=error_rates(tokenizer) if tokenizer else {None: metrics, "regression": number_metrics}.get(problem, several_metrics),
                            callbacks=[EarlyStoppingCallback(special["patience"])] if "patience" in special else [])
        if special.get("weights"):
            counts = np.bincount([LABELS.index(label) for _, label in rows[:TRAIN]])
            weights = torch.tensor(TRAIN / (len(LABELS) * counts), dtype=torch.float32)
            recorder.loss = lambda logits, labels: torch.nn.functional.cross_entropy(logits, labels, weights.to(logits.device))
        if problem and architecture != "ASTForAudioClassification":
            recorder.loss = {"regression": torch.nn.functional.mse_loss}.get(problem, torch.nn.functional.binary_cross_entropy_with_logits)
        recorder.steps, recorder.evaluations, recorder.group = [], [], 0.0
        recorder.train(resume_from_checkpoint=resume)
        recorder.save_model(out)
        return recorder.steps, recorder.evaluations

    parts = [run(changes, resume) for changes, resume in stretches(special)]
    return [row for part in parts for row in part[0]] + [row for part in parts for row in part[1]]


def architecture_of(folder):
    return json.loads((folder / "config.json").read_text())["architectures"][0]


def pretrain(folder, extractor, rows, s, out):
    """After run_wav2vec2_pretraining_no_trainer.py of 4.57: its collator, temperature and figures; Trainer's order of rows, decay set and clipping. With
    accumulation a group's gradient is divided by the group's masked frames (there each batch divides again what those before it left)."""
    kind = getattr(__import__("transformers"), architecture_of(folder))
    model = kind.from_pretrained(folder, attn_implementation="sdpa" if kind._supports_sdpa else "eager")
    clips = [{"input_values": extractor(soundfile.read(folder.parent / name, dtype="float32")[0], sampling_rate=RATE).input_values[0]} for name, _ in rows]
    decays = Trainer.get_decay_parameter_names(None, model)
    groups = [{"params": [p for n, p in model.named_parameters() if (n in decays) == decayed], "weight_decay": s["weight_decay"] if decayed else 0.0} for decayed in (True, False)]
    optimiser = torch.optim.AdamW(groups, lr=s["learning_rate"], fused=True)
    schedule = get_scheduler("linear", optimiser, s["warmup_steps"], s["max_steps"])

    def collate(items):
        batch = extractor.pad(items, padding=True, return_tensors="pt")
        frames = int(model._get_feat_extract_output_lengths(batch["input_values"].shape[-1]))
        valid = model._get_feature_vector_attention_mask(frames, batch["attention_mask"]) if "attention_mask" in batch else None
        shape = (len(items), frames)
        masked = _compute_mask_indices(shape, s["mask_time_prob"], s["mask_time_length"], attention_mask=valid)
        batch["mask_time_indices"] = torch.tensor(masked)
        batch["sampled_negative_indices"] = torch.tensor(_sample_negative_indices(shape, model.config.num_negatives, mask_time_indices=masked), dtype=torch.long)
        return batch

    def judge():
        sums = np.zeros(4)
        model.eval()
        for batch in torch.utils.data.DataLoader(clips[TRAIN:], batch_size=8, collate_fn=collate):
            with torch.no_grad():
                outputs = model(**batch)
            count = batch["mask_time_indices"].sum().item()
            sums += [outputs.loss.item(), outputs.contrastive_loss.item(), count * outputs.codevector_perplexity.item(), count]
        model.train()
        return tuple(sums[:3] / sums[3])

    set_seed(SEED)
    model.train()
    steps, figures, evaluations, epoch = [], [], [], 0
    while len(steps) < s["max_steps"]:
        order = torch.randperm(TRAIN, generator=torch.Generator().manual_seed(SEED + epoch)).tolist()
        loader = torch.utils.data.DataLoader([clips[i] for i in order], batch_size=s["per_device_train_batch_size"], collate_fn=collate)
        epoch, group = epoch + 1, []
        for number, batch in enumerate(loader, 1):
            temperature = max(s["max_gumbel_temperature"] * s["gumbel_temperature_decay"] ** max(0, len(steps) - 1), s["min_gumbel_temperature"])
            model.set_gumbel_temperature(temperature)
            outputs = model(**batch)
            outputs.loss.backward()
            group.append((outputs.loss.item(), outputs.contrastive_loss.item(), outputs.codevector_perplexity.item(), batch["mask_time_indices"].sum().item()))
            if len(group) < s["gradient_accumulation_steps"] and number < len(loader):
                continue
            loss, contrast, perplexity, count = np.sum(group, axis=0)
            gradients = [p.grad for p in model.parameters() if p.grad is not None]
            torch._foreach_mul_(gradients, 1 / count)
            norm = torch.nn.utils.clip_grad_norm_(model.parameters(), s["max_grad_norm"] or float("inf"))
            steps.append((loss / count, norm.item(), schedule.get_last_lr()[0]))
            figures.append((contrast / count, perplexity / len(group), temperature))
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            group = []
            if len(steps) % s["eval_steps"] == 0:
                evaluations.append(judge())
            if len(steps) == s["max_steps"]:
                break
    model.save_pretrained(out)
    return steps + figures + evaluations


def stretches(special):
    """One run, or one to an earlier end and one that goes on from there."""
    if "until" not in special:
        return [({}, False)]
    return [({"max_steps": special["until"], "save_strategy": "steps"}, False), ({"save_strategy": "steps"}, True)]


def earmark(cli, projects, folder, settings, device, precision, out, special):
    project = projects[special.get("problem") == "multi_label_classification"]
    parts = [train(cli, project, folder, {**settings, **changes, **special.get("own", {})}, device, precision, out, resume)
             for changes, resume in stretches(special)]
    return [row for part in parts for row in part[0]] + [row for part in parts for row in part[1]]


def train(cli, project, folder, settings, device, precision, out, resume):
    command = [cli, "train", "--project", project, "--base", folder, "--out", out, "--device", device, "--json"] + (["--resume"] if resume else [])
    own = {"train_length": "whole", "freeze_feature_encoder": "false"}
    pretraining = architecture_of(folder).endswith("ForPreTraining")
    if (folder / "vocab.json").exists() or pretraining:
        command += ["--task", "pretraining" if pretraining else "ctc"]
    if precision != "fp32":
        own[precision] = "true"
    if device == "cuda":
        own["tf32"] = "false"
    for key, value in {**own, **settings}.items():
        command += ["--set", f"{key}={str(value).lower() if isinstance(value, bool) else value}"]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"earmark-cli failed ({done.returncode}): {done.stderr}")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    steps = [(e["loss"], e["grad_norm"], e["learning_rate"]) for e in events if e["event"] == "step"]
    if pretraining:
        steps += [(e["constrast_loss"], e["ppl"], e["temp"]) for e in events if e["event"] == "step"]
        return steps, [(e["eval_loss"], e["eval_contrastive_loss"], e["eval_perplexity"]) for e in events if e["event"] == "evaluate"]
    return steps, [figures(e) for e in events if e["event"] == "evaluate"]


def weights_differ(ours, theirs):
    """The largest difference between the saved weights; key projections' biases have gradients of rounding size only, which Adam blows up."""
    a, b = load_file(ours / "model.safetensors"), load_file(theirs / "model.safetensors")
    if a.keys() != b.keys():
        sys.exit(f"other weights were saved: {sorted(a.keys() ^ b.keys())}")
    return max((a[key] - b[key]).abs().max().item() for key in a if not key.endswith(("k_proj.bias", "key.bias")))


def worst(ours, theirs):
    """Largest relative difference of each column."""
    a, b = np.array(ours, dtype=np.float64), np.array(theirs, dtype=np.float64)
    return np.max(np.abs(a - b) / np.maximum(np.abs(b), 1e-8), axis=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--work")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", default="fp32")
    parser.add_argument("--tolerance", type=float, default=1e-3)
    parser.add_argument("--only", default="", help="configurations whose name holds this")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    work = pathlib.Path(arguments.work or tempfile.mkdtemp())
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    rows = clips(work)
    projects = work / "clips.earmark", work / "several.earmark"
    for project, column in zip(projects, ("label", "several")):
        subprocess.run([arguments.cli, "import", work / "clips.csv", "--project", project, "--format", "csv", "--file-column", "file_name", "--label-column", column,
                        "--label-separator", "|", "--split-column", "split", "--text-column", "text", "--number-column", "pitch", "--number-column",
                        "roughness"], check=True, capture_output=True)
    failed = False
    print(f"{'configuration':46} rows       loss  grad_norm       rate    weights   (largest relative difference; of the weights absolute)")
    torch.manual_seed(1)
    for number, (name, model, extractor, changes, *special) in enumerate(configurations()):
        special = special[0] if special else {}
        perturb(model)
        if arguments.only not in name:
            continue
        folder = work / f"model{number}"
        model.save_pretrained(folder)
        extractor.save_pretrained(folder)
        if "ForCTC" in type(model).__name__:
            (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(VOCABULARY)}))
            Wav2Vec2CTCTokenizer(folder / "vocab.json").save_pretrained(folder)
        settings = {**SETTINGS, **changes}
        theirs = upstream(folder, extractor, rows, settings, arguments.device, arguments.precision, work / f"upstream{number}", special)
        ours = earmark(arguments.cli, projects, folder, settings, arguments.device, arguments.precision, work / f"run{number}", special)
        if len(ours) != len(theirs) or (len(ours) < STEPS and "patience" not in special):
            sys.exit(f"{name}: {len(ours)} steps here, {len(theirs)} there")
        differences = worst(ours, theirs)
        weights = weights_differ(work / f"run{number}", work / f"upstream{number}")
        good = bool(np.all(differences < arguments.tolerance)) and weights < arguments.tolerance
        failed |= not good
        print(f"{name:46} {len(ours):5} {differences[0]:9.1e} {differences[1]:10.1e} {differences[2]:10.1e} {weights:10.1e}   {'agrees' if good else 'DIFFERS'}")
        if arguments.verbose or not good:
            for step, (a, b) in enumerate(zip(ours, theirs), 1):
                print(f"    {step:3} {a[0]:.6f} {b[0]:.6f}  {a[1]:.6f} {b[1]:.6f}  {a[2]:.3e} {b[2]:.3e}")
    sys.exit(failed)


main()
