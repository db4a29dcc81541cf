#!/usr/bin/env python3
"""Makes tests/data/text/ctc_tokenizer.json: what Wav2Vec2CTCTokenizer makes of texts and ids, for tests/engine/text to replay. transformers 4.57.6."""
import json
import pathlib
import random
import tempfile

from transformers import AutoTokenizer, Wav2Vec2CTCTokenizer

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "text"
LATIN = {c: i for i, c in enumerate("'abcdefghijklmnopqrstuvwxyzäöüß|")}
TIMIT = {**LATIN, "[UNK]": 32, "[PAD]": 33}
LIBRI = {c: i for i, c in enumerate(["<pad>", "<s>", "</s>", "<unk>", "|", *"ETAONIHSRDLUMWCFGYPBVK'XJQZ"])}
PHONES = {c: i for i, c in enumerate(["<s>", "<pad>", "</s>", "<unk>", "n", "s", "t", "ə", "l", "aɪ", "aɪə", "tʃ", "ɪ ŋ", "|"])}
NESTED = {"eng": {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "|": 4, "a": 5, "b": 6},
          "ell": {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "|": 4, "α": 5, "ς": 6, "σ": 7}}
TEXTS = ["", " ", "hello world", "Hello  World ", "  it's 5 o'clock", "a[UNK]b", "a [UNK] b", "a <s> b </s>", "[PAD]a[PAD] ", "straße", "STRASSE", "naïve",
         "line\nbreak\ttab", "a\u3000b\u00a0c", "ΣΊΣΥΦΟΣ", "İstanbul ıI", "n aɪ aɪə tʃ", "naɪəs tʃə", "ɪ ŋɪ", "a|b", "<unk>", "<pa", "<<s>>", "aabb", "αςσ", "ab ba",
         "don 't stop . ok ?", "😀a", "ﬁn", "x<mask>y", "the mask> <m", "ǅ"]
SPECIALS = dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>")
CASES = [
    ("timit", TIMIT, dict(unk_token="[UNK]", pad_token="[PAD]", word_delimiter_token="|"), {}, {}),
    ("defaults", LIBRI, None, {}, {}),
    ("libri_lower", LIBRI, dict(do_lower_case=True, tokenizer_class="Wav2Vec2CTCTokenizer", clean_up_tokenization_spaces=True, **SPECIALS), {}, {}),
    ("lower_without_unknown", LATIN, dict(do_lower_case=True, unk_token=None, pad_token="'", bos_token=None, eos_token=None), {}, {}),
    ("phones", PHONES, dict(SPECIALS), {}, {}),
    ("delimiter", TIMIT, dict(unk_token="[UNK]", pad_token="[PAD]", word_delimiter_token="z", replace_word_delimiter_char="_"), {}, {}),
    ("legacy_files", TIMIT, dict(do_lower_case=False), {"bos_token": "<s>", "unk_token": {"content": "[UNK]", "lstrip": True, "rstrip": False, "normalized": False,
     "single_word": False}, "pad_token": "[PAD]", "eos_token": "</s>", "mask_token": {"content": "<mask>", "lstrip": True, "rstrip": True, "single_word": True,
     "normalized": True}, "additional_special_tokens": ["<m", {"content": "mask>", "lstrip": False, "rstrip": True, "single_word": False, "normalized": True}]},
     {"<s>": 34, "</s>": 35, "Wor": 36}),
    ("modern_files", TIMIT, dict(unk_token="[UNK]", pad_token="[PAD]", **{k: SPECIALS[k] for k in ("bos_token", "eos_token")}, added_tokens_decoder={
        "33": dict(content="[PAD]", lstrip=False, rstrip=True, single_word=False, normalized=False, special=True),
        "40": dict(content="<s>", lstrip=True, rstrip=False, single_word=False, normalized=False, special=True),
        "50": dict(content="wor", lstrip=False, rstrip=True, single_word=True, normalized=True, special=False)}), {"pad_token": "unused"}, {"unused": 77}),
    ("nested_english", NESTED, dict(target_lang="eng", **SPECIALS), {}, {}),
    ("nested_greek", NESTED, dict(target_lang="ell", do_lower_case=True, **SPECIALS), {}, {}),
]


def spoken(rng, tokenizer):
    """Ids with runs, blanks and ids that the vocabulary lacks."""
    ids = []
    for _ in range(rng.randrange(0, 14)):
        ids += [rng.choice([*range(len(tokenizer) + 2), tokenizer.word_delimiter_token_id, tokenizer.pad_token_id or 0])] * rng.randrange(1, 4)
    return [0 if i is None else i for i in ids]


cases, rng = [], random.Random(4)
for name, vocabulary, config, special, added in CASES:
    files = {"vocab.json": json.dumps(vocabulary, ensure_ascii=False)}
    if config is not None:
        files["tokenizer_config.json"] = json.dumps({"tokenizer_class": "Wav2Vec2CTCTokenizer", **config})
    if special:
        files["special_tokens_map.json"] = json.dumps(special)
    if added:
        files["added_tokens.json"] = json.dumps(added)
    with tempfile.TemporaryDirectory() as folder:
        for file, text in files.items():
            (pathlib.Path(folder) / file).write_text(text, encoding="utf-8")
        tokenizer = Wav2Vec2CTCTokenizer.from_pretrained(folder)
    case = dict(name=name, files=files, size=len(tokenizer), pad=tokenizer.pad_token_id, encode=[], decode=[])
    for text in TEXTS:
        ids = tokenizer.convert_tokens_to_ids(tokenizer.tokenize(text))
        if None not in ids:
            case["encode"].append(dict(text=text, ids=ids))
            case["decode"].append(dict(ids=ids, groups=False, text=tokenizer.decode(ids, group_tokens=False)))
        else:
            case["encode"].append(dict(text=text, ids=None))
    for _ in range(12):
        ids = spoken(rng, tokenizer)
        try:
            decoded = tokenizer.decode(ids, output_word_offsets=True)
        except (TypeError, ValueError):  # an id without a token where there is no unknown one
            continue
        words = [dict(word=w["word"], start=int(w["start_offset"]), end=int(w["end_offset"])) for w in decoded.word_offsets]
        case["decode"].append(dict(ids=ids, groups=True, text=decoded.text, words=words))
    cases.append(case)
    print(name, len(tokenizer), tokenizer.pad_token_id, sum(e["ids"] is None for e in case["encode"]), len(case["decode"]))
OUT.mkdir(parents=True, exist_ok=True)
(OUT / "ctc_tokenizer.json").write_text(json.dumps(cases, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")
