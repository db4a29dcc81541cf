#!/usr/bin/env python3
"""Writes tests/engine/neural/train/trainer_golden.h: what transformers, accelerate and torch draw, schedule and update."""

import json
import pathlib

import torch
from accelerate.data_loader import SeedableRandomSampler
from transformers.optimization import get_scheduler
from transformers.trainer_pt_utils import LabelSmoother, get_length_grouped_indices

OUT = pathlib.Path(__file__).parents[1] / "engine/neural/train/trainer_golden.h"
SCHEDULES = [
    ("linear", {}), ("cosine", {}), ("cosine", {"num_cycles": 1.25}), ("cosine_with_restarts", {"num_cycles": 3}),
    ("polynomial", {"lr_end": 1e-5, "power": 2.0}), ("constant", {}), ("constant_with_warmup", {}), ("inverse_sqrt", {}),
    ("cosine_with_min_lr", {"min_lr": 1e-4}), ("cosine_with_min_lr", {"min_lr_rate": 0.2}),
    ("cosine_warmup_with_min_lr", {"min_lr_rate": 0.1}), ("cosine_warmup_with_min_lr", {"min_lr_rate": 0.1, "warmup_lr_rate": 0.05}),
    ("warmup_stable_decay", {"num_decay_steps": 4}),
    ("warmup_stable_decay", {"num_decay_steps": 5, "num_stable_steps": 2, "warmup_type": "1-sqrt", "decay_type": "1-sqrt", "min_lr_ratio": 0.1}),
    ("warmup_stable_decay", {"num_decay_steps": 4, "warmup_type": "cosine", "decay_type": "linear"}),
]
METRICS = [1.0, 0.9, 0.95, 0.96, 0.97, 0.5, 0.6, 0.6, 0.6, 0.6]


def optimiser():
    return torch.optim.AdamW([torch.nn.Parameter(torch.zeros(1))], lr=1e-3)


def schedule(name, kwargs):
    opt = optimiser()
    scheduler = get_scheduler(name, opt, num_warmup_steps=3, num_training_steps=12, scheduler_specific_kwargs=kwargs)
    rates = []
    for _ in range(14):
        rates.append(scheduler.get_last_lr()[0])
        opt.step()
        scheduler.step()
    return rates


def plateau(kwargs):
    opt = optimiser()
    scheduler = get_scheduler("reduce_lr_on_plateau", opt, scheduler_specific_kwargs=kwargs)
    rates = []
    for metric in METRICS:
        scheduler.step(metric)
        rates.append(opt.param_groups[0]["lr"])
    return rates


def numbers(values):
    return "{" + ", ".join(repr(v) for v in values) + "}"


def order(seed, epoch, rows):
    torch.manual_seed(seed)
    sampler = SeedableRandomSampler(range(rows))
    sampler.set_epoch(epoch)
    return list(sampler)


def adamw():
    """Three parameters, the last without a gradient in the second step; clipping to norm 1."""
    torch.manual_seed(11)
    shapes = [(3, 4), (5,), (2, 2)]
    params = [torch.nn.Parameter(torch.randn(s)) for s in shapes]
    opt = torch.optim.AdamW([{"params": [params[0], params[2]], "weight_decay": 0.1}, {"params": [params[1]], "weight_decay": 0.0}],
                            lr=0.01, fused=True)
    norms = []
    for step in range(3):
        for i, p in enumerate(params):
            p.grad = torch.randn(p.shape) if not (step == 1 and i == 2) else None
        norms.append(torch.nn.utils.clip_grad_norm_(params, 1.0).item())
        opt.step()
    return norms, torch.cat([p.detach().flatten() for p in params]).tolist()


def smoothing():
    torch.manual_seed(3)
    logits, labels = torch.randn(4, 5), torch.tensor([0, 4, 2, 2])
    return LabelSmoother(0.1)({"logits": logits}, labels).item()


def main():
    lines = ["// Made by tests/golden/make_trainer.py; do not edit.", "#pragma once", "", "#include <cstdint>", "#include <vector>", "",
             "struct GoldenSchedule {", "    const char* type;", "    const char* kwargs;", "    std::vector<double> rates;", "};", "",
             "// Warm-up 3, 12 steps, highest rate 1e-3: the rate of each step.", "inline const std::vector<GoldenSchedule> goldenSchedules = {"]
    for name, kwargs in SCHEDULES:
        lines.append(f'    {{"{name}", {json.dumps(json.dumps(kwargs))}, {numbers(schedule(name, kwargs))}}},')
    lines += ["};", f"inline const std::vector<double> plateauMetrics = {numbers(METRICS)};",
              "inline const std::vector<GoldenSchedule> goldenPlateaus = {"]
    for kwargs in ({"patience": 1}, {"patience": 0, "cooldown": 1, "factor": 0.5}, {"patience": 1, "mode": "max", "threshold_mode": "abs", "threshold": 0.01}):
        lines.append(f'    {{"reduce_lr_on_plateau", {json.dumps(json.dumps(kwargs))}, {numbers(plateau(kwargs))}}},')
    lines.append("};")
    lines.append(f"inline const std::vector<std::int64_t> orderSeed42Epoch0 = {numbers(order(42, 0, 23))};")
    lines.append(f"inline const std::vector<std::int64_t> orderSeed42Epoch3 = {numbers(order(42, 3, 23))};")
    torch.manual_seed(5)
    torch.empty((), dtype=torch.int64).random_()  # DataLoader's base seed comes first
    lengths = [(i * 37) % 11 + 3 for i in range(50)]
    lines.append(f"inline const std::vector<std::int64_t> groupedSeed5 = {numbers(get_length_grouped_indices(lengths, 4))};")
    norms, values = adamw()
    lines.append(f"inline const std::vector<double> adamwNorms = {numbers(norms)};")
    lines.append(f"inline const std::vector<double> adamwValues = {numbers(values)};")
    lines.append(f"inline const double smoothedSeed3 = {smoothing()!r};")
    OUT.write_text("\n".join(lines) + "\n")


main()
