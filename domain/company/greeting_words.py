"""The company's own words for customers who come in, and the words in braces that something is put in place of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.errors import CrmError
from domain.leads.errors import TooLong

PRIVATE, GROUP, REACH = "private", "group", "reach"
PARTS = (PRIVATE, GROUP, REACH)
"""The greeting in private, the one in a group, and how we are reached besides."""
PLACEHOLDERS = {PRIVATE: ("name", "company"), GROUP: ("names", "company"), REACH: ("company",)}
LONGEST = 1000
_BRACED = re.compile(r"[{｛]\s*([^{}｛｝]*?)\s*[}｝]")


class UnknownPlaceholder(CrmError):
    """A word in braces that nothing can be put in place of."""

    code = "unknown-placeholder"

    def __init__(self, *, typed: str, known: list[str]) -> None:
        super().__init__(typed=typed, known=known)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its placeholders replaced."""
    return _BRACED.sub(lambda found: facts.get(found[1], ""), text)


def braced_words(text: str) -> list[str]:
    """What stands in braces, in its order."""
    return _BRACED.findall(text)


def has_stray_brace(text: str) -> bool:
    """A brace that is not one of a pair around a word."""
    return re.search(r"[{}｛｝]", _BRACED.sub("", text)) is not None


def checked(part: str, text: str) -> str:
    """The text as it may be kept. Raises UnknownPlaceholder and TooLong."""
    plain = text.strip()
    if len(plain) > LONGEST:
        raise TooLong(field="greeting", limit=LONGEST)
    known = PLACEHOLDERS[part]
    for word in braced_words(plain):
        if word not in known:
            raise UnknownPlaceholder(typed=word[:40], known=[f"{{{name}}}" for name in known])
    if has_stray_brace(plain):
        raise UnknownPlaceholder(typed="{", known=[f"{{{name}}}" for name in known])
    return plain
