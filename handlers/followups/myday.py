"""My day: what is overdue, due today and waiting, each line with a button. Leaders hear of the team by the digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.company.model import Company
from domain.followups.actions import finish_followup
from domain.followups.queries import FollowupView
from domain.notifications.agenda import IdleRecord, WaitingLead
from domain.notifications.days import Day, last_moment, previous_moment, read_days
from domain.notifications.model import Notification
from domain.notifications.quiet import is_absent
from domain.people.model import Staff
from domain.ports import BirthdayOf, UnitOfWork
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.followups.cards import facts_of, subject_of
from handlers.followups.done_words import says_done
from handlers.followups.reminders import view_of
from handlers.followups.standing import refresh_cards
from handlers.notices import Batch, Decision, Skip, decide, notice
from handlers.records.by_number import pressed_record, show_record
from handlers.router import Answer, ButtonTooOld, command, number, press

SHOWN = {"overdue": 5, "today": 8, "birthdays": 3, "untouched": 4, "idle": 3}
PAGE = 10
MOST_HELD = 5
NAME = 20  # characters of a name on a button


# ---------------------------------------------------------------- on its hour


@notice("my-day")
async def my_days(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Not said when it is too late for that day, to who is away, and to who has nothing to do."""
    company = await uow.company.get()
    readers = [person for person in batch.staff.values() if person.id in {row.staff_id for row in batch.rows}]
    days = await read_days(uow, readers, now=batch.now)
    held = await _held(uow, readers, company, batch)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        day = days.get(row.staff_id or 0)
        if day is None or batch.now > last_moment(day.reader, row.facts["day"]):
            decisions[row.id] = Skip("too-late")
        elif is_absent(day.reader, row.facts["day"]):
            decisions[row.id] = Skip("absent")
        else:
            mine = held.get(day.reader.id, ())
            decisions[row.id] = Skip("nothing-to-say") if day.is_empty and not mine else day_card(day, mine)
    return decisions


async def _held(
    uow: UnitOfWork, readers: Sequence[Staff], company: Company, batch: Batch
) -> Mapping[int, Sequence[Line]]:
    """What people wanted to hear in My day only, since the last one: as lines, each with its first button."""
    since = {reader.id: previous_moment(reader, company, batch.now) for reader in readers}
    if not since:
        return {}
    rows = await uow.notifications.list_held(sorted(since), since=min(since.values()), limit=200)
    found: dict[int, list[Line]] = {}
    by_key: dict[str, list[Notification]] = {}
    for row in rows:
        # A reminder that was kept for My day is a follow-up that is due, and stands there as one.
        if row.key != "followup-due" and row.staff_id in since and row.due_at > since[row.staff_id]:
            by_key.setdefault(row.key, []).append(row)
    for group in by_key.values():
        said = await decide(uow, replace(batch, rows=group))
        for row in group:
            reply = said.get(row.id)
            if isinstance(reply, Reply) and row.staff_id is not None:
                found.setdefault(row.staff_id, []).append(_as_line(reply))
    return found


def _as_line(reply: Reply) -> Line:
    return Line(reply.key, reply.facts, buttons=reply.buttons[:1], whole=True)


# ---------------------------------------------------------------- what it looks like


def day_card(day: Day, held: Sequence[Line] = (), *, said: tuple[Line, ...] = (), undo: bool = False) -> Reply:
    """Sections with at most a few lines each and how many more there are; for leaders the way to their team's digest."""
    lines = [*said]
    buttons: tuple[Button, ...] = (undo_button(),) if undo else ()
    if day.reader.leads_others:
        buttons = (Button("button-team-digest", press="digest.now:"), *buttons)
    for section in SHOWN:
        lines += _section(day, section)
    if held:
        lines += [Line("my-day-held", {"count": len(held)}), *held[:MOST_HELD]]
        left = len(held) - MOST_HELD
        if left > 0:
            lines.append(Line("my-day-more", {"count": left}, buttons=(_more_held(MOST_HELD, left),)))
    if day.is_empty and not held:
        lines.append(Line("my-day-nothing"))
    return Reply("my-day", {"name": day.reader.name}, lines=tuple(lines), buttons=buttons)


def _more_held(start: int, left: int) -> Button:
    return Button("button-n-more", press=f"today.held:{start}", facts={"count": left, "open": False})


def _items(day: Day, section: str) -> Sequence[Any]:
    found: Mapping[str, Sequence[Any]] = {
        "overdue": day.overdue,
        "today": day.today,
        "birthdays": day.birthdays,
        "untouched": day.untouched,
        "idle": day.idle,
    }
    return found[section]


def _section(day: Day, section: str) -> list[Line]:
    items = _items(day, section)
    if not items:
        return []
    shown = SHOWN[section]
    lines = [Line(f"my-day-{section}", {"count": len(items)}), *(_line(item, day.reader) for item in items[:shown])]
    left = len(items) - shown
    if left > 0:
        more = Button("button-n-more", press=f"today.list:{section}.{shown}", facts={"count": left, "open": False})
        lines.append(Line("my-day-more", {"count": left}, buttons=(more,)))
    return lines


def _line(item: Any, reader: Staff) -> Line:
    if isinstance(item, FollowupView):
        return _followup_line(item, reader)
    if isinstance(item, WaitingLead):
        facts = {
            "name": item.title,
            "created": item.created_at,
            "owner": _other(item.owner_id, item.owner_name, reader),
        }
        return Line("my-day-lead", facts, buttons=(_open(f"lead.{item.id}", item.title),))
    if isinstance(item, BirthdayOf):
        facts = {"name": item.name, "customer": item.customer}
        return Line("my-day-birthday", facts, buttons=(_open(f"contact.{item.contact_id}", item.name),))
    assert isinstance(item, IdleRecord)
    return Line(
        f"my-day-idle-{item.record}",
        {"name": item.title, "since": item.since},
        buttons=(_open(f"{item.record}.{item.id}", item.title),),
    )


def _followup_line(view: FollowupView, reader: Staff) -> Line:
    """Without an hour it is ticked off here; with one it is opened, for its reminder has buttons of its own."""
    name = (view.title or view.contact_name or view.note)[:NAME] or f"F{view.id}"
    button = _open(f"followup.{view.id}", name)
    if not view.has_hour:
        button = Button("button-done-of", press=f"today.done:{view.id}", facts={"subject": name})
    facts = {**facts_of(view), "owner": _other(view.owner_id, view.owner_name, reader)}
    return Line("my-day-followup", facts, buttons=(button,))


def _other(owner_id: int | None, owner_name: str | None, reader: Staff) -> str | None:
    """Whose it is, where it is not the reader's own."""
    return None if owner_id == reader.id else owner_name


def _open(record: str, name: str) -> Button:
    return Button("button-open-of", press=f"today.open:{record}", facts={"name": name[:NAME]})


# ---------------------------------------------------------------- on demand, and its buttons


@command("today", "今天")
async def today(ctx: ChatContext, rest: str) -> Reply:
    """The same at any hour."""
    return await present_day(ctx)


async def done_with_nothing(ctx: ChatContext, text: str) -> Answer:
    """ "done", with no reminder of late that could be meant: the list, with a Done for each, rather than a note of it."""
    if ctx.staff is None or ctx.in_group or ctx.event.reply_to is not None or ctx.files or not says_done(text):
        return None
    return await present_day(ctx)


async def days_of(uow: UnitOfWork, readers: Sequence[Staff], *, now: datetime) -> Mapping[int, Reply]:
    """My day as it is now, by reader."""
    if not readers:
        return {}
    return {reader_id: day_card(day) for reader_id, day in (await read_days(uow, readers, now=now)).items()}


async def present_day(ctx: ChatContext, *, said: tuple[Line, ...] = (), undo: bool = False) -> Reply:
    """With what waited for it since that of the working day before: it is looked for here as soon as it is held back."""
    actor = ctx.actor
    days = await read_days(ctx.uow, [actor], now=ctx.now)
    return replace(day_card(days[actor.id], await _held_for(ctx), said=said, undo=undo), private=True)


async def _held_for(ctx: ChatContext) -> Sequence[Line]:
    batch = Batch(rows=(), staff={ctx.actor.id: ctx.actor}, now=ctx.now)
    return (await _held(ctx.uow, [ctx.actor], ctx.company, batch)).get(ctx.actor.id, ())


@press("today.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    return await present_day(ctx)


@press("today.done")
async def done(ctx: ChatContext, argument: str) -> Reply:
    """Ticked off in the list, which shows what is left."""
    view = await view_of(ctx, number(argument))
    line = Line("my-day-done", {"subject": subject_of(view)})
    if not view.is_open:
        return await present_day(ctx, said=(line,))
    await finish_followup(ctx.uow, ctx.actor, view.id, now=ctx.now)
    await refresh_cards(ctx, view.id)
    await ctx.uow.flush()
    return await present_day(ctx, said=(line,), undo=True)


@press("today.open")
async def open_record(ctx: ChatContext, argument: str) -> Reply:
    """The record's own card, below the list, which stays."""
    return replace(await show_record(ctx, *pressed_record(argument)), fresh=True)


@press("today.list")
async def page(ctx: ChatContext, argument: str) -> Reply:
    """A section whole, in pages. ``argument`` is the section and how many were shown before."""
    section, _, start = argument.partition(".")
    if section not in SHOWN:
        raise ButtonTooOld
    day = (await read_days(ctx.uow, [ctx.actor], now=ctx.now))[ctx.actor.id]
    items = _items(day, section)
    shown = items[number(start) : number(start) + PAGE]
    left = len(items) - number(start) - len(shown)
    buttons = [Button("button-back", press="today.show:")]
    if left > 0:
        onward = f"today.list:{section}.{number(start) + PAGE}"
        buttons.insert(0, Button("button-n-more", press=onward, facts={"count": left, "open": False}))
    return Reply(
        f"my-day-{section}",
        {"count": len(items)},
        lines=tuple(_line(item, ctx.actor) for item in shown),
        buttons=tuple(buttons),
        private=True,
    )


@press("today.held")
async def held_page(ctx: ChatContext, argument: str) -> Reply:
    """The rest of what waited, in pages. ``argument`` is how many were shown before."""
    start, held = number(argument), await _held_for(ctx)
    left = len(held) - start - PAGE
    back = Button("button-back", press="today.show:")
    return Reply(
        "my-day-held",
        {"count": len(held)},
        lines=tuple(held[start : start + PAGE]),
        buttons=(_more_held(start + PAGE, left), back) if left > 0 else (back,),
        private=True,
    )
