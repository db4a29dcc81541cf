#!/usr/bin/env python3
"""Makes tests/data/text/roberta_tokenizer.json: what RobertaTokenizerFast makes of texts and ids, for tests/engine/text to replay. transformers 4.57.6, tokenizers 0.22.

The vocabulary is learnt from a few sentences, so that merges overlap and compete; each case loads its files with from_pretrained, as a model folder's are.
"""
import json
import pathlib
import random
import tempfile

from tokenizers import ByteLevelBPETokenizer
from transformers import AutoTokenizer, RobertaTokenizerFast

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "text"
CORPUS = """This is a sound of a dog barking. This is a sound of rain falling on a roof, and of thunder far away.
The sound of a vacuum cleaner; someone's talking while they're laughing, they've been singing and I'm whistling 'til we'll go. He'd said it doesn't matter!
Straßenbahn, Kirchenglocken und Vögel; le bruit d'une fontaine à l'école; звук дождя и грома; 雨の音と犬の声; صوت المطر.
aaaa aaaaaaaa abababab abcabcabc banana bananas bandana 12345 2024 3.14 1,000,000 -- ... !!! ??? <s> </s> \t\tif (x == 0) {\n    return;\n}\n\n""" * 3
TEXTS = ["", " ", "  ", "\n", "\t \n  ", "This is a sound of a dog barking.", "this is a sound of rain", " leading space", "trailing space ", "two  spaces", "three   spaces  and two",
         "line\nbreak", "line \n break", "  \n  x", "x\u00a0y", "x \u00a0 y", "a\u3000b\u3000\u3000c", "x\u2028y", "\u200bzero\u200bwidth", "x\x85y \x1c\x1d z", "a\x00b",
         "I'm you're he'll they've we'd it's don't", "'s't're've'm'll'd", "I'M YOU'RE", "'S 'T", "''s", "' s", " 's", "x's's", "o'clock 'tis", "\u2019s it\u2019s",
         "12345 3.14 1,000,000", "x1y2", "\u00bd \u00b2 \u0664\u0665 \u2167 \u4e94", "no\u0301 e\u0301te\u0301", "naïve café Straße ÄÖÜ", "звук дождя", "雨の音と犬の声", "صوت المطر", "हिन्दी में",
         "ไทยเสียง", "😀", "👩‍👩‍👧‍👦 🇩🇪", "\U0001f3b5music\U0001f3b6", "\ufffd", "\ufeffbom", "ﬁne ǅ ß İ", "aaaaaaaaaaaaaaaaaaaaaaa", "ababababab", "abcabcabcab", "banana bandana",
         "<s>", "</s>", "<pad>", "<unk>", "<mask>", "a <mask> b", "a  <mask>  b", "<mask><mask>", " <mask>", "x<mask>y", "<s>a</s>", "<s> a </s>", "<S>", "< s>", "<<s>>", "<ma", "<mask",
         "!!!???...", "--- -- -", "{x} == [y]", "C++ & C#", "http://example.org/?q=a%20b", "tab\tin\t\tside", "_under_score_", "\u00ad\u2010\u2011", "new word newword a new", "wor word words",
         "a<x>b <x> c", "a [y] b [y]", "mixed 音 and ب and \u0301", "a" * 300, "ab " * 40, "of a sound. Yes ! No ? 'm n't"]
DOG = "This is a sound of a dog barking."


def learnt(size=430, alphabet=True):
    tokenizer = ByteLevelBPETokenizer()
    tokenizer.train_from_iterator([CORPUS], vocab_size=size, min_frequency=1, show_progress=False, special_tokens=["<s>", "<pad>", "</s>", "<unk>"])
    vocabulary, merges = tokenizer.get_vocab(), [tuple(m) for m in json.loads(tokenizer._tokenizer.to_str())["model"]["merges"]]
    vocabulary = {token: i for i, token in enumerate(sorted(vocabulary, key=vocabulary.get))}
    vocabulary["<mask>"] = len(vocabulary)
    return vocabulary, merges


VOCABULARY, MERGES = learnt()
PARTS = {"vocab.json": json.dumps(VOCABULARY, ensure_ascii=False), "merges.txt": "#version: 0.2\n" + "\n".join(" ".join(m) for m in MERGES) + "\n"}
NAMES = dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>", sep_token="</s>", pad_token="<pad>", cls_token="<s>", mask_token="<mask>")


def saved(**options):
    """The files that save_pretrained writes."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as target:
        for name, text in PARTS.items():
            (pathlib.Path(folder) / name).write_text(text, encoding="utf-8")
        RobertaTokenizerFast.from_pretrained(folder, **options).save_pretrained(target)
        return {path.name: path.read_text(encoding="utf-8") for path in sorted(pathlib.Path(target).iterdir())}


def changed(files, name, change):
    content = json.loads(files[name])
    change(content)
    return {**files, name: json.dumps(content, ensure_ascii=False)}


def with_model(files, **fields):
    return changed(files, "tokenizer.json", lambda whole: whole["model"].update(fields))


def token(content, **flags):
    return {**dict(lstrip=False, rstrip=False, single_word=False, normalized=True, special=False), "content": content, **flags}


SAVED = saved(model_max_length=20)
ONLY = {name: SAVED[name] for name in ("tokenizer.json", "tokenizer_config.json")}
FEWER = {t: i for t, i in VOCABULARY.items() if t not in ("Ð", "ã", "Ċ", "q")}
FEW_MERGES = [m for m in MERGES if all(part in FEWER for part in (*m, "".join(m)))]
MORE = [token("new word", id=len(VOCABULARY)), token("wor", id=len(VOCABULARY) + 1, single_word=True), token("<x>", id=len(VOCABULARY) + 2, lstrip=True, rstrip=True, normalized=False, special=True)]
CASES = [
    ("parts", PARTS),
    ("parts_configured", {**PARTS, "tokenizer_config.json": json.dumps(dict(NAMES, add_prefix_space=True, model_max_length=512, tokenizer_class="RobertaTokenizer", clean_up_tokenization_spaces=True))}),
    ("saved", SAVED),
    ("only_json", ONLY),
    ("json_alone", {"tokenizer.json": SAVED["tokenizer.json"]}),
    ("merges_as_texts", with_model(ONLY, merges=[" ".join(m) for m in MERGES])),
    ("bytes_left_out", with_model(ONLY, vocab=FEWER, merges=[list(m) for m in FEW_MERGES])),
    ("bytes_unknown", with_model(ONLY, vocab=FEWER, merges=[list(m) for m in FEW_MERGES], unk_token="<unk>", fuse_unk=False)),
    ("bytes_unknown_fused", with_model(ONLY, vocab=FEWER, merges=[list(m) for m in FEW_MERGES], unk_token="<unk>", fuse_unk=True)),
    ("prefix_left", changed(SAVED, "tokenizer_config.json", lambda c: c.update(add_prefix_space=True, padding_side="left", truncation_side="left"))),
    ("more_tokens", changed(ONLY, "tokenizer.json", lambda whole: whole["added_tokens"].extend(MORE))),
    ("more_in_configuration", changed(ONLY, "tokenizer_config.json", lambda c: c["added_tokens_decoder"].update(
        {str(len(VOCABULARY)): token("[y]", lstrip=True), str(len(VOCABULARY) + 1): token("new", single_word=True, rstrip=True)}))),
    ("legacy", {**PARTS, "special_tokens_map.json": json.dumps({**NAMES, "mask_token": token("<mask>", lstrip=True), "additional_special_tokens": ["<x>"]}),
                "tokenizer_config.json": json.dumps(dict(model_max_length=512, tokenizer_class="RobertaTokenizer"))}),
    ("without_around", changed(ONLY, "tokenizer.json", lambda whole: whole.update(post_processor=None))),
]

cases, rng = [], random.Random(7)
for name, files in CASES:
    with tempfile.TemporaryDirectory() as folder:
        for file, text in files.items():
            (pathlib.Path(folder) / file).write_text(text, encoding="utf-8")
        tokenizer = RobertaTokenizerFast.from_pretrained(folder)
    case = dict(name=name, files=files, size=len(tokenizer), pad=tokenizer.pad_token_id, longest=min(tokenizer.model_max_length, 1 << 62), encode=[], decode=[])
    for text in TEXTS:
        ids = tokenizer(text)["input_ids"]
        case["encode"].append(dict(text=text, ids=ids))
        case["decode"].append(dict(ids=ids, skips=True, text=tokenizer.decode(ids, skip_special_tokens=True)))
    for most in (3, 6, 9):
        case["encode"].append(dict(text=DOG, most=most, ids=tokenizer(DOG, truncation=True, max_length=most)["input_ids"]))
    for _ in range(12):
        ids = [rng.randrange(len(tokenizer) + 2) for _ in range(rng.randrange(12))]
        ids = [i for i in ids if i < len(tokenizer)]
        case["decode"].append(dict(ids=ids, skips=False, text=tokenizer.decode(ids)))
    batch = tokenizer([DOG, "", "rain", "a <mask> b"], padding=True)
    case["batch"] = dict(texts=[DOG, "", "rain", "a <mask> b"], ids=batch["input_ids"], mask=batch["attention_mask"])
    cases.append(case)
    print(f"{name:24s} {len(tokenizer)} tokens, {sum(len(e['ids']) for e in case['encode'])} ids")
OUT.mkdir(parents=True, exist_ok=True)
lines = ",\n".join(json.dumps(case, ensure_ascii=True, separators=(",", ":")) for case in cases)
(OUT / "roberta_tokenizer.json").write_text(f"[{lines}]\n", encoding="utf-8")
