"""Takes in lines of the ledger: entered once more, one after the other, so that a file whose lines do not add up is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.moving import ImportRefused
from domain.points.errors import NotEnoughPoints
from domain.points.model import Cause
from storage.import_lines import Line
from storage.unit_of_work import SqlUnitOfWork

Ids = Mapping[str, Mapping[int, int]]
"""By table: the file's ids, and ours."""
_TABLES = {"opportunity": "opportunities", "survey_answer": "survey_answers", "grant": "point_grants"}


async def enter_lines(uow: SqlUnitOfWork, chunk: Sequence[Line], ids: Ids) -> int:
    """Past the journal, as every line of the ledger. Lines of customers who are gone are left out. What undoes the import takes
    the points back by lines of their own. Raises ImportRefused."""
    entered = 0
    for line in chunk:
        values = line.columns
        customer_id = ids.get("customers", {}).get(values["customer_id"])
        if customer_id is None:
            continue
        account = await uow.points.account_of(customer_id)
        try:
            entry = account.enter(
                _cause(values, customer_id, ids),
                values["points"],
                short=values["short"],
                expires_at=values["expires_at"],
            )
        except NotEnoughPoints:
            raise _wrong(line, "points") from None
        for name in ("number", "balance"):
            if getattr(entry, name) != values[name]:
                raise _wrong(line, name)
        uow.session.add(entry)
        entered += 1
    await uow.session.flush()
    return entered


def _wrong(line: Line, name: str) -> ImportRefused:
    return ImportRefused(line=line.number, why=ImportRefused.WRONG_VALUE, field=name, value=str(line.columns[name]))


def _cause(values: Mapping[str, Any], customer_id: int, ids: Ids) -> Cause:
    at: datetime = values["at"]
    return Cause(
        kind=values["kind"],
        source=_source(values["source"], customer_id, ids),
        turn=values["turn"],
        basis=values["basis"],
        contact_id=ids.get("contacts", {}).get(values["contact_id"]),
        staff_id=ids.get("staff", {}).get(values["staff_id"]),
        at=at,
        of=values["of"],
    )


def _source(named: str, customer_id: int, ids: Ids) -> str:
    """By our numbers. What is not there any more keeps a name that nothing of ours has."""
    kind, _, number = named.partition(":")
    if kind == "expiry":
        return f"{kind}:{customer_id}.{number.rpartition('.')[2]}"
    ours = ids.get(_TABLES.get(kind, ""), {}).get(int(number)) if number.isdecimal() else None
    return f"{kind}:{ours}" if ours is not None else f"gone:{customer_id}.{named}"
