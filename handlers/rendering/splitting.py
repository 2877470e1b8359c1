"""Cutting long texts where a reader would, and never through a character made of several code points."""

from __future__ import annotations

import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
SENTENCE_ENDS = ("。", "！", "？", "；", ". ", "! ", "? ")
BREAKS = (("\n\n",), ("\n",), SENTENCE_ENDS, (" ",))
FARTHEST_BACK = 0.5
INVISIBLE = {"Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"}
OTHER_BLANKS = {"\u2800", "\u3164", "\u115f", "\u1160", "\uffa0", "\ufffc"}


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most ``limit`` code points that joined give ``text``, cut at paragraphs, lines, sentences, words."""
    pieces = []
    while len(text) > limit:
        at = _cut(text, limit)
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text] if text else pieces


def is_blank(text: str) -> bool:
    """Whether nothing of it is seen. Platforms call such a text empty, also when it holds invisible marks."""
    return all(
        character in OTHER_BLANKS
        or unicodedata.category(character) in INVISIBLE
        or unicodedata.category(character).startswith("M")
        for character in text
    )


def without_surrogates(text: str) -> str:
    """Half characters, which JSON and UTF-8 cannot carry, joined or replaced by �."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _cut(text: str, limit: int) -> int:
    earliest = int(limit * FARTHEST_BACK)
    for marks in BREAKS:
        ends = [text.rfind(mark, earliest, limit) + len(mark) for mark in marks if mark in text[earliest:limit]]
        if ends and _may_cut(text, max(ends)):
            return max(ends)
    for at in range(limit, earliest, -1):
        if _may_cut(text, at):
            return at
    return limit


def _may_cut(text: str, at: int) -> bool:
    """Whether a new character, as people see it, begins at ``at`` (the common cases of Unicode's annex 29)."""
    before, after = text[at - 1], text[at]
    if ZERO_WIDTH_JOINER in (before, after) or before + after == "\r\n":
        return False
    if unicodedata.category(after).startswith("M") or _is_modifier(after):
        return False
    if _is_flag_letter(before) and _is_flag_letter(after):
        return _flag_letters_before(text, at) % 2 == 0
    return True


def _is_modifier(character: str) -> bool:
    """Skin tones, the tags that spell regional flags, and the later parts of a Korean syllable."""
    return (
        "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or "\u1160" <= character <= "\u11ff"
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_letters_before(text: str, at: int) -> int:
    start = at
    while start and _is_flag_letter(text[start - 1]):
        start -= 1
    return at - start
