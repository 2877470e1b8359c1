"""What a survey asks, as company data: its words, its questions, and the rules by which it is asked.

Words are a text for each language, or one for all under ``""``; ``key`` names a text of the catalogue, which the templates
that come with us use. ``docs/users/surveys.md`` shows the same as YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from domain.activities.model import ActivityKind

LONGEST_TEXT = 500
LONGEST_NAME = 40
MOST_QUESTIONS = 30
MOST_CHOICES = 12
ANY_LANGUAGE = ""
KEY = "key"
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


class Kind(StrEnum):
    CSAT = "csat"  # 1 to 5
    NPS = "nps"  # 0 to 10
    FORM = "form"


SCORES: Mapping[Kind, range] = {Kind.CSAT: range(1, 6), Kind.NPS: range(11)}


def _words(given: Any) -> Any:
    return {ANY_LANGUAGE: given} if isinstance(given, str) else given


Sentence = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Words = Annotated[dict[str, Sentence], BeforeValidator(_words), Field(min_length=1)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, pattern=f"^{NAME.pattern}$")]


def said_in(words: Mapping[str, str], language: str) -> str:
    """The words in a language, else in English, else in whichever there is; not for words that are a ``key``."""
    return words.get(language) or words.get(ANY_LANGUAGE) or words.get("en") or next(iter(words.values()))


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# ---------------------------------------------------------------- questions


class Ends(_Part):
    """The words at both ends of a scale."""

    low: Words
    high: Words


class Then(_Part):
    """What is asked after a score between ``from`` and ``to``, both included."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")
    ask: Words


class Answered(StrEnum):
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class Choice(_Part):
    value: Annotated[str, Field(min_length=1, max_length=60)]
    label: Words

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        """``Basic`` alone, or a number, is its own label."""
        if isinstance(given, int | float) and not isinstance(given, bool):
            given = str(given)
        return {"value": given, "label": given} if isinstance(given, str) else given


def _one_or_many(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


class Question(_Part):
    """One question of a form. ``when`` names an earlier question with the answers after which this one is asked."""

    name: Name
    type: Answered = Answered.TEXT
    ask: Words
    required: bool = False
    choices: Annotated[tuple[Choice, ...], Field(max_length=MOST_CHOICES)] = ()
    least: float | None = Field(default=None, alias="min")
    most: float | None = Field(default=None, alias="max")
    when: dict[str, Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.type is Answered.CHOICE) != bool(self.choices):
            raise ValueError("a question of type choice needs choices, and only that has them")
        if len({choice.value for choice in self.choices}) != len(self.choices):
            raise ValueError("two choices are the same")
        return self

    def is_asked_after(self, answers: Mapping[str, str]) -> bool:
        return all(answers.get(name) in values for name, values in self.when.items())


# ---------------------------------------------------------------- when


class Cause(StrEnum):
    """What a rule waits for. The last three are names that are kept for later: nothing happens on them yet."""

    TICKET_CLOSED = "ticket_closed"
    ACTIVITY = "activity"
    LEAD_CONVERTED = "lead_converted"
    FIRST_DAYS = "first_days"
    EVERY_MONTHS = "every_months"
    ORDER_PLACED = "order_placed"
    DELIVERY_DONE = "delivery_done"
    CONTRACT_SIGNED = "contract_signed"


NOT_YET = frozenset({Cause.ORDER_PLACED, Cause.DELIVERY_DONE, Cause.CONTRACT_SIGNED})
_SPAN = re.compile(r"\s*(\d{1,4})\s*(m|min|h|hours?|d|days?)\s*")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def read_span(typed: Any) -> Any:
    """``30m``, ``1h``, ``2 days`` as seconds; a number is seconds already."""
    if not isinstance(typed, str):
        return typed
    found = _SPAN.fullmatch(typed)
    if found is None:
        raise ValueError("write a time like 30m, 1h or 2d")
    return int(_UNITS[found[2][0]].total_seconds()) * int(found[1])


class Rule(_Part):
    """When it is asked by itself. ``one_in`` 10 asks every tenth; ``kind`` is that of an activity, ``days`` and ``months``
    count for the causes that are named after them, ``grades`` are those of the customer, none means any."""

    on: Cause
    after: Annotated[int, BeforeValidator(read_span), Field(ge=0, le=90 * 86400)] = 0
    kind: ActivityKind | None = None
    days: Annotated[int, Field(ge=1, le=365)] | None = None
    months: Annotated[int, Field(ge=1, le=36)] | None = None
    grades: tuple[str, ...] = ()
    one_in: Annotated[int, Field(ge=1, le=1000)] = 1

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.on is Cause.ACTIVITY) != (self.kind is not None):
            raise ValueError("on: activity needs the kind of activity, and only that has one")
        if (self.on is Cause.FIRST_DAYS) != (self.days is not None):
            raise ValueError("on: first_days needs days, and only that has them")
        if (self.on is Cause.EVERY_MONTHS) != (self.months is not None):
            raise ValueError("on: every_months needs months, and only that has them")
        return self

    @property
    def delay(self) -> timedelta:
        return timedelta(seconds=self.after)


# ---------------------------------------------------------------- the whole


class Definition(_Part):
    """A survey. ``low`` is the score from which on down somebody has to do something about it; a form has no score.

    A form ``for: lead`` is filled in by the staff, and its answers are written to the lead.
    """

    name: Name
    kind: Kind
    whom: Annotated[str, Field(pattern="^(customer|lead)$")] = Field(default="customer", alias="for")
    title: Words
    ask: Words
    ends: Ends | None = None
    low: int | None = None
    then: tuple[Then, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(max_length=MOST_QUESTIONS)] = ()
    thanks: Words | None = None
    expires_days: Annotated[int, Field(ge=1, le=60)] = 7
    results_in_group: bool = False
    rules: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.kind is Kind.FORM:
            self._fits_a_form()
        else:
            self._fits_a_scale()
        if self.whom == "lead" and (self.kind is not Kind.FORM or self.rules):
            raise ValueError("for: lead is for forms that the staff fill in: kind form, without rules")
        return self

    def _fits_a_form(self) -> None:
        if not self.questions or self.then or self.ends or self.low is not None:
            raise ValueError("a form needs questions, and has neither then nor ends nor low")
        before: dict[str, Question] = {}
        for question in self.questions:
            if question.name in before:
                raise ValueError(f"two questions are called {question.name}")
            for name, values in question.when.items():
                _must_lead_here(question.name, name, values, before)
            before[question.name] = question

    def _fits_a_scale(self) -> None:
        scale = SCORES[self.kind]
        if self.questions:
            raise ValueError("only a form has questions")
        wrong = [each for each in self.then if not (scale[0] <= each.first <= each.last <= scale[-1])]
        if wrong or (self.low is not None and self.low not in scale):
            raise ValueError(f"scores go from {scale[0]} to {scale[-1]}")

    @property
    def scale(self) -> range:
        """Its scores; none for a form."""
        return SCORES.get(self.kind, range(0))

    @property
    def lowest_good(self) -> int:
        """Above ``low``; where none is set 2 of 5 and 6 of 10 are low."""
        return (self.low if self.low is not None else {Kind.CSAT: 2, Kind.NPS: 6}.get(self.kind, -1)) + 1

    def is_low(self, score: int | None) -> bool:
        return score is not None and self.kind is not Kind.FORM and score < self.lowest_good

    def asked_after(self, score: int) -> Words | None:
        return next((each.ask for each in self.then if each.first <= score <= each.last), None)

    def next_question(self, answers: Mapping[str, str]) -> Question | None:
        """The first that is to be asked and has no answer yet; an empty one was passed over."""
        return next(
            (each for each in self.questions if each.name not in answers and each.is_asked_after(answers)), None
        )


def _must_lead_here(name: str, asked: str, values: Sequence[str], before: Mapping[str, Question]) -> None:
    earlier = before.get(asked)
    if earlier is None:
        raise ValueError(f"{name} is asked after {asked}, which is no earlier question")
    known = {choice.value for choice in earlier.choices}
    unknown = [value for value in values if known and value not in known]
    if unknown:
        raise ValueError(f"{asked} has no choice {unknown[0]}")
