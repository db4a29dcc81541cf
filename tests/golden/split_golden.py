#!/usr/bin/env python3
"""Makes tests/engine/dataset/split_golden.h: which rows datasets.train_test_split(test_size, seed) puts where.

Needs the Python packages datasets and numpy. Run from anywhere; the header is checked in, so the tests need no Python.
"""
import pathlib
import zlib

from datasets import Dataset
from datasets.utils.logging import disable_progress_bar

CASES = [  # rows, test size, seed
    (10, 0.1, 42), (10, 0.25, 0), (11, 0.1, 42), (13, 3, 7), (100, 0.1, 42), (999, 0.1, 42), (1000, 0.1, 42), (1000, 0.15, 1),
    (1000, 333, 123456789), (1001, 0.2, 4294967295), (1003, 0.001, 4294967296), (5000, 0.29, 2**63), (70000, 0.3, 3), (2, 0.5, 5),
]


def checksum(rows):
    """Of the row numbers as text, so that the order counts."""
    return zlib.crc32(",".join(map(str, rows)).encode())


def main():
    disable_progress_bar()
    lines = []
    for count, size, seed in CASES:
        parts = Dataset.from_dict({"row": list(range(count))}).train_test_split(test_size=size, seed=seed)
        train, test = parts["train"]["row"], parts["test"]["row"]
        first = ", ".join(map(str, list(test)[:5]))
        lines.append(f"    {{{count}, {size}, {seed}u, {len(test)}, {{{first}}}, 0x{checksum(train):08X}u, 0x{checksum(test):08X}u}},")
    path = pathlib.Path(__file__).resolve().parents[1] / "engine" / "dataset" / "split_golden.h"
    path.write_text(
        "// Made by tests/golden/split_golden.py with Hugging Face datasets; do not edit.\n"
        "#pragma once\n\n#include <cstddef>\n#include <cstdint>\n#include <vector>\n\n"
        "struct SplitGolden {\n    std::size_t count;\n    double testSize; ///< a count where not below 1\n    std::uint64_t seed;\n"
        "    std::size_t testCount;\n    std::vector<std::size_t> firstTestRows;\n"
        "    std::uint32_t trainChecksum; ///< CRC-32 of the row numbers, joined by commas\n    std::uint32_t testChecksum;\n};\n\n"
        "inline const SplitGolden splitGolden[] = {\n    // clang-format off\n" + "\n".join(lines) + "\n    // clang-format on\n};\n"
    )


if __name__ == "__main__":
    main()
