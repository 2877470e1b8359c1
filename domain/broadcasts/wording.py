"""The words of a broadcast: variables in braces, filled for each reader."""

from __future__ import annotations

from collections.abc import Mapping

from domain.broadcasts.errors import UnknownVariable
from domain.broadcasts.model import LONGEST_TEXT, VARIABLES
from domain.company.greeting_words import braced_words, filled, has_stray_brace
from domain.leads.errors import TooLong

CHINESE = {"姓名": "name", "名字": "name", "公司": "company", "负责人": "owner", "我们": "us"}
"""What somebody may write in place of the English names."""


def checked_text(typed: str) -> str:
    """The text as it may be kept. Raises UnknownVariable and TooLong."""
    text = typed.strip()
    if len(text) > LONGEST_TEXT:
        raise TooLong(field="broadcast", limit=LONGEST_TEXT)
    known = [f"{{{name}}}" for name in VARIABLES]
    for word in braced_words(text):
        if word not in VARIABLES and word not in CHINESE:
            raise UnknownVariable(typed=word[:40], known=known)
    if has_stray_brace(text):
        raise UnknownVariable(typed="{", known=known)
    return text


def filled_for(text: str, facts: Mapping[str, str]) -> str:
    """With the reader's own facts in place of the variables."""
    return filled(text, {**facts, **{chinese: facts.get(name, "") for chinese, name in CHINESE.items()}})
