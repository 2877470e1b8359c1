"""Coming in: /start, with and without a code, /join and /link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.journal.model import Source
from domain.notifications.model import Planned, Urgency
from domain.people.actions import CODE_LIFETIME, Joined, accept_invitation, invite
from domain.people.codes import looks_like_code
from domain.people.codes import read_code as code_in
from domain.people.model import Identity, Invitation, Staff
from handlers.chat import Line, Picture, Reply
from handlers.context import ChatContext, undo_button
from handlers.hello import hello
from handlers.people.onboarding import greeting, newcomer
from handlers.records.by_number import read_code, show_record
from handlers.records.history_fields import channel_name
from handlers.router import EVERYBODY, Answer, WrongUsage, command
from handlers.visitors.contact_chats import take_contact_code
from handlers.visitors.strangers import introduce

DAY = timedelta(days=1)


@command("start", "开始", who=EVERYBODY)
async def start(ctx: ChatContext, rest: str) -> Answer:
    """Telegram's deep link sends ``/start CODE`` when its button is tapped: a one-time code, or a record's number."""
    record = read_code(rest) if ctx.staff is not None else None
    if record is not None:
        return await show_record(ctx, *record)
    if rest:
        return await join(ctx, rest)
    return hello(ctx) if ctx.staff is not None else await introduce(ctx)


@command("join", "加入", who=EVERYBODY, bare=looks_like_code)
async def join(ctx: ChatContext, rest: str) -> Answer:
    """A colleague's code lets them in, a customer's says who they are."""
    if not rest:
        raise WrongUsage("join")
    own = await _own_code(ctx, rest)
    if own is not None:
        return own
    customer = await take_contact_code(ctx, rest)
    if customer is not None:
        return customer
    joined = await accept_invitation(ctx.uow, ctx.identity, rest, newcomer=newcomer(ctx), now=ctx.now)
    ctx.staff = joined.staff
    # Whoever joined did this, not nobody: they may undo it.
    event = ctx.event
    ctx.uow.acts(joined.staff, at=ctx.now, source=Source(channel=event.channel, delivery=event.delivery_id))
    return await _joined(ctx, joined)


async def _own_code(ctx: ChatContext, typed: str) -> Reply | None:
    """A link of one's own, opened where one is known: whoever taps it twice is in already, and what is meant for a further
    channel must not be spent here."""
    invitation = await ctx.uow.identities.find_invitation(code_in(typed)) if ctx.staff is not None else None
    if invitation is None or invitation.contact_id is not None:
        return None
    if invitation.used_at is not None:
        return replace(hello(ctx), private=True) if invitation.staff_id in {None, ctx.actor.id} else None
    if invitation.staff_id != ctx.actor.id or invitation.expires_at <= ctx.now:
        return None
    return Reply("link-elsewhere", {"name": ctx.actor.name}, private=True)


async def pasted_code(ctx: ChatContext, text: str) -> Answer:
    """A stranger who sends nothing but a code means /join."""
    return await join(ctx, text) if ctx.staff is None and looks_like_code(text) else None


async def _joined(ctx: ChatContext, joined: Joined) -> Reply:
    await ctx.uow.flush()
    identities = await ctx.uow.identities.list_for_staff(joined.staff.id)
    if not joined.is_new:
        _tell_the_others(ctx, joined.staff, identities)
    return replace(greeting(joined, [each.channel for each in identities], now=ctx.now), private=True)


def _tell_the_others(ctx: ChatContext, staff: Staff, identities: Sequence[Identity]) -> None:
    """Whoever got hold of a code is one of us from now on: its owner hears of it where they are known already."""
    facts = {"channel": channel_name(ctx.event.channel), "who": ctx.identity.name or None}
    for each in identities:
        if each.id != ctx.identity.id and each.private_place is not None:
            ctx.uow.plan(
                Planned(
                    key="account-opened",
                    facts=facts,
                    due_at=ctx.now,
                    channel=each.channel,
                    place=each.private_place,
                    urgency=Urgency.URGENT,
                    extra={"locale": staff.locale, "timezone": staff.timezone},
                )
            )


@command("link", "关联")
async def link(ctx: ChatContext, rest: str) -> Reply:
    """A code by which a person joins from a further channel."""
    invitation = await invite(ctx.uow, ctx.actor, staff=ctx.actor, now=ctx.now)
    return Reply(
        "link-code",
        {"code": invitation.code, "days": CODE_LIFETIME // DAY},
        lines=ways_in(ctx, invitation),
        picture=qr_of(ctx, invitation),
        buttons=(undo_button(),),
        private=True,
    )


def ways_in(ctx: ChatContext, invitation: Invitation) -> tuple[Line, ...]:
    """Where the code can be opened, a line each, and what to type elsewhere."""
    links = (Line("invitation-link", {"link": link}) for link in ctx.links(invitation.code))
    return (*links, Line("invitation-code", {"code": invitation.code}))


def qr_of(ctx: ChatContext, invitation: Invitation) -> Picture | None:
    links = ctx.links(invitation.code)
    return Picture("qr", {"text": links[0]}) if links else None
