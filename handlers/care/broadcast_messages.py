"""What a customer reads of a broadcast, and what they answer to an invitation."""

from __future__ import annotations

from collections.abc import Mapping

from domain.broadcasts.actions import answer_invitation
from domain.broadcasts.model import PAUSED_UNTIL, Answer, Broadcast, BroadcastState
from domain.broadcasts.planning import by_day
from domain.broadcasts.wording import filled_for
from domain.company.model import Company
from domain.notifications.model import Notification
from domain.people.consent import say_about
from domain.people.model import Topic
from domain.ports import Addressee, UnitOfWork
from handlers.chat import Button, Reply
from handlers.context import ChatContext
from handlers.notices import Batch, Decision, Later, Skip, notice
from handlers.router import number, press
from locales import language_of

TEST = 0  # in place of a number: nothing is kept


@notice("broadcast")
async def messages(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Asked when it is about to go out: it may have been paused or stopped, and night may have come."""
    broadcasts = {
        each.id: each for each in await uow.broadcasts.list_by_ids({row.facts["broadcast"] for row in batch.rows})
    }
    people = await uow.broadcasts.list_addressees(sorted({row.contact_id or 0 for row in batch.rows}))
    company = await uow.company.get()
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        broadcast, person = broadcasts.get(row.facts["broadcast"]), people.get(row.contact_id or 0)
        held = _held(broadcast, row, batch)
        if held is not None or broadcast is None or person is None:
            decisions[row.id] = held or Skip("gone")
        else:
            decisions[row.id] = message_for(broadcast, person, company, locale=row.extra["locale"])
    return decisions


def _held(broadcast: Broadcast | None, row: Notification, batch: Batch) -> Later | Skip | None:
    if broadcast is None:
        return Skip("gone")
    if broadcast.state is BroadcastState.PAUSED:
        return Later(PAUSED_UNTIL, "broadcast-paused")
    if broadcast.state is not BroadcastState.SENDING:
        return Skip("broadcast-stopped")
    at = by_day(batch.now, row.extra["timezone"])
    return Later(at, "quiet-hours") if at > batch.now else None


def message_for(
    broadcast: Broadcast, person: Addressee | None, company: Company, *, locale: str, speaker: str = ""
) -> Reply:
    """The message as ``person`` reads it, with a way to stop it. ``person`` None: a test, for ``speaker`` of the staff."""
    language = language_of(locale)
    known = {
        "name": person.name if person else speaker,
        "company": person.company if person else company.name,
        "owner": (person.owner if person else speaker) or company.name,
        "us": company.name,
    }
    of = broadcast.id if person is not None else TEST
    buttons = (*(_choices(of) if broadcast.is_invitation else ()), _no_more())
    text = filled_for(broadcast.text_for(language), known)
    return Reply(
        "broadcast-message", {"text": text, "test": person is None}, buttons=buttons, locale=language, fresh=True
    )


def _choices(broadcast_id: int) -> tuple[Button, ...]:
    return (
        Button("invitation-yes", press=f"invited.coming:{broadcast_id}", is_main=True),
        Button("invitation-no", press=f"invited.not_coming:{broadcast_id}"),
    )


def _no_more() -> Button:
    return Button("news-no-more", press="news.stop:", starts_row=True)


@press("invited.coming")
async def coming(ctx: ChatContext, argument: str) -> Reply:
    return await _answered(ctx, number(argument), Answer.COMING)


@press("invited.not_coming")
async def not_coming(ctx: ChatContext, argument: str) -> Reply:
    return await _answered(ctx, number(argument), Answer.NOT_COMING)


async def _answered(ctx: ChatContext, broadcast_id: int, answer: Answer) -> Reply:
    """Said below the invitation, which stays as it is; pressed again the last word counts."""
    if broadcast_id == TEST or ctx.staff is not None:
        return Reply("invitation-tested", private=True, fresh=True)
    await answer_invitation(ctx.uow, ctx.identity, broadcast_id, answer, now=ctx.now)
    return Reply(f"invitation-answered-{answer}", private=True, fresh=True)


@press("news.stop")
async def no_more_news(ctx: ChatContext, argument: str) -> Reply:
    """No news from now on, on any channel; surveys and wishes go on as they were."""
    if ctx.staff is not None:
        return Reply("invitation-tested", private=True, fresh=True)
    await say_about(ctx.uow, ctx.identity, (Topic.MARKETING,), given=False, words="✗", now=ctx.now)
    return Reply(
        "news-stopped", buttons=(Button("button-choose-topics", press="consent.choose:"),), private=True, fresh=True
    )
