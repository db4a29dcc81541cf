#!/usr/bin/env python3
"""Compares `earmark-cli outputs --tensors` with transformers on small random networks that learn from sound alone, and loads in transformers what one step
of `train --task pretraining` saves: projected and quantized states, perplexity, losses.

    tests/bench/parity_pretraining.py --cli build/dev/bin/earmark-cli [--count 24] [--seed 1] [--families wav2vec2,unispeech]

Needs what parity.py needs. Exits with 1 where a tensor differs by more than the tolerance, or where a saved model comes out otherwise or with other weights.
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
from parity import FAMILIES, clips, command, differences, perturb, speech_settings
from safetensors.torch import load_file, save_file
from transformers.models.wav2vec2.modeling_wav2vec2 import _sample_negative_indices

TOLERANCE = 1e-4
LEARN = ("wav2vec2", "wav2vec2-conformer")  # where transformers computes a loss


def make(draw, index, family, folder):
    groups = draw.randint(1, 3)
    settings = speech_settings(draw, family)
    settings.update(use_weighted_layer_sum=False, mask_time_prob=0.3, num_codevector_groups=groups, num_codevectors_per_group=draw.randint(2, 20),
                    codevector_dim=groups * draw.randint(2, 9), proj_codevector_dim=draw.randint(3, 20), num_negatives=draw.randint(1, 15),
                    contrastive_logits_temperature=draw.choice([0.1, 0.5]), diversity_loss_weight=draw.choice([0.1, 0.7]))
    if family == "unispeech-sat":  # upstream's norm of the front end's features is as wide as the encoder
        settings.update(num_clusters=draw.randint(2, 9))
    if family == "unispeech":
        settings.update(num_ctc_classes=draw.randint(3, 20), replace_prob=draw.choice([0.2, 0.5]))
    config = getattr(tf, FAMILIES[family] + "Config")(**settings)
    kind = getattr(tf, FAMILIES[family] + "ForPreTraining")
    extractor = tf.Wav2Vec2FeatureExtractor(do_normalize=draw.random() < 0.7, return_attention_mask=draw.random() < 0.6)
    model = kind(config)
    perturb(model, torch.Generator().manual_seed(index))
    model.save_pretrained(folder, safe_serialization=draw.random() < 0.6)
    extractor.save_pretrained(folder)
    return kind, extractor, config


def batch_of(extractor, paths):
    return extractor([soundfile.read(p, dtype="float32")[0] for p in paths], padding=True, return_tensors="pt", sampling_rate=16000)


def masks(draw, model, batch):
    """Masked frames and negatives of each clip, two at least."""
    frames = int(model._get_feat_extract_output_lengths(batch["input_values"].shape[1]))
    masked = np.random.default_rng(draw.randint(0, 1 << 30)).random((len(batch["input_values"]), frames)) < 0.5
    masked[:, :2] = True
    np.random.seed(draw.randint(0, 1 << 30))
    negatives = _sample_negative_indices(masked.shape, model.config.num_negatives, mask_time_indices=masked)
    return dict(mask_time_indices=torch.tensor(masked), sampled_negative_indices=torch.tensor(negatives, dtype=torch.long))


def upstream(model, batch, extra):
    with torch.no_grad():
        out = model(**batch, **extra, output_hidden_states=True)
    tensors = dict(batch)
    for key in ("loss", "logits", "projected_states", "projected_quantized_states", "codevector_perplexity", "contrastive_loss", "diversity_loss"):
        if out.get(key) is not None:
            tensors[key] = out[key]
    for i, state in enumerate(out.hidden_states):
        tensors[f"hidden_states.{i}"] = state
    return tensors


def saved_again(cli, kind, folder, work, paths, batch, extra):
    """One training step with a learning rate of 0: what transformers makes of the folder, against what it made of the base."""
    (work / "clips.csv").write_text("file,split\n" + "".join(f"{path},train\n" for path in paths))
    command([cli, "import", work / "clips.csv", "--format", "csv", "--project", work / "p.earmark", "--file-column", "file", "--split-column", "split"])
    command([cli, "train", "--task", "pretraining", "--project", work / "p.earmark", "--base", folder, "--out", work / "run", "--quiet"] + [word for setting in (
        "learning_rate=0", "max_steps=1", "weight_decay=0", "min_duration_in_seconds=0", "mask_time_prob=1", "mask_time_length=2") for word in ("--set", setting)])
    again, report = kind.from_pretrained(work / "run", output_loading_info=True)
    if any(report[key] for key in ("missing_keys", "unexpected_keys", "mismatched_keys")):
        raise RuntimeError(f"the saved folder holds other weights: {report}")
    return differences(upstream(kind.from_pretrained(folder).eval(), batch, extra), upstream(again.eval(), batch, extra))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", default="wav2vec2,wav2vec2-conformer,unispeech,unispeech-sat")
    options = parser.parse_args()
    tf.logging.set_verbosity_error()
    root = pathlib.Path(tempfile.mkdtemp(prefix="parity"))
    families = options.families.split(",")
    failures = []
    for index in range(options.count):
        draw = random.Random(options.seed * 1000003 + index)
        family = families[index % len(families)]
        work = root / f"{index:03d}"
        folder = work / "model"
        folder.mkdir(parents=True)
        kind, extractor, config = make(draw, index, family, folder)
        paths = clips(draw, work)
        batch, model = batch_of(extractor, paths), kind.from_pretrained(folder).eval()
        extra = masks(draw, model, batch) if family in LEARN else {}
        common = [options.cli, "outputs", "--model", folder, *paths, "--quiet", "--hidden-states", "--out", work / "o.safetensors"]
        if extra:
            save_file(extra, work / "masks.safetensors")
            common += ["--tensors", work / "masks.safetensors"]
        try:
            command(common)
            worst = differences(upstream(model, batch, extra), load_file(work / "o.safetensors"))
            scale = max(1.0, abs(float(load_file(work / "o.safetensors").get("loss", torch.ones(1)))))
            bad = [key for key, value in worst.items() if not value < TOLERANCE * (scale if key.endswith("loss") else 1)]
            if family != "unispeech-sat" and family != "wav2vec2-conformer":  # a step moves the conformer's running statistics
                moved = saved_again(options.cli, kind, folder, work, paths, batch, extra)
                bad += [f"{key}, saved" for key, value in moved.items() if not value < TOLERANCE * scale]
        except RuntimeError as error:
            worst, bad = {}, [str(error)]
        print(f"{index:3d} {kind.__name__:32s} {len(paths)} clips  " + "  ".join(f"{k} {v:.0e}" for k, v in worst.items()) + (f"   FAILED {bad}" if bad else ""), flush=True)
        if bad:
            failures.append(index)
    print(json.dumps(dict(models=options.count, failed=failures, folder=str(root))))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
