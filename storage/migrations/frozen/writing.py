"""How text is brought to one form before it is compared: width, case, accents, script."""

from __future__ import annotations

import unicodedata
import warnings
from functools import lru_cache

_ACCENTS = range(0x300, 0x370)
_LONGEST_NAME = 40


def is_han(character: str) -> bool:
    """Is this one Chinese character, in any of the blocks that names use?"""
    point = ord(character)
    return 0x4E00 <= point <= 0x9FFF or 0x3400 <= point <= 0x4DBF or 0x20000 <= point <= 0x3FFFF or point == 0x3007


def tidy(text: str) -> str:
    """Full width to half width, invisible and control characters off, runs of white space to one space."""
    narrow = unicodedata.normalize("NFKC", text)
    seen = "".join(c for c in narrow if c.isspace() or unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Cn"})
    return " ".join(seen.split())


def simplified(text: str) -> str:
    """Traditional Chinese as simplified, character by character; other text as it is."""
    if not any(is_han(character) for character in text):
        return text
    # Names come again and again, notes do not.
    return _simplify_name(text) if len(text) <= _LONGEST_NAME else _simplify(text)


def folded(text: str) -> str:
    """The form in which two spellings of one name are equal: tidy, no case, no accents, simplified."""
    plain = unicodedata.normalize("NFKD", tidy(text).casefold())
    # Only the Latin and Greek accents go: the marks of kana and other scripts make another letter.
    bare = "".join(character for character in plain if ord(character) not in _ACCENTS)
    return simplified(unicodedata.normalize("NFKC", bare))


@lru_cache(maxsize=1024)
def _simplify_name(text: str) -> str:
    return _simplify(text)


def _simplify(text: str) -> str:
    with warnings.catch_warnings():
        # zhconv leaves its dictionary file to the garbage collector when it loads it.
        warnings.simplefilter("ignore", ResourceWarning)
        import zhconv

        return str(zhconv.convert(text, "zh-hans"))
