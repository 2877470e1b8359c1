"""What the journal says of a row, in the words of its readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.company.named import LossReasons
from domain.ports import UnitOfWork
from domain.records import LETTERS, HistoryLine
from domain.values.money import Money
from handlers.chat import Line, Phrase
from handlers.records.lines import POINTS, point_secret
from handlers.rendering.own_words import lost_reason
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import shortened
from locales import DEFAULT

TABLES = {
    "lead": "leads",
    "customer": "customers",
    "contact": "contacts",
    "followup": "followups",
    "opportunity": "opportunities",
    "ticket": "tickets",
}
_RECORDS = {table: record for record, table in TABLES.items()}
_HIDDEN = frozenset(
    {
        "company_key",
        "name_key",
        "created_at",
        "version",
        "amount_currency",
        "chosen",
        "has_hour",
        "is_deadline",
        "ended_in",
        "began_at",
    }
)
# Of a ticket only what somebody decided; what follows from it, such as its deadlines, is on its card.
_TICKETS = frozenset(
    {
        "title",
        "status",
        "priority",
        "category",
        "customer_id",
        "contact_id",
        "assignee_id",
        "solution",
        "merged_into_id",
    }
)
_ONLY_TICKETS = frozenset({"priority", "category", "assignee_id", "assigned_at", "clock_from", "speaker", "close_at"})
_STAFF = frozenset({"owner_id", "created_by", "by_id", "assignee_id"})
_REFERS = {
    "customer_id": "customer",
    "lead_id": "lead",
    "contact_id": "contact",
    "opportunity_id": "opportunity",
    "merged_into_id": "ticket",
}
_MOST_CODES = 5
_LONGEST = 120


def channel_name(channel: str) -> Phrase | str:
    """What people call a channel; one without a text by its own name."""
    from handlers.rendering.catalogue import catalogue

    key = f"channel-{channel}"
    return Phrase(key) if catalogue(DEFAULT).has(key) else channel.capitalize()


def phrase_or(key: str, otherwise: str) -> Phrase:
    """The text of ``key`` where the catalogue has one: names of actions, reasons and channels come from everywhere."""
    from handlers.rendering.catalogue import catalogue

    return Phrase(key if catalogue(DEFAULT).has(key) else otherwise)


def codes_of(touched: Sequence[tuple[str, int]]) -> list[str]:
    """L12, C7 …: the records that an action touched, by table and id; five at most."""
    codes = [f"{LETTERS[_RECORDS[table]]}{row_id}" for table, row_id in touched if table in _RECORDS]
    shown = list(dict.fromkeys(codes))
    return [*shown[:_MOST_CODES], "…"] if len(shown) > _MOST_CODES else shown


def named_in(touched: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The records among the rows of an action, calls and notes with them: ("activity", 3)."""
    records = {**_RECORDS, "activities": "activity"}
    return [(records[table], row_id) for table, row_id in touched if table in records]


async def staff_named_in(uow: UnitOfWork, lines: Sequence[HistoryLine]) -> Mapping[int, str]:
    """The names of the people whom fields refer to, in one query."""
    ids = {
        value
        for line in lines
        for name, before, after in line.fields
        if name in _STAFF
        for value in (before, after)
        if isinstance(value, int)
    }
    return {person.id: person.name for person in await uow.staff.list_by_ids(sorted(ids))} if ids else {}


def field_lines(
    line: HistoryLine, names: Mapping[int, str], reasons: LossReasons, *, owner: int | None
) -> Sequence[Line]:
    """``owner: Tom → Mei`` for each field that changed; a new record needs none, its card shows them. ``owner`` is whose the
    record is: for them nothing of it is masked."""
    values = {name: (before, after) for name, before, after in line.fields}
    if "created_at" in values or "opened_at" in values:
        return ()
    is_ticket = not _ONLY_TICKETS.isdisjoint(values)
    return [
        Line(
            "history-field",
            {
                "field": Phrase(f"field-{name.replace('_', '-')}"),
                "before": _of_owner(_shown(name, before, values, names, reasons, 0), owner),
                "after": _of_owner(_shown(name, after, values, names, reasons, 1), owner),
            },
        )
        for name, before, after in line.fields
        if name not in _HIDDEN and (name in _TICKETS or not is_ticket)
    ]


def _of_owner(shown: Any, owner: int | None) -> Any:
    return replace(shown, owner=owner) if isinstance(shown, Secret) else shown


def _shown(
    name: str,
    value: Any,
    values: Mapping[str, tuple[Any, Any]],
    names: Mapping[int, str],
    reasons: LossReasons,
    side: int,
) -> Any:
    if value is None or value in ("", [], {}):
        return None
    if name in _STAFF:
        return names.get(value, "?")
    if name in _REFERS:
        return f"{LETTERS[_REFERS[name]]}{value}"
    if name == "status":
        return _status(str(value), is_ticket=not _ONLY_TICKETS.isdisjoint(values))
    if name in {"priority", "category"}:
        return Phrase(f"ticket-{name}-{value}")
    if name == "stage":
        return Phrase(f"stage-{value}")
    if name in POINTS:
        return point_secret(name, value)
    if name in {"address", "birthday"} and isinstance(value, str):
        return Secret("amount", shortened(value, _LONGEST), name)
    if name == "lost_reason":
        return lost_reason(reasons, value)
    if name == "amount_minor":
        currency = values.get("amount_currency", (None, None))[side]
        return Secret("amount", Money(value, currency) if currency else value, "amount")
    if isinstance(value, dict):
        return [f"{key}: {each}" for key, each in value.items()]
    return shortened(value, _LONGEST) if isinstance(value, str) else value


def _status(value: str, *, is_ticket: bool) -> Phrase:
    if is_ticket:
        return Phrase(f"ticket-status-{value}")
    of_followups = value in {"open", "done", "cancelled"}
    return Phrase(f"{'followup' if of_followups else 'lead'}-status-{value}")
