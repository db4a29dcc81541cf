#!/usr/bin/env python3
"""Writes tests/engine/neural/train/random_streams_golden.h: what NumPy's legacy generator and Python's `random` draw."""

import pathlib
import random

import numpy as np

SEEDS = (0, 42, 1234, 2**32 - 1)
OUT = pathlib.Path(__file__).parents[1] / "engine/neural/train/random_streams_golden.h"


def draws(seed):
    np.random.seed(seed)
    random.seed(seed)
    for _ in range(700):  # across a refill of the state
        np.random.rand()
        random.random()
    numpy_double = np.random.rand()
    small = np.random.randint(0, 100, (5,)).tolist()
    one = int(np.random.randint(7, 8))
    large = np.random.randint(-5, 2**40, (3,)).tolist()
    full = int(np.random.randint(0, 2**32))
    choice = np.random.choice(np.arange(37), 9, replace=False).tolist()
    python_double = random.random()
    python_small = [random.randint(0, 9999) for _ in range(5)]
    python_one = random.randint(3, 3)
    python_large = random.randint(-(2**40), 2**45)
    return (f"    {{{seed}u, {numpy_double!r}, {{{', '.join(map(str, small))}}}, {one}, "
            f"{{{', '.join(f'{x}LL' for x in large)}}}, {full}LL, {{{', '.join(map(str, choice))}}},\n"
            f"     {python_double!r}, {{{', '.join(map(str, python_small))}}}, {python_one}, {python_large}LL}},\n")


OUT.write_text(
    "// Made by tests/golden/make_random_streams.py; do not edit.\n#pragma once\n\n#include <cstdint>\n\n"
    "struct GoldenDraws {\n    std::uint64_t seed;\n    double numpyDouble;\n    std::int64_t small[5];\n    std::int64_t one;\n"
    "    std::int64_t large[3];\n    std::int64_t full;\n    std::int64_t choice[9];\n    double pythonDouble;\n"
    "    std::int64_t pythonSmall[5];\n    std::int64_t pythonOne;\n    std::int64_t pythonLarge;\n};\n\n"
    "inline constexpr GoldenDraws goldenDraws[] = {\n" + "".join(map(draws, SEEDS)) + "};\n")
