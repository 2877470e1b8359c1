"""A colleague of the workspace that installed us asks to join, and an admin lets them in with one tap."""

from __future__ import annotations

from typing import Any

from domain.approvals.model import Approval, ApprovalState
from domain.people.joining import JOINABLE, KIND, ask_to_join, let_in, namesake, subject_of
from domain.people.model import Role
from domain.ports import UnitOfWork
from handlers.approvals import KINDS, Kind, approve_buttons
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.notices import Batch
from handlers.people.onboarding import city, newcomer, profile_card
from handlers.records.history_fields import channel_name
from handlers.router import ButtonTooOld, number, press
from locales import LANGUAGES, language_of


def may_join(ctx: ChatContext) -> bool:
    """Is this somebody of the workspace, and not on the staff?"""
    sender = ctx.event.sender
    return ctx.staff is None and ctx.identity.contact_id is None and sender is not None and sender.is_member


async def offer_to_join(ctx: ChatContext) -> Reply | None:
    """What they want to join as; how it stands, where they have asked. None while nobody could let them in."""
    admins = await _admins(ctx)
    if not admins:
        return None
    standing = await ctx.uow.approvals.find_open(KIND, subject_of(ctx.identity))
    if standing is not None and standing.expires_at > ctx.now:
        return _waiting(ctx, standing, admins)
    ours = language_of(ctx.locale)
    buttons = (
        *_join_buttons(),
        *(Button(f"language-{other}", press=f"hello.language:{other}") for other in LANGUAGES if other != ours),
    )
    return Reply("member-welcome", {"name": ctx.identity.name}, buttons=buttons, card=_card(ctx), private=True)


def _join_buttons() -> tuple[Button, ...]:
    return tuple(
        Button("button-join-as", press=f"join.as:{role}", facts={"role": Phrase(f"role-{role}")}, starts_row=True)
        for role in JOINABLE
    )


def _card(ctx: ChatContext) -> str:
    return f"hello:{ctx.identity.id}"


async def _admins(ctx: ChatContext) -> list[str]:
    return [person.name for person in await ctx.uow.staff.list_active() if person.role is Role.ADMIN]


def _waiting(ctx: ChatContext, approval: Approval, admins: list[str]) -> Reply:
    facts = {"role": Phrase(f"role-{approval.facts['role']}"), "admins": admins[:3]}
    return Reply("join-waiting", facts, card=_card(ctx), private=True)


@press("join.as")
async def ask(ctx: ChatContext, argument: str) -> Reply:
    """Pressed twice, or as something else meanwhile, it is the request that stands."""
    if argument not in set(JOINABLE):
        raise ButtonTooOld
    if ctx.staff is not None:
        return profile_card("welcome-staff", ctx.staff, now=ctx.now, undo=False)
    if not may_join(ctx):  # only the workspace's own people may: a guest's press is a forged one
        raise ButtonTooOld
    approval = await ask_to_join(ctx.uow, ctx.identity, Role(argument), newcomer=newcomer(ctx), now=ctx.now)
    return _waiting(ctx, approval, await _admins(ctx))


# ---------------------------------------------------------------- the admin's card, and the answer


async def _request(uow: UnitOfWork, approval: Approval, batch: Batch | None) -> Reply:
    asked = approval.facts
    same = await namesake(uow, approval)
    link: tuple[Button, ...] = ()
    if same is not None:
        link = (Button("button-link-to", press=f"approval.yes:{approval.id}.{same.id}", facts={"name": same.name}),)
    lines = [Line("join-channel", {"channel": channel_name(asked["channel"])})]
    if asked["locale"]:
        lines.append(Line("profile-language", {"language": Phrase(f"language-{language_of(asked['locale'])}")}))
    if asked["timezone"]:
        lines.append(Line("join-zone", {"zone": city(asked["timezone"])}))
    if same is not None:
        lines.append(Line("join-namesake", {"name": same.name, "role": Phrase(f"role-{same.role}")}))
    return Reply(
        "join-asked",
        _facts(approval),
        lines=tuple(lines),
        buttons=approve_buttons(approval, *link),
        card=f"approval:{approval.id}",
    )


def _facts(approval: Approval) -> dict[str, Any]:
    return {"name": approval.facts["name"] or None, "role": Phrase(f"role-{approval.facts['role']}")}


async def _carry_out(ctx: ChatContext, approval: Approval, way: str) -> None:
    await let_in(ctx.uow, ctx.actor, approval.id, as_staff=number(way) if way else None, now=ctx.now)


async def _answer(uow: UnitOfWork, approval: Approval, batch: Batch) -> Reply | None:
    if approval.state is ApprovalState.DECLINED:
        return Reply("join-declined", _facts(approval))
    if approval.state is ApprovalState.EXPIRED:
        return Reply("join-expired", _facts(approval), buttons=_join_buttons())
    identity = await uow.identities.get(approval.identity_id or 0)
    if approval.state is not ApprovalState.APPROVED or identity.staff_id is None:
        return None  # it was taken back before this was said
    staff = await uow.staff.get(identity.staff_id)
    others = [each.channel for each in await uow.identities.list_for_staff(staff.id) if each.id != identity.id]
    if others:
        channels = [channel_name(channel) for channel in dict.fromkeys([*others, identity.channel])]
        return Reply("channel-linked", {"name": staff.name, "channels": channels})
    return profile_card("welcome-staff", staff, now=batch.now, undo=False)


KINDS[KIND] = Kind(
    card=_request, carry_out=_carry_out, answer=_answer, what=lambda approval: Phrase("join-what", _facts(approval))
)
