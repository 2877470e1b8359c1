"""The names that each speaker may see, and what the company taught, kept ready to be recognised in a text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple, cast

from domain.lexicon.model import LearnedPhrase, Meaning
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.records import KnownName, NamesSince
from handlers.understanding import Known, Learned, Names, learned
from handlers.understanding.model import Kind

MOST = 500  # speakers kept at once


class NamesCache:
    """An index a speaker: new names are added to it, and when another changed, or an agent's tickets did, it is built again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._learned: tuple[int, Learned] | None = None

    async def known_to(self, uow: UnitOfWork, staff: Staff) -> tuple[Names, Learned]:
        """One look at the version for both: what was taught is journaled like a name."""
        kept = self._kept.get(staff.id)
        seen = None if kept is None else kept.version
        since = await uow.search.names_since(seen)
        learned = await self._learned_by(uow, since, seen=seen)
        return await self._names_for(uow, staff, kept, since), learned

    async def _learned_by(self, uow: UnitOfWork, since: NamesSince, *, seen: int | None) -> Learned:
        if self._learned is not None:
            version, words = self._learned
            is_known = seen is not None and seen <= version and not since.taught
            if version == since.version or is_known:
                self._learned = (max(version, since.version), words)
                return words
        words = _meanings(await uow.lexicon.list_words())
        self._learned = (since.version, words)
        return words

    async def _names_for(self, uow: UnitOfWork, staff: Staff, kept: _Kept | None, since: NamesSince) -> Names:
        desk = await uow.search.desk_version(staff)  # a ticket brings its customer along, without any new name
        if kept is not None and kept.desk == desk and since.added is not None:
            names = kept.names
            if since.added:
                _add(names, await uow.search.names_added(staff, since.added))
        else:
            names = Names()
            _add(names, await uow.search.known_names(staff))
        self._kept[staff.id] = _Kept(since.version, desk, names)
        self._kept.move_to_end(staff.id)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return names


class _Kept(NamedTuple):
    version: int
    desk: str
    names: Names


def _add(names: Names, added: Sequence[KnownName]) -> None:
    names.extend(_known(name) for name in added if not name.is_learned)
    called = [(cast("Kind", name.record), name.id, name.name) for name in added if name.is_learned]
    if called:
        names.call(called)


def _meanings(words: Sequence[LearnedPhrase]) -> Learned:
    def taught(meaning: Meaning) -> list[tuple[str, str]]:
        return [(each.phrase, each.value) for each in words if each.meaning == meaning]

    return learned(
        activities=taught(Meaning.ACTIVITY), intents=taught(Meaning.INTENT), denied=taught(Meaning.NO_INTENT)
    )


def _known(name: KnownName) -> Known:
    """A customer is called by its short name on every card; both are recognised."""
    shown, others = name.name, name.aliases
    if name.record == "customer" and others:
        shown, others = others[0], (name.name, *others[1:])
    return Known(
        kind=cast("Kind", name.record),
        id=name.id,
        name=shown,
        aliases=others,
        parent=name.parent,
        title=name.title,
    )
