"""One spelling for matching: half width, simplified, lower case. Every character stays one, so offsets hold in the original."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# Punctuation that people mix freely between the widths; full-width letters and digits follow by arithmetic.
_WIDTHS = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {
    0x3000: 0x20,
    0x00A0: 0x20,
    0x2019: 0x27,
    0x2018: 0x27,
}
_WIDTHS |= {
    0x2013: 0x2D,
    0x2014: 0x2D,
    0x2012: 0x2D,
    0x2212: 0x2D,
    0x301C: 0x7E,
    0xFF5E: 0x7E,
    0x202F: 0x20,
    0x2009: 0x20,
}
_WIDTHS |= {0x201C: 0x22, 0x201D: 0x22, 0xFFE5: 0xA5, 0x0130: 0x69, 0x09: 0x20}


def normalise(text: str) -> str:
    """The text in half width, simplified Chinese and lower case, as long as ``text`` to the character."""
    return lower(fold(text))


def fold(text: str) -> str:
    """As ``normalise``, but with capitals kept: they tell names from words."""
    if text.isascii():
        return text.replace("\t", " ")
    return text.translate(_spellings())


def lower(text: str) -> str:
    """In lower case, of the same length. ``text`` is folded."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


@cache
def _spellings() -> dict[int, int | str]:
    """Character to character, from the tables of zhconv; the package itself is not imported, since that takes 130 ms."""
    table: dict[int, int | str] = dict(_WIDTHS)
    for accented in range(0xC0, 0x250):  # é becomes e, so that José and Jose are one name.
        plain = unicodedata.normalize("NFD", chr(accented))[0]
        if plain.isascii():
            table[accented] = plain
    spec = find_spec("zhconv")
    assert spec is not None
    assert spec.origin is not None
    words = json.loads((Path(spec.origin).parent / "zhcdict.json").read_text(encoding="utf-8"))["zh2Hans"]
    for traditional, simplified in words.items():
        if len(traditional) == 1 and len(simplified) == 1:
            table[ord(traditional)] = simplified
    return table
