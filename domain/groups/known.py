"""Groups that the bot knows by name, and who of the staff was seen speaking in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_MARKS = re.compile(r"^[#＃\s]+|[\s。.!！]+$")
_KIND = re.compile(r"^the\s+|\s+(?:group|channel|chat)$|(?:群聊|群组|群里|群|组|频道)$")


@dataclass(frozen=True, kw_only=True)
class KnownGroup:
    """``channel`` and ``place`` are the address of the whole group, not of a topic; ``title`` is its name there."""

    channel: str
    place: str
    title: str


def groups_named(groups: Iterable[KnownGroup], name: str) -> list[KnownGroup]:
    """Which of them somebody means by ``#Sales``, ``the sales group``, 销售群, or the platform's own id of it."""
    groups, wanted = list(groups), _folded(name)
    if not wanted:
        return []
    exact = [each for each in groups if wanted in {_folded(each.title), each.place.casefold()}]
    return exact or [each for each in groups if _bare(each.title) == _bare(name) != ""]


def _folded(name: str) -> str:
    return " ".join(_MARKS.sub("", unicodedata.normalize("NFKC", name)).casefold().split())


def _bare(name: str) -> str:
    """Without the words that only say that it is a group."""
    return _KIND.sub("", _KIND.sub("", _folded(name))).strip()
