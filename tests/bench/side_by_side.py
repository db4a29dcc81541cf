#!/usr/bin/env python3
"""Earmark against transformers 4.57.6, alternating, same threads, same torch; medians with spread.

    side_by_side.py --cli build/release/bin/earmark-cli [--shape distilhubert|wav2vec2-base|ast|whisper-base] [--pairs 5] [--threads 2] [--steps 12] [--clips 48]
                    [--only train|frozen|one|batched] [--audio FOLDER]

The peer is given every advantage that a notebook could have: clips already decoded in memory, features extracted before the clock
starts. Earmark reads the files. The model is the shape of ntu-spml/distilhubert (or facebook/wav2vec2-base, MIT/ast-finetuned-audioset,
openai/whisper-base) with random weights.

  train, frozen   training steps a second, batch 8 of 5-s clips; Trainer's own `train_samples_per_second` and the command's
                  `samples_per_second` (both are of the training loop alone)
  one, batched    --clips spoken clips (--audio: a folder of them, else synthesised ones of 1 to 8 s): seconds for all of them.
                  Earmark: the whole process with the clips named five times less the whole process with them named once, over four,
                  which leaves out start-up and loading on both sides; transformers: the pipeline, warmed up, over the decoded clips
"""
import argparse
import json
import pathlib
import random
import shutil
import statistics
import subprocess
import tempfile
import time
import wave

import numpy as np
import torch
import transformers
from transformers import (ASTConfig, ASTFeatureExtractor, ASTForAudioClassification, AutoFeatureExtractor, AutoModelForAudioClassification, HubertConfig,
                          HubertForSequenceClassification, Trainer, TrainingArguments, Wav2Vec2Config, Wav2Vec2FeatureExtractor,
                          Wav2Vec2ForSequenceClassification, WhisperConfig, WhisperFeatureExtractor, WhisperForAudioClassification, pipeline)

RATE = 16000


def write_wav(path, samples):
    with wave.open(str(path), "wb") as f:
        f.setnchannels(1), f.setsampwidth(2), f.setframerate(RATE)
        f.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def voice(rng, seconds):
    t = np.arange(int(seconds * RATE)) / RATE
    tone = sum(np.sin(2 * np.pi * f * t + rng.random()) for f in rng.uniform(80, 3000, 6)) / 12
    return tone * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * t)) + rng.normal(0, 0.02, t.size)


WHISPER_BASE = dict(d_model=512, encoder_layers=6, encoder_attention_heads=8, encoder_ffn_dim=2048, decoder_layers=6, decoder_attention_heads=8,
                    decoder_ffn_dim=2048)
SHAPES = {
    "distilhubert": lambda labels: (HubertForSequenceClassification(HubertConfig(num_hidden_layers=2, feat_proj_layer_norm=False, **labels)),
                                    Wav2Vec2FeatureExtractor(return_attention_mask=False, do_normalize=True)),
    "wav2vec2-base": lambda labels: (Wav2Vec2ForSequenceClassification(Wav2Vec2Config(**labels)),
                                     Wav2Vec2FeatureExtractor(return_attention_mask=False, do_normalize=True)),
    "ast": lambda labels: (ASTForAudioClassification(ASTConfig(**labels)), ASTFeatureExtractor()),
    "whisper-base": lambda labels: (WhisperForAudioClassification(WhisperConfig(**WHISPER_BASE, **labels)), WhisperFeatureExtractor()),
}


def make_model(shape, folder, labels):
    torch.manual_seed(0)
    names = [f"l{i}" for i in range(labels)]
    model, extractor = SHAPES[shape](dict(num_labels=labels, id2label=dict(enumerate(names)), label2id={n: i for i, n in enumerate(names)}))
    model.save_pretrained(folder)
    extractor.save_pretrained(folder)


def earmark(cli, *arguments):
    done = subprocess.run([cli, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))}\n{done.stderr}")
    return done.stdout


class Clips(torch.utils.data.Dataset):
    def __init__(self, name, arrays, labels):
        self.items = [{name: a, "labels": l} for a, l in zip(arrays, labels)]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]


def collate(items):
    name = next(key for key in items[0] if key != "labels")
    return {name: torch.stack([i[name] for i in items]), "labels": torch.tensor([i["labels"] for i in items])}


def training_pair(work, args, frozen):
    rng = np.random.default_rng(1)
    audio = work / "five"
    audio.mkdir(exist_ok=True)
    clips = [voice(rng, 5).astype(np.float32) for _ in range(64)]
    with open(audio / "clips.csv", "w") as table:
        table.write("file,label,split\n")
        for i, clip in enumerate(clips):
            write_wav(audio / f"{i:02}.wav", clip)
            table.write(f"{i:02}.wav,l{i % 10},train\n")
    project = work / "five.earmark"
    if not project.exists():
        earmark(args.cli, "import", audio / "clips.csv", "--project", project, "--split-column", "split")
    extractor = AutoFeatureExtractor.from_pretrained(work / "model")
    name = extractor.model_input_names[0]
    arrays = [torch.as_tensor(np.asarray(extractor(c, sampling_rate=RATE)[name][0])) for c in clips]
    steps = args.steps

    def ours():
        out = earmark(args.cli, "train", "--project", project, "--base", work / "model", "--out", work / "run", "--overwrite", "--json",
                      "--threads", args.threads, "--set", f"max_steps={steps}", "--set", f"freeze_feature_encoder={str(frozen).lower()}",
                      "--set", "save_strategy=no", "--set", "logging_steps=1000")
        finished = [json.loads(line) for line in out.splitlines() if '"finished"' in line][-1]
        return finished["samples_per_second"] / 8

    def theirs():
        model = AutoModelForAudioClassification.from_pretrained(work / "model")
        if frozen and hasattr(model, "freeze_feature_encoder"):
            model.freeze_feature_encoder()
        trainer = Trainer(model=model, train_dataset=Clips(name, arrays, [i % 10 for i in range(64)]), data_collator=collate,
                          args=TrainingArguments(output_dir=work / "peer", max_steps=steps, per_device_train_batch_size=8, save_strategy="no",
                                                 report_to=[], disable_tqdm=True, logging_steps=1000, use_cpu=True))
        return trainer.train().metrics["train_samples_per_second"] / 8

    return ours, theirs, "steps a second", True


def prediction_pair(work, args, batched):
    audio = work / "spoken"
    audio.mkdir(exist_ok=True)
    files = []
    if args.audio:
        found = sorted(p for p in pathlib.Path(args.audio).rglob("*") if p.suffix.lower() in {".wav", ".flac", ".ogg", ".mp3"})
        chosen = random.Random(5).sample(found, args.clips)
        for i, path in enumerate(chosen):
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", path, "-ac", "1", "-ar", str(RATE), audio / f"{i:02}.wav"], check=True)
            files.append(audio / f"{i:02}.wav")
    else:
        rng = np.random.default_rng(2)
        for i in range(args.clips):
            write_wav(audio / f"{i:02}.wav", voice(rng, rng.uniform(1, 8)))
            files.append(audio / f"{i:02}.wav")
    arrays = []
    for path in files:
        with wave.open(str(path)) as f:
            arrays.append(np.frombuffer(f.readframes(f.getnframes()), "<i2").astype(np.float32) / 32768)
    classifier = pipeline("audio-classification", model=str(work / "model"), batch_size=8 if batched else 1, device="cpu")

    def process(times):
        start = time.perf_counter()
        earmark(args.cli, "classify", "--model", work / "model", "--threads", args.threads, "--batch-size", 8 if batched else 1, "--json",
                *(files * times))
        return time.perf_counter() - start

    def ours():
        once = process(1)
        return (process(5) - once) / 4

    def theirs():
        start = time.perf_counter()
        if batched:
            # The pipeline pads a batch by zeros without a mask; sorting by length is the best that it can do.
            for _ in classifier(sorted(arrays, key=len)):
                pass
        else:
            for array in arrays:
                classifier(array)
        return time.perf_counter() - start

    theirs()
    return ours, theirs, f"seconds for {args.clips} clips", False


def compare(name, pair, pairs):
    ours, theirs, unit, higher_is_better = pair
    a, b = [], []
    for i in range(pairs):
        for side in ((ours, a), (theirs, b)) if i % 2 == 0 else ((theirs, b), (ours, a)):
            side[1].append(side[0]())
    ratios = [x / y if higher_is_better else y / x for x, y in zip(a, b)]
    show = lambda v: f"{statistics.median(v):.3f} ({min(v):.3f}–{max(v):.3f})"
    print(f"{name:8} {unit:22} earmark {show(a)}   transformers {show(b)}   times as fast {show(ratios)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--shape", choices=list(SHAPES), default="distilhubert")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--clips", type=int, default=48)
    parser.add_argument("--only", choices=["train", "frozen", "one", "batched"])
    parser.add_argument("--audio")
    args = parser.parse_args()
    args.cli = str(pathlib.Path(args.cli).resolve())
    torch.set_num_threads(args.threads)
    transformers.logging.set_verbosity_error()
    print(f"transformers {transformers.__version__}, torch {torch.__version__}, {args.threads} threads, {args.pairs} pairs, {args.shape}")
    work = pathlib.Path(tempfile.mkdtemp(prefix="earmark-bench-"))
    try:
        make_model(args.shape, work / "model", 10)
        for name, make in {"train": lambda: training_pair(work, args, False), "frozen": lambda: training_pair(work, args, True),
                           "one": lambda: prediction_pair(work, args, False), "batched": lambda: prediction_pair(work, args, True)}.items():
            if args.only in (None, name):
                compare(name, make(), args.pairs)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
