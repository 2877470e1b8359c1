"""Takes in lines of the ledger past the journal, as every line of it, in any order; in the end they must add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from domain.moving import ImportRefused
from domain.points.checking import faults, replayed
from storage import tables
from storage.import_lines import Line
from storage.unit_of_work import SqlUnitOfWork

Ids = Mapping[str, Mapping[int, int]]
"""By table: the file's ids, and ours."""
_TABLES = {"opportunity": "opportunities", "survey_answer": "survey_answers", "grant": "point_grants"}


async def enter_lines(uow: SqlUnitOfWork, chunk: Sequence[Line], ids: Ids) -> int:
    """Lines of customers who are gone are left out. What undoes the import takes the points back by lines of their own."""
    customers = ids.get("customers", {})
    rows = [_row(line.columns, ids) for line in chunk if line.columns["customer_id"] in customers]
    if rows:
        await uow.session.execute(insert(tables.point_entries), rows)
    return len(rows)


def _row(values: Mapping[str, Any], ids: Ids) -> dict[str, Any]:
    customer_id = ids["customers"][values["customer_id"]]
    return {
        **values,
        "customer_id": customer_id,
        "source": _source(values["source"], customer_id, ids),
        "contact_id": ids.get("contacts", {}).get(values["contact_id"]),
        "staff_id": ids.get("staff", {}).get(values["staff_id"]),
    }


def _source(named: str, customer_id: int, ids: Ids) -> str:
    """By our numbers. What is not there any more keeps a name that nothing of ours has."""
    kind, _, number = named.partition(":")
    if kind == "expiry":
        return f"{kind}:{customer_id}.{number.rpartition('.')[2]}"
    ours = ids.get(_TABLES.get(kind, ""), {}).get(int(number)) if number.isdecimal() else None
    return f"{kind}:{ours}" if ours is not None else f"gone:{customer_id}.{named}"


async def add_up(uow: SqlUnitOfWork, customer_ids: Sequence[int], *, line: int) -> None:
    """The accounts of these customers. Raises ImportRefused where the lines do not add up, ``line`` being the first of all."""
    for customer_id, entries in (await uow.points.list_entries(customer_ids)).items():
        account = await uow.points.account_of(customer_id)
        again = replayed(customer_id, entries)
        account.balance, account.entries, account.kept = again.balance, again.entries, again.kept
        account.expires_at = again.expires_at
        if faults(account, entries):
            raise ImportRefused(
                line=line, why=ImportRefused.WRONG_VALUE, field="balance", value=str(entries[-1].balance)
            )
