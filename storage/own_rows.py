"""A person's own rows: what names them is cleared, in the rows, in their journal, and on the cards that show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Update,
    and_,
    bindparam,
    case,
    cast,
    delete,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain.approvals.model import ApprovalState
from domain.inquiries.model import InquiryState
from storage import tables
from storage.dialects import execute_rows
from storage.mapping import new_version
from storage.recording import Change, recorder_of
from storage.redaction import ERASED, Redaction

SHORTEST = 4  # characters of a text by which somebody is found again
MOST_LINES = 200  # of one account
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_NAMES_THEM = frozenset({"name", "channel", "locale", "timezone"})  # among the facts of an approval
_PERSONAL = {
    "contacts": ("name", "title", "language", "birthday", "tags", "custom"),
    "contact_points": ("value", "extension", "unique_key"),
    "inquiries": ("name", "words"),
    "approvals": ("facts",),
    "tickets": ("title", "solution", "place", "asker_name", "asker_company"),
    "ticket_messages": ("text",),
    "survey_answers": ("comment", "answers"),
    "customers": ("name", "short_name", "name_key", "address", "tags", "custom"),
}


class OwnRows:
    """Part of ``storage.erasing``; nothing here is journaled with what it was."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def said(self, identity_ids: Sequence[int]) -> dict[str, list[str]]:
        """What they wrote, line by line, the names they had then, and the records whose cards show it."""
        inquiries, approvals = tables.inquiries.c, tables.approvals.c
        wrote = (
            await self._session.execute(
                select(inquiries.id, inquiries.name, inquiries.words).where(inquiries.identity_id.in_(identity_ids))
            )
        ).all()
        asked = (await self._session.scalars(select(approvals.id).where(approvals.identity_id.in_(identity_ids)))).all()
        guests, groups = tables.guests.c, tables.bound_groups.c
        in_groups = (
            await self._session.scalars(
                select(groups.id)
                .join(tables.guests, and_(guests.channel == groups.channel, guests.place == groups.place))
                .where(guests.identity_id.in_(identity_ids))
                .distinct()
            )
        ).all()
        messages = tables.ticket_messages.c
        in_tickets = await self._session.scalars(select(messages.text).where(messages.identity_id.in_(identity_ids)))
        words = [*(row.words for row in wrote), *in_tickets]
        lines = [line.strip() for text in words for line in text.splitlines()]
        return {
            "names": [row.name for row in wrote],
            "lines": [line for line in dict.fromkeys(lines) if len(line) >= SHORTEST][: MOST_LINES * len(identity_ids)],
            "records": [
                *(f"hello:{each}" for each in identity_ids),
                *(f"inquiry:{row.id}" for row in wrote),
                *(f"approval:{each}" for each in asked),
                *(f"group:{each}" for each in in_groups),
            ],
        }

    async def places(self, identity_ids: Sequence[int]) -> list[list[str]]:
        """Where they speak with us alone."""
        rows = tables.identities.c
        statement = select(rows.channel, rows.private_place).where(
            rows.id.in_(identity_ids), rows.private_place.is_not(None)
        )
        return [[channel, place] for channel, place in await self._session.execute(statement)]

    async def clear_tickets(self, ids: Sequence[int]) -> None:
        """What was asked and said there goes; that it was asked, when, and how long it took stays."""
        tickets, messages = tables.tickets, tables.ticket_messages
        nobody: dict[str, Any] = {"title": ERASED, "solution": None, "place": None}
        nobody |= {name: None for name in ("asker_name", "asker_company") if name in tickets.c}
        await self._session.execute(
            update(tickets).where(tickets.c.id.in_(ids)).values(**nobody, version=new_version())
        )
        theirs = messages.c.ticket_id.in_(ids)
        said = (await self._session.scalars(select(messages.c.id).where(theirs))).all()
        await self._session.execute(update(messages).where(theirs).values(text=ERASED, version=new_version()))
        await self.clear_journal("tickets", ids)
        await self.clear_journal("ticket_messages", list(said))

    async def answered(self, contact_id: int) -> tuple[list[str], list[str]]:
        """What they wrote in surveys, and the cards that show it."""
        answers = tables.survey_answers.c
        rows = (
            await self._session.execute(
                select(answers.id, answers.comment, answers.answers).where(answers.contact_id == contact_id)
            )
        ).all()
        said = [words for row in rows for words in (row.comment or "", *row.answers.values())]
        lines = [" ".join(line.split()) for words in said for line in words.splitlines()]
        records = [f"{card}:{row.id}" for row in rows for card in ("survey", "lowscore", "offer")]
        return [line for line in dict.fromkeys(lines) if len(line) >= SHORTEST][:MOST_LINES], records

    async def clear_answers(self, contact_id: int) -> None:
        """Their words go; that they were asked, when, and what score they gave stays."""
        answers = tables.survey_answers
        ids = (await self._session.scalars(select(answers.c.id).where(answers.c.contact_id == contact_id))).all()
        nothing: dict[str, Any] = {"comment": None, "answers": {}, "version": new_version()}
        await self._session.execute(update(answers).where(answers.c.contact_id == contact_id).values(nothing))
        await self.clear_journal("survey_answers", list(ids))

    async def clear_files(self, which: ColumnElement[bool]) -> None:
        """What was sent; housekeeping removes the bytes of what nothing refers to, and of these at its next round."""
        files, attachments = tables.attached_files, tables.attachments
        ids = (await self._session.scalars(select(files.c.id).where(which))).all()
        if not ids:
            return
        gone = {
            "name": None,
            "ref": "",
            "place": "",
            "message": None,
            "album": None,
            "claimed_type": None,
            "unused_since": LONG_AGO,
        }
        await self._session.execute(update(files).where(files.c.id.in_(ids)).values(gone))
        attached = (await self._session.scalars(select(attachments.c.id).where(attachments.c.file_id.in_(ids)))).all()
        taken_off = {"name": None, "file_id": None, "version": new_version()}
        await self._session.execute(update(attachments).where(attachments.c.id.in_(attached)).values(taken_off))
        await self.clear_journal("attachments", list(attached), columns=("name", "file_id"))

    async def cards(self, records: Sequence[str], redaction: Redaction) -> None:
        """Where cards about them stand on the page, whoever reads there: other platforms keep their own messages."""
        cards, local = tables.cards.c, tables.local_messages
        standing = select(cards.message).where(cards.record.in_(records), cards.channel == "local")
        ids = [int(each) for each in (await self._session.scalars(standing)).all() if each.isdecimal()]
        rows = (await self._session.execute(select(local.c.id, local.c.body).where(local.c.id.in_(ids)))).all()
        cleaned = [{"of": row.id, "body": redaction.value(row.body)} for row in rows]
        changed = [new for new, row in zip(cleaned, rows, strict=True) if new["body"] != row.body]
        await self._write(update(local).where(local.c.id == bindparam("of")).values(body=bindparam("body")), changed)

    async def clear_person(self, facts: dict[str, Any], now: datetime) -> None:
        await self.own_accounts(facts["identities"], facts["places"], now)
        contact_id = facts["contact"]
        if contact_id is None:
            return
        cleared: dict[str, Any] = {"name": ERASED, "title": None, "language": None, "birthday": None}
        cleared |= {"tags": [], "custom": {}, "left_at": now}
        await self.clear_row("contacts", contact_id, cleared, record="contact")
        points = tables.contact_points.c
        await self.delete_points(or_(points.contact_id == contact_id, points.lead_id.in_(facts["leads"])))
        await self.clear_answers(contact_id)
        for lead_id in facts["leads"]:
            await self.clear_row("leads", lead_id, {"name": ERASED}, record="lead")
        if facts["is_private"]:
            private: dict[str, Any] = {
                "name": ERASED,
                "short_name": None,
                "name_key": "",
                "address": None,
                "tags": [],
                "custom": {},
            }
            await self.clear_row("customers", facts["customer"], private, record="customer")
            await self.delete_points(points.customer_id == facts["customer"])

    async def clear_row(self, table: str, row_id: int, values: dict[str, Any], *, record: str | None) -> None:
        """What the row is from now on stands in the journal, what it was does not: names are known anew everywhere, and
        earlier actions on it are not undone any more."""
        rows, version = tables.JOURNALED[table], new_version()
        before = await self._session.scalar(select(rows.c.version).where(rows.c.id == row_id).with_for_update())
        if before is None:
            return
        await self._session.execute(update(rows).where(rows.c.id == row_id).values(**values, version=version))
        recorder = recorder_of(self._session)
        kept = {name: value for name, value in values.items() if name in {"name", "left_at"}}
        recorder.put(Change(table, row_id, {**kept, "version": before}, {**kept, "version": version}))
        if record is not None:
            recorder.stale[record, row_id] = None

    async def delete_points(self, whose: ColumnElement[bool]) -> None:
        await self._session.execute(delete(tables.contact_points).where(whose))

    async def own_accounts(self, ids: Sequence[int], places: Sequence[Sequence[str]], now: datetime) -> None:
        """The accounts, and whatever hangs on them alone."""
        identities = tables.identities
        nobody = {
            "user": literal("erased-") + cast(identities.c.id, String),
            "name": "",
            "private_place": None,
            "locale": None,
            "contact_id": None,
            "unreachable_since": now,
            "menu": None,
            "version": new_version(),
        }
        await self._session.execute(update(identities).where(identities.c.id.in_(ids)).values(nobody))
        for table in (tables.guests, tables.consents, tables.drafts):
            whose = table.c.identity_id.in_(ids)
            await self._session.execute(delete(table).where(whose))
        await self.clear_inquiries(tables.inquiries.c.identity_id.in_(ids))
        inquiries = await self._session.scalars(
            select(tables.inquiries.c.id).where(tables.inquiries.c.identity_id.in_(ids))
        )
        await self.clear_journal("inquiries", list(inquiries.all()))
        await self._clear_approvals(ids)
        await self.clear_files(tables.attached_files.c.identity_id.in_(ids))
        if places:
            await self.clear_places(places)

    async def _clear_approvals(self, identity_ids: Sequence[int]) -> None:
        """What they asked for and nobody decided has run out. What is not personal stays: cards that stand say it still."""
        rows = tables.approvals
        asked = (await self._session.execute(select(rows).where(rows.c.identity_id.in_(identity_ids)))).all()
        expired = case((rows.c.state == ApprovalState.OPEN, ApprovalState.EXPIRED.value), else_=rows.c.state)
        statement = update(rows).where(rows.c.id == bindparam("of"))
        await self._write(
            statement.values(facts=bindparam("bare"), state=expired, version=new_version()),
            [
                {"of": row.id, "bare": {**row.facts, **dict.fromkeys(_NAMES_THEM & row.facts.keys(), "")}}
                for row in asked
            ],
        )
        await self.clear_journal("approvals", [row.id for row in asked])

    async def clear_inquiries(self, which: ColumnElement[bool]) -> None:
        """Whatever nobody decided until now is decided by that."""
        rows = tables.inquiries
        closed = case((rows.c.state == InquiryState.WAITING, InquiryState.CLOSED.value), else_=rows.c.state)
        await self._session.execute(
            update(rows).where(which).values(name="", words="", state=closed, version=new_version())
        )

    async def clear_places(self, places: Sequence[Sequence[str]]) -> None:
        """What they sent, and what the page keeps of their private chat."""
        at = [tuple(place) for place in places]
        files, local = tables.attached_files, tables.local_messages
        await self.clear_files(and_(tuple_(files.c.channel, files.c.place).in_(at), files.c.staff_id.is_(None)))
        await self._session.execute(
            delete(tables.cards).where(tuple_(tables.cards.c.channel, tables.cards.c.place).in_(at))
        )
        pages = [place for channel, place in at if channel == "local"]
        if pages:
            await self._session.execute(delete(local).where(local.c.place.in_(pages)))

    async def clear_journal(self, table: str, ids: Sequence[int], *, columns: Sequence[str] = ()) -> None:
        """Every state of these rows without what is personal in it."""
        if not ids:
            return
        changes, personal = tables.journal_changes, columns or _PERSONAL[table]
        statement = select(changes).where(changes.c.table_name == table, changes.c.row_id.in_(ids))
        cleared: list[dict[str, Any]] = []
        for row in (await self._session.execute(statement)).all():
            before, after = _without(row.before, personal), _without(row.after, personal)
            if (before, after) != (row.before, row.after):
                cleared.append({"of": row.id, "was": before, "is": after})
        await self.write_journal(cleared)

    async def write_journal(self, rows: Sequence[dict[str, Any]]) -> None:
        """Put down what changes say from now on: ``of`` which, what it ``was`` and what it ``is``."""
        changes = tables.journal_changes
        values: dict[Any, Any] = {"before": bindparam("was"), "after": bindparam("is")}
        await self._write(update(changes).where(changes.c.id == bindparam("of")).values(values), rows)

    async def _write(self, statement: Update, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            await execute_rows(self._session, statement, rows)


def _without(side: dict[str, Any] | None, personal: Sequence[str]) -> dict[str, Any] | None:
    if side is None:
        return None
    return {name: _empty(value) if name in personal else value for name, value in side.items()}


def _empty(value: Any) -> Any:
    if isinstance(value, str):
        return ERASED
    return type(value)() if isinstance(value, list | dict) else None
