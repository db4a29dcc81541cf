"""Writes the small weight files of tests/data/checkpoint with torch and safetensors themselves.

    python tests/golden/checkpoint_golden.py tests/data/checkpoint

Element i of every tensor is (37 i + 11) mod 201 - 100, divided by 64 where the type has fractions: exact in each type, and tst_checkpoint
computes the same.
"""
import sys
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file

TYPES = {
    "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16, "f64": torch.float64, "i64": torch.int64, "i32": torch.int32,
    "i16": torch.int16, "i8": torch.int8, "u8": torch.uint8, "bool": torch.bool,
}


def values(shape, dtype):
    numbers = (37 * torch.arange(max(1, torch.Size(shape).numel())) + 11) % 201 - 100
    numbers = numbers[: torch.Size(shape).numel()].reshape(shape)
    return numbers.to(torch.float64).div(64).to(dtype) if dtype.is_floating_point else numbers.to(dtype)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {f"layer.{name}": values((2, 3), dtype) for name, dtype in TYPES.items()}
    tensors["scalar"] = values((), torch.float32)
    tensors["empty"] = values((0, 3), torch.float32)
    save_file(tensors, folder / "all_types.safetensors", metadata={"format": "pt"})

    base = values((4, 5), torch.float32)
    views = OrderedDict(tensors)
    views["whole"] = base
    views["tied"] = base
    views["transposed"] = base.t()
    views["column"] = base[:, 2]
    views["expanded"] = base[1:2].expand(3, 5)
    views["parameter"] = torch.nn.Parameter(base[2])
    views["epoch"] = 3
    views["notes"] = {"best": [0.5, None, True, ("a", -7)], "bytes": b"x"}
    torch.save(views, folder / "protocol2.bin")
    torch.save(dict(views), folder / "protocol5.bin", pickle_protocol=5)
    torch.save(torch.nn.BatchNorm1d(3).state_dict(), folder / "module.bin")
    views["notes"]["unused"] = values((3,), torch.int16)  # a storage between those of the weights that nobody asks for
    torch.save(views, folder / "legacy.bin", _use_new_zipfile_serialization=False)
    torch.save(dict(views), folder / "legacy5.bin", pickle_protocol=5, _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
