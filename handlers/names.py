"""The names that each speaker may see, kept ready to be recognised in a text."""

from __future__ import annotations

from collections import OrderedDict
from typing import cast

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.records import KnownName
from handlers.understanding import Known, Names
from handlers.understanding.model import Kind

MOST = 500  # speakers kept at once


class NamesCache:
    """An index a speaker: new names are added to it, and when another changed it is built again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[int, Names]] = OrderedDict()

    async def names_for(self, uow: UnitOfWork, staff: Staff) -> Names:
        version = await uow.search.names_version()
        kept = self._kept.get(staff.id)
        if kept is not None:
            added = await uow.search.names_added(staff, since=kept[0], until=version) if kept[0] != version else ()
            if added is not None:
                kept[1].extend(map(_known, added))
                self._kept[staff.id] = (version, kept[1])
                self._kept.move_to_end(staff.id)
                return kept[1]
        names = Names(map(_known, await uow.search.known_names(staff)))
        self._kept[staff.id] = (version, names)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return names


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
