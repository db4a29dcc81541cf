"""Writes tests/data/features/features.json: what transformers' feature extractors give, for tst_features to compare with.

    python tests/golden/features_golden.py tests/data/features/features.json      (without torchaudio: the NumPy path is the reference, but for Whisper)

Clips are made by a formula in whole numbers that tst_features shares. Of each result, up to 96 values are kept, at places (7919 j) mod size.
"""
import json
import sys

import numpy as np
from transformers import ASTFeatureExtractor, ClapFeatureExtractor, Wav2Vec2FeatureExtractor, WhisperFeatureExtractor
from transformers.models.deprecated.mctct.feature_extraction_mctct import MCTCTFeatureExtractor
from transformers.audio_utils import mel_filter_bank, spectrogram, window_function
from transformers.utils import is_speech_available


def clip(length, seed):
    """Noise and a triangle wave on a constant; no noise where the seed is even, silence where it is 0."""
    state = np.uint32(seed)
    samples = np.empty(length)
    for i in range(length):
        state = np.uint32((int(state) * 1664525 + 1013904223) % 2**32)
        noise = (int(state) >> 8) / 2**24 - 0.5 if seed % 2 else 0.0
        triangle = abs((i * (seed + 3)) % 256 - 128) / 128 - 0.5
        samples[i] = 0.0 if seed == 0 else noise * 0.125 + triangle * 0.5 + 0.0625
    return samples.astype(np.float32)


def kept(values):
    values = np.asarray(values)
    flat = values.reshape(-1)
    places = [7919 * j % flat.size for j in range(min(96, flat.size))]
    return {"shape": list(values.shape), "values": [float(f"{flat[p]:.9g}") for p in places]}


def wav2vec2_cases():
    for length in (1, 7, 8, 100, 129, 400, 4001, 80000):
        yield {}, [length], "extract"
    yield {"do_normalize": False}, [500], "extract"
    yield {"return_attention_mask": True}, [500], "extract"
    for config in ({}, {"return_attention_mask": True}, {"return_attention_mask": True, "padding_value": 0.5},
                   {"do_normalize": False, "return_attention_mask": True}, {"padding_value": -1.0}):
        for how in ("batch", "pad"):
            yield config, [400, 1003, 777], how


def wav2vec2(config, lengths, how):
    extractor = Wav2Vec2FeatureExtractor(**config)
    clips = [clip(length, 2 * i + 1) for i, length in enumerate(lengths)]
    if how == "batch":
        result = extractor(clips, sampling_rate=16000, padding=True, return_tensors="np")
    else:
        items = [{"input_values": extractor(c, sampling_rate=16000)["input_values"][0]} for c in clips]
        result = extractor.pad(items, padding=True, return_tensors="np")
    case = {"config": config, "lengths": lengths, "how": how, "json": extractor.to_json_string()}
    if how == "extract":
        return case | kept(result["input_values"][0])
    return case | kept(result["input_values"]) | {"mask": [int(row.sum()) for row in result.get("attention_mask", [])]}


def ast_cases():
    for length, seed in ((400, 1), (401, 1), (559, 3), (560, 3), (16000, 5), (80000, 7), (170000, 9), (16000, 0), (16000, 4)):
        yield {}, length, seed
    yield {"num_mel_bins": 64, "max_length": 496}, 80000, 1
    yield {"num_mel_bins": 64, "max_length": 100}, 80000, 1
    yield {"sampling_rate": 8000, "num_mel_bins": 40, "max_length": 64}, 9000, 1
    yield {"sampling_rate": 22050, "num_mel_bins": 80, "max_length": 64}, 9000, 1
    yield {"sampling_rate": 11025, "num_mel_bins": 23, "max_length": 64}, 9000, 1
    yield {"do_normalize": False, "max_length": 32}, 3000, 1
    yield {"mean": -6.5, "std": 1.25, "max_length": 32}, 3000, 1


def ast(config, length, seed):
    extractor = ASTFeatureExtractor(**config)
    result = extractor(clip(length, seed), sampling_rate=extractor.sampling_rate, return_tensors="np")["input_values"][0]
    return {"config": config, "length": length, "seed": seed, "json": extractor.to_json_string()} | kept(result)


def whisper_cases():
    for length, seed in ((1, 1), (400, 1), (4001, 3), (100000, 5), (16000, 0), (16000, 4), (479990, 7)):
        yield {}, length, seed
    yield {"feature_size": 128}, 50000, 1
    for length in (16001, 32000, 33000):
        yield {"feature_size": 128, "chunk_length": 2}, length, 3
    yield {"chunk_length": 1}, 5000, 4
    yield {"chunk_length": 1, "hop_length": 333, "n_fft": 255, "feature_size": 20}, 15800, 1
    yield {"chunk_length": 1, "hop_length": 400, "n_fft": 255}, 15800, 1
    yield {"chunk_length": 3, "hop_length": 100, "n_fft": 512, "feature_size": 40, "sampling_rate": 22050}, 40000, 1
    yield {"chunk_length": 1, "sampling_rate": 8000, "padding_value": 0.25, "return_attention_mask": True}, 5000, 1


def whisper(config, length, seed):
    extractor = WhisperFeatureExtractor(**config)  # by way of torch, in single precision: what upstream does wherever a model runs
    result = extractor(clip(length, seed), sampling_rate=extractor.sampling_rate, return_tensors="np")["input_features"][0]
    return {"config": config, "length": length, "seed": seed, "json": extractor.to_json_string()} | kept(result)


def mctct_cases():
    for length, seed in ((560, 1), (720, 3), (16000, 5), (80000, 7)):
        yield {}, [length], seed
    yield {}, [4000, 9001, 5000], 1
    yield {"padding_value": -2.5, "normalize_vars": False}, [4000, 5000], 1
    yield {"normalize_means": False, "feature_size": 23}, [6000], 1
    yield {"normalize_means": False, "normalize_vars": False, "mel_floor": 30.5}, [6000, 3000], 1
    yield {"sampling_rate": 11025, "feature_size": 40, "win_length": 30, "hop_length": 7, "win_function": "hann_window"}, [5000], 1
    yield {"win_function": "hamming", "preemphasis_coeff": 0.5, "frame_signal_scale": 100.0}, [5000], 1
    yield {"win_function": "povey", "win_length": 32}, [5000], 1


def mctct(config, lengths, seed):
    extractor = MCTCTFeatureExtractor(**config)
    clips = [clip(length, 2 * i + seed) for i, length in enumerate(lengths)]
    result = extractor(clips, sampling_rate=extractor.sampling_rate, padding=True, return_tensors="np")
    masks = [int(row.sum()) for row in result["attention_mask"]]
    return {"config": config, "lengths": lengths, "seed": seed, "json": extractor.to_json_string(), "mask": masks} | kept(result["input_features"])


CLAP = {"sampling_rate": 4800, "hop_length": 48, "fft_window_size": 128, "max_length_s": 2, "frequency_max": 2400}  # 9600 samples, 201 frames


def clap_cases():
    """Shorter than, as long as and longer than what is heard; fusion of one frame more, where a third is empty, and of many."""
    for length in (1, 1000, 4800, 5000, 9599, 9600, 9601, 9647, 9648, 9700, 9800, 30000):
        for more in ({}, {"truncation": "rand_trunc"}):
            yield {**CLAP, **more}, [length], "extract"
    for padding in ("repeat", "pad"):
        for length in (10, 3500, 4800):
            yield {**CLAP, "padding": padding, "truncation": "rand_trunc"}, [length], "extract"
    yield {**CLAP, "padding": "repeat", "frequency_min": 50, "padding_value": 0.5}, [3500], "extract"
    yield {**CLAP, "feature_size": 20, "fft_window_size": 100, "hop_length": 77, "truncation": "rand_trunc", "top_db": 80, "return_attention_mask": True}, [20000], "extract"
    yield {**CLAP, "feature_size": 20}, [9000], "extract"
    yield {}, [100000], "extract"
    yield {}, [600000], "extract"
    yield {"truncation": "rand_trunc"}, [600000], "extract"
    for more in ({}, {"truncation": "rand_trunc"}):
        yield {**CLAP, **more}, [1000, 30000, 9600, 15000, 9640], "batch"
        yield {**CLAP, **more}, [1000, 5000, 9600, 700, 9640], "batch"


def clap(config, lengths, how):
    extractor = ClapFeatureExtractor(**config)
    np.random.seed(42)
    clips = [clip(length, 2 * i + 1) for i, length in enumerate(lengths)]
    result = extractor(clips, sampling_rate=extractor.sampling_rate, return_tensors="np")
    features = np.asarray(result["input_features"])
    return {"config": config, "lengths": lengths, "how": how, "json": extractor.to_json_string(), "longer": [bool(row[0]) for row in result["is_longer"]]} | kept(
        features if how == "batch" else features[0])


SPECTROGRAMS = [
    {"window": "hann", "frame": 400, "hop": 160, "fft": 400, "power": 2.0, "log": "log10",
     "mel": {"filters": 80, "min": 0, "max": 8000, "rate": 16000, "norm": "slaney", "scale": "slaney"}},
    {"window": "hann", "frame": 1024, "hop": 480, "fft": 1024, "power": 2.0, "log": "dB",
     "mel": {"filters": 64, "min": 50, "max": 14000, "rate": 48000, "norm": None, "scale": "htk"}},
    {"window": "hamming", "frame": 300, "hop": 100, "fft": 512, "power": 1.0, "log": "dB", "range": 60.0,
     "mel": {"filters": 30, "min": 0, "max": 5512, "rate": 11025, "norm": None, "scale": "htk"}},
    {"window": "povey", "frame": 401, "hop": 137, "fft": 600, "power": 2.0, "log": "log", "preemphasis": 0.97, "dc": True, "center": False,
     "mel": {"filters": 40, "min": 20, "max": 8000, "rate": 16000, "norm": "slaney", "scale": "kaldi"}},
    {"window": "boxcar", "frame": 64, "hop": 64, "fft": 64, "power": 1.0, "log": None},
    {"window": "hann", "frame": 128, "hop": 30, "fft": 255, "power": 1.5, "log": None},
]


def mel_spectrogram(options):
    mel = options.get("mel")
    filters = mel and mel_filter_bank(options["fft"] // 2 + 1, mel["filters"], mel["min"], mel["max"], mel["rate"], norm=mel["norm"],
                                      mel_scale=mel["scale"])
    result = spectrogram(clip(4000, 1), window_function(options["frame"], options["window"]), options["frame"], options["hop"],
                         fft_length=options["fft"], power=options["power"], center=options.get("center", True), mel_filters=filters,
                         log_mel=options["log"], preemphasis=options.get("preemphasis"), remove_dc_offset=options.get("dc", False),
                         db_range=options.get("range"))
    return {"options": options} | kept(result.T)


def main(path):
    assert not is_speech_available(), "torchaudio would be used instead of NumPy"
    golden = {
        "wav2vec2": [wav2vec2(*case) for case in wav2vec2_cases()],
        "ast": [ast(*case) for case in ast_cases()],
        "whisper": [whisper(*case) for case in whisper_cases()],
        "mctct": [mctct(*case) for case in mctct_cases()],
        "clap": [clap(*case) for case in clap_cases()],
        "spectrogram": [mel_spectrogram(options) for options in SPECTROGRAMS],
    }
    with open(path, "w") as file:
        file.write("{\n")
        for i, (name, cases) in enumerate(golden.items()):
            file.write(f'"{name}": [\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
            file.write("\n]" + (",\n" if i < len(golden) - 1 else "\n"))
        file.write("}\n")


if __name__ == "__main__":
    main(sys.argv[1])
