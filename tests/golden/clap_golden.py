#!/usr/bin/env python3
"""Makes tests/data/clap: what transformers' ClapModel computes with tiny models, for tests/engine/neural/models/tst_clap to replay without Python.

As models_golden.py, whose formulas make the weights and the inputs; needs what that needs. Arguments: beginnings of names, for some cases only.
"""
import json
import pathlib
import sys

import torch
import transformers as tf
from models_golden import GENERATION, digest, fill, formula
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "clap"
QUIET = dict(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
TEXT = dict(QUIET, vocab_size=23, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20, max_position_embeddings=14)
AUDIO = dict(QUIET, num_mel_bins=8, spec_size=32, window_size=4, patch_embeds_hidden_size=8, hidden_size=16, depths=[2, 2], num_attention_heads=[2, 4], num_hidden_layers=2,
             aff_block_r=2)
IDS = [[0, 5, 9, 22, 4, 2], [0, 7, 2, 1, 1, 1], [0, 3, 3, 8, 2, 1]]


def config(audio={}, text={}, **more):
    return tf.ClapConfig(text_config={**TEXT, **text}, audio_config={**AUDIO, **audio}, projection_dim=10, **more)


FUSED = dict(enable_fusion=True)
# name, configuration, options: frames, channels, longer (is_longer), mask (the texts' attention_mask), ids, clips, train (seeded draws)
CASES = [
    ("unfused", config(), dict(frames=101)),
    ("fused", config(FUSED), dict(frames=101, channels=4, longer=[True, False, True])),
    ("fused_none_longer", config({**FUSED, "aff_block_r": 4}), dict(frames=128, channels=4, longer=[False, False, False])),
    ("windows_padded", config(dict(window_size=3, hidden_act="relu", mlp_ratio=2.5)), dict(frames=127)),
    ("patches_overlap", config({**FUSED, "patch_size": 6}), dict(frames=90, channels=4, longer=[False, True, True])),
    ("patches_oblong", config({**FUSED, "patch_size": [4, 2], "patch_stride": [4, 2]}), dict(frames=100, channels=4, longer=[True, True, True])),
    ("three_stages", config(dict(num_mel_bins=16, depths=[1, 2, 3], num_attention_heads=[1, 2, 8], hidden_size=32, window_size=2, qkv_bias=False, enable_patch_layer_norm=False, layer_norm_eps=1e-3)),
     dict(frames=51)),
    ("bins_drawn_out", config(dict(num_mel_bins=12)), dict(frames=64)),
    ("four_pictures_unfused", config(dict(patch_embed_input_channels=4)), dict(frames=50, channels=4, longer=[True, False, False])),
    ("text_odd", config(text=dict(hidden_act="silu", position_embedding_type="relative_key", type_vocab_size=2, layer_norm_eps=1e-3, num_attention_heads=2),
                        projection_hidden_act="gelu_new", logit_scale_init_value=3.0), dict(frames=128, mask=False)),
    ("text_pad_zero", config(text=dict(pad_token_id=0, max_position_embeddings=9)), dict(frames=30, ids=[[4, 5, 0, 0], [7, 0, 0, 0]], clips=4)),
    ("training", config({**FUSED, "drop_path_rate": 0.5, "hidden_dropout_prob": 0.2, "attention_probs_dropout_prob": 0.1, "depths": [2, 3]},
                        dict(hidden_dropout_prob=0.2, attention_probs_dropout_prob=0.1)), dict(frames=101, channels=4, longer=[True, False, True], train=3)),
]


def inputs_of(config, options):
    clips, channels, bins = options.get("clips", 3), options.get("channels", 1), config.audio_config.num_mel_bins
    shape = (clips, channels, options["frames"], bins)
    ids = torch.tensor(options.get("ids", IDS))
    inputs = dict(input_features=torch.from_numpy(formula(90001, clips * channels * options["frames"] * bins)).float().view(shape), input_ids=ids)
    if "longer" in options:
        inputs["is_longer"] = torch.tensor(options["longer"])[:, None]
    if options.get("mask", True):
        inputs["attention_mask"] = ids.ne(config.text_config.pad_token_id).long()
    return inputs


def compute(model, options):
    model.train("train" in options)
    if "train" in options:
        tf.set_seed(options["train"])
    out = model(**inputs_of(model.config, options), return_loss=True, output_hidden_states=True, output_attentions=True)
    out.loss.backward()
    tensors = {"gradients": digest([p.grad for p in model.parameters()])}
    for key in ("loss", "logits_per_audio", "logits_per_text", "text_embeds", "audio_embeds"):
        tensors[key] = out[key]
    for prefix, tower in (("", out.audio_model_output), ("text_model_output.", out.text_model_output)):
        for key in ("last_hidden_state", "pooler_output"):
            tensors[prefix + key] = tower[key]
        for key in ("hidden_states", "attentions"):
            for i, state in enumerate(tower[key]):
                tensors[f"{prefix}{key}.{i}"] = state
    if "train" in options:
        tensors["next_torch"] = torch.rand([])
    return {key: tensor.detach().contiguous().clone() for key, tensor in tensors.items()}


def run(name, config, options):
    torch.manual_seed(0)
    model = tf.ClapModel(config)
    names = fill(model)
    save_file(compute(model, options), OUT / f"{name}.safetensors")
    fields = json.loads(config.to_json_string(use_diff=False))
    fields["architectures"] = ["ClapModel"]
    for part in (fields, fields["text_config"], fields["audio_config"]):
        for key in list(part):
            if part[key] is None or key.startswith("_") or key in GENERATION and key != "architectures":
                del part[key]
    ids = options.get("ids", IDS)
    case = dict(config=fields, names=names, **{"ids": ids, "channels": 1, "clips": 3, "mask": True, **options})
    (OUT / f"{name}.json").write_text(json.dumps(case, indent=1, sort_keys=True) + "\n")
    print(f"{name:24s} {(OUT / f'{name}.safetensors').stat().st_size // 1024:4d} KiB  {sum(p.numel() for p in model.parameters())} parameters")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        if case[0].startswith(tuple(sys.argv[1:]) or ""):
            run(*case)
