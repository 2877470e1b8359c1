"""What is said of reports that come by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.reports.schedules import Schedule
from handlers.chat import Button, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.followups.cards import repeats
from handlers.reports.asking import people_named
from handlers.reports.cards import SCHEDULES


def is_theirs(actor: Staff, schedule: Schedule) -> bool:
    return schedule.staff_id == actor.id or actor.role is Role.ADMIN


async def titles_of(uow: UnitOfWork, schedules: Sequence[Schedule]) -> Mapping[tuple[str, str], str]:
    """What the groups are called into which they come."""
    return await uow.known_groups.titles_of({address_of(each) for each in schedules if each.place is not None})


def address_of(schedule: Schedule) -> tuple[str, str]:
    return schedule.channel or "", (schedule.place or "").partition("/")[0]


async def described(uow: UnitOfWork, schedule: Schedule, titles: Mapping[tuple[str, str], str]) -> Mapping[str, object]:
    return {
        "title": Phrase(f"report-{schedule.report}"),
        "words": schedule.period or None,
        "people": await people_named(uow, person=schedule.person, team=schedule.team),
        "repeats": repeats(schedule.rule),
        "group": "lost" if schedule.lost is not None else "yes" if schedule.place else "no",
        "name": (schedule.lost or titles.get(address_of(schedule))) if schedule.place else None,
    }


def scheduled(facts: Mapping[str, object], schedule: Schedule, ctx: ChatContext, *, undoable: bool = True) -> Reply:
    undo = (undo_button(),) if undoable else ()
    return Reply(
        "report-scheduled",
        {**facts, "next": schedule.following(ctx.now)},
        buttons=(*undo, Button("button-schedules", press=f"{SCHEDULES}:")),
    )
