"""A report that came by itself into a group where the bot is no more: who set it is told once, and says where it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.ports import UnitOfWork
from domain.reports.schedules import NoSuchSchedule, Schedule, list_schedules, place_schedule
from handlers.chat import Button, Reply
from handlers.context import ChatContext, undo_button
from handlers.notices import Batch, Decision, Skip, notice
from handlers.reports.groups import MOST, SHOWN, ask_group
from handlers.reports.schedule_lines import described, is_theirs, scheduled
from handlers.router import LEADERS, number, press


def lost_buttons(kept: int, schedule: Schedule, reader_id: int | None) -> tuple[Button, ...]:
    """An admin who looks at somebody else's has no "To me": it would go to whose it is."""
    to_me = (Button("button-schedule-to-me", press=f"report.tome:{kept}"),) if reader_id == schedule.staff_id else ()
    return (
        Button("button-schedule-elsewhere", press=f"report.elsewhere:{kept}"),
        *to_me,
        Button("button-stop-schedule", press=f"report.stop:{kept}"),
    )


@notice("report-group-lost")
async def group_lost(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Not said where it goes on elsewhere by now."""
    known = await list_schedules(uow)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        kept = row.facts["schedule"]
        schedule = known.get(kept)
        if schedule is None or schedule.lost is None:
            decisions[row.id] = Skip("gone")
        else:
            facts = await described(uow, schedule, {})
            decisions[row.id] = Reply(
                "report-group-lost", facts, buttons=lost_buttons(kept, schedule, row.staff_id), private=True
            )
    return decisions


async def _theirs(ctx: ChatContext, argument: str) -> tuple[int, Schedule]:
    """Raises NoSuchSchedule."""
    ctx.allow(*LEADERS)
    kept = number(argument)
    known = (await list_schedules(ctx.uow)).get(kept)
    if known is None or not is_theirs(ctx.actor, known):
        raise NoSuchSchedule
    return kept, known


@press("report.elsewhere")
async def elsewhere(ctx: ChatContext, argument: str) -> Reply:
    """The groups in which the speaker was seen speaking; where there are none, it may come to them alone."""
    kept, schedule = await _theirs(ctx, argument)
    spoken = await ctx.uow.known_groups.list_spoken_in(ctx.actor.id, limit=MOST)
    if spoken:
        return await ask_group(ctx, schedule, "schedule-elsewhere", "", spoken[:SHOWN], moves=kept)
    return Reply("schedule-no-groups", buttons=lost_buttons(kept, schedule, ctx.actor.id)[1:], private=True)


@press("report.tome")
async def to_me(ctx: ChatContext, argument: str) -> Reply:
    kept, schedule = await _theirs(ctx, argument)
    moved = replace(schedule, channel=None, place=None, lost=None, begun=ctx.now.isoformat())
    if schedule.place is None:
        return scheduled(await described(ctx.uow, schedule, {}), schedule, ctx, undoable=False)
    await place_schedule(ctx.uow, kept, moved)
    return replace(scheduled(await described(ctx.uow, moved, {}), moved, ctx), buttons=(undo_button(),))
