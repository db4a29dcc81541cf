#!/usr/bin/env python3
"""check_translations.py FILE.ts...: fails where a translation does not keep what the program or the reader needs of its source.

The places to fill (%1, %L1, %n), the tags of rich text, the key after & and the "…" of a further question. For packaging/translate --check.
"""
import re
import sys
import xml.etree.ElementTree as ET

KEPT = {
    "places": re.compile(r"%L?\d{1,2}|%L?n"),
    "tags": re.compile(r"</?\w+[^>]*>"),
    "key": re.compile(r"&[^\W_]"),
    "…": re.compile("…(?=$|;;)"),
}


def kept(text):
    return {name: {found.lower() for found in pattern.findall(text)} for name, pattern in KEPT.items()}


def faults(path):
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            source = message.findtext("source")
            for text in [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]:
                differing = [name for name, found in kept(text).items() if found != kept(source)[name]]
                if text and differing:
                    yield f"{path}: {context.findtext('name')}: “{source}” and “{text}” differ in: {', '.join(differing)}"


found = [fault for path in sys.argv[1:] for fault in faults(path)]
print(*found, sep="\n", end="\n" if found else "")
sys.exit(bool(found))
