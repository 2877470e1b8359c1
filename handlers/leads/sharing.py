"""Asking for a record that is somebody else's, and telling people what was handed or said to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.customers.sharing import SHARED, ask_to_share, decline_share, share_record
from domain.errors import RecordNotFound
from domain.notifications.model import Notification
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Button, Reply
from handlers.context import ChatContext, undo_button
from handlers.customers.cards import customer_card
from handlers.leads.cards import lead_card
from handlers.notices import Batch, Decision, Skip, notice
from handlers.records.by_number import code_of, pressed_record
from handlers.router import ButtonTooOld, number, press


@press("share.ask")
async def ask(ctx: ChatContext, argument: str) -> Reply:
    """The answer is the same whether the record is there or not."""
    record, record_id = pressed_record(argument)
    if record not in SHARED:
        raise ButtonTooOld
    await ask_to_share(ctx.uow, ctx.actor, record, record_id, now=ctx.now)
    return Reply("share-request-sent")


def _asked(argument: str) -> tuple[str, int, int]:
    """``lead.12.3``: which record, and with whom."""
    parts = argument.split(".")
    if len(parts) != 3 or parts[0] not in SHARED:
        raise ButtonTooOld
    return parts[0], number(parts[1]), number(parts[2])


@press("share.yes")
async def share(ctx: ChatContext, argument: str) -> Reply:
    record, record_id, with_id = _asked(argument)
    asker = await share_record(ctx.uow, ctx.actor, record, record_id, with_id, now=ctx.now)
    return Reply("share-done", {"name": asker.name, "code": code_of(record, record_id)}, buttons=(undo_button(),))


@press("share.no")
async def decline(ctx: ChatContext, argument: str) -> Reply:
    record, record_id, with_id = _asked(argument)
    asker = await decline_share(ctx.uow, ctx.actor, record, record_id, with_id, now=ctx.now)
    return Reply("share-kept", {"name": asker.name, "code": code_of(record, record_id)})


# ---------------------------------------------------------------- what the others hear


@notice("share-asked")
async def share_asked(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The owner decides with one tap; whoever no longer sees the record is not asked."""
    return {row.id: await _request(uow, row, batch) for row in batch.rows}


async def _request(uow: UnitOfWork, row: Notification, batch: Batch) -> Decision:
    record, record_id = row.facts["record"], row.facts["id"]
    card = await _card(uow, row, batch, said=row.key, record=record, record_id=record_id)
    if isinstance(card, Skip):
        return card
    target = f"{record}.{record_id}.{row.facts['by_id']}"
    buttons = (Button("button-share", press=f"share.yes:{target}"), Button("button-no", press=f"share.no:{target}"))
    return Reply(row.key, {**card.facts, **row.facts}, lines=card.lines, buttons=buttons)


@notice("share-granted")
async def share_granted(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    return {
        row.id: Reply(row.key, row.facts, buttons=(_open(row.facts["record"], row.facts["id"]),)) for row in batch.rows
    }


def _open(record: str, record_id: int) -> Button:
    facts = {"name": code_of(record, record_id)}
    return Button("button-open", press=f"record.show:{record}.{record_id}", facts=facts)


@notice("lead-assigned")
async def lead_assigned(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The lead's card with Accept and Pass on; skipped when it went on to somebody else meanwhile."""
    return {row.id: await _assigned(uow, row, batch, "lead") for row in batch.rows}


@notice("customer-assigned")
async def customer_assigned(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    return {row.id: await _assigned(uow, row, batch, "customer") for row in batch.rows}


@notice("lead-passed")
async def lead_passed(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Who gave it hears who has it now."""
    return await _passed(uow, batch, "lead")


@notice("customer-passed")
async def customer_passed(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    return await _passed(uow, batch, "customer")


async def _passed(uow: UnitOfWork, batch: Batch, record: str) -> Mapping[int, Decision]:
    titles = await _titles(uow, batch, lambda row: (record, row.facts[record]))
    return {
        row.id: Reply(row.key, {**row.facts, "title": titles.get(row.id)}, buttons=(_open(record, row.facts[record]),))
        for row in batch.rows
    }


async def _titles(
    uow: UnitOfWork, batch: Batch, about: Callable[[Notification], tuple[str, int]]
) -> dict[int, str | None]:
    """By row: what its reader calls the record that it is about, as far as they may see it; a query a reader."""
    titles: dict[int, str | None] = {}
    for reader_id, reader in batch.staff.items():
        records = {row.id: about(row) for row in batch.rows if row.staff_id == reader_id}
        found = await uow.search.titles_of(reader, set(records.values()))
        titles |= {row_id: found.get(record) for row_id, record in records.items()}
    return titles


async def _assigned(uow: UnitOfWork, row: Notification, batch: Batch, record: str) -> Decision:
    record_id = row.facts[record]
    accept = Button("button-accept", press=f"{record}.accept:{record_id}")
    pass_on = Button("button-pass-on", press=f"{record}.assign:{record_id}")
    card = await _card(
        uow, row, batch, said=row.key, record=record, record_id=record_id, first=(accept, pass_on), owned=True
    )
    if isinstance(card, Skip):
        return card
    buttons = (accept, pass_on, *(each for each in card.buttons if each.press not in {accept.press, pass_on.press}))
    return Reply(card.key, {**card.facts, **row.facts}, card.lines, buttons)


@notice("comment-told")
async def comment_told(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Who was named gets the words with a way to the record; a reply to it is a comment again."""
    titles = await _titles(uow, batch, lambda row: (row.facts["record"], row.facts["id"]))
    return {
        row.id: Reply(
            row.key,
            {**row.facts, "title": titles.get(row.id)},
            buttons=(_open(row.facts["record"], row.facts["id"]),),
            card=f"{row.facts['record']}:{row.facts['id']}",
        )
        for row in batch.rows
    }


async def _card(
    uow: UnitOfWork,
    row: Notification,
    batch: Batch,
    *,
    said: str,
    record: str,
    record_id: int,
    first: tuple[Button, ...] = (),
    owned: bool = False,
) -> Reply | Skip:
    """The record's card for the reader of a row; why not, when they may not see it or it is another's by now."""
    reader: Staff | None = batch.staff.get(row.staff_id or 0)
    if reader is None:
        return Skip("gone")
    try:
        if record == "lead":
            lead = await uow.leads.get_for(reader, record_id)
            is_theirs = lead.owner_id == reader.id
            card = await lead_card(uow, lead, said=said, first=first)
        else:
            customer = await uow.customers.get_for(reader, record_id)
            is_theirs = customer.owner_id == reader.id
            card = await customer_card(uow, customer, said=said, first=first)
    except RecordNotFound:
        return Skip("gone")
    return Skip("passed-on") if owned and not is_theirs else card
