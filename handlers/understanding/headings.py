"""What stands before a colon and is about all that follows: 今天拜访了三家：…, "Called three today: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from handlers.understanding.lexicon import sections
from handlers.understanding.model import Context
from handlers.understanding.normalise import normalise
from handlers.understanding.understand import understand

_HEADING = re.compile(
    r"\s*[【\[(（]?(?P<heading>[^:：,，\n。;；!！?？]{2,60})\s*(?P<end>[:：][】\])）]?|[】\]]|[,，])\s*(?=\S)"
)
_COUNTED = re.compile(
    r"(?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|a\s+few)(?![a-z0-9])"
    r"|(?:\d{1,2}|[两三四五六七八九十几])\s?(?:家|个客户|位|户|家客户|个电话|通电话|场|个会)"
)
_SAYS_NOTHING = frozenset({"task", "note"})


@dataclass(frozen=True)
class Heading:
    """``activity`` of every part that tells none of its own, ``occurred_on`` where it names a day that is over,
    ``is_counted`` where it says how many follow; ``rest`` is the text behind it."""

    rest: str
    activity: str | None
    occurred_on: date | None
    is_counted: bool


def heading_of(text: str, context: Context) -> Heading | None:
    """None where the text has no heading, or one that names somebody: "WhatsApp with Acme: …". Never raises."""
    found = _HEADING.match(text)
    if found is None:
        return None
    said = found["heading"].strip()
    is_counted = _COUNTED.search(normalise(said)) is not None
    if found["end"] in ",，" and not is_counted:
        return None
    understood = understand(said, context)
    if understood.customers or understood.unknown_company or understood.unknown_person:
        return None
    plain = normalise(said)
    activity = understood.activity if understood.activity not in _SAYS_NOTHING else _kind_named(plain)
    if activity is None and (not is_counted or found["end"] in ",，"):
        return None
    return Heading(text[found.end() :], activity, understood.occurred_on, is_counted)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = (line.split(" ", 1) for line in sections("activities")["heading"])
    return tuple((kind, re.compile(pattern)) for kind, pattern in lines)


def _kind_named(plain: str) -> str | None:
    return next((kind for kind, pattern in _kinds() if pattern.search(plain)), None)
