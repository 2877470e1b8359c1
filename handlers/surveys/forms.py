"""Defining a survey in chat: one form for a new one and for a change, which becomes the next edition."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from domain.surveys.defining import define_survey, look_up, read_definition
from domain.surveys.definition import Definition, Kind, said_in
from domain.surveys.errors import BadDefinition, SurveyNotFound
from handlers.chat import Choice, Field, Form, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.forms import ask_form
from handlers.router import LEADERS, Answer, FieldErrors, form, press
from handlers.surveys.commands import show_one
from handlers.surveys.definitions import words_written, written_out
from handlers.surveys.lines import read_questions, read_rules, with_words, write_questions, write_rules
from handlers.surveys.words import subcommand
from locales import language_of

LEAD = "lead"
_FIELD_OF = {"questions": "questions", "rules": "rules", "then": "bad", "ends": "lowest", "low": "low"}
_SCALES = {Kind.CSAT: (1, 3, 4, 5), Kind.NPS: (0, 6, 7, 10)}


@subcommand("new")
async def typed_new(ctx: ChatContext, rest: str) -> Answer:
    return await ask_form(ctx, survey_form(None, ctx.locale, name=rest.strip().casefold()))


@press("surveys.new")
async def new(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    return await ask_form(ctx, survey_form(None, ctx.locale))


@subcommand("edit")
async def typed_edit(ctx: ChatContext, rest: str) -> Answer:
    return await edit(ctx, rest.strip().casefold())


@press("surveys.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    ctx.allow(*LEADERS)
    return await ask_form(ctx, survey_form((await look_up(ctx.uow, argument)).asks, ctx.locale))


def survey_form(asks: Definition | None, locale: str, *, name: str = "") -> Form:
    """The words are those of the reader's language; in other languages they stay as they are."""
    language = language_of(locale)

    def words(given: Mapping[str, str] | None) -> str:
        return said_in(words_written(given), language) if given else ""

    kinds = (*(Choice(kind.value, Phrase(f"survey-kind-{kind.value}")) for kind in Kind), Choice(LEAD, Phrase("survey-kind-lead")))  # fmt: skip
    kind = "" if asks is None else LEAD if asks.whom == LEAD else asks.kind.value
    first = (Field("name", "label-survey-name", required=True, value=name, hint="hint-survey-name"),)
    fields = (
        *(first if asks is None else ()),
        Field("kind", "label-survey-kind", kind="choice", required=True, value=kind, choices=kinds),
        Field("title", "label-survey-title", required=True, value=words(asks.title if asks else None)),
        Field("ask", "label-survey-ask", required=True, value=words(asks.ask if asks else None)),
        Field("lowest", "label-survey-low-end", value=words(asks.ends.low if asks and asks.ends else None)),
        Field("highest", "label-survey-high-end", value=words(asks.ends.high if asks and asks.ends else None)),
        Field("bad", "label-survey-bad", value=words(asks.then[0].ask if asks and asks.then else None)),
        Field("good", "label-survey-good", value=words(asks.then[-1].ask if asks and len(asks.then) > 1 else None)),
        Field("questions", "label-survey-questions", kind="long", value=write_questions(asks.questions, language) if asks else "", hint="hint-survey-questions"),
        Field("rules", "label-survey-rules", kind="long", value=write_rules(asks.rules) if asks else "", hint="hint-survey-rules"),
        Field("days", "label-survey-days", kind="number", value=str(asks.expires_days if asks else 7)),
    )  # fmt: skip
    press_ = f"surveys.save:{asks.name}" if asks is not None else "surveys.save:"
    title = "form-survey-edit" if asks is not None else "form-survey-new"
    return Form(press=press_, title=title, fields=fields, facts={"name": asks.name if asks else ""})


@form("surveys.save")
async def save(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    """The next edition; a fault is shown at its field."""
    ctx.allow(*LEADERS)
    standing = (await look_up(ctx.uow, argument)).asks if argument else None
    name = argument or _slug(values.get("name", ""))
    if standing is None and await _is_taken(ctx, name):
        raise FieldErrors({"name": Phrase("survey-name-taken", {"name": name})})
    try:
        asks = read_definition(_definition(name, values, standing, language_of(ctx.locale)))
    except BadDefinition as bad:
        raise FieldErrors({_field_of(bad): Phrase(bad.code, bad.facts)}) from None
    survey = await define_survey(ctx.uow, ctx.actor, asks, now=ctx.now)
    return await show_one(ctx, survey.name, key="survey-is-saved", undo=True)


def _slug(typed: str) -> str:
    """A name is short and plain, because it is typed."""
    plain = unicodedata.normalize("NFKC", typed).strip().casefold()
    return "-".join(plain.split())


async def _is_taken(ctx: ChatContext, name: str) -> bool:
    try:
        await look_up(ctx.uow, name)
    except SurveyNotFound:
        return False
    return True


def _field_of(bad: BadDefinition) -> str:
    where = str(bad.facts["where"] or "").partition(".")[0]
    return _FIELD_OF.get(where, where if where in {"name", "kind", "title", "ask"} else "questions")


def _definition(name: str, values: Mapping[str, str], standing: Definition | None, language: str) -> dict[str, Any]:
    """What the form says over what stood there; ``low`` and thanks are kept. Raises BadDefinition."""
    chosen = values.get("kind", "")
    kind = "form" if chosen == LEAD else chosen
    given: dict[str, Any] = written_out(standing) if standing is not None and standing.kind.value == kind else {}
    before = standing if given else None
    given |= {"name": name, "kind": kind, "for": "lead" if chosen == LEAD else "customer"}
    given["title"] = with_words(standing.title if standing else None, values.get("title", "").strip(), language)
    given["ask"] = with_words(standing.ask if standing else None, values.get("ask", "").strip(), language)
    given["rules"] = _rules(values)
    days = values.get("days", "").strip()
    given["expires_days"] = int(days) if days.isdecimal() and len(days) < 4 else 7
    for part in ("questions", "ends", "then"):
        given.pop(part, None)
    if kind == "form":
        try:
            given["questions"] = read_questions(
                values.get("questions", ""), before.questions if before else (), language
            )
        except BadDefinition as bad:
            raise BadDefinition(why=bad.facts["why"], where="questions", line=bad.facts["line"]) from None
    elif kind in {"csat", "nps"}:
        given |= _scale(Kind(kind), values, before, language)
    return given


def _rules(values: Mapping[str, str]) -> list[dict[str, Any]]:
    try:
        return read_rules(values.get("rules", ""))
    except BadDefinition as bad:
        raise BadDefinition(why=bad.facts["why"], where="rules", line=bad.facts["line"]) from None


def _scale(kind: Kind, values: Mapping[str, str], before: Definition | None, language: str) -> dict[str, Any]:
    """Words at the ends, and what is asked after a low and a high score."""
    made: dict[str, Any] = {}
    low, high = values.get("lowest", "").strip(), values.get("highest", "").strip()
    if low and high:
        ends = before.ends if before is not None else None
        made["ends"] = {
            "low": with_words(ends.low if ends else None, low, language),
            "high": with_words(ends.high if ends else None, high, language),
        }
    then = before.then if before is not None else ()
    first, middle, following, last = _SCALES[kind]
    asked = []
    for typed, place, (start, end) in ((values.get("bad", ""), 0, (first, middle)), (values.get("good", ""), -1, (following, last))):  # fmt: skip
        if typed.strip():
            standing = then[place] if len(then) > 1 else None
            words = with_words(standing.ask if standing else None, typed.strip(), language)
            asked.append({"from": standing.first if standing else start, "to": standing.last if standing else end, "ask": words})  # fmt: skip
    if asked and len(then) > 2:
        asked[1:1] = [each.model_dump(mode="json", by_alias=True) for each in then[1:-1]]
    return made | ({"then": asked} if asked else {})
