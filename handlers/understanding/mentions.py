"""Places in a text that name somebody, before it is decided whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Mention:
    """A place in the text that names a company or a person; ``entries`` are the known ones it may mean.

    ``strength`` 3: the whole name; 2: its distinctive part; 1: a given name, or a surname with a title.
    """

    kind: Literal["company", "person"]
    entries: tuple[int, ...]
    start: int
    end: int
    strength: int
    exact: bool = True
    surname: str = ""


@dataclass(frozen=True)
class Found:
    """All mentions in order, and the names that resemble a known one but are another company's."""

    mentions: tuple[Mention, ...] = ()
    others: tuple[tuple[int, int], ...] = ()
