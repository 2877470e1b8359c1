"""What customers' people heard of us, and want to hear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    String,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
)

from domain.broadcasts.planning import Recipient
from domain.care.budget import KEYS, Kind, SaidTo
from domain.care.occasions import ANNIVERSARY_FIELDS, Cared
from domain.care.visits import DueVisit
from domain.notifications.model import NotificationState
from domain.people.model import Topic
from domain.ports import BirthdayOf
from domain.tickets.model import Category
from storage import tables
from storage.agenda import has_next, last_done, latest
from storage.broadcasts import HAS_CHAT, LOCALE, PHONE
from storage.dialects import connection_of, insert_if_absent
from storage.ready import Among, Ready
from storage.repository import Repository

_customers, _marks = tables.customers.c, tables.care_marks
_n, _contacts, _tickets = tables.notifications.c, tables.contacts.c, tables.tickets.c
_consents, _accounts = tables.consents.c, tables.identities.c
_answers, _surveys = tables.survey_answers.c, tables.surveys.c
MOST_BIRTHDAYS = 500
_STANDS = text(
    "notifications.state IN ('pending', 'sent') AND notifications.key IN ({})".format(
        ", ".join(f"'{key}'" for key in KEYS)
    )
)


def _said(among: Among) -> Executable:
    """What was said in a group was said to those who were asked there: ``_asked`` knows them."""
    is_for_one = or_(_n.place.is_(None), text("notifications.state = 'pending'"))
    return (
        select(_n.contact_id, _n.id, _n.key, _n.due_at, _n.state)
        .where(among(_n.contact_id, "contacts"), _STANDS, _n.edit.is_(None), is_for_one)
        .where(_n.due_at > bindparam("since", type_=_n.due_at.type))
        .order_by(_n.id)
    )


def _asked(among: Among) -> Executable:
    """Questions that went out: one in a group has one row of the outbox, for several people; and an import brings none."""
    return (
        select(_answers.contact_id, _answers.id, _surveys.kind, _answers.ticket_id, _answers.at)
        .join_from(tables.survey_answers, tables.surveys, _surveys.id == _answers.survey_id)
        .where(among(_answers.contact_id, "contacts"), _answers.sent_at.is_not(None))
        .where(_answers.at > bindparam("since", type_=_answers.at.type))
        .order_by(_answers.id)
    )


def _kind_asked(kind: str, ticket_id: int | None) -> Kind:
    """As ``domain.surveys.asking.budget_of`` has it."""
    if kind in {Kind.NPS.value, "form"}:
        return Kind.NPS if kind == Kind.NPS.value else Kind.SURVEY
    return Kind.CSAT if ticket_id is not None else Kind.VISIT


def _wishes(among: Among) -> Executable:
    return (
        select(_accounts.contact_id, _consents.topic, _consents.given)
        .join_from(tables.consents, tables.identities, _accounts.id == _consents.identity_id)
        .where(among(_accounts.contact_id, "contacts"))
        .order_by(_consents.at, _consents.id)
    )


def _complaints(among: Among) -> Executable:
    return (
        select(_contacts.id)
        .join_from(tables.contacts, tables.tickets, _tickets.customer_id == _contacts.customer_id)
        .where(among(_contacts.id, "contacts"), text("tickets.status NOT IN ('resolved', 'closed')"))
        .where(_tickets.category == literal_column(f"'{Category.COMPLAINT.value}'"))
        .distinct()
    )


def _born(among: Among) -> Executable:
    """Whose birthday ends in one of ``endings``, words of five letters."""
    born = _contacts.birthday
    is_one_of = bindparam("endings", type_=String).contains(func.substr(born, func.length(born) - 4))
    return (
        select(
            _contacts.id.label("contact_id"),
            _contacts.name,
            _customers.id.label("customer_id"),
            func.coalesce(_customers.short_name, _customers.name).label("customer"),
            _customers.owner_id,
            born.label("kept"),
        )
        .join_from(tables.contacts, tables.customers, _customers.id == _contacts.customer_id)
        .where(among(_customers.owner_id, "owners"), _contacts.left_at.is_(None), func.length(born) > 4, is_one_of)
        .order_by(_contacts.id)
        .limit(MOST_BIRTHDAYS)
    )


_BORN = Ready.of_ids(_born)
_SAID, _WISHES, _COMPLAINTS = Ready.of_ids(_said), Ready.of_ids(_wishes), Ready.of_ids(_complaints)
_ASKED = Ready.of_ids(_asked)


def _cared(*which: ColumnElement[bool]) -> Select[Any]:
    """With what is known of their language and zone; a day of the customer's own stands in a field of its own."""
    fields = [_customers.custom[name].as_string() for name in ANNIVERSARY_FIELDS]
    return (
        select(
            _contacts.id,
            _contacts.name,
            _contacts.birthday,
            func.coalesce(*fields).label("anniversary"),
            _contacts.tags,
            _customers.tags.label("company_tags"),
            _customers.grade,
            LOCALE.label("theirs"),
            _contacts.language.label("known"),
            _customers.language.label("company"),
            PHONE.label("phone"),
            HAS_CHAT.label("has_chat"),
        )
        .join_from(tables.contacts, tables.customers, _customers.id == _contacts.customer_id)
        .where(_contacts.left_at.is_(None), *which)
        .order_by(_contacts.id)
    )


class SqlOutreach(Repository):
    """See ``domain.ports.Outreach``."""

    async def said_to(self, contact_ids: Sequence[int], *, since: datetime) -> Mapping[int, Sequence[SaidTo]]:
        found: dict[int, list[SaidTo]] = defaultdict(list)
        for contact_id, row_id, key, at, state in await _SAID.rows(
            self._session, {"contacts": list(contact_ids), "since": since}
        ):
            is_sent = state == NotificationState.SENT.value
            found[contact_id].append(SaidTo(row_id=row_id, kind=KEYS[key], at=at, is_sent=is_sent))
        for contact_id, answer_id, kind, ticket_id, at in await _ASKED.rows(
            self._session, {"contacts": list(contact_ids), "since": since}
        ):
            # Below zero it is no row of the outbox.
            said = SaidTo(row_id=-answer_id, kind=_kind_asked(kind, ticket_id), at=at, is_sent=True)
            found[contact_id].append(said)
        return found

    async def wishes_of(self, contact_ids: Sequence[int]) -> Mapping[int, Mapping[Topic, bool]]:
        found: dict[int, dict[Topic, bool]] = defaultdict(dict)
        for contact_id, topic, given in await _WISHES.rows(self._session, {"contacts": list(contact_ids)}):
            found[contact_id][topic] = given  # the last of a topic counts
        return found

    async def complaining(self, contact_ids: Sequence[int]) -> Collection[int]:
        return {contact_id for (contact_id,) in await _COMPLAINTS.rows(self._session, {"contacts": list(contact_ids)})}

    async def mark(self, key: str, *, at: datetime) -> bool:
        statement = insert_if_absent(self._session, _marks, "key").returning(_marks.c.key)
        return (await self._session.execute(statement, {"key": key, "at": at})).first() is not None

    async def list_marked(self, keys: Collection[str]) -> Collection[str]:
        return set((await self._session.scalars(select(_marks.c.key).where(_marks.c.key.in_(sorted(keys))))).all())

    async def forget_marks(self, before: datetime) -> None:
        of_days = _marks.c.key.like("care:%")
        await self._session.execute(delete(_marks).where(_marks.c.at < before, of_days))

    async def list_cared_for(
        self, *, after: int, endings: Sequence[str] | None, limit: int
    ) -> Sequence[tuple[Cared, Recipient]]:
        which = [_contacts.id > after]
        if endings is not None:
            own = [_customers.custom[name].as_string().is_not(None) for name in ANNIVERSARY_FIELDS]
            which.append(or_(*_ends_so(endings), *own))
        rows = await connection_of(self._session).execute(_cared(*which).limit(limit))
        return [
            (
                Cared(
                    contact_id=row.id,
                    birthday=row.birthday,
                    anniversary=row.anniversary,
                    tags=(*row.tags, *row.company_tags),
                    grade=row.grade,
                ),
                Recipient(
                    contact_id=row.id,
                    name=row.name,
                    locales=(row.theirs, row.known, row.company),
                    phone=row.phone,
                    has_chat=bool(row.has_chat),
                ),
            )
            for row in rows
        ]

    async def list_due_visits(
        self, quiet_since: Mapping[str, datetime], *, after: int, limit: int
    ) -> Sequence[DueVisit]:
        if not quiet_since:
            return []
        last = latest(_customers.created_at, *last_done(_customers.id))
        due = [and_(_customers.grade == grade, last < since) for grade, since in quiet_since.items()]
        statement = (
            select(_customers.id, _customers.owner_id, _customers.grade, last.label("since"))
            .join_from(tables.customers, tables.staff, tables.staff.c.id == _customers.owner_id)
            .where(_customers.id > after, _customers.grade.in_(sorted(quiet_since)), or_(*due))
            .where(tables.staff.c.is_active, ~has_next(_customers.id))
            .order_by(_customers.id)
            .limit(limit)
        )
        return [
            DueVisit(customer_id=row.id, owner_id=row.owner_id, grade=row.grade, since=row.since)
            for row in await self._session.execute(statement)
        ]

    async def list_birthdays(self, owner_ids: Sequence[int], endings: Sequence[str]) -> Sequence[BirthdayOf]:
        rows = await _BORN.mappings(self._session, {"owners": list(owner_ids), "endings": " ".join(endings)})
        return [BirthdayOf(**row) for row in rows]


def _ends_so(endings: Sequence[str]) -> list[ColumnElement[bool]]:
    return [_contacts.birthday.like(f"%{each}") for each in endings]
