"""How far each role sees. ``storage.visibility`` asks here, and ``/roles`` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.people.model import Role


class Scope(StrEnum):
    """OWN is what is theirs, shared with them, or of whom they stand in for. TEAM adds the team's and nobody's; DESK adds
    every ticket, and the customers of their own and of the queue's."""

    OWN = "own"
    DESK = "desk"
    TEAM = "team"
    ALL = "all"


SEES: Mapping[Role, Scope] = {
    Role.REP: Scope.OWN,
    Role.AGENT: Scope.DESK,
    Role.MANAGER: Scope.TEAM,
    Role.ADMIN: Scope.ALL,
}


def scope_of(role: Role, team: str | None) -> Scope:
    """A manager of no team in particular leads them all."""
    scope = SEES[role]
    return Scope.ALL if scope is Scope.TEAM and team is None else scope
