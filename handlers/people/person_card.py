"""One of the staff, with what can be done about them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import NotAllowed
from domain.people.actions import may_look_after
from domain.people.model import Role, Staff
from domain.people.seeing import scope_of
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.records.history_fields import channel_name
from handlers.router import LEADERS, number


async def looked_after(ctx: ChatContext, argument: str) -> Staff:
    """Whom the speaker looks after. Raises NotAllowed and RecordNotFound."""
    ctx.allow(*LEADERS)
    person = await ctx.uow.staff.get(number(argument))
    if not may_look_after(ctx.actor, person):
        raise NotAllowed
    return person


async def channels_of(ctx: ChatContext, person: Staff) -> list[Phrase | str]:
    identities = await ctx.uow.identities.list_for_staff(person.id)
    return [channel_name(channel) for channel in dict.fromkeys(each.channel for each in identities)]


def person_facts(person: Staff, channels: Sequence[Phrase | str]) -> dict[str, object]:
    return {
        "name": person.name,
        "role": Phrase(f"role-{person.role}"),
        "team": person.team,
        "channels": list(channels) or None,
    }


def sight_line(person: Staff) -> Line:
    """How far they see, and whether that is set for them."""
    scope = scope_of(person.role, person.team, person.sees)
    return Line("team-sees", {"sees": Phrase(f"roles-sees-{scope}"), "own": person.sees is not None})


async def _unlink_buttons(ctx: ChatContext, person: Staff) -> list[Button]:
    """One for each chat account, but for that through which one speaks: nobody saws off the branch they sit on."""
    return [
        Button(
            "button-unlink",
            press=f"team.unlink:{person.id}.{each.id}",
            facts={"channel": channel_name(each.channel), "who": each.name},
        )
        for each in await ctx.uow.identities.list_for_staff(person.id)
        if each.id != ctx.identity.id
    ]


async def person_card(ctx: ChatContext, person: Staff, *, undo: bool = False) -> Reply:
    """One person with what can be done about them."""
    buttons = []
    if person.is_active:
        buttons = [
            Button("button-new-link", press=f"team.link:{person.id}"),
            Button("button-change-role", press=f"team.role:{person.id}"),
            Button("button-change-team", press=f"team.where:{person.id}"),
        ]
        if ctx.actor.role is Role.ADMIN and person.role is not Role.ADMIN:
            buttons.append(Button("button-change-sight", press=f"team.sight:{person.id}"))
        buttons += await _unlink_buttons(ctx, person)
        buttons.append(Button("button-deactivate", press=f"team.leave:{person.id}"))
    else:
        buttons = [Button("button-hand-over", press=f"team.hand:{person.id}")]
    if undo:
        buttons.append(undo_button())
    buttons.append(Button("button-back", press="team.list:"))
    facts = {**person_facts(person, await channels_of(ctx, person)), "active": person.is_active}
    return Reply(
        "team-person",
        facts,
        lines=(sight_line(person),),
        buttons=tuple(buttons),
        card=f"staff:{person.id}",
        private=True,
    )
