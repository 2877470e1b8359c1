"""What people hear of tickets. Customers hear one thing here: an answer that somebody sent them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.attachments.model import FileState
from domain.notifications.model import Notification
from domain.ports import UnitOfWork
from domain.tickets.model import Lane, TicketStatus
from domain.tickets.queries import TicketView
from domain.tickets.service import service_of
from domain.tickets.words import title_for_customer
from handlers.attachments.cards import file_of
from handlers.chat import Button, Phrase, Reply
from handlers.notices import Batch, Decision, Later, NoticeBuilder, Skip, notice
from handlers.records.history_fields import phrase_or
from handlers.records.lines import note_shown
from handlers.tickets.cards import as_views, beside, card_of, facts_of

FILE_COMES = timedelta(seconds=2)
FILE_WAITS = timedelta(hours=1)
"""So long a file waits for its answer to go, and for its bytes to be fetched."""
Unwanted = Callable[[Notification, TicketView], str | None]


def _is_over(row: Notification, view: TicketView) -> str | None:
    return None if view.is_active else "ticket-over"


def _is_another(row: Notification, view: TicketView) -> str | None:
    """An offer to somebody who has it no more, or has accepted it since."""
    if view.assignee_id != row.staff_id or not view.is_active:
        return "passed-on"
    return "accepted-meanwhile" if view.accepted_at is not None and row.facts.get("by") is None else None


def _was_answered(row: Notification, view: TicketView) -> str | None:
    return "answered-meanwhile" if view.first_answered_at is not None else _is_over(row, view)


def _waits_no_more(row: Notification, view: TicketView) -> str | None:
    return None if view.queued_at is not None else "passed-on"


def _never(row: Notification, view: TicketView) -> str | None:
    return None


_OF_THE_SOLUTION = frozenset({"ticket-solve-warn", "ticket-solve-due"})


def _tell_with_card(key: str, unwanted: Unwanted) -> NoticeBuilder:
    """The card with a line on top that says why it comes; left out where it is no longer so."""

    @notice(key)
    async def build(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
        views = as_views(await uow.tickets.list_views([row.facts["ticket"] for row in batch.rows]))
        shown = await beside(uow, list(views))
        decisions: dict[int, Decision] = {}
        for row in batch.rows:
            view = views.get(row.facts["ticket"])
            reason = "gone" if view is None else unwanted(row, view)
            if view is None or reason is not None:
                decisions[row.id] = Skip(reason or "gone")
                continue
            why = Phrase(f"ticket-why-{view.assigned_why}") if view.assigned_why else None
            facts = {"note": None, "by": None, "why": why, "accept": view.accept_by, **row.facts}
            if key in _OF_THE_SOLUTION:  # the day it names is not that of the first answer, though that is lacking, too
                facts["answered"] = True
            reader = batch.staff.get(row.staff_id or 0)
            decisions[row.id] = card_of(view, shown, reader=reader, key=key, facts=facts)
        return decisions

    return build


assigned = _tell_with_card("ticket-assigned", _is_another)
waits = _tell_with_card("ticket-waits", _waits_no_more)
complaint = _tell_with_card("ticket-complaint", _never)
said = _tell_with_card("ticket-said", _never)
answer_warning = _tell_with_card("ticket-answer-warn", _was_answered)
answer_breach = _tell_with_card("ticket-answer-due", _was_answered)
solve_warning = _tell_with_card("ticket-solve-warn", _is_over)
solve_breach = _tell_with_card("ticket-solve-due", _is_over)


@notice("ticket-answer")
async def answers(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """To the customer: only what stands in the lane to them, and was not recalled."""
    views = as_views(await uow.tickets.list_views([row.facts["ticket"] for row in batch.rows]))
    messages = await uow.tickets.list_message_views([row.facts["message"] for row in batch.rows])
    standing = {each.id: each for each in messages if each.lane is Lane.TO_CUSTOMER and each.state != "recalled"}
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        view, message = views.get(row.facts["ticket"]), standing.get(row.facts["message"])
        if view is None or message is None or message.by_id is None or message.by is None:
            decisions[row.id] = Skip("recalled")
        else:
            language = await _language(uow, view)
            decisions[row.id] = answer_to_customer(view, message.by, message.text, language=language)
    return decisions


@notice("ticket-answer-file")
async def answer_files(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """A file behind its answer: only once that has gone, and the file is here."""
    views = as_views(await uow.tickets.list_views([row.facts["ticket"] for row in batch.rows]))
    answers_ = await uow.tickets.list_message_views([row.facts["message"] for row in batch.rows])
    states = {answer.id: answer.state for answer in answers_ if answer.lane is Lane.TO_CUSTOMER}
    files = {
        each.id: each for each in await uow.attachments.list_shown([row.facts["attachment"] for row in batch.rows])
    }
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        view, shown, state = views.get(row.facts["ticket"]), files.get(row.facts["attachment"]), None
        state = states.get(row.facts["message"])
        if view is None or shown is None or state not in {"going", "sent"}:
            decisions[row.id] = Skip("recalled")
            continue
        picture, document = file_of(shown)
        is_here = picture is not None or document is not None
        if state == "sent" and is_here:
            language = await _language(uow, view)
            decisions[row.id] = Reply(row.key, {"ticket": view.id}, picture=picture, document=document, locale=language)
        elif batch.now - row.facts["since"] < FILE_WAITS and shown.state is not FileState.REFUSED:
            decisions[row.id] = Later(batch.now + FILE_COMES, "file-comes")
        else:
            decisions[row.id] = Skip("file-not-kept")
    return decisions


def answer_to_customer(view: TicketView, by: str, text: str, *, language: str | None) -> Reply:
    """What the customer reads, to the letter: the preview shows the same."""
    return Reply("ticket-answer", {"ticket": view.id, "by": by, "text": text}, locale=language)


async def _language(uow: UnitOfWork, view: TicketView) -> str | None:
    return view.language or (await uow.company.get()).locale


@notice("ticket-answer-lost")
async def lost_answers(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """To whoever wrote it: it did not arrive, and what to do."""
    views = as_views(await uow.tickets.list_views([row.facts["ticket"] for row in batch.rows]))
    found = {
        view.id: view for view in await uow.tickets.list_message_views([row.facts["message"] for row in batch.rows])
    }
    shown = await beside(uow, list(views))
    return {
        row.id: card_of(
            view,
            shown,
            reader=batch.staff.get(row.staff_id or 0),
            key=row.key,
            facts={"reason": phrase_of(message.reason)},
        )
        for row in batch.rows
        if (view := views.get(row.facts["ticket"])) is not None
        and (message := found.get(row.facts["message"])) is not None
    }


def phrase_of(reason: str | None) -> Phrase:
    return phrase_or(f"reason-{reason}", "reason-error")


@notice("ticket-progress")
async def progress(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The customer's card: how far it is."""
    views = as_views(await uow.tickets.list_views([row.facts["ticket"] for row in batch.rows]))
    company = await uow.company.get()
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        view = views.get(row.facts["ticket"])
        if view is None and row.edit is None:
            decisions[row.id] = Skip("gone")
        elif view is None:  # whoever opened it took that back
            decisions[row.id] = Reply("ticket-progress-gone", {"ticket": row.facts["ticket"]}, locale=company.locale)
        else:
            opens = await opens_at(uow, view, batch.now)
            card = progress_card(view, await _language(uow, view), opens=opens, here=row.place)
            decisions[row.id] = replace(card, under=row.facts.get("under"))
    return decisions


async def opens_at(uow: UnitOfWork, view: TicketView, now: datetime) -> datetime | None:
    """When somebody will look at what nobody has yet; None while somebody may at once."""
    if view.status not in {TicketStatus.NEW, TicketStatus.REOPENED}:
        return None
    calendar = service_of(await uow.company.get()).calendar
    return None if calendar.is_open(now) else calendar.opens_at(now)


def progress_card(
    view: TicketView, language: str | None, *, opens: datetime | None, here: str | None, fresh: bool = False
) -> Reply:
    """``opens`` as ``opens_at`` gave it; ``here`` is where the card stands. What was asked there needs no mask there."""
    title = title_for_customer(view)
    facts = {
        "ticket": view.id,
        "title": title if title is None or here == view.place else note_shown(title),
        "owner": facts_of(view)["owner"],
        "state": view.status.value,
        "opens": opens,
    }
    buttons = _customer_buttons(view)
    return Reply("ticket-progress", facts, buttons=buttons, card=f"progress:{view.id}", locale=language, fresh=fresh)


def _customer_buttons(view: TicketView) -> tuple[Button, ...]:
    add = Button("button-ask-add", press=f"asked.add:{view.id}")
    close = Button("button-ask-close", press=f"asked.close:{view.id}")
    again = Button("button-ask-again", press=f"asked.again:{view.id}")
    if view.merged_into_id is not None:
        return ()
    if view.status is TicketStatus.RESOLVED:
        solved = Button("button-ask-solved", press=f"asked.close:{view.id}", is_main=True)
        return (solved, again)
    return (add, close) if view.is_active else (again,)
