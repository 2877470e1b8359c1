"""Words that say a thing was called off, is only thought of, or is asked: they stand in ``lexicons/doubts.txt``."""

from __future__ import annotations

import re
from functools import cache

from handlers.understanding.lexicon import sections
from handlers.understanding.normalise import normalise


def is_doubtful(text: str) -> bool:
    """Does the text take something back, leave it open, or ask? Rather too often than too seldom. Never raises."""
    spelled = normalise(text).strip()
    return (
        spelled.endswith("?")
        or _pattern("asked").match(spelled) is not None
        or any(_pattern(section).search(spelled) for section in ("unmade", "unsure"))
    )


def is_promise(text: str) -> bool:
    """Does it speak of a next step? Never raises."""
    return _pattern("promised").search(normalise(text)) is not None


@cache
def _pattern(section: str) -> re.Pattern[str]:
    lists = sections("doubts")
    latin, han = "|".join(lists[section]), "|".join(lists[f"{section}-zh"])
    return re.compile(rf"(?<![a-z0-9'])(?:{latin})(?![a-z0-9'])|(?:{han})")
