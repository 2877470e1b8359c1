"""``/mydata`` shows somebody what is kept about them; ``/forget`` asks for it to be erased, which a manager approves."""

from __future__ import annotations

from domain.approvals.model import Approval, ApprovalState
from domain.company.greeting import strangers_kept, tickets_kept_years
from domain.people.model import Topic
from domain.ports import UnitOfWork
from domain.privacy.actions import KIND, Kept, ask_erasure, erase_approved, kept_about
from handlers.approvals import KINDS, Kind, approve_buttons
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.notices import Batch
from handlers.records.history_fields import channel_name
from handlers.records.lines import point_lines
from handlers.rendering.wording import shortened
from handlers.router import EVERYBODY, command, press

LONGEST_SHOWN = 300  # characters of one message


@command("mydata", "我的数据", who=EVERYBODY)
async def mydata(ctx: ChatContext, rest: str) -> Reply:
    """Only to the person themselves: in a group it is answered privately."""
    if ctx.staff is not None:
        return Reply("privacy-for-customers", private=True)
    kept = await kept_about(ctx.uow, ctx.identity)
    buttons = (Button("button-forget-me", press="privacy.forget:"),)
    return Reply("mydata", lines=_lines(ctx, kept), buttons=buttons, private=True)


def _lines(ctx: ChatContext, kept: Kept) -> tuple[Line, ...]:
    lines: list[Line] = []
    if kept.contact is not None:
        lines.append(
            Line(
                "mydata-person",
                {
                    "name": kept.contact.name,
                    "title": kept.contact.title,
                    "customer": kept.customer.title if kept.customer else None,
                },
            )
        )
        lines += point_lines(kept.contact.points)
        if kept.contact.birthday:
            lines.append(Line("mydata-birthday", {"value": kept.contact.birthday.removeprefix("lunar ")}))
        lines += [Line("card-custom", {"name": name, "value": value}) for name, value in kept.contact.custom.items()]
        lines += [Line("card-tags", {"value": kept.contact.tags})] if kept.contact.tags else []
    for account in kept.accounts:
        lines.append(
            Line("mydata-account", {"channel": channel_name(account.channel), "name": account.name or account.user})
        )
    wrote = [(inquiry.first_at, inquiry.words) for inquiry in kept.inquiries if inquiry.words]
    wrote += [(message.at, message.text) for message in kept.requests]
    for at, words in sorted(wrote):
        lines.append(Line("mydata-wrote", {"at": at, "words": shortened(" ".join(words.split()), LONGEST_SHOWN)}))
    for answer in kept.answers:
        said = [answer.comment or "", *answer.answers.values()]
        shown = shortened(" ".join(" ".join(said).split()), LONGEST_SHOWN)
        facts = {"at": answer.answered_at, "score": answer.score, "words": shown or None}
        lines.append(Line("mydata-answered", facts))
    if kept.notes:
        lines.append(Line("mydata-notes", {"count": kept.notes}))
    wanted = [Phrase(f"topic-{topic}") for topic in Topic if kept.wishes[topic]]
    lines.append(Line("mydata-hears", {"topics": wanted or None}))
    days, years = strangers_kept(ctx.company).days, tickets_kept_years(ctx.company)
    lines.append(Line("mydata-kept-for", {"days": days, "years": years}))
    return tuple(lines)


@command("forget", "删除我", who=EVERYBODY)
async def forget(ctx: ChatContext, rest: str) -> Reply:
    return _sure(ctx)


def _sure(ctx: ChatContext) -> Reply:
    """Asked once more before anybody is bothered: there is no way back."""
    if ctx.staff is not None:
        return Reply("privacy-for-customers", private=True)
    buttons = (
        Button("button-yes-forget", press="privacy.ask:", is_main=True),
        Button("button-keep-me", press="privacy.keep:"),
    )
    return Reply("forget-sure", buttons=buttons, private=True)


@press("privacy.forget")
async def pressed(ctx: ChatContext, argument: str) -> Reply:
    return _sure(ctx)


@press("privacy.keep")
async def keep(ctx: ChatContext, argument: str) -> Reply:
    return Reply("forget-kept", private=True)


@press("privacy.ask")
async def ask(ctx: ChatContext, argument: str) -> Reply:
    """Pressed twice it is the request that stands."""
    if ctx.staff is not None:
        return Reply("privacy-for-customers", private=True)
    approval = await ask_erasure(ctx.uow, ctx.identity, now=ctx.now)
    return Reply("forget-asked", {"until": approval.expires_at}, private=True)


# ---------------------------------------------------------------- the manager's card, and the answer


async def _request(uow: UnitOfWork, approval: Approval, batch: Batch | None) -> Reply:
    identity = await uow.identities.get(approval.identity_id or 0)
    kept = await kept_about(uow, identity)
    facts = {
        "name": approval.facts["name"] or None,
        "customer": kept.customer.title if kept.customer else None,
        "channel": channel_name(approval.facts["channel"]),
    }
    lines = (
        Line("forget-what", {"accounts": len(kept.accounts), "messages": len(kept.inquiries) + len(kept.requests)}),
    )
    buttons = approve_buttons(approval)
    return Reply("forget-request", facts, lines=lines, buttons=buttons, card=f"approval:{approval.id}")


async def _carry_out(ctx: ChatContext, approval: Approval, way: str) -> None:
    await erase_approved(ctx.uow, ctx.actor, approval.id, now=ctx.now)


async def _answer(uow: UnitOfWork, approval: Approval, batch: Batch) -> Reply | None:
    if approval.state is ApprovalState.APPROVED:
        return Reply("forget-done")
    if approval.state is ApprovalState.DECLINED:
        return Reply("forget-declined")
    if approval.state is ApprovalState.EXPIRED:
        return Reply("forget-expired", buttons=(Button("button-yes-forget", press="privacy.ask:"),))
    return None


KINDS[KIND] = Kind(
    card=_request,
    carry_out=_carry_out,
    answer=_answer,
    what=lambda approval: Phrase("forget-in-short", {"name": approval.facts["name"] or None}),
    is_final=True,
)
