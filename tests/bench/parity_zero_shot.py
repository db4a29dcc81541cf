#!/usr/bin/env python3
"""Compares `earmark-cli zero-shot` and `outputs` with transformers on small random CLAP models, fused and unfused: the scores of the zero-shot-audio-classification
pipeline, every tensor of a batch, and the ids of the texts.

    tests/bench/parity_zero_shot.py --cli build/ci/bin/earmark-cli [--count 20] [--seed 1] [--whole] [--keep FOLDER]

Needs what parity.py needs, and the tokenizers package. Every model gets a vocabulary learnt from a few sentences, random settings, and clips shorter than, as long as
and longer than it hears; one to fifty labels. What upstream draws from NumPy's generator is drawn after np.random.seed(42), as Earmark does. --whole adds a model of
each kind in the sizes of laion/clap-htsat, with random weights. Exits with 1 where something differs by more than the tolerance.
"""
import argparse
import json
import pathlib
import random
import sys
import tempfile

import numpy as np
import soundfile
import torch
import transformers as tf
from parity import ACTIVATIONS, command, perturb
from safetensors.torch import load_file
from tokenizers import ByteLevelBPETokenizer

TOLERANCE = 1e-4
CORPUS = ["This is a sound of a dog barking, of rain on a roof, of someone's steps, of bells and engines and birds.", "Das Geräusch von Straßenbahnen, le bruit d'une fontaine, звук дождя, 雨の音"]
WORDS = ["a dog", "rain", "Schritte auf Kies", "звук дождя", "雨の音", "someone's laughter", "a bell, far away", "2 engines", "birds & wind", "silence", "an  odd   one\n", "<mask>", "x" * 30]


def tokenizer(folder, draw):
    learnt = ByteLevelBPETokenizer()
    learnt.train_from_iterator(CORPUS, vocab_size=draw.randint(270, 340), min_frequency=1, show_progress=False, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    learnt.save_model(str(folder))
    words = tf.RobertaTokenizerFast.from_pretrained(folder, model_max_length=512)
    words.save_pretrained(folder)
    if draw.random() < 0.5:  # the vocabulary and the merges alone
        (folder / "tokenizer.json").unlink()
    return words


def settings(draw, fused, words):
    heads, stages = draw.choice([1, 2]), draw.randint(1, 3)
    size = 2 * heads * draw.randint(2, 6)
    audio = dict(num_mel_bins=64, spec_size=draw.choice([128, 256]), window_size=draw.choice([2, 4, 8]), patch_embeds_hidden_size=size, hidden_size=size << (stages - 1), depths=[
                 draw.randint(1, 3) for _ in range(stages)], num_attention_heads=[heads << i for i in range(stages)], enable_fusion=fused, aff_block_r=draw.choice([1, 2, 4]), patch_size=4,
                 patch_stride=[4, 4], hidden_act=draw.choice(ACTIVATIONS), qkv_bias=draw.random() < 0.8, mlp_ratio=draw.choice([4.0, 1.5]),
                 enable_patch_layer_norm=draw.random() < 0.8, layer_norm_eps=draw.choice([1e-5, 1e-3]))
    text_heads = draw.choice([1, 2, 4])
    text = dict(vocab_size=len(words) + draw.randint(0, 9), hidden_size=text_heads * draw.randint(3, 9), num_attention_heads=text_heads, num_hidden_layers=draw.randint(1, 3),
                intermediate_size=draw.randint(5, 60), max_position_embeddings=draw.choice([130, 514]), hidden_act=draw.choice(ACTIVATIONS))
    return tf.ClapConfig(text_config=text, audio_config=audio, projection_dim=draw.randint(4, 20), projection_hidden_act=draw.choice(["relu", "gelu"]),
                         logit_scale_init_value=draw.uniform(2, 20))


def extractor(draw, fused, config):
    rate, seconds = draw.choice([8000, 16000, 48000]), draw.randint(1, 3)
    frames = config.audio_config.spec_size * (config.audio_config.spec_size // 64)
    hop = max(rate * seconds // draw.randint(frames // 2, frames - 1), 1)
    while rate * seconds // hop + 1 > frames:
        hop += 1
    return tf.ClapFeatureExtractor(sampling_rate=rate, max_length_s=seconds, hop_length=hop, fft_window_size=draw.choice([256, 400, 1024]), frequency_min=draw.choice([0, 50]),
                                   frequency_max=rate // 2 - draw.choice([0, 500]), truncation="fusion" if fused else "rand_trunc",
                                   padding=draw.choice(["repeatpad", "repeatpad", "repeat", "pad"]))


def clips(draw, hears, folder):
    noise, paths, longest = np.random.RandomState(draw.randint(0, 1 << 30)), [], hears.nb_max_samples
    for i in range(draw.randint(2, 5)):
        length = draw.choice([longest, longest + hears.hop_length // 2, draw.randint(longest // 9, longest - 1), draw.randint(longest + hears.hop_length, 3 * longest), longest + 2 * hears.hop_length])
        wave = 0.1 * noise.randn(length) * (1 + np.sin(np.arange(length) * draw.uniform(1e-4, 1e-3)))
        paths.append(folder / f"{i}.wav")
        soundfile.write(paths[-1], wave.clip(-1, 1).astype(np.float32), hears.sampling_rate, subtype="FLOAT")
    return paths


def make(index, draw, fused, folder, whole):
    words = tokenizer(folder, draw)
    config = tf.ClapConfig(audio_config=dict(enable_fusion=fused)) if whole else settings(draw, fused, words)
    hears = tf.ClapFeatureExtractor(truncation="fusion" if fused else "rand_trunc") if whole else extractor(draw, fused, config)
    torch.manual_seed(index)
    model = tf.ClapModel(config)
    perturb(model, torch.Generator().manual_seed(index))
    with torch.no_grad():
        model.logit_scale_a.fill_(1.5)
    model.save_pretrained(folder, safe_serialization=draw.random() < 0.7)
    hears.save_pretrained(folder)
    return model.eval(), hears, words


def flat(out):
    """Its tensors, under Earmark's names."""
    tensors = {key: out[key] for key in ("loss", "logits_per_audio", "logits_per_text", "text_embeds", "audio_embeds") if out.get(key) is not None}
    for prefix, tower in (("", out.audio_model_output), ("text_model_output.", out.text_model_output)):
        tensors.update({prefix + key: tower[key] for key in ("last_hidden_state", "pooler_output")})
        for key in ("hidden_states", "attentions"):
            tensors.update({f"{prefix}{key}.{i}": state for i, state in enumerate(tower[key])})
    return tensors


def batches(cli, work, folder, model, hears, words, paths, texts):
    """The largest difference of every tensor of one batch, by its largest value."""
    np.random.seed(42)
    inputs = dict(hears([soundfile.read(p, dtype="float32")[0] for p in paths], sampling_rate=hears.sampling_rate, return_tensors="pt"))
    inputs["input_features"] = inputs["input_features"].float()
    inputs.update(words(texts, padding=True, return_tensors="pt"))
    with torch.no_grad():
        wanted = {**inputs, **flat(model(**inputs, return_loss=len(texts) == len(paths), output_hidden_states=True, output_attentions=True))}
    command([cli, "outputs", "--model", folder, *paths, "--quiet", "--hidden-states", "--attentions", "--out", work / "o.safetensors", *(a for t in texts for a in ("--text", t))])
    found = load_file(work / "o.safetensors")
    if set(found) != set(wanted):
        raise RuntimeError(f"other tensors: {sorted(set(found) ^ set(wanted))}")
    def apart(a, b):
        return float("inf") if a.shape != b.shape else float((a.double() - b.double()).abs().max() / max(float(a.double().abs().max()), 1e-3))
    return {key: apart(tensor, found[key]) for key, tensor in wanted.items()}


def scores(cli, folder, pipeline, paths, labels, template):
    lines = command([cli, "zero-shot", "--model", folder, *paths, "--quiet", "--json", "--template", template, *(a for label in labels for a in ("--label", label))]).splitlines()
    worst = 0.0
    for path, line in zip(paths, lines, strict=True):
        np.random.seed(42)
        wanted = pipeline(soundfile.read(path, dtype="float32")[0], candidate_labels=labels, hypothesis_template=template)
        found = json.loads(line)["scores"]
        if sorted(one["label"] for one in wanted) != sorted(one["label"] for one in found):
            raise RuntimeError(f"other labels: {line}")
        if any(a["score"] < b["score"] for a, b in zip(found, found[1:])):
            raise RuntimeError(f"not in order: {line}")
        own = {one["label"]: one["score"] for one in found}
        worst = max(worst, max(abs(one["score"] - own[one["label"]]) for one in wanted))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--keep")
    options = parser.parse_args()
    tf.logging.set_verbosity_error()
    root = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="parity"))
    failures, most = [], {}
    for index in range(options.count + (2 if options.whole else 0)):
        draw, fused, whole = random.Random(options.seed * 1000003 + index), index % 2 == 0, index >= options.count
        work = root / f"{index:03d}"
        folder = work / "model"
        folder.mkdir(parents=True)
        model, hears, words = make(index, draw, fused, folder, whole)
        paths = clips(draw, hears, work)
        labels = draw.sample(WORDS, draw.randint(1, len(WORDS))) + ([f"thing {i}" for i in range(37)] if draw.random() < 0.2 else [])
        template = draw.choice(["This is a sound of {}.", "{}", "{{{0}}} and {0}"])
        texts = [draw.choice(WORDS) for _ in range(draw.choice([len(paths), 1, 7]))]
        try:
            worst = batches(options.cli, work, folder, model, hears, words, paths, texts)
            worst["scores"] = scores(options.cli, folder, tf.pipeline("zero-shot-audio-classification", model=model, tokenizer=tf.AutoTokenizer.from_pretrained(folder),
                                                                      feature_extractor=hears, device="cpu"), paths, labels, template)
            bad = [f"{key} {value:.0e}" for key, value in worst.items() if not value < TOLERANCE]
        except RuntimeError as error:
            worst, bad = {}, [str(error)]
        for key, value in worst.items():
            most[key.split(".")[0]] = max(most.get(key.split(".")[0], 0), value)
        print(f"{index:3d} {'fused' if fused else 'unfused':8s} {len(paths)} clips, {len(labels):2d} labels, {len(texts)} texts  worst {max(worst.values(), default=0):.0e}" + (f"   FAILED {bad}" if bad else ""), flush=True)
        if bad:
            failures.append(index)
    print(json.dumps(dict(models=options.count, failed=failures, worst={key: float(f"{value:.1e}") for key, value in most.items()}, folder=str(root))))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
