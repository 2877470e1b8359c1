"""Reports that come by themselves: "every Monday 9:00" behind a report, in the chat or the group where it is to come, or with its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from domain.errors import CrmError, RecordNotFound
from domain.followups.recurrence import BadRecurrence, pinned
from domain.notifications.model import Notification, Planned
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.reports.periods import read_period
from domain.reports.schedules import NoSuchSchedule, Schedule, keep_schedule, list_schedules, stop_schedule
from domain.reports.wanted import Wanted, today_of
from domain.values.zones import at_local
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.entries.recurring import rrule
from handlers.notices import Batch, Counted, Decision, Skip, notice
from handlers.reports.asking import read_wanted
from handlers.reports.cards import SCHEDULES, present, read
from handlers.reports.groups import comes_into_this_group, into_group, split_group
from handlers.reports.lost_groups import lost_buttons
from handlers.reports.schedule_lines import described, is_theirs, scheduled, titles_of
from handlers.router import LEADERS, fold, number, press
from handlers.understanding import Context as Reading
from handlers.understanding import parse_when
from handlers.visitors.guests import group_of

_EVERY = re.compile(r"\b(?:every|each)\b|\b(?:daily|weekly|monthly)\b|每", re.IGNORECASE)
_WHERE = re.compile(r"\s(?:to|in)\s+(?:here|this group|me)\s*$|(?:发到|发给)?(?:这里|本群|我)\s*$", re.IGNORECASE)


class ScheduleNotUnderstood(CrmError):
    code = "schedule-not-understood"


class ScheduledAmongGuests(CrmError):
    """Somebody of outside is in the group: the company's numbers have no place there."""

    code = "scheduled-among-guests"


def is_schedule(words: str) -> bool:
    return _EVERY.search(words) is not None


async def schedule(ctx: ChatContext, words: str) -> Reply:
    """In this chat or group, or in the one named at the end (``to #sales``).

    Raises ScheduleNotUnderstood, ScheduledAmongGuests, what ``into_group`` raises, and what reading a report raises.
    """
    found = _EVERY.search(words)
    assert found is not None
    asked, rhythm = words[: found.start()].strip(), words[found.start() :].strip()
    reading = await ctx.reading()
    rhythm, group = split_group(_WHERE.sub("", rhythm), reading)
    kept = await _read(ctx, asked, rhythm, reading)
    if group is not None:
        return await into_group(ctx, kept, group)
    if ctx.in_group:
        if await ctx.uow.groups.customers_read_along(ctx.event.channel, group_of(ctx)):
            raise ScheduledAmongGuests
        kept = replace(kept, channel=ctx.event.channel, place=ctx.event.conversation.key)
    await keep_schedule(ctx.uow, kept)
    return scheduled(await described(ctx.uow, kept, {}), kept, ctx)


async def _read(ctx: ChatContext, asked: str, rhythm: str, reading: Reading) -> Schedule:
    """What is wanted and when, as yet for the speaker's own chat."""
    wanted = await read_wanted(ctx, asked)
    when = parse_when(rhythm, reading)
    if when is None or when.recurrence is None:
        raise ScheduleNotUnderstood
    actor = ctx.actor
    first = at_local(when.at.date(), when.at.time(), actor.timezone)
    try:
        rule = pinned(rrule(when.recurrence), first, actor.timezone, has_hour=True)
    except BadRecurrence:
        raise ScheduleNotUnderstood from None
    return Schedule(
        report=wanted.report.value,
        period=_period_words(asked, actor, ctx),
        person=wanted.person,
        team=wanted.team,
        rule=rule,
        zone=actor.timezone,
        staff_id=actor.id,
        channel=None,
        place=None,
        begun=ctx.now.isoformat(),
    )


def _period_words(asked: str, person: Staff, ctx: ChatContext) -> str:
    """The words of the time alone: what is left without them names the report and the people."""
    text = fold(asked).strip().casefold()
    period, left = read_period(text, today_of(person, ctx.now))
    if period is None:
        return ""
    without = set(left.split())
    return " ".join(word for word in text.split() if word not in without) or text


@press(SCHEDULES)
async def show(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    known = await list_schedules(ctx.uow)
    theirs = {place: each for place, each in known.items() if is_theirs(ctx.actor, each)}
    titles = await titles_of(ctx.uow, list(theirs.values()))
    lines = [
        Line(
            "report-schedule-line",
            {**await described(ctx.uow, each, titles), "next": each.following(ctx.now)},
            buttons=(Button("button-stop-schedule", press=f"report.stop:{place}"),)
            if each.lost is None
            else lost_buttons(place, each, ctx.actor.id),
        )
        for place, each in theirs.items()
    ]
    return Reply("report-schedules" if lines else "report-no-schedules", lines=tuple(lines), private=True)


@press("report.stop")
async def stop(ctx: ChatContext, argument: str) -> Reply:
    """Also by whoever leads others in the group into which it comes; its owner hears of that. Raises NoSuchSchedule."""
    ctx.allow(*LEADERS)
    place = number(argument)
    known = (await list_schedules(ctx.uow)).get(place)
    is_here = known is not None and comes_into_this_group(ctx, known)
    if known is None or not (is_here or is_theirs(ctx.actor, known)):
        raise NoSuchSchedule
    await stop_schedule(ctx.uow, place)
    if known.staff_id != ctx.actor.id:
        facts = {"by": ctx.actor.id, "report": known.report}
        ctx.uow.plan(Planned(key="report-stopped-by", facts=facts, due_at=ctx.now, staff_id=known.staff_id))
    if is_here:
        return Reply("report-stopped-here", {"by": ctx.actor.name}, buttons=(undo_button(),))
    return Reply("report-stopped", buttons=(undo_button(),), private=True)


@notice("report-stopped-by")
async def stopped_by(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    return {
        row.id: Reply(
            "report-stopped-by",
            {"title": Phrase(f"report-{row.facts['report']}"), "by": (await uow.staff.get(row.facts["by"])).name},
        )
        for row in batch.rows
    }


@notice("report-due")
async def due(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Counted when it is sent, as its owner may see it; a group gets the counts without amounts and customers' words."""
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        try:
            owner = await uow.staff.get(row.facts["owner"])
        except RecordNotFound:
            decisions[row.id] = Skip("left-company")
            continue
        if not owner.is_active or not owner.leads_others:
            decisions[row.id] = Skip("left-company")
            continue
        if row.place is not None and await _guests_came(uow, row.channel, row.place):
            decisions[row.id] = Skip("customers-read-along")
            continue
        decisions[row.id] = Counted(partial(_counted, row=row, now=batch.now))
    return decisions


async def _counted(uow: UnitOfWork, *, row: Notification, now: datetime) -> Reply:
    owner = await uow.staff.get(row.facts["owner"])
    found = await read(uow, owner, Wanted.of(row.facts), now=now)
    return present(found, row.facts["draft"], in_group=row.place is not None)


async def _guests_came(uow: UnitOfWork, channel: str | None, place: str) -> bool:
    """Whoever of outside came since it was set is in the group, also where it comes into a thread of it."""
    return await uow.groups.customers_read_along(channel or "", place.partition("/")[0])
