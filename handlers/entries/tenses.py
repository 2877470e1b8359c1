"""What "visit Acme, good talk" is when it tells of what was done: English plans and English news differ by a verb's tense."""

from __future__ import annotations

import re

from handlers.entries.card import KINDS
from handlers.understanding import Context, understand

_VERB = re.compile(r"(?:call|phone|ring|visit|meet|e-?mail|mail|message|text|demo|quote)(?![a-z])", re.IGNORECASE)
_PAST = {"phone": "phoned", "ring": "rang", "meet": "met", "message": "messaged", "quote": "quoted"}


def kind_without_tense(text: str, reading: Context) -> str:
    """The activity that the words name when they are told, not planned; a note where they name none."""
    verb = _VERB.match(text)
    if verb is None:
        return "note"
    said = verb.group().casefold()
    activity = understand(_PAST.get(said, f"{said}ed") + text[verb.end() :], reading).activity
    return activity if activity in KINDS else "note"
