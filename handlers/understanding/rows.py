"""Rows of evaluation data in, predictions out, over the very code of the chat."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache
from time import perf_counter_ns
from typing import Any
from zoneinfo import ZoneInfo

from handlers.understanding.dates.when import parse_when
from handlers.understanding.model import Amount, Context, Known, Moment
from handlers.understanding.names import Names
from handlers.understanding.regions import country_of_zone
from handlers.understanding.understand import understand

NEEDED = ("id", "text", "now", "tz")


class RowIncomplete(ValueError):
    """A row without one of ``NEEDED``."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"the row lacks {', '.join(missing)}")


def predict(row: dict[str, Any]) -> dict[str, Any]:
    """One prediction: a row with ``crm`` is a message, one without a single time expression. ``us`` is microseconds spent.

    Raises RowIncomplete, and ValueError for a time or zone that is none.
    """
    missing = [key for key in NEEDED if key not in row]
    if missing:
        raise RowIncomplete(missing)
    context = context_of(row)
    return _message(row, context) if "crm" in row else _time(row, context)


def context_of(row: dict[str, Any]) -> Context:
    """The speaker of a row; what the row leaves open is 9 to 18 o'clock, US dollars and the month first."""
    zone = ZoneInfo(row["tz"])
    now = datetime.fromisoformat(row["now"])
    start, end = row.get("working_hours") or ("09:00", "18:00")
    return Context(
        now=now if now.tzinfo else now.replace(tzinfo=zone),
        zone=zone,
        working_hours=(time.fromisoformat(start), time.fromisoformat(end)),
        currency=row.get("currency") or "USD",
        date_order=row.get("date_order") or "MDY",
        country=country_of_zone(row["tz"]) or ("CN" if row.get("lang") == "zh" else "US"),
        names=names_of(row.get("crm") or {}),
    )


def names_of(crm: dict[str, Any]) -> Names:
    """The index over a row's ``crm``; rows that share it share the index."""
    return _names_of(json.dumps(crm, sort_keys=True))


@lru_cache(maxsize=16)
def _names_of(written: str) -> Names:
    crm = json.loads(written)
    known = [
        Known("customer", one["id"], one["name"], tuple(one.get("aliases") or ())) for one in crm.get("customers", ())
    ]
    known += [
        Known(
            "contact", one["id"], one["name"], tuple(one.get("aliases") or ()), one.get("customer_id"), one.get("title")
        )
        for one in crm.get("contacts", ())
    ]
    return Names(known)


def _time(row: dict[str, Any], context: Context) -> dict[str, Any]:
    begun = perf_counter_ns()
    found = parse_when(row["text"], context)
    spent = (perf_counter_ns() - begun) / 1000
    return {"id": row["id"], "at": f"{found.at:%Y-%m-%dT%H:%M}" if found else None, "us": spent}


def _message(row: dict[str, Any], context: Context) -> dict[str, Any]:
    begun = perf_counter_ns()
    found = understand(row["text"], context)
    spent = (perf_counter_ns() - begun) / 1000
    return {
        "id": row["id"],
        "activity": found.activity,
        "customers": [match.id for match in found.customers if match.kind == "customer"],
        "contacts": [match.id for match in found.contacts],
        "phones": [span.value for span in found.phones],
        "emails": [span.value for span in found.emails],
        "amount": _amount(found.amount),
        "follow_up": _moment(found.follow_up),
        "deadline": _moment(found.deadline),
        "intents": list(found.intents),
        "ambiguous": list(found.ambiguous),
        "occurred_on": found.occurred_on.isoformat() if found.occurred_on else None,
        "note": found.note,
        "us": spent,
    }


def _amount(amount: Amount | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    written: dict[str, Any] = {"value": _plain(amount.value), "currency": amount.currency}
    return written | {"max": _plain(amount.max)} if amount.max is not None else written


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _moment(found: Moment | None) -> dict[str, Any] | None:
    return {"at": f"{found.at:%Y-%m-%dT%H:%M}", "grain": found.grain} if found else None
