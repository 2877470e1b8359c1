"""What customers' people heard of us, and want to hear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Executable, bindparam, literal_column, select, text

from domain.care.budget import KEYS, SaidTo
from domain.notifications.model import NotificationState
from domain.people.model import Topic
from domain.tickets.model import Category
from storage import tables
from storage.ready import Among, Ready
from storage.repository import Repository

_n, _contacts, _tickets = tables.notifications.c, tables.contacts.c, tables.tickets.c
_consents, _accounts = tables.consents.c, tables.identities.c
_STANDS = text(
    "notifications.state IN ('pending', 'sent') AND notifications.key IN ({})".format(
        ", ".join(f"'{key}'" for key in KEYS)
    )
)


def _said(among: Among) -> Executable:
    return (
        select(_n.contact_id, _n.id, _n.key, _n.due_at, _n.state)
        .where(among(_n.contact_id, "contacts"), _STANDS, _n.edit.is_(None))
        .where(_n.due_at > bindparam("since", type_=_n.due_at.type))
        .order_by(_n.id)
    )


def _wishes(among: Among) -> Executable:
    return (
        select(_accounts.contact_id, _consents.topic, _consents.given)
        .join_from(tables.consents, tables.identities, _accounts.id == _consents.identity_id)
        .where(among(_accounts.contact_id, "contacts"))
        .order_by(_consents.id)
    )


def _complaints(among: Among) -> Executable:
    return (
        select(_contacts.id)
        .join_from(tables.contacts, tables.tickets, _tickets.customer_id == _contacts.customer_id)
        .where(among(_contacts.id, "contacts"), text("tickets.status NOT IN ('resolved', 'closed')"))
        .where(_tickets.category == literal_column(f"'{Category.COMPLAINT.value}'"))
        .distinct()
    )


_SAID, _WISHES, _COMPLAINTS = Ready.of_ids(_said), Ready.of_ids(_wishes), Ready.of_ids(_complaints)


class SqlOutreach(Repository):
    """See ``domain.ports.Outreach``."""

    async def said_to(self, contact_ids: Sequence[int], *, since: datetime) -> Mapping[int, Sequence[SaidTo]]:
        found: dict[int, list[SaidTo]] = defaultdict(list)
        for contact_id, row_id, key, at, state in await _SAID.rows(
            self._session, {"contacts": list(contact_ids), "since": since}
        ):
            is_sent = state == NotificationState.SENT.value
            found[contact_id].append(SaidTo(row_id=row_id, kind=KEYS[key], at=at, is_sent=is_sent))
        return found

    async def wishes_of(self, contact_ids: Sequence[int]) -> Mapping[int, Mapping[Topic, bool]]:
        found: dict[int, dict[Topic, bool]] = defaultdict(dict)
        for contact_id, topic, given in await _WISHES.rows(self._session, {"contacts": list(contact_ids)}):
            found[contact_id][topic] = given  # the last of a topic counts
        return found

    async def complaining(self, contact_ids: Sequence[int]) -> Collection[int]:
        return {contact_id for (contact_id,) in await _COMPLAINTS.rows(self._session, {"contacts": list(contact_ids)})}
