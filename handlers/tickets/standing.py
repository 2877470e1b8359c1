"""Cards of a ticket that stand with the staff: edited when it is taken, moved or finished elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from domain.people.model import Staff
from domain.people.seeing import sees_every_ticket
from domain.ports import UnitOfWork
from handlers.notices import Batch, Decision, Skip, notice
from handlers.tickets.cards import as_views, beside, card_of


@notice("ticket-card-stands")
async def cards_as_they_are(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """For each reader with what they may do; in a group with what somebody may, which is asked again when it is pressed.
    Who may not see it any more keeps what they saw."""
    ids = sorted({row.facts["ticket"] for row in batch.rows})
    views = as_views(await uow.tickets.list_views(ids))
    shown = await beside(uow, ids)
    seen = {reader.id: await _seen_by(uow, reader, ids) for reader in batch.staff.values()}
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        view = views.get(row.facts["ticket"])
        if view is None or (row.staff_id is not None and view.id not in seen.get(row.staff_id, ())):
            decisions[row.id] = Skip("gone")
        else:
            reader = batch.staff.get(row.staff_id or 0)
            in_group = row.staff_id is None
            decisions[row.id] = card_of(view, shown, reader=reader, key="ticket-card", in_group=in_group)
    return decisions


async def _seen_by(uow: UnitOfWork, reader: Staff, ids: Collection[int]) -> Collection[int]:
    """Asked for those alone who do not see every ticket."""
    if sees_every_ticket(reader.role, reader.team, reader.sees):
        return ids
    return await uow.tickets.seen_by(reader, ids)
