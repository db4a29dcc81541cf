#!/usr/bin/env python3
"""Compares `earmark-cli outputs --text` and `transcribe` with transformers on small random recognisers: logits, loss, text, word times, windows.

    tests/bench/parity_ctc.py --cli build/dev/bin/earmark-cli [--count 27] [--seed 1] [--families wav2vec2,wavlm] [--texts FILE --tokenise build/dev/bench/tokenise]

Needs what parity.py needs. Every model gets a vocabulary of its own (multi-character tokens, lower case, its own delimiter among them), random settings as in
parity.py, and clips that make one padded batch. Some are trained for a step with a learning rate of 0: what Earmark saves then loads in transformers and gives
the same logits and tokens. With --texts each line of a file becomes ids and text again, on both sides. Exits with 1 where a tensor differs by more than the tolerance or a text by a character.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import soundfile
import torch
import transformers as tf
from parity import FAMILIES, OUTPUT_ADAPTERS, clips, command, differences, perturb, speech_settings
from safetensors.torch import load_file
from transformers.models.deprecated.mctct.feature_extraction_mctct import MCTCTFeatureExtractor
from transformers.models.deprecated.mctct.modeling_mctct import MCTCTConfig, MCTCTForCTC

TOLERANCE = 1e-4


def tokenizer(draw, folder):
    letters = draw.sample("abcdefghijklmnopqrstuvwxyzäöß'", draw.randint(5, 25))
    if draw.random() < 0.4:
        letters = [letter.upper() if letter.upper() != "SS" else letter for letter in letters]
    tokens = letters + ["|", "<unk>", "<pad>"] + (["th", "tʃ"] if draw.random() < 0.3 else []) + (["<s>", "</s>"] if draw.random() < 0.5 else [])
    tokens = list(dict.fromkeys(tokens))
    draw.shuffle(tokens)
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(tokens)}, ensure_ascii=False), encoding="utf-8")
    return tf.Wav2Vec2CTCTokenizer(folder / "vocab.json", do_lower_case=draw.random() < 0.4, clean_up_tokenization_spaces=draw.random() < 0.3)


def mctct_settings(draw):
    heads, size, stride = draw.choice([1, 2, 4]), draw.choice([4, 6]), draw.randint(1, 4)
    return dict(hidden_size=heads * size, num_attention_heads=heads, attention_head_dim=size, num_hidden_layers=draw.randint(1, 3), intermediate_size=draw.randint(8, 40),
                max_position_embeddings=draw.choice([2, 7, 400]), hidden_act=draw.choice(["relu", "gelu", "silu"]), layer_norm_eps=draw.choice([1e-5, 1e-3]),
                conv_kernel=[draw.choice([3, 6, 7])], conv_stride=[stride], inputs_to_logits_ratio=160 * stride, input_feat_per_channel=draw.choice([13, 80]))


def make(draw, index, family, folder):
    words = tokenizer(draw, folder)
    mctct = family == "mctct"
    settings = mctct_settings(draw) if mctct else speech_settings(draw, family)
    settings.update(vocab_size=len(words), pad_token_id=words.pad_token_id, ctc_loss_reduction=draw.choice(["sum", "mean"]), ctc_zero_infinity=draw.random() < 0.5)
    if not mctct:
        settings["use_weighted_layer_sum"] = False
    if family in OUTPUT_ADAPTERS and draw.random() < 0.3:
        settings.update(add_adapter=True, output_hidden_size=draw.choice([None, 12]), num_adapter_layers=1)
    config = MCTCTConfig(**settings) if mctct else getattr(tf, FAMILIES[family] + "Config")(**settings)
    kind = MCTCTForCTC if mctct else getattr(tf, FAMILIES[family] + "ForCTC")
    extractor = MCTCTFeatureExtractor(feature_size=settings["input_feat_per_channel"]) if mctct else tf.Wav2Vec2FeatureExtractor(do_normalize=draw.random() < 0.7, return_attention_mask=draw.random() < 0.6)
    model = kind(config)
    perturb(model, torch.Generator().manual_seed(index))
    model.save_pretrained(folder, safe_serialization=draw.random() < 0.6)
    extractor.save_pretrained(folder)
    words.save_pretrained(folder)
    return kind, extractor, words, config


def upstream(kind, extractor, words, folder, paths, texts, dtype=torch.float32):
    model = kind.from_pretrained(folder).eval().to(dtype)
    batch = extractor([soundfile.read(p, dtype="float32")[0] for p in paths], padding=True, return_tensors="pt", sampling_rate=16000)
    batch = {k: v.to(dtype) if v.is_floating_point() else v for k, v in batch.items()}
    ids = words(texts, padding=True, return_tensors="pt")
    labels = ids.input_ids.masked_fill(ids.attention_mask.ne(1), -100)
    with torch.no_grad():
        out = model(**batch, labels=labels, output_hidden_states=True)
    tensors = dict(batch, loss=out.loss, logits=out.logits)
    for i, state in enumerate(out.hidden_states):
        tensors[f"hidden_states.{i}"] = state
    return tensors


def spoken(folder, extractor, paths, window):
    recognise = tf.pipeline("automatic-speech-recognition", model=str(folder), device="cpu")
    extra = dict(chunk_length_s=window) if window else {}
    return [recognise(str(path), return_timestamps="word", **extra) for path in paths]


def textual(wanted, found):
    """The first difference in what was heard, or nothing."""
    for one, other in zip(wanted, found):
        if one["text"] != other["text"]:
            return f"{one['text']!r} became {other['text']!r}"
        times = [(c["text"], *c["timestamp"]) for c in one["chunks"]]
        own = [(w["word"], w["start"], w["end"]) for w in other["words"]]
        if len(times) != len(own) or any(a[0] != b[0] or abs(a[1] - b[1]) > 1e-6 or abs(a[2] - b[2]) > 1e-6 for a, b in zip(times, own)):
            return f"{times} became {own}"
    return None


def tokens(words, texts):
    """What transformers makes of each text, and of its ids again."""
    made = []
    for text in texts:
        ids = words(text).input_ids
        made.append(dict(ids=ids, text=words.decode(ids, group_tokens=False)))
    return made


def tokenised(tokenise, folder, words, texts):
    """The first text whose ids or decoded text differ, or nothing."""
    done = subprocess.run([tokenise, folder], input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
    for text, wanted, found in zip(texts, tokens(words, texts), map(json.loads, done.stdout.splitlines()), strict=True):
        if wanted != found:
            return f"{text!r}: {wanted} became {found}"
    return None


def saved_again(cli, kind, extractor, words, folder, work, paths, texts):
    """What transformers makes of the folder that a step without learning leaves, against what it makes of the one before: the largest difference, and what
    else differs."""
    table = work / "clips.csv"
    table.write_text("file,transcription,split\n" + "".join(f'"{p}","{t}",train\n' for p, t in zip(paths, texts)))
    command([cli, "import", table, "--format", "csv", "--project", work / "p.earmark", "--text-column", "transcription", "--split-column", "split"])
    command([cli, "train", "--project", work / "p.earmark", "--base", folder, "--out", work / "run", "--task", "ctc", "--set", "learning_rate=0", "--set", "max_steps=1",
             "--set", "ctc_zero_infinity=true", "--quiet"])
    batch = extractor([soundfile.read(p, dtype="float32")[0] for p in paths], padding=True, return_tensors="pt", sampling_rate=16000)
    with torch.no_grad():
        before, after = (kind.from_pretrained(f).eval()(**batch).logits for f in (folder, work / "run"))
    again = tf.AutoTokenizer.from_pretrained(work / "run")
    other = tokens(again, texts) != tokens(words, texts) or again.get_vocab() != words.get_vocab()
    return (after - before).abs().max().item(), "the saved tokenizer differs" if other else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--count", type=int, default=27)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", default=",".join(family for family in FAMILIES if family not in ("ast", "whisper")) + ",mctct")
    parser.add_argument("--texts", help="file of texts, a line each")
    parser.add_argument("--tokenise", help="the program of that name (tests/bench)")
    options = parser.parse_args()
    lines = pathlib.Path(options.texts).read_text(encoding="utf-8").splitlines() if options.texts else []
    tf.logging.set_verbosity_error()
    root = pathlib.Path(tempfile.mkdtemp(prefix="parity"))
    families = options.families.split(",")
    failures = []
    for index in range(options.count):
        draw = random.Random(options.seed * 1000003 + index)
        work = root / f"{index:03d}"
        folder = work / "model"
        folder.mkdir(parents=True)
        kind, extractor, words, config = make(draw, index, families[index % len(families)], folder)
        paths = clips(draw, work)
        alphabet = [token for token in words.get_vocab() if len(token) == 1 and token != "|"] + [" "]
        texts = ["".join(draw.choice(alphabet) for _ in range(draw.randint(1, 6))) for _ in paths]
        window = draw.choice([None, None, 0.4, 0.7])
        try:
            command([options.cli, "outputs", "--model", folder, *paths, "--quiet", "--hidden-states", "--out", work / "o.safetensors"] +
                    [argument for text in texts for argument in ("--text", text)])
            wanted = upstream(kind, extractor, words, folder, paths, texts)
            worst = differences(wanted, load_file(work / "o.safetensors"))
            # A network that blows rounding up differs from its own float64 as much as from Earmark.
            allowed = {} if max(worst.values()) < TOLERANCE else differences(upstream(kind, extractor, words, folder, paths, texts, torch.float64), wanted)
            spoken_lines = command([options.cli, "transcribe", "--model", folder, *paths, "--quiet", "--json", "--window", str(window or 0)]).splitlines()
            heard = textual(spoken(folder, extractor, paths, window), [json.loads(line) for line in spoken_lines])
            moves = getattr(config, "conv_pos_batch_norm", False) or config.model_type == "wav2vec2-conformer"  # statistics that a step changes
            again = None
            if index % 3 == 0 and not moves and all(text.strip() for text in texts):
                worst["saved"], again = saved_again(options.cli, kind, extractor, words, folder, work, paths, texts)
            if lines:
                again = again or tokenised(options.tokenise, folder, words, lines)
            scale = max(1.0, abs(float(load_file(work / "o.safetensors")["loss"])))
            bad = [key for key, value in worst.items() if not value < max(TOLERANCE * (scale if key == "loss" else 1), 10 * allowed.get(key, 0))] + [one for one in (heard, again) if one]
        except RuntimeError as error:
            worst, bad = {}, [str(error)]
        print(f"{index:3d} {kind.__name__:28s} {len(paths)} clips, windows {window or '-'}  " + "  ".join(f"{k} {v:.0e}" for k, v in worst.items()) +
              (f"   FAILED {bad}" if bad else ""), flush=True)
        if bad:
            failures.append(index)
    print(json.dumps(dict(models=options.count, failed=failures, folder=str(root))))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
