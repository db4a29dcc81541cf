#!/usr/bin/env python3
"""Compares `earmark-cli outputs` and `classify` with transformers on many small random models, and loads in transformers what Earmark saves.

    tests/bench/parity.py --cli build/dev/bin/earmark-cli [--count 40] [--seed 1] [--families wav2vec2,ast] [--device cpu] [--keep FOLDER]

Needs torch, transformers 4.57, soundfile, safetensors. Every model gets random settings, odd shapes, and random values for each norm's weight and
bias and every running statistic; clips of different lengths make one padded batch. Prints the largest difference of each kind of tensor for each
model, and of the scores from those of the pipeline, and exits with 1 where one is above the tolerance. Some random models blow rounding up (a norm over values that are nearly equal): there a
difference may be ten times as large as the one between transformers in float32 and in float64, and is told as such.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import numpy as np
import soundfile
import torch
import transformers as tf
from safetensors.torch import load_file

ACTIVATIONS = ["gelu", "relu", "gelu_new", "gelu_fast", "quick_gelu", "silu", "swish", "tanh", "gelu_pytorch_tanh", "gelu_python", "mish"]


def speech_settings(draw, family):
    layers = draw.randint(1, 4)
    heads = draw.choice([1, 2, 4])
    groups = draw.choice([1, 2, 4])
    stable = draw.random() < 0.5
    settings = dict(
        hidden_size=heads * groups * draw.randint(2, 9), num_hidden_layers=draw.randint(1, 3), num_attention_heads=heads,
        intermediate_size=draw.randint(5, 70), hidden_act=draw.choice(ACTIVATIONS), feat_extract_activation=draw.choice(ACTIVATIONS),
        feat_extract_norm=draw.choice(["group", "layer"]), conv_bias=draw.random() < 0.5, conv_dim=[draw.randint(3, 40) for _ in range(layers)],
        conv_kernel=[draw.randint(2, 11)] + [draw.randint(1, 4) for _ in range(layers - 1)],
        conv_stride=[draw.randint(3, 9)] + [draw.randint(1, 3) for _ in range(layers - 1)],
        num_conv_pos_embeddings=draw.randint(2, 40), num_conv_pos_embedding_groups=groups, do_stable_layer_norm=stable,
        layer_norm_eps=draw.choice([1e-5, 1e-3, 1e-7]), use_weighted_layer_sum=draw.random() < 0.3, classifier_proj_size=draw.randint(3, 30),
        num_labels=draw.randint(1, 6), mask_time_prob=draw.choice([0.0, 0.05]))
    if draw.random() < 0.1:  # a real positional convolution: the path by way of the frequency domain
        settings.update(hidden_size=64, num_attention_heads=4, num_conv_pos_embeddings=128, num_conv_pos_embedding_groups=4)
    if stable and draw.random() < 0.5:
        settings["adapter_attn_dim"] = draw.randint(2, 9)
    if family == "data2vec-audio":
        settings.update(num_conv_pos_embeddings=draw.randint(1, 5), conv_pos_kernel_size=draw.randint(2, 21))
    if family == "sew-d":
        settings.update(position_buckets=draw.choice([-1, 2, 5, 16]), max_position_embeddings=draw.randint(20, 60), share_att_key=draw.random() < 0.5,
                        pos_att_type=draw.choice([["p2c", "c2p"], ["p2c"], ["c2p"], []]), norm_rel_ebd=draw.choice(["layer_norm", "none"]),
                        relative_attention=draw.random() < 0.8)
    if family in ("sew", "sew-d"):  # an attention mask and the layers' sum exclude each other, see make()
        settings.update(squeeze_factor=draw.randint(1, 4))
        if draw.random() < 0.3:
            settings["conv_dim"][-1] = settings["hidden_size"]
    if family == "wav2vec2-conformer":
        settings.update(position_embeddings_type=draw.choice(["relative", "relative", "rotary", None]), rotary_embedding_base=draw.choice([100, 10000]),
                        conv_depthwise_kernel_size=2 * draw.randint(0, 15) + 1, hidden_size=2 * settings["hidden_size"])
    if family == "wavlm":
        settings.update(num_buckets=draw.randint(4, 60), max_bucket_distance=draw.randint(20, 900))
    if family == "hubert":
        settings.update(feat_proj_layer_norm=draw.random() < 0.5, conv_pos_batch_norm=draw.random() < 0.4)
        if draw.random() < 0.25:  # the shape of ntu-spml/distilhubert
            settings.update(num_hidden_layers=2, feat_extract_norm="group", conv_bias=False, do_stable_layer_norm=False, adapter_attn_dim=None,
                            feat_proj_layer_norm=False, conv_pos_batch_norm=False)
    return settings


def ast_settings(draw):
    heads, patch = draw.choice([1, 2, 4]), draw.randint(2, 14)
    return dict(hidden_size=heads * draw.randint(2, 12), num_hidden_layers=draw.randint(1, 3), num_attention_heads=heads,
                intermediate_size=draw.randint(5, 70), hidden_act=draw.choice(ACTIVATIONS), patch_size=patch, frequency_stride=draw.randint(1, 14),
                time_stride=draw.randint(2, 14), max_length=draw.randint(60, 150), num_mel_bins=draw.choice([patch, draw.randint(16, 50)]),
                qkv_bias=draw.random() < 0.6, layer_norm_eps=draw.choice([1e-12, 1e-6]), num_labels=draw.randint(1, 6))


def whisper_settings(draw):
    """The configuration, and the extractor that gives as many frames."""
    heads, bins, chunk, hop = draw.choice([1, 2, 4]), draw.choice([80, 128, draw.randint(5, 60)]), draw.randint(1, 2), draw.choice([160, 200, 400, 321])
    if chunk * 16000 // hop % 2:
        hop = 400
    extractor = tf.WhisperFeatureExtractor(feature_size=bins, chunk_length=chunk, hop_length=hop, n_fft=draw.choice([400, 400, 512, 240]),
                                           padding_value=draw.choice([0.0, 0.0, 0.01]))
    return dict(d_model=2 * heads * draw.randint(2, 12), encoder_layers=draw.randint(1, 3), encoder_attention_heads=heads,
                encoder_ffn_dim=draw.randint(5, 70), activation_function=draw.choice(ACTIVATIONS), num_mel_bins=bins,
                max_source_positions=extractor.nb_max_frames // 2, use_weighted_layer_sum=draw.random() < 0.4, classifier_proj_size=draw.randint(3, 30),
                decoder_layers=1, decoder_attention_heads=1, decoder_ffn_dim=8, vocab_size=60, pad_token_id=0, bos_token_id=1, eos_token_id=2,
                decoder_start_token_id=1, num_labels=draw.randint(1, 6)), extractor


# family: stem of its classes
FAMILIES = {"wav2vec2": "Wav2Vec2", "hubert": "Hubert", "ast": "AST", "unispeech": "UniSpeech", "unispeech-sat": "UniSpeechSat",
            "wavlm": "WavLM", "data2vec-audio": "Data2VecAudio", "sew": "SEW", "sew-d": "SEWD",
            "wav2vec2-conformer": "Wav2Vec2Conformer", "whisper": "Whisper"}
OUTPUT_ADAPTERS = {"wav2vec2", "wavlm", "data2vec-audio", "wav2vec2-conformer"}


def perturb(model, generator):
    with torch.no_grad():
        for name, tensor in list(model.named_parameters()) + list(model.named_buffers()):
            if not tensor.is_floating_point():
                continue
            noise = torch.randn(tensor.shape, generator=generator)
            if name.endswith("running_var"):
                tensor.copy_(1 + 0.4 * torch.rand(tensor.shape, generator=generator))
            elif name.endswith("original0") or (tensor.dim() == 1 and name.endswith("weight")):
                tensor.copy_(1 + 0.3 * noise)
            elif tensor.dim() <= 1:
                tensor.copy_(0.3 * noise)
            else:
                tensor.copy_(noise * tensor.shape[0] ** 0.5 / tensor.numel() ** 0.5)


def make(draw, index, family, folder):
    """A model folder and what it was made of."""
    head = draw.random() < 0.8
    if family == "ast":
        config = tf.ASTConfig(**ast_settings(draw))
        kind = tf.ASTForAudioClassification if head else tf.ASTModel
        extractor = tf.ASTFeatureExtractor(num_mel_bins=config.num_mel_bins, max_length=config.max_length, do_normalize=draw.random() < 0.8)
    elif family == "whisper":
        settings, extractor = whisper_settings(draw)
        config = tf.WhisperConfig(**settings)
        kind = tf.WhisperForAudioClassification if head else tf.WhisperModel
    else:
        settings = speech_settings(draw, family)
        if family in OUTPUT_ADAPTERS and not head and draw.random() < 0.5:
            settings.update(add_adapter=True, output_hidden_size=draw.choice([None, 12]), num_adapter_layers=draw.randint(1, 2))
        config = getattr(tf, FAMILIES[family] + "Config")(**settings)
        kind = getattr(tf, FAMILIES[family] + ("ForSequenceClassification" if head else "Model"))
        extractor = tf.Wav2Vec2FeatureExtractor(do_normalize=draw.random() < 0.7, return_attention_mask=draw.random() < 0.6)
        if family in ("sew", "sew-d") and config.use_weighted_layer_sum and config.squeeze_factor > 1:
            extractor.return_attention_mask = False
    model = kind(config)
    perturb(model, torch.Generator().manual_seed(index))
    binary = draw.random() < 0.4
    model.save_pretrained(folder, safe_serialization=not binary)
    extractor.save_pretrained(folder)
    return kind, extractor, head, config, binary


def clips(draw, folder):
    paths = []
    for i in range(draw.randint(1, 4)):
        samples = np.random.default_rng(draw.randint(0, 1 << 30)).normal(0, 0.1, draw.randint(1500, 20000)).astype(np.float32)
        paths.append(folder / f"clip{i}.wav")
        soundfile.write(paths[-1], samples, 16000, subtype="FLOAT")
    return paths


def upstream(kind, extractor, folder, paths, labels, attention, device, dtype=torch.float32):
    kept = attention if kind._supports_sdpa else "eager"
    model = kind.from_pretrained(folder, attn_implementation=kept).eval().to(device, dtype)
    batch = extractor([soundfile.read(p, dtype="float32")[0] for p in paths], return_tensors="pt", sampling_rate=16000,
                      **({} if isinstance(extractor, tf.WhisperFeatureExtractor) else {"padding": True})).to(device)
    batch = {k: v.to(dtype) if v.is_floating_point() else v for k, v in batch.items()}
    extra = dict(labels=torch.tensor(labels, device=device)) if labels else {}
    if kind is tf.WhisperModel:  # Earmark has no decoder
        model = model.encoder
    with torch.no_grad():
        out = model(**batch, **extra, output_hidden_states=True, output_attentions=attention == "eager")
    tensors = dict(batch)
    for key in ("loss", "logits", "last_hidden_state", "extract_features", "pooler_output"):
        if out.get(key) is not None:
            tensors[key] = out[key]
    for i, state in enumerate(out.hidden_states):
        tensors[f"hidden_states.{i}"] = state
    if attention == "eager":
        for i, weights in enumerate(out.attentions):
            tensors[f"attentions.{i}"] = weights
    return {k: v.cpu() for k, v in tensors.items()}


def described(config, extractor):
    """What is particular about a model, in a few words."""
    words = []
    if isinstance(config, tf.WhisperConfig):
        words += [f"{config.num_mel_bins}-mel"] + ["layer-sum"] * config.use_weighted_layer_sum
    elif not isinstance(config, tf.ASTConfig):
        words += [getattr(config, "feat_extract_norm", "layer"), "stable" if config.do_stable_layer_norm else "post"]
        words += ["mask" if extractor.return_attention_mask else "no-mask"]
        words += [word for word, there in {"adapters": getattr(config, "adapter_attn_dim", None), "conv-adapter": getattr(config, "add_adapter", False),
                                           "layer-sum": config.use_weighted_layer_sum, "no-proj-norm": not getattr(config, "feat_proj_layer_norm", True),
                                           "pos-batch-norm": getattr(config, "conv_pos_batch_norm", False)}.items() if there]
    return ",".join(words)


def command(arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, arguments))}\nexit status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def differences(wanted, found):
    """The largest difference of each kind of tensor; infinite where one is missing or of another shape."""
    result = {}
    for key, tensor in wanted.items():
        kind = key.split(".")[0]
        if key not in found or found[key].shape != tensor.shape:
            difference = float("inf")
        else:
            difference = (found[key].double() - tensor.double()).abs().max().item()
        result[kind] = max(result.get(kind, 0), difference)
    return result


def piped(cli, kind, folder, paths):
    """The largest difference between the scores of `classify` and those of transformers' pipeline, one clip at a time."""
    classifier = tf.pipeline("audio-classification", model=str(folder), device="cpu")
    found = [json.loads(line) for line in command([cli, "classify", "--model", folder, *paths, "--quiet", "--json", "--top-k", "99"]).splitlines()]
    worst = 0
    for path, own in zip(paths, found, strict=True):
        wanted = {one["label"]: one["score"] for one in classifier(soundfile.read(path, dtype="float32")[0], top_k=None)}
        scores = {one["label"]: one["score"] for one in own["scores"]}
        worst = max(worst, float("inf") if wanted.keys() != scores.keys() else max(abs(wanted[k] - scores[k]) for k in wanted))
    return worst


def saved_again(cli, kind, extractor, folder, work, paths, names):
    """One training step with a learning rate of 0; then transformers' logits from what Earmark saved, against Earmark's own and, but for batch
    norms, whose statistics a step moves, against those before."""
    copies = work / "copies"
    copies.mkdir()
    lines = ["file,label,split"]
    for i, name in enumerate(names):
        target = copies / f"{i}.wav"
        samples, rate = soundfile.read(paths[i % len(paths)], dtype="float32")
        soundfile.write(target, samples * (1 - 0.01 * i), rate, subtype="FLOAT")
        lines.append(f"{target},{name},train")
    table = work / "clips.csv"
    table.write_text("\n".join(lines) + "\n")
    command([cli, "import", table, "--format", "csv", "--project", work / "p.earmark", "--file-column", "file", "--label-column", "label",
             "--split-column", "split"])
    command([cli, "train", "--project", work / "p.earmark", "--base", folder, "--out", work / "run", "--set", "learning_rate=0", "--set", "max_steps=1",
             "--set", "mask_time_prob=0", "--quiet"])
    command([cli, "outputs", "--model", work / "run", *paths, "--quiet", "--out", work / "saved.safetensors"])
    after = upstream(kind, extractor, work / "run", paths, None, "sdpa", "cpu")["logits"]
    others = [load_file(work / "saved.safetensors")["logits"]]
    config = json.loads((folder / "config.json").read_text())
    if not config.get("conv_pos_batch_norm") and config["model_type"] != "wav2vec2-conformer":
        others.append(upstream(kind, extractor, folder, paths, None, "sdpa", "cpu")["logits"])
    return max((after - other).abs().max().item() for other in others)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--tolerance", type=float, default=None)
    parser.add_argument("--keep", help="folder for the models, which is kept")
    options = parser.parse_args()
    tolerance = options.tolerance or (1e-4 if options.device == "cpu" else 1e-3)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    tf.logging.set_verbosity_error()
    root = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="parity"))
    families = options.families.split(",")
    failures, ill = [], []
    for index in range(options.count):
        draw = random.Random(options.seed * 1000003 + index)
        work = root / f"{index:03d}"
        folder = work / "model"
        folder.mkdir(parents=True)
        kind, extractor, head, config, binary = make(draw, index, families[index % len(families)], folder)
        count = config.num_labels
        paths = clips(draw, work)
        labels = [draw.randrange(max(1, count)) for _ in paths] if head else None
        common = [options.cli, "outputs", "--model", folder, *paths, "--device", options.device, "--quiet", "--hidden-states"]
        if labels:
            common += ["--labels", ",".join(map(str, labels))]
        try:
            if labels and kind is tf.ASTForAudioClassification and count == 1:
                labels = [float(x) for x in labels]
            worst, allowed = {}, {}
            for attention in ("eager", "sdpa"):
                out = work / f"{attention}.safetensors"
                command(common + ["--out", out] + (["--attentions"] if attention == "eager" else []))
                wanted = upstream(kind, extractor, folder, paths, labels, attention, options.device)
                found = differences(wanted, load_file(out))
                for key, value in found.items():
                    worst[key] = max(worst.get(key, 0), value)
                if any(not value < tolerance for value in found.values()):
                    precise = upstream(kind, extractor, folder, paths, labels, attention, options.device, torch.float64)
                    for key, value in differences(precise, wanted).items():
                        allowed[key] = max(allowed.get(key, 0), 10 * value)
            if head and count > 1 and options.device == "cpu":
                worst["pipeline"] = piped(options.cli, kind, folder, paths)
            if head and count > 1 and options.device == "cpu" and index % 5 == 0:
                worst["saved"] = saved_again(options.cli, kind, extractor, folder, work, paths, [f"LABEL_{i}" for i in range(count)])
            bad = {k: v for k, v in worst.items() if not v < max(tolerance, allowed.get(k, 0))}
            if any(not v < tolerance for v in worst.values()) and not bad:
                ill.append(index)
        except RuntimeError as error:
            worst, bad = {}, {"error": str(error)}
        print(f"{index:3d} {kind.__name__:43s} {'bin ' if binary else 'safe'} {len(paths)} clips  {described(config, extractor):36s}  " +
              "  ".join(f"{k} {v:.0e}" for k, v in worst.items()) + ("" if not bad else f"   FAILED {bad}"), flush=True)
        if bad:
            failures.append(index)
    print(json.dumps(dict(models=options.count, failed=failures, ill_conditioned=ill, tolerance=tolerance, folder=str(root))))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
