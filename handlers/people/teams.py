"""The tree of teams, who is in which, and how far each of the staff sees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from domain.leads.errors import TooLong
from domain.people.errors import StaffNotFound, TeamMissing, TeamTaken, TeamWithinItself
from domain.people.model import Role, Scope, Staff
from domain.people.seeing import CHOICES, scope_of
from domain.people.team_changes import add_team, end_team, join_team, may_shape, move_team, set_sight
from domain.people.team_tree import known_teams
from domain.people.teams import LONGEST_TEAM, SEPARATOR, find_team, is_within, last_name
from domain.ports import UnitOfWork
from handlers.chat import Button, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.forms import ask_form
from handlers.notices import Batch, Decision, notice
from handlers.people.person_card import looked_after, person_card
from handlers.router import LEADERS, Answer, ButtonTooOld, FieldErrors, form, press

MOST_SHOWN = 40
MOST_NAMES = 8
NO_TEAM = "none"
# "@Mei to Sales/North", "@小王 到 华东"; a name without @ counts when somebody has it.
_TO = re.compile(r"[@＠]?(.+?)\s*(?:→|->|\s(?:to|into|in)\s|调到|到|进)\s*(.+)", re.IGNORECASE)


def team_code(team: str) -> str:
    """A button holds this in place of a path, which may be longer than buttons are."""
    return f"{crc32(team.encode()):08x}"


async def _of_code(ctx: ChatContext, code: str) -> str:
    ctx.allow(*LEADERS)
    team = next((team for team in await known_teams(ctx.uow) if team_code(team) == code), None)
    if team is None:
        raise ButtonTooOld
    return team


# ---------------------------------------------------------------- the tree


@press("team.tree")
async def show_tree(ctx: ChatContext, argument: str) -> Reply:
    return await _tree(ctx)


async def _tree(ctx: ChatContext, *, undo: bool = False) -> Reply:
    ctx.allow(*LEADERS)
    teams, people = await known_teams(ctx.uow), await ctx.uow.staff.list_active()
    lines = [_team_line(ctx, team, people) for team in teams[:MOST_SHOWN]]
    outside = [person.name for person in people if person.team is None]
    if outside:
        lines.append(Line("teams-none", {"names": outside[:MOST_NAMES], "more": max(0, len(outside) - MOST_NAMES)}))
    buttons = [Button("button-add-team", press="team.begin:", opens_form=True)]
    if undo:
        buttons.append(undo_button())
    buttons.append(Button("button-back", press="team.list:"))
    return Reply("teams", {"count": len(teams)}, lines=tuple(lines), buttons=tuple(buttons), private=True)


def _team_line(ctx: ChatContext, team: str, people: Any) -> Line:
    inside = [person for person in people if person.team == team]
    leaders = [person.name for person in inside if person.role is Role.MANAGER]
    others = [person.name for person in inside if person.role is not Role.MANAGER]
    facts = {
        "name": last_name(team),
        "depth": "　" * team.count(SEPARATOR),
        "leaders": leaders or None,
        "names": others[:MOST_NAMES] or None,
        "more": max(0, len(others) - MOST_NAMES),
        "empty": not inside,
    }
    opens = Button("button-person", press=f"team.one:{team_code(team)}", facts={"name": last_name(team)})
    return Line("teams-line", facts, buttons=(opens,) if may_shape(ctx.actor, team) else ())


@press("team.one")
async def show_team(ctx: ChatContext, argument: str) -> Reply:
    team = await _of_code(ctx, argument)
    inside = [person.name for person in await ctx.uow.staff.list_active() if is_within(person.team, team)]
    buttons = (
        Button("button-move-team", press=f"team.place:{argument}", opens_form=True),
        Button("button-end-team", press=f"team.end:{argument}"),
        Button("button-back", press="team.tree:"),
    )
    facts = {"team": team, "names": inside[:MOST_NAMES] or None, "more": max(0, len(inside) - MOST_NAMES)}
    return Reply("team-one", facts, buttons=buttons, private=True)


@press("team.begin")
async def ask_new(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    own = ctx.actor.team if ctx.actor.role is Role.MANAGER else None
    return await ask_form(ctx, _form("team.began", f"{own}{SEPARATOR}" if own else ""))


def _form(verb: str, value: str) -> Form:
    field = Field("team", "team-field-path", required=True, value=value, hint="team-hint-path")
    return Form(verb, "team-path-form", (field,), submit="button-save")


@form("team.began")
async def take_new(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    ctx.allow(*LEADERS)
    try:
        await add_team(ctx.uow, ctx.actor, values.get("team", "")[:LONGEST_TEAM], now=ctx.now)
    except (TeamMissing, TeamTaken) as wrong:
        raise FieldErrors({"team": Phrase(wrong.code, wrong.facts)}) from None
    return await _tree(ctx, undo=True)


@press("team.place")
async def ask_place(ctx: ChatContext, argument: str) -> Answer:
    return await ask_form(ctx, _form(f"team.placed:{argument}", await _of_code(ctx, argument)))


@form("team.placed")
async def take_place(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    team = await _of_code(ctx, argument)
    try:
        await move_team(ctx.uow, ctx.actor, team, values.get("team", "")[:LONGEST_TEAM], now=ctx.now)
    except (TeamMissing, TeamTaken, TeamWithinItself, TooLong) as wrong:
        raise FieldErrors({"team": Phrase(wrong.code, wrong.facts)}) from None
    return await _tree(ctx, undo=True)


@press("team.end")
async def end(ctx: ChatContext, argument: str) -> Reply:
    await end_team(ctx.uow, ctx.actor, await _of_code(ctx, argument), now=ctx.now)
    return await _tree(ctx, undo=True)


# ---------------------------------------------------------------- who is in which


@press("team.where")
async def ask_team(ctx: ChatContext, argument: str) -> Reply:
    """Which team: those that the speaker manages."""
    person = await looked_after(ctx, argument)
    actor = ctx.actor
    theirs = [
        team
        for team in await known_teams(ctx.uow)
        if team != person.team and (actor.role is Role.ADMIN or actor.team is None or is_within(team, actor.team))
    ]
    choices = [
        Button("button-team", press=f"team.join:{person.id}.{team_code(team)}", facts={"team": team})
        for team in theirs[:MOST_SHOWN]
    ]
    if person.team is not None and (actor.role is Role.ADMIN or actor.team is None):
        choices.append(Button("button-no-team", press=f"team.join:{person.id}.{NO_TEAM}"))
    back = Button("button-back", press=f"team.show:{person.id}")
    facts = {"name": person.name, "team": person.team, "any": bool(theirs)}
    return Reply("team-ask-team", facts, buttons=(*choices, back), card=f"staff:{person.id}", private=True)


@press("team.join")
async def join(ctx: ChatContext, argument: str) -> Reply:
    person_id, _, code = argument.partition(".")
    person = await looked_after(ctx, person_id)
    team = None if code == NO_TEAM else await _of_code(ctx, code)
    return await _joined(ctx, person, team)


async def _joined(ctx: ChatContext, person: Staff, team: str | None) -> Reply:
    was = person.team
    await join_team(ctx.uow, ctx.actor, person.id, team, now=ctx.now)
    return await person_card(ctx, person, undo=person.team != was)


async def move_said(ctx: ChatContext, rest: str) -> Reply | None:
    """``@Mei to Sales/North``; None where the words are something else. Raises StaffNotFound and TeamMissing."""
    found = _TO.fullmatch(" ".join(rest.split()))
    if found is None:
        return None
    team = find_team(found[2], await known_teams(ctx.uow))
    person = await ctx.uow.staff.find_by_name(found[1].strip()[:60])
    called = rest.startswith(("@", "＠"))
    if person is None or team is None:
        if not called:
            return None
        raise TeamMissing if person is not None else StaffNotFound(name=found[1].strip()[:60])
    return await _joined(ctx, await looked_after(ctx, str(person.id)), team)


# ---------------------------------------------------------------- how far somebody sees


@press("team.sight")
async def ask_sight(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(Role.ADMIN)
    person = await looked_after(ctx, argument)
    now = scope_of(person.role, person.team, person.sees)
    lines = [Line("team-sight-line", {"scope": Phrase(f"sight-{each}"), "sees": Phrase(f"roles-sees-{each}")}) for each in CHOICES[person.role]]  # fmt: skip
    choices = tuple(
        Button(f"sight-{scope}", press=f"team.setsight:{person.id}.{scope}")
        for scope in CHOICES[person.role]
        if scope is not now and (scope is not Scope.TEAM or person.team is not None)
    )
    back = Button("button-back", press=f"team.show:{person.id}")
    facts = {"name": person.name, "sight": Phrase(f"sight-{now}")}
    return Reply(
        "team-ask-sight", facts, lines=tuple(lines), buttons=(*choices, back), card=f"staff:{person.id}", private=True
    )


@press("team.setsight")
async def take_sight(ctx: ChatContext, argument: str) -> Reply:
    person_id, _, scope = argument.partition(".")
    if scope not in set(Scope):
        raise ButtonTooOld
    ctx.allow(Role.ADMIN)
    person = await looked_after(ctx, person_id)
    was = person.sees
    await set_sight(ctx.uow, ctx.actor, person.id, Scope(scope), now=ctx.now)
    return await person_card(ctx, person, undo=person.sees != was)


@notice("moved-to-team")
async def moved(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    return {row.id: Reply("moved-to-team", {"by": row.facts["by"], "team": row.facts["team"]}) for row in batch.rows}


@notice("sight-changed")
async def sight_changed(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    return {
        row.id: Reply("sight-changed", {"by": row.facts["by"], "sees": Phrase(f"roles-sees-{row.facts['sees']}")})
        for row in batch.rows
    }
