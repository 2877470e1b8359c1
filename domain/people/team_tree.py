"""Which teams there are: those that the company keeps, though nobody is in them, and those that somebody is in."""

from __future__ import annotations

from domain.company.keeping import teams_of
from domain.people.teams import in_order
from domain.ports import UnitOfWork


async def known_teams(uow: UnitOfWork) -> list[str]:
    """Each behind the one that it is part of."""
    return in_order([*teams_of(await uow.company.get()).names, *await uow.staff.list_teams()])
