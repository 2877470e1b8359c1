"""A report as it is counted now, and its card: the picture, the short table and what can be done with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.notifications.quiet import is_absent
from domain.people.actions import may_look_after
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.records import LETTERS
from domain.reports.model import Asked, Cell, CountedRow, Report
from domain.reports.wanted import Wanted, asked_of
from domain.values.zones import local
from handlers.chat import Button, Phrase, Reply
from handlers.reports.asking import people_named, period_said
from handlers.reports.charts import picture
from handlers.reports.lines import Numbers, cells_of, mark
from handlers.reports.review_lines import review_lines
from handlers.reports.tables import table

REPORT = "report"  # a draft: what was asked
SCHEDULES = "report.schedules"


@dataclass(frozen=True)
class Read:
    """A report that was asked for, as it is counted now."""

    wanted: Wanted
    asked: Asked
    numbers: Numbers
    people: str | None


async def read(uow: UnitOfWork, asker: Staff, wanted: Wanted, *, now: datetime) -> Read:
    """Count it, as ``asker`` may see it."""
    asked = await asked_of(uow, asker, wanted, now=now)
    lines = await uow.reports.read(asker, asked)
    named = {line.group for line in lines if isinstance(line.group, int)}
    people = {each.id: each.name for each in await uow.staff.list_by_ids(sorted(named))} if named else {}
    loaded = {line.group for line in lines if line.section == "load"}
    sellers = await _sellers(uow, asker, asked, loaded) if wanted.report is Report.REVIEW else []
    people |= {each.id: each.name for each in sellers}
    takers = {each.id: each.team for each in sellers}
    return Read(
        wanted,
        asked,
        Numbers(wanted, lines, people, await uow.company.get(), takers=takers),
        await people_named(uow, person=wanted.person, team=wanted.team),
    )


async def _sellers(uow: UnitOfWork, asker: Staff, asked: Asked, loaded: Collection[object]) -> list[Staff]:
    """Who sells and is there today, of those whom the asker leads, and the asker. Who leads and has no lead of their own
    (``loaded`` have some) counts only where there is nobody else to take any."""
    there = [
        each
        for each in await uow.staff.list_active()
        if each.role is not Role.AGENT
        and (each.id == asker.id or may_look_after(asker, each))
        and (asked.owners is None or each.id in asked.owners)
        and not is_absent(each, local(asked.now, each.timezone).date())
    ]
    selling = [each for each in there if each.role is Role.REP or each.id in loaded]
    return selling if len(selling) > 1 else there


def present(found: Read, draft_id: int, *, in_group: bool = False, may_set: bool = False) -> Reply:
    """The picture, the short table and what can be done with it. In a group it is for all of it, and tells no amounts.
    ``may_set``: quotas can be set from here."""
    if in_group:
        found = replace(found, numbers=replace(found.numbers, in_group=True))
    lines = review_lines(found.numbers, draft_id) if found.wanted.report is Report.REVIEW else table(found.numbers)
    return Reply(
        "report",
        heading(found),
        lines=tuple(lines),
        buttons=(
            *_stuck_buttons(found.numbers, draft_id),
            *_quota_buttons(found, draft_id, may_set=may_set),
            *_onward(found.numbers, draft_id),
        ),
        picture=picture(found.numbers, people=found.people, table=lines),
        private=not in_group,
        fresh=True,
    )


def _onward(numbers: Numbers, draft_id: int) -> tuple[Button, ...]:
    """The rows behind the numbers, where there are any."""
    if not cells_of(numbers):
        return (Button("button-reports", press="report.menu:"),)
    return (
        Button("button-numbers", press=f"report.cells:{draft_id}.0"),
        Button("button-sheet", press=f"report.sheet:{draft_id}"),
    )


def code_of(row: CountedRow) -> str | None:
    """L12; None for what has no card of its own."""
    return f"{LETTERS[row.record]}{row.record_id}" if row.record in LETTERS else None


def _stuck_buttons(numbers: Numbers, draft_id: int) -> tuple[Button, ...]:
    """Under the flow: what stands still, stage by stage."""
    if numbers.wanted.report is not Report.FLOW:
        return ()
    return tuple(
        Button(
            "button-stuck",
            press=f"report.rows:{draft_id}.{mark(Cell(section='stages', group=line.group, measure='stuck'))}.0",
            facts={"stage": numbers.name("stages", line.group), "count": line.counts["stuck"]},
        )
        for line in numbers.of("stages")
        if line.counts["stuck"]
    )


def _quota_buttons(found: Read, draft_id: int, *, may_set: bool) -> tuple[Button, ...]:
    if found.wanted.report is not Report.QUOTA or not may_set:
        return ()
    year = found.wanted.period.last.year
    return (Button("button-quotas", press=f"quota.edit:{draft_id}.{year}", facts={"year": str(year)}, opens_form=True),)


def heading(found: Read) -> dict[str, Any]:
    return titled(found.wanted, found.people)


def titled(wanted: Wanted, people: str | None) -> dict[str, Any]:
    return {"title": Phrase(f"report-{wanted.report.value}"), "period": period_said(wanted), "people": people}
