"""What the customer wants and how things stand, from lists of phrases; a denied phrase does not count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from handlers.understanding.activity import NAME
from handlers.understanding.learned import NOTHING, Learned
from handlers.understanding.lexicon import sections
from handlers.understanding.phrase_lists import Phrase, PhraseList

_DENIED = re.compile(
    r"(?:(?<![a-z])(?:not|no|never|without|isn'?t|aren'?t|wasn'?t|don'?t|doesn'?t|didn'?t|haven'?t|hasn'?t|won'?t|no\s+longer|nor)\s+(?:(?:yet|really|even|any|a|the|very|so|been)\s+){0,2}|(?:不|没有?|无|未|别|并非|不是|不用|不需要|没再|毫无|还没有?)(?:太|很|怎么|再|要|有|什么|啥)?)$"
)
# These speak of a lack by themselves, or their denial is a phrase of its own.
_OWN_DENIAL = frozenset({"no_answer", "not_interested", "on_hold", "lost", "complaint", "decision_pending", "support"})
_SUPPOSED = re.compile(r"(?<![a-z])(?:if|unless|in\s+case)\s+(?:[a-z']+\s+){0,3}$|(?:如果|要是|假如|万一)[^,。]{0,6}$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def find_intents(text: str, learned: Learned = NOTHING) -> dict[str, tuple[int, int]]:
    """The intents of a masked, normalised text, each with the span of its first phrase."""
    found: dict[str, tuple[int, int]] = {}
    for start, end, meant in learned.intents.find(text):
        if not _DENIED.search(text[max(0, start - 24) : start]):
            found.update(dict.fromkeys(meant - found.keys(), (start, end)))
    denied = list(learned.denied.find(text))
    has_han = bool(_HAN.search(text))
    for phrases in _phrases() if has_han else _phrases()[:1]:
        for phrase in phrases.find(text):
            if phrase.label not in found and not _is_denied(phrase, text) and not _is_unlearned(phrase, denied):
                found[phrase.label] = phrase.start, phrase.end
    return _reconciled(found, text)


def _is_denied(phrase: Phrase, text: str) -> bool:
    before = text[max(0, phrase.start - 24) : phrase.start]
    if phrase.label == "no_answer" and _SUPPOSED.search(before):
        return True
    return phrase.label not in _OWN_DENIAL and bool(_DENIED.search(before))


def _is_unlearned(phrase: Phrase, denied: Sequence[tuple[int, int, frozenset[str]]]) -> bool:
    return any(phrase.label in meant and start <= phrase.start and phrase.end <= end for start, end, meant in denied)


@cache
def _phrases() -> tuple[PhraseList, PhraseList]:
    """The lines in English and those in Chinese."""
    rows = [
        (intent, line.replace(r"\N", f"{NAME}+"))
        for intent, lines in sections("intents").items()
        if intent
        for line in lines
    ]
    return (
        PhraseList((row for row in rows if not _HAN.search(row[1])), is_bounded=True),
        PhraseList((row for row in rows if _HAN.search(row[1])), is_bounded=False),
    )


_LATE = re.compile(r"(?:days?|weeks?|a\s+week|a\s+month|months?)\s+late|late\s+invoice|(?:wrong|missing)\s+invoice")


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _reconciled(found: dict[str, tuple[int, int]], text: str) -> dict[str, tuple[int, int]]:
    """Phrases that contradict each other: who is not interested is not interested, what is lost is not won."""
    if "on_hold" in found and "lost" in found and found["on_hold"][0] <= found["lost"][0] < found["on_hold"][1]:
        del found["lost"]  # "not going ahead this year" is put off
    if {"wants_quote", "wants_info"} <= found.keys() and _overlap(found["wants_quote"], found["wants_info"]):
        del found["wants_info"]  # "asking what it would cost"
    if {"payment", "complaint"} <= found.keys() and _LATE.fullmatch(text, *found["complaint"]):
        del found["complaint"]  # an invoice that is 14 days late
    if "not_interested" in found or "lost" in found:
        found.pop("interested", None)
    if "not_interested" in found or "competitor" in found:
        found.pop("won", None)
    if "lost" in found:
        found.pop("won", None)
        for intent in ("wants_quote", "negotiating", "decision_pending"):
            found.pop(intent, None)
    if "won" in found:
        for intent in ("interested", "negotiating", "wants_quote"):
            found.pop(intent, None)
    return found
