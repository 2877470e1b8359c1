"""The ladder in chat: leads that nobody did anything with, on one card a reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from domain.company.keeping import ladder_of
from domain.company.topics import ReminderLadder
from domain.notifications.agenda import WaitingLead
from domain.notifications.model import Notification
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.rules.ladder import Rung, rungs_for
from handlers.chat import Button, Line, Reply
from handlers.notices import Batch, Decision, Rides, Skip, notice

SHOWN = 8


@notice("lead-untouched")
async def untouched(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Skipped when somebody did something with the lead meanwhile, or it is closed."""
    leads = {lead.id: lead for lead in await uow.agenda.list_leads([row.facts["lead"] for row in batch.rows])}
    ladder = ladder_of(await uow.company.get())
    decisions: dict[int, Decision] = {}
    together: dict[int, list[tuple[Notification, WaitingLead]]] = defaultdict(list)
    for row in batch.rows:
        lead = leads.get(row.facts["lead"])
        if lead is None or row.staff_id is None:
            decisions[row.id] = Skip("touched-meanwhile")
        else:
            together[row.staff_id].append((row, lead))
    for reader_id, rows in together.items():
        (first, _), *others = rows
        decisions[first.id] = _card(rows, ladder, batch.staff.get(reader_id))
        decisions |= {row.id: Rides(on=first.id) for row, _ in others}
    return decisions


def _card(rows: list[tuple[Notification, WaitingLead]], ladder: ReminderLadder, reader: Staff | None) -> Reply:
    if len(rows) == 1:
        row, lead = rows[0]
        buttons = (
            Button("button-log", press=f"record.log:lead.{lead.id}"),
            Button("button-open-of", press=f"today.open:lead.{lead.id}", facts={"name": lead.title[:20]}),
        )
        return Reply(
            "lead-untouched",
            _facts(row, lead, rungs_for(ladder, lead.grade), reader),
            buttons=buttons,
            card=f"lead:{lead.id}",
        )
    lines = [
        Line(
            "lead-untouched-line",
            _facts(row, lead, rungs_for(ladder, lead.grade), reader),
            buttons=(Button("button-open-of", press=f"today.open:lead.{lead.id}", facts={"name": lead.title[:20]}),),
        )
        for row, lead in rows[:SHOWN]
    ]
    left = len(rows) - SHOWN
    if left > 0:
        more = Button("button-n-more", press="today.list:untouched.0", facts={"count": left, "open": False})
        lines.append(Line("my-day-more", {"count": left}, buttons=(more,)))
    return Reply("leads-untouched", {"count": len(rows)}, lines=tuple(lines))


def _facts(row: Notification, lead: WaitingLead, rungs: Sequence[Rung], reader: Staff | None) -> dict[str, object]:
    rung = rungs[min(row.facts["rung"], len(rungs)) - 1]
    return {
        "name": lead.title,
        "days": rung.after,
        "risk": rung.at_risk,
        "owner": None if reader is not None and lead.owner_id == reader.id else lead.owner_name,
    }
