"""A report that comes by itself into a group named from elsewhere: ``every Monday 9:00 to #sales``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from domain.errors import CrmError
from domain.groups.known import KnownGroup, groups_named
from domain.groups.model import is_within
from domain.notifications.model import Planned, Urgency
from domain.ports import UnitOfWork
from domain.reports.schedules import Schedule, keep_schedule, list_schedules, place_schedule
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import draft_of, keep_draft
from handlers.notices import Batch, Decision, Skip, notice
from handlers.reports.schedule_lines import address_of, described, scheduled, titles_of
from handlers.router import LEADERS, ButtonTooOld, number, press
from handlers.understanding import Context as Reading
from handlers.understanding import parse_when
from handlers.visitors.guests import group_of

KIND = "report-group"
MOST = 200  # groups of one person that are looked through
SHOWN = 8
_MARKED = re.compile(r"\s(?:in)?to\s+(?P<to>[#＃]\s*\S.*)$|\sin\s+(?P<in>[#＃]\s*\S.*)$", re.IGNORECASE)
_CHINESE = re.compile(r"(?:发送到|发送给|发到|发给|送到)\s*(?P<to>\S.*)$")
_PLAIN = re.compile(r"\s(?:in)?to\s+(?P<to>(?:(?!\s(?:in)?to\s).)+)$", re.IGNORECASE)


class NoGroupKnown(CrmError):
    """The speaker was seen speaking in no group that has a name."""

    code = "schedule-no-group-known"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class GroupOfCustomer(CrmError):
    code = "schedule-group-of-customer"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class GroupWithGuests(CrmError):
    """Somebody of outside is in the group: the company's numbers have no place there."""

    code = "schedule-group-with-guests"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


def split_group(words: str, reading: Reading) -> tuple[str, str | None]:
    """The rhythm, and the name of the group in ``every Monday 9:00 to #sales``; "to Friday" and "to 10:00" are times."""
    for pattern in (_MARKED, _CHINESE):
        found = pattern.search(words)
        if found is not None:
            return words[: found.start()].strip(" ,，"), next(name for name in found.groups() if name).strip()
    found = _PLAIN.search(words)
    if found is None or parse_when(found["to"], reading) is not None:
        return words, None
    return words[: found.start()].strip(" ,"), found["to"].strip()


async def into_group(ctx: ChatContext, schedule: Schedule, name: str) -> Reply:
    """Into the group of this name; where several have it, or none, those in which the speaker was seen speaking to choose
    from. Raises NoGroupKnown, and what ``_keep`` raises."""
    spoken = await ctx.uow.known_groups.list_spoken_in(ctx.actor.id, limit=MOST)
    meant = groups_named(spoken, name)
    if len(meant) == 1:
        return (await _keep(ctx, schedule, meant[0]))[1]
    if not spoken:
        raise NoGroupKnown(name=name[:60])
    key = "schedule-which-group" if meant else "schedule-group-unknown"
    return await ask_group(ctx, schedule, key, name[:60], (meant or spoken)[:SHOWN])


async def ask_group(
    ctx: ChatContext,
    schedule: Schedule,
    key: str,
    name: str,
    groups: Sequence[KnownGroup],
    *,
    moves: int | None = None,
) -> Reply:
    """Into which of these? ``moves`` is the number of a schedule that is to come there from now on, None of a new one."""
    places = [[each.channel, each.place] for each in groups]
    content = {"schedule": asdict(schedule), "groups": places, "number": None, "moves": moves}
    draft = await keep_draft(ctx, KIND, content)
    speakers = await ctx.uow.known_groups.list_speakers(groups)
    await ctx.uow.flush()
    lines = tuple(
        Line(
            "schedule-group-line",
            {"name": each.title, "people": _others(speakers.get((each.channel, each.place), ()), ctx.actor.name)},
            buttons=(Button("button-this-group", press=f"report.into:{draft.id}.{place}"),),
        )
        for place, each in enumerate(groups)
    )
    return Reply(key, {"name": name}, lines=lines, private=True)


def _others(names: Sequence[str], own: str) -> str | None:
    """Two groups of one name are told apart by who speaks there."""
    others = [name for name in names if name != own]
    return ", ".join(others[:4]) or None


@press("report.into")
async def choose(ctx: ChatContext, argument: str) -> Reply:
    """Raises ButtonTooOld where the group is not known any more, or the speaker not seen there; twice changes nothing."""
    ctx.allow(*LEADERS)
    draft_id, _, place = argument.partition(".")
    draft = await draft_of(ctx, number(draft_id), kind=KIND, gone=ButtonTooOld)
    groups, kept = draft.content["groups"], draft.content["number"]
    index = number(place)
    spoken = await ctx.uow.known_groups.list_spoken_in(ctx.actor.id, limit=MOST)
    chosen = [each for each in spoken if index < len(groups) and [each.channel, each.place] == groups[index]]
    if not chosen:
        raise ButtonTooOld
    if kept is not None:
        standing = (await list_schedules(ctx.uow)).get(kept)
        if standing is None:
            raise ButtonTooOld
        titles = await titles_of(ctx.uow, [standing])
        return scheduled(await described(ctx.uow, standing, titles), standing, ctx, undoable=False)
    schedule = replace(Schedule(**draft.content["schedule"]), begun=ctx.now.isoformat(), lost=None)
    kept, reply = await _keep(ctx, schedule, chosen[0], moves=draft.content.get("moves"))
    draft.content = {**draft.content, "number": kept}
    return reply


async def _keep(
    ctx: ChatContext, schedule: Schedule, group: KnownGroup, *, moves: int | None = None
) -> tuple[int, Reply]:
    """Raises GroupOfCustomer, GroupWithGuests, TooManySchedules and NoSuchSchedule. Who is in the group is told once who set it."""
    if await ctx.uow.groups.find(group.channel, group.place) is not None:
        raise GroupOfCustomer(name=group.title)
    if await ctx.uow.groups.customers_read_along(group.channel, group.place):
        raise GroupWithGuests(name=group.title)
    schedule = replace(schedule, channel=group.channel, place=group.place)
    if moves is not None:
        await place_schedule(ctx.uow, moves, schedule)
    kept = await keep_schedule(ctx.uow, schedule) if moves is None else moves
    is_here = ctx.in_group and (ctx.event.channel, group_of(ctx)) == (group.channel, group.place)
    if not is_here:
        ctx.uow.plan(
            Planned(
                key="report-comes-here",
                facts={"schedule": kept},
                due_at=ctx.now,
                channel=group.channel,
                place=group.place,
                urgency=Urgency.URGENT,
                chosen=True,
                dedupe_key=f"report-comes-here:{kept}:{schedule.begun}",
                extra={"locale": ctx.actor.locale, "timezone": ctx.actor.timezone, "masked": True},
            )
        )
    titles = {(group.channel, group.place): group.title}
    return kept, scheduled(await described(ctx.uow, schedule, titles), schedule, ctx)


@notice("report-comes-here")
async def comes_here(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The group hears from whom a report will come, and whoever leads there can stop it."""
    known, people = await list_schedules(uow), {each.id: each for each in await uow.staff.list_active()}
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        kept = row.facts["schedule"]
        schedule = known.get(kept)
        owner = people.get(schedule.staff_id) if schedule is not None else None
        if schedule is None or owner is None or schedule.place is None:
            decisions[row.id] = Skip("gone")
            continue
        if await uow.groups.customers_read_along(*address_of(schedule)):
            decisions[row.id] = Skip("customers-read-along")
            continue
        facts = {**await described(uow, schedule, {}), "by": owner.name, "next": schedule.following(batch.now)}
        decisions[row.id] = Reply(
            "report-comes-here", facts, buttons=(Button("button-stop-schedule", press=f"report.stop:{kept}"),)
        )
    return decisions


def comes_into_this_group(ctx: ChatContext, schedule: Schedule) -> bool:
    """Whoever leads others and is in the group may stop what comes into it."""
    return (
        ctx.in_group
        and schedule.channel == ctx.event.channel
        and schedule.place is not None
        and is_within(schedule.place, group_of(ctx))
    )
