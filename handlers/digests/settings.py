"""``/digest settings``: when the digest comes, what stands in it. What is pressed applies at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.digests.habits import MOST_NEEDED, NEVER, DigestHabits, change_digest, digest_habits, digest_moment
from domain.digests.model import Section
from domain.notifications.preferences import WEEK
from domain.people.model import Staff
from domain.values.zones import local
from handlers.chat import Button, Choice, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.forms import ask_form
from handlers.people.onboarding import read_clock
from handlers.router import LEADERS, Answer, ButtonTooOld, FieldErrors, form, press


def settings_card(person: Staff, *, undo: bool = False) -> Reply:
    habits = digest_habits(person)
    days = habits.days or person.workdays
    weekly = Phrase(f"digest-weekday-{habits.weekly}") if habits.weekly != NEVER else None
    lines = (
        Line("digest-set-at", {"at": digest_moment(person, local(person.created_at, person.timezone).date())}),
        Line("digest-set-days", {"days": [Phrase(f"weekday-{day}") for day in days]}),
        Line("digest-set-weekly", {"day": weekly}),
        Line("digest-set-threshold", {"count": habits.threshold}),
    )
    sections = tuple(
        Button(
            "digest-toggle",
            press=f"digest.toggle:{section}",
            facts={"name": Phrase(f"digest-name-{section}"), "on": section not in habits.without},
        )
        for section in Section
    )
    edit = Button("button-edit", press="digest.edit:", opens_form=True)
    days_button = Button("digest-days-button", press="digest.days:")
    last = (undo_button(),) if undo else ()
    return Reply("digest-settings", lines=lines, buttons=(edit, days_button, *sections, *last), private=True)


@press("digest.settings")
async def show(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return settings_card(ctx.actor)


@press("digest.toggle")
async def toggle(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    if argument not in set(Section):
        raise ButtonTooOld
    habits = digest_habits(ctx.actor)
    await change_digest(ctx.uow, ctx.actor, replace(habits, without=habits.without ^ {Section(argument)}))
    return settings_card(ctx.actor, undo=True)


@press("digest.days")
async def days(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return _days_card(ctx.actor)


def _days_card(person: Staff, *, undo: bool = False) -> Reply:
    chosen = digest_habits(person).days or person.workdays
    toggles = tuple(
        Button(
            "settings-toggle-day",
            press=f"digest.day:{day}",
            facts={"day": Phrase(f"weekday-{day}"), "on": day in chosen},
        )
        for day in WEEK
    )
    back = Button("button-back", press="digest.settings:")
    last = (undo_button(), back) if undo else (back,)
    return Reply(
        "digest-ask-days",
        {"days": [Phrase(f"weekday-{day}") for day in chosen]},
        buttons=(*toggles, *last),
        private=True,
    )


@press("digest.day")
async def toggle_day(ctx: ChatContext, argument: str) -> Reply:
    """The last day stays: who wants none switches the digest off in /settings."""
    ctx.allow(*LEADERS)
    if argument not in WEEK or len(argument) != 1:
        raise ButtonTooOld
    habits = digest_habits(ctx.actor)
    left = set(habits.days or ctx.actor.workdays) ^ {argument}
    if not left:
        return _days_card(ctx.actor)
    chosen = "".join(day for day in WEEK if day in left)
    await change_digest(ctx.uow, ctx.actor, replace(habits, days=chosen if chosen != ctx.actor.workdays else None))
    return _days_card(ctx.actor, undo=True)


# ---------------------------------------------------------------- the form


@press("digest.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    habits = digest_habits(ctx.actor)
    weekdays = tuple(Choice(day, Phrase(f"digest-weekday-{day}")) for day in WEEK)
    never = Choice(NEVER, Phrase("digest-never"))
    fields = (
        Field("at", "digest-field-at", "time", value=f"{habits.at:%H:%M}" if habits.at else "", hint="digest-hint-at"),
        Field("weekly", "digest-field-weekly", "choice", value=habits.weekly, choices=(*weekdays, never)),
        Field("threshold", "digest-field-threshold", "number", value=str(habits.threshold)),
    )
    return await ask_form(ctx, Form("digest.change", "digest-form", fields))


@form("digest.change")
async def change(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    ctx.allow(*LEADERS)
    await change_digest(ctx.uow, ctx.actor, _read(values, digest_habits(ctx.actor)))
    return settings_card(ctx.actor, undo=True)


def _read(values: Mapping[str, str], habits: DigestHabits) -> DigestHabits:
    """Raises FieldErrors for all fields that cannot be read, at once."""
    errors: dict[str, Phrase] = {}
    typed_at, typed_from = values.get("at", "").strip(), values.get("threshold", "").strip() or "1"
    at = read_clock(typed_at) if typed_at else None
    if typed_at and at is None:
        errors["at"] = Phrase("wrong-clock")
    weekly = values.get("weekly", "").strip() or habits.weekly
    if weekly not in {*WEEK, NEVER}:
        errors["weekly"] = Phrase("form-choose-one")
    if not typed_from.isdecimal() or not 1 <= int(typed_from[:4]) <= MOST_NEEDED:
        errors["threshold"] = Phrase("digest-wrong-threshold", {"most": MOST_NEEDED})
    if errors:
        raise FieldErrors(errors)
    return replace(habits, at=at, weekly=weekly, threshold=int(typed_from))
