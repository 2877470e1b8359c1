"""How far somebody sees: as their role does, or as an admin set it for them. ``storage.visibility`` asks here, and
``/roles`` prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.people.model import Role, Scope

SEES: Mapping[Role, Scope] = {
    Role.REP: Scope.OWN,
    Role.AGENT: Scope.DESK,
    Role.MANAGER: Scope.TEAM,
    Role.ADMIN: Scope.ALL,
}
# What may be set for one person. An admin sees everything; an agent keeps the desk whatever is added to it.
CHOICES: Mapping[Role, Sequence[Scope]] = {
    Role.REP: (Scope.OWN, Scope.TEAM, Scope.ALL),
    Role.AGENT: (Scope.DESK, Scope.TEAM, Scope.ALL),
    Role.MANAGER: (Scope.OWN, Scope.TEAM, Scope.ALL),
    Role.ADMIN: (Scope.ALL,),
}


def scope_of(role: Role, team: str | None, sees: Scope | None = None) -> Scope:
    """A manager of no team in particular leads them all; for anybody else without a team there is none to see."""
    usual = SEES[role]
    scope = sees if sees is not None and sees in CHOICES[role] else usual
    if scope is Scope.TEAM and team is None:
        return Scope.ALL if role is Role.MANAGER else usual
    return scope


def sees_every_ticket(role: Role, team: str | None, sees: Scope | None = None) -> bool:
    """Agents are one desk."""
    return role is Role.AGENT or scope_of(role, team, sees) is Scope.ALL
