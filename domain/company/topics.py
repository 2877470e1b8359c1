"""What a company sets, topic by topic: checked values, the same for the chat and for the file. See docs/decisions/0025."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from domain.company.chances import Forecast
from domain.company.greeting_words import PARTS, checked
from domain.company.guarded import LOCKABLE, MASKABLE, LockField, MaskField
from domain.company.named import LossReasons, Sources, Stages
from domain.errors import CrmError
from domain.people.teams import in_order, tidy_team
from domain.values.calendars import Week
from domain.values.money import CURRENCIES
from domain.values.spans import tidy_span
from domain.values.weeks import read_spans, write_spans
from domain.values.working_time import Span

Language = Literal["en", "zh-CN"]
Grade = Literal["A", "B", "C"]
GRADES: tuple[Grade, ...] = ("A", "B", "C")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PRIORITIES = ("urgent", "high", "normal", "low")
COMPLAINT = "complaint"
MOST_DAYS = 500
MOST_TEAMS = 200


class Topic(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _upper(text: Any) -> Any:
    return unicodedata.normalize("NFKC", text).strip().upper() if isinstance(text, str) else text


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError("no time zone such as Europe/London")
    return text


def _currency(text: str) -> str:
    if text not in CURRENCIES:
        raise ValueError("no currency code such as GBP")
    return text


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """ISO 3166 codes, of the library that knows their telephone numbers."""
    import phonenumbers

    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def _country(text: str) -> str:
    if text not in countries():
        raise ValueError("no country code such as GB")
    return text


class Profile(Topic):
    """The company itself, and the defaults for new people."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    language: Language
    timezone: Annotated[str, AfterValidator(_zone)]
    currency: Annotated[str, BeforeValidator(_upper), AfterValidator(_currency)]
    country: Annotated[str, BeforeValidator(_upper), AfterValidator(_country)]


# ---------------------------------------------------------------- when the service works


def tidy_hours(text: str) -> str:
    """``9-12, 13:00-18`` as ``09:00-12:00 13:00-18:00``; empty for a free day. Raises ValueError."""
    if not text.strip():
        return ""
    spans = read_spans(text)
    moments = [moment for span in spans or () for moment in span]
    if not spans or moments != sorted(set(moments)):
        raise ValueError("no hours such as 9:00-12:00 13:00-18:00")
    return write_spans(spans)


Hours = Annotated[str, AfterValidator(tidy_hours)]
OFFICE = "09:00-18:00"


class WorkCalendar(Topic):
    """The hours of each weekday, and days that are free or worked whatever the country's calendar says."""

    mon: Hours = OFFICE
    tue: Hours = OFFICE
    wed: Hours = OFFICE
    thu: Hours = OFFICE
    fri: Hours = OFFICE
    sat: Hours = ""
    sun: Hours = ""
    free: Annotated[tuple[date, ...], Field(max_length=MOST_DAYS)] = ()
    work: Annotated[tuple[date, ...], Field(max_length=MOST_DAYS)] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        both = {*self.free} & {*self.work}
        if both:
            raise ValueError(f"{min(both)} is free and worked")
        if not any(getattr(self, day) for day in WEEKDAYS):
            raise ValueError("one weekday has to be worked")
        return self

    @property
    def week(self) -> Week:
        return _week(tuple(getattr(self, day) for day in WEEKDAYS))


@lru_cache(maxsize=64)
def _week(hours: tuple[str, ...]) -> Week:
    days: list[tuple[Span, ...]] = [read_spans(text) or () if text else () for text in hours]
    return Week(tuple(days))


# ---------------------------------------------------------------- what is promised


def _span(text: str) -> str:
    plain = tidy_span(text)
    if plain is None:
        raise ValueError("no span such as 30m, 4h or 2d")
    return plain


WorkSpan = Annotated[str, AfterValidator(_span)]


class GradeLevel(Topic):
    """What a customer of a grade is promised otherwise; None is as everybody else."""

    answer: WorkSpan | None = None
    solve: WorkSpan | None = None


class Level(Topic):
    """Working time until the first answer and until the solution."""

    answer: WorkSpan
    solve: WorkSpan
    grades: Mapping[Grade, GradeLevel] = Field(default_factory=dict)

    @field_validator("grades")
    @classmethod
    def _says_something(cls, grades: Mapping[Grade, GradeLevel]) -> Mapping[Grade, GradeLevel]:
        return {grade: level for grade, level in grades.items() if level != GradeLevel()}

    def span(self, what: str, grade: str | None) -> str:
        """``what`` is answer or solve."""
        of_grade = next((level for name, level in self.grades.items() if name == grade), None)
        own: str | None = getattr(of_grade, what) if of_grade is not None else None
        everybodys: str = getattr(self, what)
        return own or everybodys


Capacity = Annotated[int, Field(ge=1, le=999)]


class ServiceLevels(Topic):
    """``accept``: so long an offered ticket waits. ``close``: so long a solved one stays open. ``capacity``: so many tickets
    somebody has at once; ``capacity_of`` says otherwise of people, by their ids."""

    urgent: Level = Level(answer="15m", solve="4h")
    high: Level = Level(answer="30m", solve="1d")
    normal: Level = Level(answer="1h", solve="2d")
    low: Level = Level(answer="4h", solve="5d")
    complaint: Level = Level(answer="30m", solve="6h")
    accept: WorkSpan = "10m"
    close: WorkSpan = "3d"
    capacity: Capacity = 10
    capacity_of: Mapping[int, Capacity] = Field(default_factory=dict)

    def level(self, name: str) -> Level:
        """Of a priority, or of complaints."""
        found: Level = getattr(self, name)
        return found


# ---------------------------------------------------------------- the ladder

RungDay = Annotated[int, Field(ge=1, le=90)]


class Rungs(Topic):
    """After so many working days without any activity the owner is reminded, the manager told, and the lead at risk."""

    owner: RungDay
    manager: RungDay
    at_risk: RungDay

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.owner < self.manager < self.at_risk:
            raise ValueError("each step comes later than the one before")
        return self


class ReminderLadder(Topic):
    """By grade; what has none, or none of its own here, goes by ``other``."""

    A: Rungs | None = Rungs(owner=1, manager=3, at_risk=5)
    B: Rungs | None = None
    C: Rungs | None = None
    other: Rungs = Rungs(owner=3, manager=5, at_risk=7)

    def rungs(self, grade: str | None) -> Rungs:
        own: Rungs | None = getattr(self, grade) if grade in GRADES else None
        return own or self.other


# ---------------------------------------------------------------- what customers read, and how long it is kept


class Texts(Topic):
    """The company's own words in each language; None is ours."""

    en: str | None = None
    zh: str | None = Field(default=None, validation_alias=AliasChoices("zh-CN", "zh"), serialization_alias="zh-CN")


class Greeting(Topic):
    private: Texts = Texts()
    group: Texts = Texts()
    reach: Texts = Texts()

    @model_validator(mode="after")
    def _can_be_filled(self) -> Self:
        for part in PARTS:
            texts: Texts = getattr(self, part)
            for text in (texts.en, texts.zh):
                try:
                    checked(part, text or "")
                except CrmError as wrong:
                    raise ValueError(f"{part}: {wrong.code} {wrong.facts}") from None
        return self


class Retention(Topic):
    strangers_days: Annotated[int, Field(ge=7, le=3650)] = 180
    tickets_years: Annotated[int, Field(ge=1, le=30)] = 3


class Broadcasts(Topic):
    """More readers than ``approval_above`` need a second person's yes; 0: each broadcast does."""

    approval_above: Annotated[int, Field(ge=0, le=100_000)] = 50


class Masks(Topic):
    """What somebody of a role sees masked, outside their own records. Who leads sees reports, so nothing is masked for them."""

    rep: tuple[MaskField, ...] = ()
    agent: tuple[MaskField, ...] = ()

    @field_validator("*")
    @classmethod
    def _in_order(cls, fields: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in MASKABLE if each in fields)

    def fields(self, role: str) -> frozenset[str]:
        return frozenset(getattr(self, role, ()))


class Locks(Topic):
    """What somebody of a role may not change once it is filled in. Admins change everything."""

    rep: tuple[LockField, ...] = ()
    agent: tuple[LockField, ...] = ()
    manager: tuple[LockField, ...] = ()

    @field_validator("*")
    @classmethod
    def _in_order(cls, fields: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in LOCKABLE if each in fields)

    def fields(self, role: str) -> frozenset[str]:
        return frozenset(getattr(self, role, ()))

    def who_may(self, field: str) -> list[str]:
        """The roles that may change it."""
        return [role for role in ("rep", "agent", "manager", "admin") if field not in self.fields(role)]


def _tidy_teams(names: tuple[str, ...]) -> tuple[str, ...]:
    teams = [tidy_team(name) for name in names]
    if None in teams:
        raise ValueError("a team needs a name")
    return tuple(in_order(teams))


class Teams(Topic):
    """Those that there are though nobody is in them, by their paths (``Sales/North``); with the teams above."""

    names: Annotated[tuple[str, ...], Field(max_length=MOST_TEAMS), AfterValidator(_tidy_teams)] = ()


# ---------------------------------------------------------------- points


def _rates(given: Any) -> Any:
    """``CNY 100, USD 15`` as a form has it; a file has a mapping."""
    if not isinstance(given, str):
        return given
    pieces = [
        piece.split() for piece in unicodedata.normalize("NFKC", given).replace("、", ",").split(",") if piece.strip()
    ]
    if any(len(piece) != 2 for piece in pieces):
        raise ValueError("no rates such as CNY 100, USD 15")
    return dict(pieces)


def _by_currency(rates: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(rates.items()))


def _nothing(given: Any) -> Any:
    return None if given == "" else given


Rate = Annotated[int, Field(ge=1, le=1_000_000_000)]
Currency = Annotated[str, BeforeValidator(_upper), AfterValidator(_currency)]
Number = Annotated[int, Field(ge=0, le=1_000_000)]


class Points(Topic):
    """What customers earn. ``since`` is the day from which it counts; None: there are no points. ``won`` gives one point for
    each full so many of a currency. ``most_a_day`` is what a customer earns on a day, ``most_a_person`` what one of their people
    brings in or one of ours gives for referrals; 0 is no limit. ``months`` until points expire; 0: never."""

    since: Annotated[date | None, BeforeValidator(_nothing)] = None
    won: Annotated[
        Mapping[Currency, Rate], BeforeValidator(_rates), AfterValidator(_by_currency), Field(max_length=20)
    ] = Field(default_factory=dict)
    referral: Number = 0
    survey: Number = 0
    most_a_day: Number = 10_000
    most_a_person: Number = 1_000
    months: Annotated[int, Field(ge=0, le=120)] = 12

    @property
    def is_on(self) -> bool:
        return self.since is not None


class CompanySettings(Topic):
    """All of it."""

    company: Profile
    calendar: WorkCalendar
    service: ServiceLevels
    stages: Stages
    sources: Sources
    lost_reasons: LossReasons
    ladder: ReminderLadder
    greeting: Greeting
    retention: Retention
    broadcasts: Broadcasts
    teams: Teams
    forecast: Forecast
    masks: Masks
    locks: Locks
    points: Points


TOPICS = tuple(CompanySettings.model_fields)
