"""Reschedule: a form where the channel has forms, else a button or the next words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date

from domain.followups.actions import When
from domain.followups.choices import CHOICES
from domain.followups.errors import DateInThePast
from domain.followups.queries import FollowupView
from domain.values.zones import at_local, local
from handlers.chat import Button, Field, Form, Phrase, Press, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import ask_words, drop_question, open_question
from handlers.dialogs.forms import ask_form
from handlers.dialogs.only_answers import answers
from handlers.dialogs.said_times import TimeNotUnderstood, moment_said
from handlers.entries.recurring import rrule
from handlers.followups.cards import facts_of, present_card
from handlers.followups.reminders import ASKED, move, snooze, view_of
from handlers.people.onboarding import read_clock
from handlers.router import Answer, FieldErrors, form, number, press, question
from handlers.understanding import Moment, parse_when


@press("followup.when")
async def ask_when(ctx: ChatContext, argument: str) -> Answer:
    """The new day and time, as the channel can ask for them."""
    view = await view_of(ctx, number(argument))
    if not view.is_open:
        return present_card(view, reader=ctx.actor.id)
    if ctx.capabilities.forms and isinstance(ctx.event.content, Press):
        return await ask_form(ctx, _form(ctx, view))
    await ask_words(ctx, ASKED, "when", followup=view.id)
    choices = tuple(Button(f"when-{choice}", press=f"followup.to:{view.id}.{choice}") for choice in CHOICES)
    back = Button("button-back", press=f"followup.show:{view.id}")
    return Reply("followup-ask-when", facts_of(view), buttons=(*choices, back), card=f"followup:{view.id}")


def _form(ctx: ChatContext, view: FollowupView) -> Form:
    here = local(view.due_at, ctx.actor.timezone)
    return Form(
        press=f"followup.reschedule:{view.id}",
        title="form-reschedule",
        fields=(
            Field("day", "label-day", "date", required=True, value=f"{max(here.date(), _today(ctx)):%Y-%m-%d}"),
            Field("time", "label-time", "time", value=f"{here:%H:%M}" if view.has_hour else "", hint="hint-time"),
        ),
        submit="button-reschedule",
        facts=facts_of(view),
    )


@form("followup.reschedule")
async def take_form(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    view = await view_of(ctx, number(argument))
    when = await _read(ctx, values)
    if not view.is_open:
        return present_card(view, reader=ctx.actor.id)
    try:
        return await move(ctx, view.id, when)
    except DateInThePast as past:
        field = "time" if when.has_hour and local(when.at, ctx.timezone).date() >= _today(ctx) else "day"
        raise FieldErrors({field: Phrase(past.code, past.facts)}) from None


async def _read(ctx: ChatContext, values: Mapping[str, str]) -> When:
    """The day as the form gives it (2026-11-27), or in words. Raises FieldErrors for all that cannot be read."""
    errors: dict[str, Phrase] = {}
    typed = values.get("time", "").strip()
    clock = read_clock(typed) if typed else None
    if typed and clock is None:
        errors["time"] = Phrase("wrong-clock")
    day = await _day(ctx, values.get("day", "").strip())
    if day is None:
        errors["day"] = Phrase(TimeNotUnderstood.code)
    if errors or day is None:
        raise FieldErrors(errors)
    return When(at=at_local(day, clock or ctx.actor.work_start, ctx.timezone), has_hour=clock is not None)


async def _day(ctx: ChatContext, typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        moment = parse_when(typed, await ctx.reading()) if typed else None
        return None if moment is None else moment.at.date()


def _today(ctx: ChatContext) -> date:
    return local(ctx.event.at, ctx.timezone).date()


# ---------------------------------------------------------------- in words


@press("followup.to")
async def move_to(ctx: ChatContext, argument: str) -> Reply:
    await drop_question(ctx, ASKED)
    return await snooze(ctx, argument)


@question(ASKED)
async def take_when(ctx: ChatContext, text: str) -> Answer:
    """The new time in words."""
    draft = await open_question(ctx, ASKED)
    if draft is None or not await answers(ctx, draft, text, "time"):
        return None
    moment = await moment_said(ctx, text)
    view = await view_of(ctx, draft.content["followup"])
    await ctx.uow.drafts.remove(draft)
    if not view.is_open:
        return present_card(view, reader=ctx.actor.id)
    return await move(ctx, view.id, when_from(ctx, moment))


def when_from(ctx: ChatContext, moment: Moment) -> When:
    """A time that the speaker named, as the domain takes it."""
    return When(
        at=moment.at.replace(tzinfo=ctx.zone).astimezone(UTC),
        has_hour=moment.grain in {"minute", "daypart"},
        recurrence=rrule(moment.recurrence) if moment.recurrence else None,
    )
