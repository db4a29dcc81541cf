#!/usr/bin/env python3
"""Loads in transformers what Earmark saves: every network of tests/data/models and tests/data/clap, which must give what is stored beside it.

    build/dev/bench/save_fixtures tests/data FOLDER && tests/golden/check_saved.py FOLDER

Needs what models_golden.py needs. Exits with 1 where a folder lacks a weight or has one too many, or where a tensor or a gradient's digest differs by more
than 1e-4 of its largest value.
"""
import pathlib
import sys

import clap_golden
import models_golden
import transformers as tf
from safetensors.torch import load_file

TOLERANCE = 1e-4


def far(wanted, found):
    """The difference of two tensors against the largest value of the first."""
    if wanted.shape != found.shape:
        return float("inf")
    return (wanted.double() - found.double()).abs().max().item() / max(1.0, wanted.double().abs().max().item())


def check(kind, compute, options, folder, stored):
    decoder = dict(pad_token_id=0) if kind is models_golden.WhisperModel else {}  # which fixtures say nothing of
    model, report = kind.from_pretrained(folder, attn_implementation="eager", output_loading_info=True, **decoder)
    wrong = [f"{what} {report[what]}" for what in ("missing_keys", "unexpected_keys", "mismatched_keys") if report[what]]
    found, wanted = compute(model, options), load_file(stored)
    differences = {key: far(tensor, found[key]) if key in found else float("inf") for key, tensor in wanted.items()}
    wrong += [f"{key} {value:.0e}" for key, value in differences.items() if not value < TOLERANCE]
    return max(differences.values()), wrong


def main(root):
    tf.logging.set_verbosity_error()
    cases = [(name, kind, models_golden.compute, options, models_golden.OUT) for name, kind, _, options in models_golden.CASES]
    cases += [(name, tf.ClapModel, clap_golden.compute, options, clap_golden.OUT) for name, _, options in clap_golden.CASES]
    failed = 0
    for name, kind, compute, options, out in cases:
        worst, wrong = check(kind, compute, options, root / out.name / name, out / f"{name}.safetensors")
        failed += bool(wrong)
        print(f"{name:40s} {worst:.0e}  {'; '.join(wrong)}")
    print(f"{len(cases)} saved models, {failed} come out otherwise")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
