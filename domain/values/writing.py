"""How text is brought to one form before it is compared: width, case, accents, script."""

from __future__ import annotations

import re
import unicodedata
import warnings
from functools import lru_cache

# Only the Latin and Greek accents go: the marks of kana and other scripts make another letter.
_WITHOUT_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Cn"})
_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff\u3007]")
_LONGEST_NAME = 40


def is_han(character: str) -> bool:
    """Is this one Chinese character, in any of the blocks that names use?"""
    return _HAN.match(character) is not None


def tidy(text: str) -> str:
    """Full width to half width, invisible and control characters off, runs of white space to one space."""
    narrow = unicodedata.normalize("NFKC", text)
    if not narrow.isprintable():
        # However long the text, its different characters are few.
        unseen = {ord(c): None for c in set(narrow) if not c.isspace() and unicodedata.category(c) in _UNSEEN}
        narrow = narrow.translate(unseen)
    return " ".join(narrow.split())


def simplified(text: str) -> str:
    """Traditional Chinese as simplified, character by character; other text as it is."""
    if _HAN.search(text) is None:
        return text
    # Names come again and again, notes do not.
    return _simplify_name(text) if len(text) <= _LONGEST_NAME else _simplify(text)


def folded(text: str) -> str:
    """The form in which two spellings of one name are equal: tidy, no case, no accents, simplified."""
    plain = unicodedata.normalize("NFKD", tidy(text).casefold())
    bare = plain if plain.isascii() else plain.translate(_WITHOUT_ACCENTS)
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
