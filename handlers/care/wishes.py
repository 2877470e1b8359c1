"""Good wishes to customers: what a company has switched on, in which words, and how they are said on the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.broadcasts.errors import UnknownVariable
from domain.broadcasts.model import VARIABLES
from domain.broadcasts.wording import filled_for
from domain.care.greetings import begin_days, days_on_earth, last_moment
from domain.care.occasions import (
    OCCASIONS,
    Care,
    UnfitWish,
    change_wish,
    checked_wish,
    choose_whom,
    is_greeted_in,
    only_grades,
    only_tags,
    own_wish,
    switch_occasion,
)
from domain.care.visits import DAYS, SUGGESTED, WrongRhythm, rhythm, set_rhythms
from domain.care.visits import GRADES as VISITED
from domain.company.model import Company
from domain.leads.errors import TooLong
from domain.leads.model import GRADES
from domain.ports import Addressee, UnitOfWork
from handlers.chat import Button, Field, Form, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.forms import ask_form
from handlers.dialogs.point_fields import pieces
from handlers.notices import Batch, Decision, Skip, notice
from handlers.router import LEADERS, Answer, ButtonTooOld, FieldErrors, fold, form, press
from locales import LANGUAGES, language_of

BACK = Button("button-back", press="care.show:")


# ---------------------------------------------------------------- on the day


@notice("care-greeting")
async def wishes(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Not said once the day is nearly over, nor for what was switched off meanwhile."""
    company = await uow.company.get()
    care = Care.of(company)
    people = await uow.broadcasts.list_addressees(sorted({row.contact_id or 0 for row in batch.rows}))
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        occasion, day, person = str(row.facts["occasion"]), row.facts["day"], people.get(row.contact_id or 0)
        if person is None:
            decisions[row.id] = Skip("gone")
        elif occasion not in care.occasions:
            decisions[row.id] = Skip("care-off")
        elif not isinstance(day, date) or batch.now > last_moment(day, row.extra["timezone"]):
            decisions[row.id] = Skip("too-late")
        else:
            decisions[row.id] = wish_for(company, occasion, person, language=language_of(row.extra["locale"]))
    return decisions


def wish_for(company: Company, occasion: str, person: Addressee, *, language: str) -> Reply:
    """The company's own words, else ours, in the reader's language."""
    facts = {"name": person.name, "company": person.company, "owner": person.owner or company.name, "us": company.name}
    own = own_wish(company, occasion, language)
    if own is not None:
        return Reply("care-own-words", {"text": filled_for(own, facts)}, locale=language)
    return Reply(f"care-wish-{occasion}", facts, locale=language)


# ---------------------------------------------------------------- what is on


@press("care.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    return _card(ctx)


def _card(ctx: ChatContext, *, undo: bool = False) -> Reply:
    ctx.allow(*LEADERS)
    on = Care.of(ctx.company).occasions
    lines = tuple(
        Line(
            "care-occasion",
            {"occasion": Phrase(f"care-name-{each}"), "on": each in on},
            buttons=(
                Button("care-off" if each in on else "care-on", press=f"care.{'off' if each in on else 'on'}:{each}"),
                Button("care-words", press=f"care.words:{each}"),
            ),
        )
        for each in OCCASIONS
    )
    facts = {"tags": only_tags(ctx.company) or None, "grades": only_grades(ctx.company) or None}
    buttons = (
        Button("care-whom", press="care.whom:", opens_form=True),
        Button("visits-button", press="care.visits:", opens_form=True),
        *((undo_button(),) if undo else ()),
        Button("button-back", press="settings.show:"),
    )
    visited = {grade: rhythm(ctx.company, grade) for grade in VISITED}
    kept = [Phrase("visits-every", {"grade": grade, "days": days}) for grade, days in visited.items() if days]
    lines = (*lines, Line("visits-line", {"rhythms": kept or None}))
    return Reply("care-settings", facts, lines=lines, buttons=buttons, private=True)


@press("care.on")
async def switch_on(ctx: ChatContext, argument: str) -> Reply:
    """Also for today, where it is not too late."""
    _known(argument)
    ctx.company = await switch_occasion(ctx.uow, ctx.actor, argument, is_on=True)
    await begin_days(ctx.uow, days_on_earth(ctx.now), now=ctx.now)
    ctx.uow.happened("care-changed")
    return _card(ctx, undo=True)


@press("care.off")
async def switch_off(ctx: ChatContext, argument: str) -> Reply:
    _known(argument)
    ctx.company = await switch_occasion(ctx.uow, ctx.actor, argument, is_on=False)
    return _card(ctx, undo=True)


def _known(occasion: str) -> None:
    if occasion not in OCCASIONS:
        raise ButtonTooOld


# ---------------------------------------------------------------- in which words


@press("care.words")
async def words(ctx: ChatContext, argument: str) -> Reply:
    """As a customer reads it, in one language; the other is a button away."""
    occasion, _, language = argument.partition(".")
    _known(occasion)
    ctx.allow(*LEADERS)
    return _words_card(ctx, occasion, language if language in LANGUAGES else language_of(ctx.locale))


def _words_card(ctx: ChatContext, occasion: str, language: str, *, undo: bool = False) -> Reply:
    others = tuple(
        Button(f"preview-{other}", press=f"care.words:{occasion}.{other}") for other in LANGUAGES if other != language
    )
    buttons = (
        Button("button-edit", press=f"care.edit:{occasion}", opens_form=True),
        *others,
        *((undo_button(),) if undo else ()),
        BACK,
    )
    facts = {"occasion": Phrase(f"care-name-{occasion}")}
    line = _sample(ctx, occasion, language)
    return Reply("care-words-card", facts, lines=(line,), buttons=buttons, locale=language, private=True)


def _sample(ctx: ChatContext, occasion: str, language: str) -> Line:
    if not is_greeted_in(ctx.company, occasion, language):
        return Line("care-no-words")
    person = Addressee(contact_id=0, name=SAMPLES[language], company="Acme", owner=ctx.actor.name)
    wish = wish_for(ctx.company, occasion, person, language=language)
    return Line(wish.key, wish.facts)


SAMPLES = {"en": "Jane", "zh-CN": "张总"}


@press("care.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    _known(argument)
    ctx.allow(*LEADERS)
    fields = tuple(
        Field(
            _field(each),
            f"greeting-field-{each}",
            "long",
            value=own_wish(ctx.company, argument, each) or "",
            hint="care-hint",
        )
        for each in LANGUAGES
    )
    facts = {"occasion": Phrase(f"care-name-{argument}"), "known": [f"{{{name}}}" for name in VARIABLES]}
    return await ask_form(ctx, Form(f"care.write:{argument}", "care-form", fields, facts=facts))


def _field(language: str) -> str:
    return f"text_{language.replace('-', '_').lower()}"


@form("care.write")
async def write(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    _known(argument)
    ctx.allow(*LEADERS)
    texts: dict[str, str] = {}
    errors: dict[str, Phrase] = {}
    for language in LANGUAGES:
        try:
            texts[language] = checked_wish(argument, values.get(_field(language), ""))
        except (UnfitWish, UnknownVariable, TooLong) as wrong:
            errors[_field(language)] = Phrase(wrong.code, wrong.facts)
    if errors:
        raise FieldErrors(errors)
    ctx.company = await change_wish(ctx.uow, ctx.actor, argument, texts)
    return _words_card(ctx, argument, language_of(ctx.locale), undo=True)


# ---------------------------------------------------------------- for whom


@press("care.whom")
async def ask_whom(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    fields = (
        Field("tags", "label-tags", value=", ".join(only_tags(ctx.company)), hint="hint-several"),
        Field(
            "grades", "broadcast-label-grades", value=", ".join(only_grades(ctx.company)), hint="broadcast-hint-grades"
        ),
    )
    return await ask_form(ctx, Form("care.only:", "care-whom-form", fields))


@form("care.only")
async def take_whom(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    grades = [each for typed in pieces(values.get("grades", "")) if (each := typed.upper()) in GRADES]
    ctx.company = await choose_whom(ctx.uow, ctx.actor, tags=pieces(values.get("tags", "")), grades=grades)
    return _card(ctx, undo=True)


# ---------------------------------------------------------------- return visits


@press("care.visits")
async def ask_visits(ctx: ChatContext, argument: str) -> Answer:
    """With what is suggested where nothing is set; empty is none."""
    ctx.allow(*LEADERS)
    standing = {grade: rhythm(ctx.company, grade) for grade in VISITED}
    shown = standing if any(standing.values()) else SUGGESTED
    fields = tuple(
        Field(f"grade_{grade.lower()}", f"visits-field-{grade.lower()}", "number", value=str(shown[grade] or ""))
        for grade in VISITED
    )
    return await ask_form(ctx, Form("care.rhythms:", "visits-form", fields))


@form("care.rhythms")
async def take_visits(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    ctx.allow(*LEADERS)
    read: dict[str, int | None] = {}
    errors: dict[str, Phrase] = {}
    for grade in VISITED:
        name = f"grade_{grade.lower()}"
        typed = fold(values.get(name, "")).strip()
        try:
            read[grade] = _days(typed)
        except WrongRhythm as wrong:
            errors[name] = Phrase(wrong.code, wrong.facts)
    if errors:
        raise FieldErrors(errors)
    ctx.company = await set_rhythms(ctx.uow, ctx.actor, read)
    return _card(ctx, undo=True)


def _days(typed: str) -> int | None:
    if typed in {"", "0", "-"}:
        return None
    if not typed.isdecimal() or len(typed) > 4 or int(typed) not in DAYS:
        raise WrongRhythm(typed=typed[:20])
    return int(typed)
