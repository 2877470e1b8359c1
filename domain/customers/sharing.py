"""Somebody meets a record that is not theirs and asks its owner to share it."""

from __future__ import annotations

from datetime import datetime

from domain.errors import RecordNotFound
from domain.notifications.model import Planned, Urgency
from domain.people.model import Staff
from domain.ports import UnitOfWork

SHARED = ("lead", "customer")


async def ask_to_share(uow: UnitOfWork, actor: Staff, record: str, record_id: int, *, now: datetime) -> None:
    """Plan a card for the owner, or for the actor's managers where nobody owns it, once a day.

    Says nothing about whether the record exists: who may not see it learns that from the owner alone.
    """
    found = await uow.customers.find_anybodys(record, record_id) if record in SHARED else None
    if found is None or found.owner_id == actor.id:
        return
    owner = None if found.owner_id is None else await uow.staff.get(found.owner_id)
    asked = [owner] if owner is not None and owner.is_active else await uow.staff.managers_of(actor)
    for person in asked:
        uow.plan(
            Planned(
                key="share-asked",
                facts={"record": record, "id": record_id, "by": actor.name, "by_id": actor.id},
                due_at=now,
                staff_id=person.id,
                urgency=Urgency.URGENT,
                about=f"{record}:{record_id}",
                dedupe_key=f"share:{record}:{record_id}:{actor.id}:{person.id}:{now.date().isoformat()}",
            )
        )
    uow.happened("share-asked")


async def share_record(
    uow: UnitOfWork, actor: Staff, record: str, record_id: int, with_id: int, *, now: datetime
) -> Staff:
    """Let somebody see a record, and tell them. Gives who may see it now. Raises RecordNotFound."""
    title = await title_of(uow, actor, record, record_id)
    asker = await uow.staff.get(with_id)
    await uow.customers.share(record, record_id, asker.id)
    _tell(uow, "share-granted", asker, actor, record=record, record_id=record_id, title=title, now=now)
    uow.happened("record-shared")
    return asker


async def decline_share(
    uow: UnitOfWork, actor: Staff, record: str, record_id: int, with_id: int, *, now: datetime
) -> Staff:
    """Keep it; the asker is told without learning more than before. Raises RecordNotFound."""
    await title_of(uow, actor, record, record_id)
    asker = await uow.staff.get(with_id)
    _tell(uow, "share-declined", asker, actor, record=record, record_id=record_id, title=None, now=now)
    uow.happened("share-declined")
    return asker


async def title_of(uow: UnitOfWork, actor: Staff, record: str, record_id: int) -> str:
    """What the record is called. Raises RecordNotFound."""
    if record == "lead":
        return (await uow.leads.get_for(actor, record_id)).title
    if record == "customer":
        return (await uow.customers.get_for(actor, record_id)).title
    raise RecordNotFound(record=record)


def _tell(
    uow: UnitOfWork,
    key: str,
    asker: Staff,
    by: Staff,
    *,
    record: str,
    record_id: int,
    title: str | None,
    now: datetime,
) -> None:
    uow.plan(
        Planned(
            key=key,
            facts={"record": record, "id": record_id, "by": by.name, "title": title},
            due_at=now,
            staff_id=asker.id,
            urgency=Urgency.URGENT,
            about=f"{record}:{record_id}",
        )
    )
