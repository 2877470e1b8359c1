"""What the company's people taught, ready to be found in a text beside the lists that come with the program."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from handlers.understanding.phrases import Phrases

_VERB = re.compile(r"[a-z]+(?:ed|'e?d)(?![a-z])|[^\x00-\x7f]")


@dataclass(frozen=True)
class Learned:
    """``activities``: the kind, and whether the phrase is a noun ("huddle with"), which may as well be planned.
    ``intents``: what the phrase says; ``denied``: what it does not say, although our lists think so."""

    activities: Phrases[tuple[str, bool]] = field(default_factory=Phrases)
    intents: Phrases[frozenset[str]] = field(default_factory=Phrases)
    denied: Phrases[frozenset[str]] = field(default_factory=Phrases)


NOTHING = Learned()


def learned(
    *,
    activities: Iterable[tuple[str, str]] = (),
    intents: Iterable[tuple[str, str]] = (),
    denied: Iterable[tuple[str, str]] = (),
) -> Learned:
    """Of (phrase, activity) and (phrase, intent); phrases are normalised."""
    return Learned(
        Phrases((phrase, (kind, _VERB.match(phrase) is None)) for phrase, kind in activities),
        Phrases(_together(intents)),
        Phrases(_together(denied)),
    )


def _together(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, frozenset[str]]]:
    meant: dict[str, frozenset[str]] = {}
    for phrase, intent in pairs:
        meant[phrase] = meant.get(phrase, frozenset()) | {intent}
    return meant.items()
