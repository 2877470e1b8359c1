"""Reports that come by themselves: "every Monday 9:00" behind a report, in the chat or the group where it is to come."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.errors import CrmError, RecordNotFound
from domain.followups.recurrence import BadRecurrence, pinned
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.reports.periods import read_period
from domain.reports.schedules import Schedule, keep_schedule, list_schedules, stop_schedule
from domain.reports.wanted import Wanted, today_of
from domain.values.zones import at_local
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.entries.recurring import rrule
from handlers.followups.cards import repeats
from handlers.notices import Batch, Decision, Skip, notice
from handlers.reports.asking import people_named, read_wanted
from handlers.reports.cards import SCHEDULES, present, read
from handlers.router import LEADERS, fold, number, press
from handlers.understanding import parse_when
from handlers.visitors.guests import group_of

_EVERY = re.compile(r"\b(?:every|each)\b|\b(?:daily|weekly|monthly)\b|每", re.IGNORECASE)
_WHERE = re.compile(r"\s(?:to|in)\s+(?:here|this group|me)\s*$|(?:发到|发给)?(?:这里|本群|我)\s*$", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s(?:to|in)\s+(?P<name>[#@<＃]\S.*)$|发到\s*(?P<group>\S.*)$", re.IGNORECASE)


class ScheduleNotUnderstood(CrmError):
    code = "schedule-not-understood"


class ScheduledElsewhere(CrmError):
    """Another group was named: who writes there is not known here, so it is said there."""

    code = "scheduled-elsewhere"

    def __init__(self, *, words: str) -> None:
        super().__init__(words=words)


class ScheduledAmongGuests(CrmError):
    """Somebody of outside is in the group: the company's numbers have no place there."""

    code = "scheduled-among-guests"


def is_schedule(words: str) -> bool:
    return _EVERY.search(words) is not None


async def schedule(ctx: ChatContext, words: str) -> Reply:
    """Raises ScheduleNotUnderstood, ScheduledElsewhere, ScheduledAmongGuests, and what reading a report raises."""
    found = _EVERY.search(words)
    assert found is not None
    asked, rhythm = words[: found.start()].strip(), words[found.start() :].strip()
    if _ELSEWHERE.search(rhythm) is not None:
        raise ScheduledElsewhere(words=f"/report {asked} {_ELSEWHERE.sub('', rhythm)}".strip()[:120])
    rhythm = _WHERE.sub("", rhythm)
    wanted = await read_wanted(ctx, asked)
    reading = await ctx.reading()
    when = parse_when(rhythm, reading)
    if when is None or when.recurrence is None:
        raise ScheduleNotUnderstood
    if ctx.in_group and await ctx.uow.groups.customers_read_along(ctx.event.channel, group_of(ctx)):
        raise ScheduledAmongGuests
    actor = ctx.actor
    first = at_local(when.at.date(), when.at.time(), actor.timezone)
    try:
        rule = pinned(rrule(when.recurrence), first, actor.timezone, has_hour=True)
    except BadRecurrence:
        raise ScheduleNotUnderstood from None
    kept = Schedule(
        report=wanted.report.value,
        period=_period_words(asked, actor, ctx),
        person=wanted.person,
        team=wanted.team,
        rule=rule,
        zone=actor.timezone,
        staff_id=actor.id,
        channel=ctx.event.channel if ctx.in_group else None,
        place=ctx.event.conversation.key if ctx.in_group else None,
        begun=ctx.now.isoformat(),
    )
    await keep_schedule(ctx.uow, kept)
    facts = {**await _facts(ctx.uow, kept), "next": kept.following(ctx.now)}
    return Reply("report-scheduled", facts, buttons=(undo_button(), Button("button-schedules", press=f"{SCHEDULES}:")))


def _period_words(asked: str, person: Staff, ctx: ChatContext) -> str:
    """The words of the time alone: what is left without them names the report and the people."""
    text = fold(asked).strip().casefold()
    period, left = read_period(text, today_of(person, ctx.now))
    if period is None:
        return ""
    without = set(left.split())
    return " ".join(word for word in text.split() if word not in without) or text


async def _facts(uow: UnitOfWork, kept: Schedule) -> Mapping[str, object]:
    return {
        "title": Phrase(f"report-{kept.report}"),
        "words": kept.period or None,
        "people": await people_named(uow, person=kept.person, team=kept.team),
        "repeats": repeats(kept.rule),
        "group": "yes" if kept.place else "no",
    }


@press(SCHEDULES)
async def show(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    lines = [
        Line(
            "report-schedule-line",
            {**await _facts(ctx.uow, each), "next": each.following(ctx.now)},
            buttons=(Button("button-stop-schedule", press=f"report.stop:{place}"),),
        )
        for place, each in (await list_schedules(ctx.uow)).items()
        if each.staff_id == ctx.actor.id or ctx.actor.role is Role.ADMIN
    ]
    return Reply("report-schedules" if lines else "report-no-schedules", lines=tuple(lines), private=True)


@press("report.stop")
async def stop(ctx: ChatContext, argument: str) -> Reply:
    """Raises NoSuchSchedule, also for a colleague's."""
    ctx.allow(*LEADERS)
    place = number(argument)
    known = (await list_schedules(ctx.uow)).get(place)
    theirs = known is not None and (known.staff_id == ctx.actor.id or ctx.actor.role is Role.ADMIN)
    await stop_schedule(ctx.uow, place if theirs else -1)
    return Reply("report-stopped", buttons=(undo_button(),), private=True)


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
        found = await read(uow, owner, Wanted.of(row.facts), now=batch.now)
        decisions[row.id] = present(found, row.facts["draft"], in_group=row.place is not None)
    return decisions


async def _guests_came(uow: UnitOfWork, channel: str | None, place: str) -> bool:
    """Whoever of outside came since it was set is in the group, also where it comes into a thread of it."""
    return await uow.groups.customers_read_along(channel or "", place.partition("/")[0])
