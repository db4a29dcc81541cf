#!/usr/bin/env python3
"""Takes LibTorch out of the `torch` wheel into Earmark's cache folder, for packaging/setup.

    CACHE/libtorch-VERSION-cpu|cuda/torch/{include,lib}     with nvidia/*/lib beside torch/, where the wheel's own run paths look for it
    CACHE/libtorch                                          a link to the one in use: the name that packaging/cmake/FindLibTorch.cmake knows

A folder appears under its final name only when it is complete.
"""
import argparse
import errno
import fcntl
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

VERSION = "2.13.0"
OLDEST = (2, 7)
RECORD = "earmark-libtorch.json"
# Where everything goes: the folder that packaging/cmake/FindLibTorch.cmake looks in.
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "earmark"
# Parts of torch/lib that serve Python or PyTorch's own tests.
NOT_NEEDED = re.compile(r"libtorch_python|libshm|libbackend_with_compiler|libjitbackend_test|libtorchbind_test|libaoti_custom_ops|\.a$")
CUDA_PARTS = re.compile(r"lib(torch|c10|caffe2)_?(cuda|nvshmem|nvrtc)")


class Problem(Exception):
    """One sentence for the user."""


def main():
    options = parse_options()
    try:
        CACHE.mkdir(parents=True, exist_ok=True)
        with open(CACHE / "libtorch.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file closes, however this ends
            print_unless(options.quiet, "libtorch   " + provide(options))
    except Problem as problem:
        sys.exit(f"packaging/setup: {problem}")
    except KeyboardInterrupt:
        sys.exit("packaging/setup: stopped; nothing half-done was left behind")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sys.exit(f"packaging/setup: {no_room()}")
        sys.exit(f"packaging/setup: {error.strerror}: {error.filename}")


def parse_options():
    parser = argparse.ArgumentParser(prog="packaging/setup")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--cpu", dest="variant", action="store_const", const="cpu")
    which.add_argument("--cuda", dest="variant", action="store_const", const="cuda")
    which.add_argument("--libtorch", metavar="PREFIX")
    parser.add_argument("--torch-index", metavar="URL")
    parser.add_argument("--quiet", action="store_true")
    return parser.parse_args()


def print_unless(quiet, text):
    if not quiet:
        print(text, flush=True)


def provide(options):
    """Makes CACHE/libtorch point at what was asked for; returns a line that says what that is."""
    stable = CACHE / "libtorch"
    if stable.exists() and not stable.is_symlink():
        raise Problem(f"{stable} is in the way: it should be a link that this program makes; move it elsewhere")
    if options.libtorch:
        prefix = pathlib.Path(options.libtorch).resolve()
        line = describe_own(prefix)
        point(stable, prefix)
        return line
    if not options.variant and not options.torch_index:
        kept = describe_kept(stable)
        if kept:
            return kept
    variant = options.variant or ("cuda" if has_nvidia_card() else "cpu")
    folder = CACHE / f"libtorch-{VERSION}-{variant}"
    if not (folder / RECORD).exists():
        fetch(folder, variant, options.torch_index)
    point(stable, pathlib.Path(folder.name) / "torch")
    return describe_kept(stable)


def describe_kept(stable):
    """The line for the LibTorch in use, or None where there is none or an older Earmark fetched it."""
    if not stable.exists():
        return None
    target = pathlib.Path(os.readlink(stable))
    if target.is_absolute():
        return describe_own(target)
    record_file = stable.parent / target.parent / RECORD
    if not record_file.exists():
        return None
    record = json.loads(record_file.read_text())
    return f"{record['version']} ({record['holds']}) in {stable}" if record["version"] == VERSION else None


def describe_own(prefix):
    for part in ("include/ATen/ATen.h", "lib/libtorch.so", "lib/libtorch_cpu.so", "lib/libc10.so"):
        if not (prefix / part).exists():
            raise Problem(f"{prefix} is no LibTorch: it has no {part}")
    version = version_of(prefix)
    if version < OLDEST:
        raise Problem(f"{prefix} is LibTorch {dotted(version)}; Earmark needs {dotted(OLDEST)} or newer")
    return f"{dotted(version)}, your own, in {prefix}"


def version_of(prefix):
    for name in ("torch/headeronly/version.h", "torch/csrc/api/include/torch/version.h"):
        header = prefix / "include" / name
        found = re.findall(r"#define TORCH_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header.read_text()) if header.exists() else []
        if len(found) == 3:
            return tuple(map(int, found))
    raise Problem(f"{prefix} is no LibTorch: its headers do not say which version they are")


def dotted(version):
    return ".".join(map(str, version))


def point(stable, target):
    fresh = stable.with_name(stable.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(stable)


def has_nvidia_card():
    return any(pathlib.Path(path).exists() for path in ("/dev/nvidiactl", "/proc/driver/nvidia/version", "/dev/dxg"))


def fetch(folder, variant, index):
    """Downloads and unpacks beside FOLDER, then renames: an interrupted run leaves nothing that looks complete."""
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)  # of a run that was killed; the lock says that nobody is at it now
    shutil.rmtree(folder, ignore_errors=True)
    wheels, content = partial / "wheels", partial / "content"
    wheels.mkdir(parents=True)
    content.mkdir()
    try:
        wheel = download_torch(wheels, variant, index)
        record = unpack_torch(wheel, content, variant)
        needed = nvidia_requirements(wheel, variant) if record["built_for"] == "cuda" else []
        wheel.unlink()
        if needed:
            pip_download(wheels, needed)
            for nvidia in sorted(wheels.glob("nvidia_*.whl")):
                unpack(nvidia, content, lambda name: re.match(r"nvidia/.*/lib/[^/]+\.so", name))
                nvidia.unlink()
        (content / RECORD).write_text(json.dumps(record, indent=1) + "\n")
        content.replace(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def download_torch(wheels, variant, index):
    if variant == "cpu":
        # The build for the CPU alone carries a label of its own where an index has it; else the plain wheel must serve.
        attempts = [f"torch=={VERSION}+cpu", f"torch=={VERSION}"]
    else:
        # Three equals signs: not the build for the CPU, which a plain comparison would prefer.
        attempts = [f"torch=={VERSION}"] if index else [f"torch==={VERSION}"]
    for requirement in attempts:
        if pip_download(wheels, [requirement], index, may_be_missing=requirement != attempts[-1]):
            return next(wheels.glob("torch-*.whl"))
    raise Problem(f"pip downloaded no torch {VERSION}")


def pip_download(wheels, requirements, index=None, may_be_missing=False):
    """True when pip fetched REQUIREMENTS; False when MAY_BE_MISSING and no index has them."""
    command = [sys.executable, "-m", "pip", "download", "--only-binary=:all:", "--no-cache-dir", "--no-input",
               "--disable-pip-version-check", "--dest", str(wheels)]
    if index:
        command += ["--index-url", index]
    if requirements[0].startswith("torch="):
        command.append("--no-deps")
    print("libtorch   pip download", *requirements, flush=True)
    # pip keeps what it downloads in the temporary folder: ours is on the disk that has to hold it anyway, and is cleared.
    process = subprocess.run(command + requirements, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                             env={**os.environ, "TMPDIR": str(wheels.parent)})
    if process.returncode == 0:
        return True
    if "No space left on device" in process.stderr or "Disk quota exceeded" in process.stderr:
        raise Problem(no_room())
    if may_be_missing and "No matching distribution found" in process.stderr:
        return False
    reason = [line for line in process.stderr.splitlines() if line.startswith("ERROR")] or process.stderr.splitlines() or ["no reason given"]
    raise Problem(f"pip could not download {' '.join(requirements)} ({reason[-1]}); check the network and pip's configured index, "
                  "or give --torch-index URL or --libtorch PREFIX")


def unpack_torch(wheel, content, variant):
    """Unpacks headers and libraries; returns the record of what they are."""
    with zipfile.ZipFile(wheel) as archive:
        has_cuda = "torch/lib/libtorch_cuda.so" in archive.namelist()
    if variant == "cuda" and not has_cuda:
        raise Problem(f"{wheel.name} holds no CUDA libraries; give --torch-index with an index that has them, or take --cpu")
    leave_out_cuda = has_cuda and variant == "cpu"

    def wanted(name):
        if re.match(r"torch/include/|torch\.libs/", name):
            return True
        return name.startswith("torch/lib/") and not NOT_NEEDED.search(name) and not (
            leave_out_cuda and (CUDA_PARTS.search(name) or name == "torch/lib/libtorch.so"))

    unpack(wheel, content, wanted)
    if leave_out_cuda:
        # libtorch.so has no code of its own and would ask for the CUDA half.
        (content / "torch/lib/libtorch.so").symlink_to("libtorch_cpu.so")
    return {"version": VERSION, "wheel": wheel.name, "sha256": sha256_of(wheel), "built_for": "cuda" if has_cuda else "cpu",
            "holds": "the CPU half of the CUDA build" if leave_out_cuda else variant}


def unpack(wheel, content, wanted):
    with zipfile.ZipFile(wheel) as archive:
        members = [member for member in archive.infolist() if wanted(member.filename) and not member.is_dir()]
        size = sum(member.file_size for member in members)
        if shutil.disk_usage(content).free < size + 2**24:
            raise Problem(no_room(size))
        print(f"libtorch   unpacking {wheel.name}, {size / 1e6:.0f} MB", flush=True)
        for member in members:
            archive.extract(member, content)


def nvidia_requirements(wheel, variant):
    """What the wheel itself asks for, or the two small libraries that its CPU half cannot be loaded without."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))).decode()
    required = re.findall(r"^Requires-Dist: ((?:nvidia-|cuda-toolkit)[^;\n]+)", metadata, re.MULTILINE)
    if variant == "cuda":
        return [requirement.strip() for requirement in required]
    needed = [re.sub(r"\[.*\]", "[cudart,cupti]", requirement.strip()) for requirement in required
              if re.match(r"cuda-toolkit|nvidia-cuda-(runtime|cupti)", requirement)]
    if not needed:
        raise Problem(f"{wheel.name} does not say which CUDA libraries it needs; give --torch-index with a CPU index, or --libtorch PREFIX")
    return needed


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def no_room(size=None):
    needed = f"{size / 1e9:.1f} GB more are needed" if size else "about 2 GB are needed, with CUDA about 9"
    return f"the disk of {CACHE} is full ({needed}); make room there, or set XDG_CACHE_HOME to a folder on a larger disk"


if __name__ == "__main__":
    main()
