"""Takes a person out of the database: what stands in their own rows, in the journal of those, and in what was said.

Rows stay where something counts them, without anything that names the person. What others wrote about their customer stays,
with a dash in place of the name, numbers and addresses. Nothing of it is journaled: there is nothing to put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, func, or_, select, tuple_, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.jobs.model import Job
from domain.notifications.model import NotificationState
from domain.ports import JobRepository
from storage import tables
from storage.dialects import execute_rows
from storage.erased_phrases import erase_phrases
from storage.mapping import new_version
from storage.own_rows import SHORTEST, OwnRows
from storage.recording import recorder_of
from storage.redaction import ERASED, Redaction, redaction_of
from storage.types import PlainJson

AT_ONCE = 200  # rows that are read and written one by one in a transaction
SWEPT = 5000  # ids that are looked through in one
SOON = timedelta(seconds=2)
PATIENCE = timedelta(hours=1)  # with a word that does not get through
NOTED = (
    ("activities", "activity"),
    ("followups", None),
    ("opportunities", None),
    ("leads", "lead"),
    ("point_grants", None),
)
_TEXTS = {
    "activities": ("note",),
    "followups": ("note",),
    "opportunities": ("name", "lost_reason"),
    "leads": ("company", "name", "note", "lost_reason"),
    "point_grants": ("reason",),
}
# Where anybody may have been named, whoever wrote it.
SWEEPS = (("notifications", "facts"), ("drafts", "content"), ("local_messages", "body"), ("approvals", "facts"))


class Erasing:
    """See ``domain.ports.Privacy``. ``facts["left"]`` of the job are the parts that are still to be done."""

    def __init__(self, session: AsyncSession, jobs: JobRepository) -> None:
        self._session = session
        self._own = OwnRows(session)
        self._jobs = jobs

    async def go_on_erasing(self, job: Job, *, now: datetime) -> None:
        facts = job.facts
        if "names" not in facts:
            if await self._is_being_told(facts):
                await self._jobs.postpone(job, SOON)  # their address is forgotten after that
                return
            facts.update(await self._person(facts["contact"], facts["identities"]))
        elif facts["left"]:
            await self._step(facts, now)
        if facts["left"]:
            await self._jobs.keep(job)
        else:
            await self._jobs.remove(job)

    async def _is_being_told(self, facts: dict[str, Any]) -> bool:
        rows = tables.notifications.c
        told = select(rows.id).where(
            rows.about == f"approval:{facts['approval']}",
            rows.key == "approval-answered",
            rows.state == NotificationState.PENDING.value,
            rows.created_at > datetime.now(UTC) - PATIENCE,
        )
        return await self._session.scalar(told.limit(1)) is not None

    async def forget_strangers(self, before: datetime, *, limit: int, now: datetime) -> int:
        """Erase accounts of nobody's that said nothing since then; those who are in a group still keep their seat there.

        What they said in private goes in any case. Gives how many were erased."""
        identities, guests = tables.identities.c, tables.guests.c
        settled = await self._forget_inquiries(before, limit=limit)
        there = select(guests.id).where(guests.identity_id == identities.id, guests.left_at.is_(None)).exists()
        left = select(func.max(guests.left_at)).where(guests.identity_id == identities.id).scalar_subquery()
        statement = (
            select(identities.id)
            .where(
                identities.staff_id.is_(None),
                identities.contact_id.is_(None),
                func.coalesce(identities.last_spoke_at, left) < before,
                identities.user.not_like("erased-%"),
                ~there,
            )
            .order_by(identities.id)
            .limit(limit)
        )
        found = (await self._session.scalars(statement)).all()
        if found:
            said = await self._own.said(found)
            await self._own.cards(
                said["records"], redaction_of(said["names"], [("other", line) for line in said["lines"]])
            )
            await self._own.own_accounts(list(found), await self._own.places(found), now)
        return max(len(found), settled)

    async def forget_tickets(self, before: datetime, *, limit: int) -> int:
        """Clear tickets that were closed before then; gives how many."""
        tickets = tables.tickets.c
        statement = select(tickets.id).where(tickets.closed_at < before, tickets.title != ERASED).limit(limit)
        ids = list((await self._session.scalars(statement)).all())
        if ids:
            attachments, messages = tables.attachments.c, tables.ticket_messages.c
            theirs = select(messages.id).where(messages.ticket_id.in_(ids))
            files = select(attachments.file_id).where(attachments.ticket_message_id.in_(theirs))
            await self._own.clear_files(tables.attached_files.c.id.in_(files))
            await self._own.clear_tickets(ids)
        return len(ids)

    async def _forget_inquiries(self, before: datetime, *, limit: int) -> int:
        """What strangers wrote, also of those whose account stays; gives how many inquiries."""
        inquiries, local, identities = tables.inquiries.c, tables.local_messages, tables.identities.c
        statement = (
            select(inquiries.id, inquiries.name, inquiries.words, identities.private_place)
            .join(tables.identities, identities.id == inquiries.identity_id)
            .where(inquiries.last_at < before, inquiries.words != "", inquiries.contact_id.is_(None))
            .limit(limit)
        )
        old = (await self._session.execute(statement)).all()
        words = [("other", line) for row in old for line in row.words.splitlines() if len(line) >= SHORTEST]
        await self._own.cards([f"inquiry:{row.id}" for row in old], redaction_of([row.name for row in old], words))
        ids, places = [row.id for row in old], [row.private_place for row in old]
        await self._session.execute(delete(local).where(local.c.place.in_(places), local.c.at < before))
        await self._own.clear_inquiries(inquiries.id.in_(ids))
        await self._own.clear_journal("inquiries", ids)
        return len(ids)

    # ------------------------------------------------------------ who they are

    async def _person(self, contact_id: int | None, identity_ids: Sequence[int]) -> dict[str, Any]:
        """All that names them, while it can still be asked."""
        identities, points, leads = tables.identities, tables.contact_points, tables.leads
        accounts = (await self._session.execute(select(identities).where(identities.c.id.in_(identity_ids)))).all()
        names = [account.name for account in accounts]
        found: dict[str, Any] = {"customer": None, "is_private": False, "leads": []}
        owners = []
        if contact_id is not None:
            contact = (
                await self._session.execute(select(tables.contacts).where(tables.contacts.c.id == contact_id))
            ).one()
            customer = (
                await self._session.execute(
                    select(tables.customers).where(tables.customers.c.id == contact.customer_id)
                )
            ).one()
            theirs = and_(leads.c.customer_id == customer.id, leads.c.name == contact.name)
            found["leads"] = list((await self._session.scalars(select(leads.c.id).where(theirs))).all())
            found["customer"] = customer.id
            found["is_private"] = customer.name == contact.name
            names.append(contact.name)
            owners = [points.c.contact_id == contact_id, points.c.lead_id.in_(found["leads"])]
            if found["is_private"]:
                owners.append(points.c.customer_id == customer.id)
        reach: list[list[str]] = []
        if owners:
            rows = await self._session.execute(select(points.c.kind, points.c.value).where(or_(*owners)))
            reach = [[row.kind, row.value] for row in rows]
        said = await self._own.said(identity_ids)
        if contact_id is not None:
            others = [contact.birthday or "", *map(str, contact.custom.values())]
            reach += [["other", value] for value in others if len(value) >= SHORTEST]
            said["records"] += [f"contact:{contact_id}", f"customer:{customer.id}"]
            said["records"] += [f"lead:{lead_id}" for lead_id in found["leads"]]
            lines, cards = await self._own.answered(contact_id)
            reach += [["other", line] for line in lines]
            said["records"] += cards
        tickets = tables.tickets.c
        theirs = tickets.identity_id.in_(identity_ids)
        if contact_id is not None:
            theirs = or_(theirs, tickets.contact_id == contact_id)
        asked = list((await self._session.scalars(select(tickets.id).where(theirs))).all())
        said["records"] += [f"{card}:{each}" for each in asked for card in ("ticket", "progress")]
        return {
            **found,
            "tickets": asked,
            "names": [name for name in dict.fromkeys([*names, *said["names"]]) if name and name != ERASED],
            "reach": [*reach, *(["other", line] for line in said["lines"])],
            "records": said["records"],
            "places": await self._own.places(identity_ids),
            "users": [account.user for account in accounts],
            "left": [
                "cards",
                "tickets",
                "own",
                "phrases",
                "noted",
                "journal",
                "outbox",
                "inbox",
                *(table for table, _ in SWEEPS),
            ],
            "after": 0,
        }

    # ------------------------------------------------------------ one step after the other

    async def _step(self, facts: dict[str, Any], now: datetime) -> None:
        redaction = redaction_of(facts["names"], [(kind, value) for kind, value in facts["reach"]])
        step = facts["left"][0]
        if step == "cards":
            await self._own.cards(facts["records"], redaction)
            is_done = True
        elif step == "tickets":
            await self._own.clear_tickets(facts["tickets"])
            is_done = True
        elif step == "own":
            await self._own.clear_person(facts, now)
            is_done = True
        elif step == "phrases":
            is_done = await erase_phrases(self._session, facts, redaction)
        elif step == "noted":
            is_done = await self._noted(facts, redaction)
        elif step == "journal":
            is_done = await self._journal(facts, redaction)
        elif step == "outbox":
            await self._outbox(facts)
            is_done = True
        elif step == "inbox":
            await self._inbox(facts, redaction)
            is_done = True
        else:
            is_done = await self._sweep(step, facts, redaction)
        if is_done:
            facts["left"], facts["after"] = facts["left"][1:], 0

    # ------------------------------------------------------------ what others wrote about them

    async def _noted(self, facts: dict[str, Any], redaction: Redaction) -> bool:
        """Notes with their customer, a part of a table at a time: ``at`` is which table, ``after`` the last id seen."""
        if facts["customer"] is None:
            return True
        at = facts.setdefault("at", 0)
        if at >= len(NOTED):
            return True
        name, record = NOTED[at]
        table = tables.JOURNALED[name]
        rows = await self._of_customer(table, facts)
        changed: list[dict[str, Any]] = []
        for row in rows:
            texts = {column: getattr(row, column) for column in _TEXTS[name]}
            cleaned = {f"new_{column}": redaction.text(text) if text else text for column, text in texts.items()}
            if any(cleaned[f"new_{column}"] != text for column, text in texts.items()):
                changed.append({"of": row.id, **cleaned})
                if record is not None:
                    recorder_of(self._session).stale[record, row.id] = None
        if changed:
            values: dict[Any, Any] = {column: bindparam(f"new_{column}") for column in _TEXTS[name]}
            statement = update(table).where(table.c.id == bindparam("of")).values(**values, version=new_version())
            await execute_rows(self._session, statement, changed)
        if len(rows) < AT_ONCE:
            facts["at"], facts["after"] = at + 1, 0
        else:
            facts["after"] = rows[-1].id
        return False

    async def _of_customer(self, table: Table, facts: dict[str, Any]) -> Sequence[Any]:
        whose = table.c.customer_id == facts["customer"]
        if "lead_id" in table.c and facts["leads"]:
            whose = or_(whose, table.c.lead_id.in_(facts["leads"]))
        statement = select(table).where(whose, table.c.id > facts["after"]).order_by(table.c.id).limit(AT_ONCE)
        return (await self._session.execute(statement)).all()

    # ------------------------------------------------------------ the journal

    async def _journal(self, facts: dict[str, Any], redaction: Redaction) -> bool:
        """First their own rows, whole; then the words in those of their customer, by id."""
        changes = tables.journal_changes
        if not facts["after"]:
            await self._own_journal(facts)
        if facts["customer"] is None:
            return True
        texts = []
        for name, _ in NOTED:
            table = tables.JOURNALED[name]
            whose = table.c.customer_id == facts["customer"]
            if "lead_id" in table.c and facts["leads"]:
                whose = or_(whose, table.c.lead_id.in_(facts["leads"]))
            texts.append(and_(changes.c.table_name == name, changes.c.row_id.in_(select(table.c.id).where(whose))))
        texts.append(and_(changes.c.table_name == "customers", changes.c.row_id == facts["customer"]))
        statement = select(changes).where(or_(*texts), changes.c.id > facts["after"])
        rows = (await self._session.execute(statement.order_by(changes.c.id).limit(AT_ONCE))).all()
        cleaned = [{"of": row.id, "was": redaction.value(row.before), "is": redaction.value(row.after)} for row in rows]
        await self._own.write_journal(
            [new for new, row in zip(cleaned, rows, strict=True) if (new["was"], new["is"]) != (row.before, row.after)]
        )
        facts["after"] = rows[-1].id if rows else -1
        return len(rows) < AT_ONCE

    async def _own_journal(self, facts: dict[str, Any]) -> None:
        changes = tables.journal_changes
        owners = [f"lead:{lead}" for lead in facts["leads"]]
        if facts["contact"] is not None:
            await self._own.clear_journal("contacts", [facts["contact"]])
            owners.append(f"contact:{facts['contact']}")
        if facts["is_private"]:
            await self._own.clear_journal("customers", [facts["customer"]])
            owners.append(f"customer:{facts['customer']}")
        points = (await self._session.scalars(select(changes.c.row_id).where(changes.c.owner.in_(owners)))).all()
        await self._own.clear_journal("contact_points", sorted(set(points)))

    # ------------------------------------------------------------ what was and would be said

    async def _outbox(self, facts: dict[str, Any]) -> None:
        rows = tables.notifications
        about = facts["records"]
        at = [tuple(place) for place in facts["places"]]
        theirs = rows.c.contact_id == facts["contact"] if facts["contact"] is not None else rows.c.about.in_(about)
        if at:
            theirs = or_(theirs, and_(tuple_(rows.c.channel, rows.c.place).in_(at), rows.c.staff_id.is_(None)))
        await self._session.execute(
            update(rows)
            .where(theirs, rows.c.state == NotificationState.PENDING.value)
            .values(state=NotificationState.WITHDRAWN.value, reason="erased", settled_at=datetime.now(UTC))
        )
        settled = rows.c.state != NotificationState.PENDING.value
        await self._session.execute(
            update(rows).where(or_(theirs, rows.c.about.in_(about)), settled).values(facts={}, extra={}, place=None)
        )

    async def _inbox(self, facts: dict[str, Any], redaction: Redaction) -> None:
        """What nobody understood was kept as it came, with who sent it."""
        inbox = tables.inbox.c
        users = Redaction(names=(), phones=(), others=tuple(user for user in facts["users"] if len(user) > 3))
        for kind in (redaction, users):
            named = kind.may_stand_in(self._session, inbox.unknown)
            if named is not None:
                statement = update(tables.inbox).where(inbox.unknown.is_not(None), named)
                await self._session.execute(statement.values(unknown=None))

    async def _sweep(self, name: str, facts: dict[str, Any], redaction: Redaction) -> bool:
        """A stretch of a table in which they may have been named, whoever wrote it."""
        table, column = tables.metadata.tables[name], dict(SWEEPS)[name]
        named = redaction.may_stand_in(self._session, table.c[column])
        last = int(await self._session.scalar(select(func.max(table.c.id))) or 0)
        if named is None or facts["after"] >= last:
            return True
        until = int(facts["after"]) + SWEPT
        here = and_(table.c.id > facts["after"], table.c.id <= until, named)
        # As plain JSON: what a fact is made of is looked through, too.
        plain = type_coerce(table.c[column], PlainJson)
        found = (await self._session.execute(select(table.c.id, plain).where(here))).all()
        if found:
            values: dict[str, Any] = {column: bindparam("new_text", type_=PlainJson)}
            if "version" in table.c:
                values["version"] = new_version()
            statement = update(table).where(table.c.id == bindparam("of")).values(values)
            rows = [{"of": row[0], "new_text": redaction.value(row[1])} for row in found]
            await execute_rows(self._session, statement, rows)
        facts["after"] = until
        return until >= last
