"""``/why``: what was or will be said, to whom it was, when and where, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.followups.queries import FollowupView
from domain.notifications.model import Notification, NotificationState
from domain.people.model import Staff
from domain.records import LETTERS
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.followups.reminders import view_of
from handlers.records.by_number import code_of, pressed_record, read_code, title_for
from handlers.records.history_fields import phrase_or
from handlers.router import Answer, WrongUsage, command, press

MOST = 10


@command("why", "为什么", bare=lambda rest: not rest or read_code(rest) is not None)
async def why(ctx: ChatContext, rest: str) -> Answer:
    """About a record, or everything that was said to the speaker."""
    if not rest.strip():
        rows = await ctx.uow.notifications.list_for(ctx.actor.id, limit=MOST)
        key = "why-mine" if rows else "why-nothing"
        return Reply(key, lines=await _lines(ctx, rows, names_reader=False), private=True)
    code = read_code(rest)
    if code is None:
        raise WrongUsage("why")
    return await _about(ctx, *code)


@press("why.of")
async def why_record(ctx: ChatContext, argument: str) -> Reply:
    return await _about(ctx, *pressed_record(argument))


async def _about(ctx: ChatContext, record: str, record_id: int) -> Reply:
    title = await title_for(ctx, record, record_id)
    ahead = _ahead(await view_of(ctx, record_id)) if record == "followup" else ()
    about = await ctx.uow.notifications.list_about(f"{record}:{record_id}", limit=MOST)
    to_them = await ctx.uow.notifications.list_to_contact(record_id, limit=MOST) if record == "contact" else ()
    rows = sorted({row.id: row for row in (*about, *to_them)}.values(), key=lambda row: -row.id)[:MOST]
    lines = (*ahead, *await _lines(ctx, rows, names_reader=True))
    back = Button("button-back", press=f"record.show:{record}.{record_id}")
    return Reply(
        "why-about" if lines else "why-nothing",
        {"code": code_of(record, record_id), "name": title},
        lines=lines,
        buttons=(back,),
        private=True,
    )


def _ahead(view: FollowupView) -> tuple[Line, ...]:
    """What the planner will still make of a follow-up."""
    if not view.is_open:
        return (Line(f"why-{view.status.value}", {"at": view.closed_at}),)
    key = "why-will-remind" if view.has_hour else "why-in-my-day"
    return (Line(key, {"owner": view.owner_name, "when": view.due_at}),)


async def _lines(ctx: ChatContext, rows: Sequence[Notification], *, names_reader: bool) -> tuple[Line, ...]:
    ids = sorted({row.staff_id for row in rows if row.staff_id is not None})
    people = {person.id: person for person in await ctx.uow.staff.list_by_ids(ids)} if names_reader and ids else {}
    records = {row.id: record for row in rows if not names_reader and (record := _record_of(row)) is not None}
    titles = await ctx.uow.search.titles_of(ctx.actor, set(records.values()))
    return tuple(_line(row, people.get(row.staff_id or 0), _named(records.get(row.id), titles)) for row in rows)


def _record_of(row: Notification) -> tuple[str, int] | None:
    """What it was about: ("lead", 12)."""
    record, _, number = (row.about or row.card or "").partition(":")
    return (record, int(number)) if record in LETTERS and number.isdecimal() else None


def _named(record: tuple[str, int] | None, titles: Mapping[tuple[str, int], str]) -> str | None:
    """ "Acme L12"; the number alone where it is no longer the reader's to see."""
    return None if record is None else f"{titles.get(record, '')} {code_of(*record)}".strip()


def _line(row: Notification, reader: Staff | None, about: str | None) -> Line:
    return Line(
        f"why-{row.state.value}",
        {
            "what": phrase_or(f"said-{row.key}", "said-other"),
            "at": _moment(row),
            "who": reader.name if reader else None,
            "about": about,
            "where": phrase_or(f"channel-{row.channel}", "channel-other") if row.channel else None,
            "reason": reason_phrase(row.reason),
        },
    )


def _moment(row: Notification) -> datetime:
    """When it was said, or is due. The demo's clock runs ahead of the one that times what was sent: nothing is said
    before it is due."""
    if row.state is NotificationState.SENT and row.sent_at is not None:
        return max(row.sent_at, row.due_at)
    return row.due_at


def reason_phrase(reason: str | None) -> Phrase | None:
    """A reason code in words; what is only known to operators, such as the name of an error, is called trouble."""
    if reason is None:
        return None
    return phrase_or(f"reason-{reason}", "reason-error")
