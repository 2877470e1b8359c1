"""Teams begin, get another name or place, and end; people move between them, and may see further than their role does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.company.changing import change_topic
from domain.company.keeping import teams_of
from domain.company.topics import Teams
from domain.errors import NotAllowed
from domain.leads.errors import TooLong
from domain.notifications.model import Planned
from domain.people.actions import may_look_after
from domain.people.errors import NotASight, TeamInUse, TeamMissing, TeamTaken, TeamWithinItself
from domain.people.model import Role, Scope, Staff
from domain.people.seeing import CHOICES, SEES
from domain.people.team_tree import known_teams
from domain.people.teams import LONGEST_TEAM, as_written, in_order, is_below, is_within, moved_path, tidy_team
from domain.ports import UnitOfWork
from domain.reports.schedules import follow_team


def may_shape(actor: Staff | None, team: str) -> bool:
    """May ``actor`` (None: the operator) begin, move and end this team? Who leads those around it."""
    if actor is None or actor.role is Role.ADMIN:
        return True
    return actor.role is Role.MANAGER and (actor.team is None or is_below(team, actor.team))


async def add_team(uow: UnitOfWork, actor: Staff | None, typed: str, *, now: datetime) -> str:
    """Begin a team, in which nobody has to be; gives its path. Raises TeamMissing, TeamTaken, NotAllowed."""
    known = await known_teams(uow)
    team = _named(actor, typed, known)
    if team in known:
        raise TeamTaken(team=team)
    await _keep(uow, actor, [*teams_of(await uow.company.get()).names, team], now=now)
    uow.happened("team-added")
    return team


def _named(actor: Staff | None, typed: str, known: Sequence[str]) -> str:
    tidied = tidy_team(typed)
    if tidied is None:
        raise TeamMissing
    team = as_written(tidied, known)
    if not may_shape(actor, team):
        raise NotAllowed
    return team


async def move_team(uow: UnitOfWork, actor: Staff | None, team: str, typed: str, *, now: datetime) -> str:
    """Give it another path, be it another name or another place; the teams below and everybody in them go along. Gives the new
    path. Raises TeamMissing, TeamTaken, TeamWithinItself, TooLong, NotAllowed.
    """
    teams = await known_teams(uow)
    # Its own name may change its case alone.
    others = [each for each in teams if each != team]
    new = _named(actor, typed, others)
    if team not in teams:
        raise TeamMissing
    if not may_shape(actor, team):
        raise NotAllowed
    if new == team:
        return team
    if is_below(as_written(new, teams), team):
        raise TeamWithinItself(team=team)
    if new in teams:
        raise TeamTaken(team=new)
    if any(len(moved_path(each, team, new)) > LONGEST_TEAM for each in teams):
        raise TooLong(field="team", limit=LONGEST_TEAM)
    kept = [moved_path(each, team, new) for each in teams_of(await uow.company.get()).names]
    await uow.staff.move_team(team, new)
    await _keep(uow, actor, [*kept, new], now=now)
    await follow_team(uow, team, new)
    uow.happened("team-moved")
    return new


async def end_team(uow: UnitOfWork, actor: Staff | None, team: str, *, now: datetime) -> None:
    """Of a team without people, and without teams below it. Raises TeamMissing, TeamInUse, NotAllowed."""
    if not may_shape(actor, team):
        raise NotAllowed
    teams = await known_teams(uow)
    if team not in teams:
        raise TeamMissing
    inside = [person for person in await uow.staff.list_active() if is_within(person.team, team)]
    below = [each for each in teams if is_below(each, team)]
    if inside or below:
        raise TeamInUse(team=team, people=len(inside), teams=len(below))
    await _keep(uow, actor, [each for each in teams_of(await uow.company.get()).names if each != team], now=now)
    uow.happened("team-ended")


async def _keep(uow: UnitOfWork, actor: Staff | None, names: list[str], *, now: datetime) -> None:
    await change_topic(uow, actor, teams=Teams(names=tuple(in_order(names))), now=now)


async def join_team(uow: UnitOfWork, actor: Staff | None, staff_id: int, team: str | None, *, now: datetime) -> Staff:
    """Move somebody to a team that there is, or (None) out of all; they are told. What they own goes along, so who leads the new
    team sees it from now on. Raises NotAllowed and TeamMissing.

    A manager moves people within what they manage.
    """
    person = await uow.staff.get(staff_id)
    if team is not None and team not in await known_teams(uow):
        raise TeamMissing
    everywhere = actor is None or actor.role is Role.ADMIN or actor.team is None
    if not may_look_after(actor, person) or not (
        everywhere or (actor is not None and is_within(team, actor.team or ""))
    ):
        raise NotAllowed
    if person.team == team:
        return person
    person.team = team
    uow.happened("staff-moved", staff=person.id)
    _tell(uow, actor, person, "moved-to-team", {"team": team}, now=now)
    return person


async def set_sight(uow: UnitOfWork, actor: Staff | None, staff_id: int, sees: Scope | None, *, now: datetime) -> Staff:
    """How far this person sees, None as their role has it; they are told. Admins alone. Raises NotAllowed and NotASight."""
    if actor is not None and actor.role is not Role.ADMIN:
        raise NotAllowed
    person = await uow.staff.get(staff_id)
    if sees is not None and sees not in CHOICES[person.role]:
        raise NotASight
    wanted = None if sees is SEES[person.role] else sees
    if person.sees != wanted:
        person.sees = wanted
        uow.happened("staff-sight-changed", staff=person.id)
        _tell(uow, actor, person, "sight-changed", {"sees": wanted or SEES[person.role]}, now=now)
    return person


def _tell(
    uow: UnitOfWork, actor: Staff | None, person: Staff, key: str, facts: dict[str, str | None], *, now: datetime
) -> None:
    """One line to whom it is about; nobody is told of what they did themselves."""
    if actor is None or person.id != actor.id:
        by = actor.name if actor is not None else None
        uow.plan(Planned(key=key, facts={"by": by, **facts}, due_at=now, staff_id=person.id))
