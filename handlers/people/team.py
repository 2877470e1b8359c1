"""Who works here: adding teammates with a link to forward, and their roles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from domain.people.actions import (
    CODE_LIFETIME,
    NewStaff,
    add_staff,
    change_role,
    invite,
    may_look_after,
    unlink_identity,
)
from domain.people.errors import NameMissing, NameTaken
from domain.people.model import Role, Staff
from domain.people.teams import LONGEST_TEAM
from handlers.chat import Button, Choice, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext, Outcome, undo_button
from handlers.dialogs.forms import ask_form
from handlers.dialogs.lists import PAGE, more_button, page_of
from handlers.people.person_card import channels_of, looked_after, person_card, person_facts
from handlers.people.start import DAY, qr_of, ways_in
from handlers.people.teams import move_said
from handlers.router import LEADERS, Answer, ButtonTooOld, FieldErrors, command, form, number, press

SEPARATORS = re.compile(r"[,，、;；]")
# What people call a role, beside its own name.
ROLE_WORDS = {
    "sales": Role.REP,
    "销售": Role.REP,
    "业务员": Role.REP,
    "support": Role.AGENT,
    "客服": Role.AGENT,
    "主管": Role.MANAGER,
    "经理": Role.MANAGER,
    "管理员": Role.ADMIN,
    **{role.value: role for role in Role},
}


def _is_teammate(rest: str) -> bool:
    """Without a slash: "team", or "team Mei, rep", but not "team lunch with sales"."""
    return not rest or (SEPARATORS.search(rest) is not None and read_teammate(rest) is not None)


@command("team", "团队", who=LEADERS, bare=_is_teammate)
async def team(ctx: ChatContext, rest: str) -> Answer:
    """The list; with a name and a role (``Mei, rep``) the person is added at once, with a name alone it is asked; ``@Mei to
    Sales/North`` moves somebody who is there."""
    if not rest:
        return await _list(ctx, after=None)
    moved = await move_said(ctx, rest)
    if moved is not None:
        return moved
    new = read_teammate(rest)
    if new is not None:
        return await _add(ctx, new)
    name, *others = [part.strip() for part in SEPARATORS.split(rest) if part.strip()] or [""]
    errors = {"role": Phrase("form-choose-one")} if others else None  # what stands there is no role
    return await ask_form(ctx, _form(ctx, name=" ".join(name.split())[:60]), errors=errors)


def read_teammate(rest: str) -> NewStaff | None:
    """Name and role, with a team behind if there is one; None when no role is named."""
    parts = [part.strip() for part in SEPARATORS.split(rest) if part.strip()]
    if len(parts) == 1:
        name, _, role = parts[0].rpartition(" ")
        parts = [name.strip(), role]
    if len(parts) not in {2, 3} or not parts[0] or parts[1].casefold() not in ROLE_WORDS:
        return None
    return NewStaff(name=parts[0], role=ROLE_WORDS[parts[1].casefold()], team=parts[2] if len(parts) == 3 else None)


# ---------------------------------------------------------------- the list and one person


async def _list(ctx: ChatContext, *, after: int | None) -> Reply:
    people = await ctx.uow.staff.list_active()
    ids = [person.id for person in people]
    page = page_of(people[ids.index(after) + 1 if after in ids else 0 :], PAGE)
    channels = {person.id: await channels_of(ctx, person) for person in page.shown}
    lines = tuple(_line(ctx, person, channels[person.id]) for person in page.shown)
    more = more_button(page, f"team.list:{page.shown[-1].id}") if page.shown else ()
    add = Button("button-add-teammate", press="team.add", opens_form=True)
    teams = Button("button-teams", press="team.tree:")
    return Reply("team", {"count": len(people)}, lines=lines, buttons=(add, teams, *more), private=True)


def _line(ctx: ChatContext, person: Staff, channels: Sequence[Phrase | str]) -> Line:
    open_it = Button("button-person", press=f"team.show:{person.id}", facts={"name": person.name})
    buttons = (open_it,) if may_look_after(ctx.actor, person) else ()
    return Line("team-line", person_facts(person, channels), buttons=buttons)


@press("team.list")
async def turn_page(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return await _list(ctx, after=number(argument) if argument else None)


@press("team.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    return await person_card(ctx, await looked_after(ctx, argument))


# ---------------------------------------------------------------- adding, and the link to forward


@press("team.add")
async def add(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    return await ask_form(ctx, _form(ctx))


def _form(ctx: ChatContext, *, name: str = "") -> Form:
    """Managers of a team add to it, or to one below it."""
    is_admin = ctx.actor.role is Role.ADMIN
    roles = tuple(Role) if is_admin else (Role.REP, Role.AGENT)
    choices = tuple(Choice(role.value, _as_choice(role)) for role in roles)
    fields = [
        Field("name", "team-field-name", required=True, value=name, hint="team-hint-name"),
        Field("role", "team-field-role", "choice", required=True, choices=choices),
    ]
    own = None if is_admin else ctx.actor.team
    fields.append(Field("team", "team-field-team", value=own or "", hint="team-hint-team"))
    return Form("team.new", "team-form", tuple(fields), submit="button-add")


def _as_choice(role: Role) -> Phrase:
    """On a button or in a list of choices it begins with a capital."""
    return Phrase("role-choice", {"role": Phrase(f"role-{role}")})


@form("team.new")
async def take_teammate(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Answer:
    ctx.allow(*LEADERS)
    role = ROLE_WORDS.get(values.get("role", "").strip().casefold())
    if role is None:
        raise FieldErrors({"role": Phrase("form-choose-one")})
    team_name = values.get("team", "")[:LONGEST_TEAM] or None
    try:
        return await _add(ctx, NewStaff(name=values.get("name", ""), role=role, team=team_name))
    except (NameMissing, NameTaken) as wrong:
        raise FieldErrors({"name": Phrase(wrong.code, wrong.facts)}) from None


async def _add(ctx: ChatContext, new: NewStaff) -> Outcome:
    person = await add_staff(ctx.uow, ctx.actor, new, now=ctx.now)
    return await _with_link(ctx, person, "teammate-added")


@press("team.link")
async def new_link(ctx: ChatContext, argument: str) -> Outcome:
    return await _with_link(ctx, await looked_after(ctx, argument), "teammate-link")


async def _with_link(ctx: ChatContext, person: Staff, key: str) -> Outcome:
    """Two messages: what was done, with Undo, and the invitation alone, so that it can be forwarded as it is."""
    invitation = await invite(ctx.uow, ctx.actor, staff=person, now=ctx.now)
    if key == "teammate-added":
        ctx.uow.happened("staff-added", staff=person.id)
    buttons = (
        Button("button-add-another", press="team.add", opens_form=True),
        undo_button(),
        Button("button-back", press="team.list:"),
    )
    done = Reply(key, person_facts(person, ()), buttons=buttons, card=f"staff:{person.id}", private=True)
    to_forward = Reply(
        "invitation",
        {"name": person.name, "days": CODE_LIFETIME // DAY},
        lines=ways_in(ctx, invitation),
        picture=qr_of(ctx, invitation),
        fresh=True,
        private=True,
        locale=person.locale,
    )
    return Outcome((done, to_forward))


@press("team.unlink")
async def unlink(ctx: ChatContext, argument: str) -> Reply:
    """An account that is not theirs, or no longer: whoever writes from it is a stranger from now on."""
    person_id, _, identity_id = argument.partition(".")
    if ctx.identity.id == number(identity_id):
        raise ButtonTooOld
    person = await looked_after(ctx, person_id)
    changed = await unlink_identity(ctx.uow, ctx.actor, person.id, number(identity_id))
    await ctx.uow.flush()
    return await person_card(ctx, person, undo=changed)


# ---------------------------------------------------------------- another role


@press("team.role")
async def ask_role(ctx: ChatContext, argument: str) -> Reply:
    person = await looked_after(ctx, argument)
    roles = tuple(Role) if ctx.actor.role is Role.ADMIN else (Role.REP, Role.AGENT)
    buttons = tuple(
        Button("role-choice", press=f"team.setrole:{person.id}.{role}", facts=_as_choice(role).facts)
        for role in roles
        if role is not person.role
    )
    back = Button("button-back", press=f"team.show:{person.id}")
    facts = {"name": person.name, "role": Phrase(f"role-{person.role}")}
    return Reply("team-ask-role", facts, buttons=(*buttons, back), card=f"staff:{person.id}", private=True)


@press("team.setrole")
async def set_role(ctx: ChatContext, argument: str) -> Reply:
    person_id, _, role = argument.partition(".")
    if role not in set(Role):
        raise ButtonTooOld
    person = await looked_after(ctx, person_id)
    if person.role == role:
        return await person_card(ctx, person)
    await change_role(ctx.uow, ctx.actor, person.id, Role(role))
    return await person_card(ctx, person, undo=True)
