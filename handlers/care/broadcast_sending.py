"""A broadcast on its way: a look at real readers, a test, a second person's yes, Pause, Resume and Stop."""

from __future__ import annotations

from domain.approvals.model import Approval, ApprovalState
from domain.broadcasts.actions import (
    APPROVAL,
    count_on,
    look,
    pause,
    resume,
    send,
    send_approved,
    stop,
)
from domain.broadcasts.planning import Counted, Judged
from domain.ports import UnitOfWork
from handlers.approvals import KINDS, Kind, approve_buttons
from handlers.care.broadcast_messages import message_for
from handlers.care.broadcast_report import report_card
from handlers.care.broadcasts import card, count_lines
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, Outcome
from handlers.notices import Batch, Decision, notice
from handlers.records.lines import note_shown
from handlers.router import LEADERS, Answer, number, press
from locales import language_of

PREVIEWED = 3
LONGEST_SHOWN = 600


@press("broadcast.preview")
async def preview(ctx: ChatContext, argument: str) -> Reply:
    """As three who get it will read it; of each language one, where there are."""
    ctx.allow(*LEADERS)
    broadcast = await ctx.uow.broadcasts.get_for(ctx.actor, number(argument))
    judged, _, _ = await look(ctx.uow, broadcast, now=ctx.now)
    chosen = _mixed([each for each in judged if each.reason is None])
    known = await ctx.uow.broadcasts.list_addressees([each.recipient.contact_id for each in chosen])
    company = await ctx.uow.company.get()
    lines = []
    for each in chosen:
        person = known[each.recipient.contact_id]
        text = message_for(broadcast, person, company, locale=each.locale).facts["text"]
        facts = {"name": person.name, "customer": person.company, "at": each.due_at, "text": text}
        lines.append(Line("broadcast-previewed", facts))
    back = Button("button-back", press=f"broadcast.show:{broadcast.id}")
    key = "broadcast-preview-card" if lines else "broadcast-preview-nobody"
    return Reply(key, {"number": broadcast.id}, lines=tuple(lines), buttons=(back,), private=True)


def _mixed(allowed: list[Judged]) -> list[Judged]:
    """The first of each language, then the first of all."""
    first = {language_of(each.locale): each for each in reversed(allowed)}
    others = [each for each in allowed if each not in first.values()]
    return [*first.values(), *others][:PREVIEWED]


@press("broadcast.test")
async def test(ctx: ChatContext, argument: str) -> Answer:
    """To oneself, as a customer called like the speaker would get it, in each language that was written."""
    ctx.allow(*LEADERS)
    broadcast = await ctx.uow.broadcasts.get_for(ctx.actor, number(argument))
    company = await ctx.uow.company.get()
    samples = tuple(
        message_for(broadcast, None, company, locale=language, speaker=ctx.actor.name) for language in broadcast.texts
    )
    return Outcome(replies=samples)


@press("broadcast.count")
async def count(ctx: ChatContext, argument: str) -> Reply:
    """All of a large segment: said on this card when it is counted."""
    ctx.allow(*LEADERS)
    broadcast = await ctx.uow.broadcasts.get_for(ctx.actor, number(argument))
    reply = Reply("broadcast-counting", {"number": broadcast.id}, card=f"broadcast:{broadcast.id}", private=True)
    await count_on(ctx.uow, ctx.actor, broadcast, ctx.told(reply), now=ctx.now)
    return reply


@notice("broadcast-counted")
async def counted(uow: UnitOfWork, batch: Batch) -> dict[int, Decision]:
    return {
        row.id: Reply(
            "broadcast-counted",
            {"number": row.facts["broadcast"]},
            lines=count_lines(Counted.from_kept(row.facts["counted"])),
            buttons=(Button("button-back", press=f"broadcast.show:{row.facts['broadcast']}", is_main=True),),
            card=f"broadcast:{row.facts['broadcast']}",
        )
        for row in batch.rows
    }


@press("broadcast.send")
async def send_it(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    broadcast, asked = await send(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    if asked is None:
        return await report_card(ctx.uow, broadcast)
    return await card(ctx, broadcast)


@press("broadcast.pause")
async def pause_it(ctx: ChatContext, argument: str) -> Reply:
    return await report_card(ctx.uow, await pause(ctx.uow, ctx.actor, number(argument)))


@press("broadcast.resume")
async def resume_it(ctx: ChatContext, argument: str) -> Reply:
    return await report_card(ctx.uow, await resume(ctx.uow, ctx.actor, number(argument), now=ctx.now))


@press("broadcast.stop")
async def ask_stop(ctx: ChatContext, argument: str) -> Reply:
    """Asked once more: there is no way back."""
    ctx.allow(*LEADERS)
    broadcast = await ctx.uow.broadcasts.get_for(ctx.actor, number(argument))
    buttons = (
        Button("broadcast-stop-yes", press=f"broadcast.end:{broadcast.id}", is_main=True),
        Button("button-back", press=f"broadcast.show:{broadcast.id}"),
    )
    return Reply(
        "broadcast-stop-sure", {"number": broadcast.id}, buttons=buttons, card=f"broadcast:{broadcast.id}", private=True
    )


@press("broadcast.end")
async def stop_it(ctx: ChatContext, argument: str) -> Reply:
    return await report_card(ctx.uow, await stop(ctx.uow, ctx.actor, number(argument), now=ctx.now))


# ---------------------------------------------------------------- the second person


async def _request(uow: UnitOfWork, approval: Approval, batch: Batch | None) -> Reply:
    broadcast = await uow.broadcasts.get(approval.facts["broadcast"])
    asker = await uow.staff.get(approval.asked_by or broadcast.created_by)
    lines = (
        *(_text_line(language, text) for language, text in broadcast.texts.items()),
        Line("broadcast-asked-count", {name: approval.facts[name] for name in ("allowed", "total", "more")}),
    )
    see = Button("broadcast-preview", press=f"broadcast.preview:{broadcast.id}")
    facts = {"number": broadcast.id, "name": asker.name}
    card_of = f"approval:{approval.id}"
    return Reply("broadcast-request", facts, lines=lines, buttons=approve_buttons(approval, see), card=card_of)


def _text_line(language: str, text: str) -> Line:
    shown = note_shown(text, most=LONGEST_SHOWN)
    return Line("broadcast-text-in", {"language": Phrase(f"language-{language}"), "text": shown})


async def _carry_out(ctx: ChatContext, approval: Approval, way: str) -> None:
    await send_approved(ctx.uow, ctx.actor, approval.id, now=ctx.now)


async def _answer(uow: UnitOfWork, approval: Approval, batch: Batch) -> Reply | None:
    number_ = approval.facts["broadcast"]
    by = await uow.staff.get(approval.decided_by) if approval.decided_by is not None else None
    facts = {"number": number_, "who": by.name if by else None}
    show = Button("button-details", press=f"broadcast.show:{number_}")
    if approval.state in {ApprovalState.APPROVED, ApprovalState.DECLINED, ApprovalState.EXPIRED}:
        return Reply(f"broadcast-request-{approval.state}", facts, buttons=(show,))
    return None


def _in_short(approval: Approval) -> Phrase:
    return Phrase("broadcast-in-short", {"number": approval.facts["broadcast"]})


KINDS[APPROVAL] = Kind(card=_request, carry_out=_carry_out, answer=_answer, what=_in_short, is_final=True)
