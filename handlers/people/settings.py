"""``/settings``: language, time zone, hours, what one wants to hear, being away. What is saved applies at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from domain.errors import CrmError
from domain.notifications.days import day_moment
from domain.notifications.kinds import KINDS, WISHES, Wish, wish
from domain.notifications.noise import CHOICES, noise_budget
from domain.notifications.preferences import (
    WEEK,
    Habits,
    UnknownCurrency,
    absence_facts,
    change_habits,
    habits_of,
    save_at_once,
    saves_at_once,
    set_noise,
    set_wish,
    toggle_workday,
)
from domain.people.errors import HoursReversed, UnknownZone
from domain.people.model import Staff
from domain.people.zones import find_zone
from domain.values.money import CURRENCIES
from domain.values.zones import local
from handlers.chat import Button, Choice, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import drop_question
from handlers.dialogs.currencies import currency_of
from handlers.dialogs.forms import ask_form
from handlers.entries.at_once import at_once_button, at_once_line
from handlers.people.onboarding import city, read_clock, spoken
from handlers.router import Answer, ButtonTooOld, FieldErrors, command, form, press
from locales import LANGUAGES, language_of

CLOCKS = ("work_start", "work_end", "quiet_start", "quiet_end")
ASKED = "settings-away"  # a draft: which days one is away
BACK = Button("button-back", press="settings.show:")


@command("settings", "设置")
async def settings(ctx: ChatContext, rest: str) -> Reply:
    """How things are set, and what can be changed."""
    return await present_settings(ctx)


async def present_settings(ctx: ChatContext, *, undo: bool = False) -> Reply:
    """The card as it stands; ``undo`` after a change."""
    actor = ctx.actor
    others = [language for language in LANGUAGES if language != language_of(actor.locale)]
    buttons = [
        *(Button(f"language-{language}", press=f"settings.language:{language}") for language in others),
        Button("button-edit", press="settings.edit:", opens_form=True),
        Button("settings-workdays-button", press="settings.days:"),
        Button("settings-kinds-button", press="settings.kinds:"),
        at_once_button(is_on=saves_at_once(actor)),
        *_away_buttons(actor),
        *((Button("settings-company-button", press="company.show:"),) if actor.leads_others else ()),
        *((Button("care-button", press="care.show:"),) if actor.leads_others else ()),
    ]
    lines = [
        Line("profile-language", {"language": Phrase(f"language-{language_of(actor.locale)}")}),
        Line("profile-zone", {"zone": city(actor.timezone), "now": ctx.now}),
        Line("settings-currency", {"currency": currency_of(actor, ctx.company)}),
        Line("profile-hours", {"start": actor.work_start, "end": actor.work_end}),
        Line("settings-workdays", {"days": _days(actor)}),
        Line("settings-quiet", {"start": actor.quiet_start, "end": actor.quiet_end}),
        Line("settings-day", {"at": day_moment(actor, local(ctx.now, actor.timezone).date())}),
        at_once_line(is_on=saves_at_once(actor)),
        *await _away_lines(ctx, actor),
    ]
    if undo:
        buttons.append(undo_button())
    return Reply("settings", {"name": actor.name}, lines=tuple(lines), buttons=tuple(buttons), private=True)


@press("settings.once")
async def switch_at_once(ctx: ChatContext, argument: str) -> Reply:
    if argument not in {"yes", "no"}:
        raise ButtonTooOld
    if saves_at_once(ctx.actor) is (argument == "yes"):
        return await present_settings(ctx)
    await save_at_once(ctx.uow, ctx.actor, is_on=argument == "yes")
    return await present_settings(ctx, undo=True)


def _days(person: Staff) -> list[Phrase]:
    return [Phrase(f"weekday-{day}") for day in person.workdays]


async def _away_lines(ctx: ChatContext, actor: Staff) -> tuple[Line, ...]:
    if actor.absent_until is None:
        return ()
    deputy = await ctx.uow.staff.get(actor.deputy_id) if actor.deputy_id is not None else None
    return (Line("settings-away", {**absence_facts(actor), "deputy": deputy.name if deputy else None}),)


def _away_buttons(actor: Staff) -> tuple[Button, ...]:
    if actor.absent_until is None:
        return (Button("settings-away-button", press="settings.away:"),)
    return (
        Button("settings-deputy-button", press="settings.who:"),
        Button("settings-back-button", press="settings.back:"),
    )


@press("settings.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    await drop_question(ctx, ASKED)
    return await present_settings(ctx)


@press("settings.language")
async def choose_language(ctx: ChatContext, argument: str) -> Reply:
    """The answer is in the new language already."""
    if argument not in LANGUAGES:
        raise ButtonTooOld
    await change_habits(ctx.uow, ctx.actor, _with(habits_of(ctx.actor), locale=argument))
    return await present_settings(ctx, undo=True)


def _with(habits: Habits, *, locale: str) -> Habits:
    return Habits(**{**vars(habits), "locale": locale})


# ---------------------------------------------------------------- the form


@press("settings.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    habits = habits_of(ctx.actor)
    languages = tuple(Choice(language, Phrase(f"language-{language}")) for language in LANGUAGES)
    fields = (
        Field("language", "profile-field-language", "choice", value=language_of(habits.locale), choices=languages),
        Field("timezone", "profile-field-zone", required=True, value=habits.timezone, hint="profile-hint-zone"),
        _clock_field("work_start", "profile-field-start", habits.work_start),
        _clock_field("work_end", "profile-field-end", habits.work_end),
        _clock_field("quiet_start", "settings-field-quiet-start", habits.quiet_start),
        _clock_field("quiet_end", "settings-field-quiet-end", habits.quiet_end),
        Field(
            "day_at",
            "settings-field-day",
            "time",
            value=_shown(habits.day_at) if habits.day_at else "",
            hint="settings-hint-day",
        ),
        Field("currency", "settings-field-currency", value=habits.currency or "", hint="settings-hint-currency"),
    )
    return await ask_form(ctx, Form("settings.change", "settings-form", fields))


def _clock_field(name: str, label: str, at: time) -> Field:
    return Field(name, label, "time", required=True, value=_shown(at))


def _shown(at: time) -> str:
    return f"{at:%H:%M}"


async def _check(ctx: ChatContext, values: Mapping[str, str]) -> None:
    _read(values, ctx.actor)


@form("settings.change", check=_check)
async def change(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    try:
        await change_habits(ctx.uow, ctx.actor, _read(values, ctx.actor))
    except HoursReversed as wrong:
        raise FieldErrors({"work_end": _in_words(wrong)}) from None
    return await present_settings(ctx, undo=True)


def _read(values: Mapping[str, str], actor: Staff) -> Habits:
    """Raises FieldErrors for all fields that cannot be read, at once."""
    errors: dict[str, Phrase] = {}
    typed = values.get("timezone", "").strip()
    zone = find_zone(typed)
    if zone is None:
        errors["timezone"] = _in_words(UnknownZone(typed=typed[:60]))
    clocks = {name: read_clock(values.get(name, "")) for name in CLOCKS}
    errors |= {name: Phrase("wrong-clock") for name, at in clocks.items() if at is None}
    day_typed = values.get("day_at", "").strip()
    day_at = read_clock(day_typed) if day_typed else None
    if day_typed and day_at is None:
        errors["day_at"] = Phrase("wrong-clock")
    currency = values.get("currency", "").strip().upper() or None
    if currency is not None and currency not in CURRENCIES:
        errors["currency"] = _in_words(UnknownCurrency(typed=currency[:20]))
    known = {name: at for name, at in clocks.items() if at is not None}
    if errors or zone is None:
        raise FieldErrors(errors)
    return Habits(
        locale=spoken(values.get("language")) or actor.locale,
        timezone=zone,
        work_start=known["work_start"],
        work_end=known["work_end"],
        quiet_start=known["quiet_start"],
        quiet_end=known["quiet_end"],
        day_at=day_at,
        currency=currency,
    )


def _in_words(wrong: CrmError) -> Phrase:
    return Phrase(wrong.code, wrong.facts)


# ---------------------------------------------------------------- working days


@press("settings.days")
async def days(ctx: ChatContext, argument: str) -> Reply:
    return _days_card(ctx.actor)


def _days_card(actor: Staff, *, undo: bool = False) -> Reply:
    toggles = tuple(
        Button(
            "settings-toggle-day",
            press=f"settings.day:{day}",
            facts={"day": Phrase(f"weekday-{day}"), "on": day in actor.workdays},
        )
        for day in WEEK
    )
    last = (undo_button(), BACK) if undo else (BACK,)
    return Reply("settings-ask-days", {"days": _days(actor)}, buttons=(*toggles, *last), private=True)


@press("settings.day")
async def toggle(ctx: ChatContext, argument: str) -> Reply:
    if argument not in WEEK or len(argument) != 1:
        raise ButtonTooOld
    await toggle_workday(ctx.uow, ctx.actor, int(argument))
    return _days_card(ctx.actor, undo=True)


# ---------------------------------------------------------------- what one wants to hear


@press("settings.kinds")
async def kinds(ctx: ChatContext, argument: str) -> Reply:
    return _kinds_card(ctx.actor)


def _kinds_card(actor: Staff, *, undo: bool = False) -> Reply:
    lines = tuple(
        Line(
            "settings-kind",
            {"kind": Phrase(f"kind-{kind}"), "wish": Phrase(f"wish-{wish(actor, kind).value}")},
            buttons=tuple(
                Button(f"wish-{other.value}", press=f"settings.wish:{kind}.{other.value}")
                for other in WISHES[kind]
                if other is not wish(actor, kind)
            ),
        )
        for kind in KINDS
    )
    most = noise_budget(actor)
    budget = Line(
        "settings-noise",
        {"count": most},
        buttons=tuple(
            Button("settings-noise-button", press=f"settings.noise:{choice}", facts={"count": choice})
            for choice in CHOICES
            if choice != most
        ),
    )
    return Reply(
        "settings-kinds", lines=(*lines, budget), buttons=(undo_button(), BACK) if undo else (BACK,), private=True
    )


@press("settings.wish")
async def choose_wish(ctx: ChatContext, argument: str) -> Reply:
    kind, _, chosen = argument.partition(".")
    if chosen not in WISHES.get(kind, ()):
        raise ButtonTooOld
    await set_wish(ctx.uow, ctx.actor, kind, Wish(chosen))
    return _kinds_card(ctx.actor, undo=True)


@press("settings.noise")
async def choose_noise(ctx: ChatContext, argument: str) -> Reply:
    if argument not in {str(choice) for choice in CHOICES}:
        raise ButtonTooOld
    await set_noise(ctx.uow, ctx.actor, int(argument))
    return _kinds_card(ctx.actor, undo=True)
