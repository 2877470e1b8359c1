"""What differs between two states of the settings, leaf by leaf; for previews, for the file's dry run, and for telling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.company.keeping import dumped
from domain.company.named import NamedList
from domain.company.topics import TOPICS, CompanySettings

ORDER = "order"


@dataclass(frozen=True)
class Difference:
    """``path`` leads from the topic to the value (``service urgent answer``); None: it is not there."""

    path: tuple[str, ...]
    before: Any
    after: Any

    @property
    def topic(self) -> str:
        return self.path[0]


def differences(before: CompanySettings, after: CompanySettings) -> list[Difference]:
    """In the order of the topics."""
    found: list[Difference] = []
    for name in TOPICS:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(old, NamedList) and isinstance(new, NamedList):
            found += _of_lists(name, old, new)
        else:
            found += _of_values((name,), dumped(old), dumped(new))
    return found


def _of_values(path: tuple[str, ...], old: Any, new: Any) -> list[Difference]:
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        old, new = old or {}, new or {}
        names = [*old, *(name for name in new if name not in old)]
        return [each for name in names for each in _of_values((*path, str(name)), old.get(name), new.get(name))]
    if isinstance(old, Sequence) and not isinstance(old, str):
        gone = [Difference((*path, str(one)), one, None) for one in old if one not in new]
        return gone + [Difference((*path, str(one)), None, one) for one in new if one not in old]
    return [] if old == new else [Difference(path, old, new)]


def _of_lists(name: str, old: NamedList, new: NamedList) -> list[Difference]:
    found: list[Difference] = []
    for each in new:
        was = old.find(each.key)
        if was is None:
            found.append(Difference((name, each.key), None, each.names[0]))
            continue
        for language, before, after in (("en", was.en, each.en), ("zh-CN", was.zh, each.zh)):
            if before != after:
                found.append(Difference((name, each.key, language), before, after))
        if was.offered != each.offered:
            found.append(Difference((name, each.key, "offered"), was.offered, each.offered))
    found += [
        Difference((name, each.key), (each.names or (each.key,))[0], None) for each in old if not new.find(each.key)
    ]
    common = [each.key for each in old if new.find(each.key)]
    moved = [each.key for each in new if old.find(each.key)]
    return found if common == moved else [*found, Difference((name, ORDER), common, moved)]
