"""Plain text from facts: what it may contain, how wide it is, and where it may be cut."""

from __future__ import annotations

import re
import unicodedata

# What turns the direction of text, hides in it or cannot be encoded. U+200D is kept where it joins two emoji.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")
_LONE_JOINER = re.compile(
    "(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_JOINER = "\u200d"


def clean(text: str) -> str:
    """``text`` without control characters, bidirectional overrides and zero-width marks; newlines stay."""
    if text.isprintable():
        return text
    broken = _BREAKS.sub("\n", text).replace("\t", " ")
    return _LONE_JOINER.sub("", _HIDDEN.sub("", broken))


def says_anything(text: str) -> bool:
    """Is there a letter, a digit or a symbol in it, more than blanks and punctuation?"""
    return any(unicodedata.category(character)[0] in "LNS" for character in text)


def one_line(text: str) -> str:
    return " ".join(text.split("\n")) if "\n" in text else text


def width(text: str) -> int:
    """Columns that a text takes: two for each Chinese character or emoji, none for a mark."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character == _JOINER or "\ufe00" <= character <= "\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between what people see as characters, with … in place of the rest."""
    if len(text) <= limit:
        return text
    end = 0
    for cluster in clusters(text[:limit]):  # a megabyte of accents on one letter takes no longer
        if end + len(cluster) > limit - 1:
            break
        end += len(cluster)
    return text[:end].rstrip() + "…"


def clusters(text: str) -> list[str]:
    """What people see as characters: a letter with its marks, an emoji with skin and joined parts, a flag."""
    found: list[str] = []
    for character in text:
        if found and _continues(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _continues(cluster: str, character: str) -> bool:
    if character == _JOINER or cluster[-1] == _JOINER:
        return True
    if unicodedata.category(character) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= character <= "\U0001f3ff":
        return True
    return len(cluster) == 1 and _is_flag_half(cluster) and _is_flag_half(character)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
