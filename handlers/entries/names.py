"""The names that each speaker may see, and what the company taught, kept ready to be recognised in a text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import cast

from domain.lexicon.model import LearnedPhrase, Meaning
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.records import KnownName
from handlers.understanding import Known, Learned, Names, learned
from handlers.understanding.model import Kind

MOST = 500  # speakers kept at once


class NamesCache:
    """An index a speaker: new names are added to it, and when another changed, or an agent's tickets did, it is built again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[int, str, Names]] = OrderedDict()
        self._learned: tuple[int, Learned] | None = None

    async def known_to(self, uow: UnitOfWork, staff: Staff) -> tuple[Names, Learned]:
        """One look at the version for both: what was taught is journaled like a name."""
        version = await uow.search.names_version()
        if self._learned is None or self._learned[0] != version:
            self._learned = (version, _meanings(await uow.lexicon.list_words()))
        return await self._names_for(uow, staff, version), self._learned[1]

    async def _names_for(self, uow: UnitOfWork, staff: Staff, version: int) -> Names:
        kept = self._kept.get(staff.id)
        desk = await uow.search.desk_version(staff)  # a ticket brings its customer along, without any new name
        if kept is not None and kept[1] == desk:
            added = await uow.search.names_added(staff, since=kept[0], until=version) if kept[0] != version else ()
            if added is not None:
                _add(kept[2], added)
                self._kept[staff.id] = (version, desk, kept[2])
                self._kept.move_to_end(staff.id)
                return kept[2]
        names = Names()
        _add(names, await uow.search.known_names(staff))
        self._kept[staff.id] = (version, desk, names)
        self._kept.move_to_end(staff.id)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return names


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
