"""Where each topic of the settings is kept in the company's row, and how it is read there.

The profile and the extra days are columns; every other topic is one entry of ``Company.settings``, as its model dumps it.
What is not set is as by default, and so is what cannot be read: another version, or a hand, may have written it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from domain.company.chances import Forecast
from domain.company.model import Company
from domain.company.named import LossReasons, NamedList, Sources, Stages
from domain.company.topics import (
    TOPICS,
    WEEKDAYS,
    Broadcasts,
    CompanySettings,
    Greeting,
    Locks,
    Masks,
    Points,
    Profile,
    ReminderLadder,
    Retention,
    ServiceLevels,
    Teams,
    WorkCalendar,
)
from domain.values.calendars import read_days
from domain.values.weeks import write_spans

T = TypeVar("T", bound=BaseModel)
_EXTRA = {"free", "work"}
KINDS: Mapping[str, type[BaseModel]] = {
    "service": ServiceLevels,
    "stages": Stages,
    "sources": Sources,
    "lost_reasons": LossReasons,
    "ladder": ReminderLadder,
    "greeting": Greeting,
    "retention": Retention,
    "broadcasts": Broadcasts,
    "teams": Teams,
    "forecast": Forecast,
    "masks": Masks,
    "locks": Locks,
    "points": Points,
}


def dumped(value: BaseModel) -> Any:
    """As it is kept, and as a file shows it. Of the ladder nothing is left out: a grade without steps of its own is a choice."""
    return value.model_dump(mode="json", by_alias=True, exclude_none=not isinstance(value, ReminderLadder))


def _kept(company: Company, name: str, kind: type[T]) -> T:
    stored = company.settings.get(name)
    if stored is None:
        return first_of(kind)
    try:
        return kind.model_validate(stored)
    except ValidationError:
        return first_of(kind)


def first_of(kind: type[T]) -> T:
    """A topic as a company begins with it."""
    return kind.first() if issubclass(kind, NamedList) else kind()


def unreadable_topics(company: Company) -> list[str]:
    """The names of topics that stand there as by default, because what is kept of them cannot be read."""
    found = []
    kinds: dict[str, type[BaseModel]] = {**KINDS, "calendar": WorkCalendar}
    for name, kind in kinds.items():
        try:
            if name in company.settings:
                kind.model_validate(company.settings[name])
        except ValidationError:
            found.append(name)
    days = [*company.extra_holidays, *company.extra_workdays]
    if len(read_days(days)) < len(set(days)):
        found.append("calendar")
    return sorted(set(found))


def profile_of(company: Company) -> Profile:
    """As it stands, without a question: the settings of the installation may be older than our rules."""
    return Profile.model_construct(
        name=company.name,
        language="zh-CN" if company.locale.lower().startswith("zh") else "en",
        timezone=company.timezone,
        currency=company.currency,
        country=company.country,
    )


def calendar_of_company(company: Company) -> WorkCalendar:
    office = write_spans(((company.work_start, company.work_end),))
    hours: dict[str, str] = company.settings.get("calendar") or {
        day: office if place < 5 else "" for place, day in enumerate(WEEKDAYS)
    }
    extra = {"free": sorted(read_days(company.extra_holidays)), "work": sorted(read_days(company.extra_workdays))}
    try:
        return WorkCalendar.model_validate({**hours, **extra})
    except (ValidationError, TypeError):
        return WorkCalendar.model_validate(extra)


def service_levels_of(company: Company) -> ServiceLevels:
    return _kept(company, "service", ServiceLevels)


def stages_of(company: Company) -> Stages:
    return _kept(company, "stages", Stages)


def sources_of(company: Company) -> Sources:
    return _kept(company, "sources", Sources)


def lost_reasons_of(company: Company) -> LossReasons:
    return _kept(company, "lost_reasons", LossReasons)


def ladder_of(company: Company) -> ReminderLadder:
    return _kept(company, "ladder", ReminderLadder)


def greeting_of(company: Company) -> Greeting:
    return _kept(company, "greeting", Greeting)


def retention_of(company: Company) -> Retention:
    return _kept(company, "retention", Retention)


def broadcasts_of(company: Company) -> Broadcasts:
    return _kept(company, "broadcasts", Broadcasts)


def masks_of(company: Company) -> Masks:
    return _kept(company, "masks", Masks)


def locks_of(company: Company) -> Locks:
    return _kept(company, "locks", Locks)


def teams_of(company: Company) -> Teams:
    return _kept(company, "teams", Teams)


def forecast_of(company: Company) -> Forecast:
    return _kept(company, "forecast", Forecast)


def points_of(company: Company) -> Points:
    return _kept(company, "points", Points)


def settings_of(company: Company) -> CompanySettings:
    """All topics as they stand."""
    kept: dict[str, Any] = {name: _kept(company, name, kind) for name, kind in KINDS.items()}
    return CompanySettings.model_construct(
        None, company=profile_of(company), calendar=calendar_of_company(company), **kept
    )


def write_settings(company: Company, wanted: CompanySettings) -> None:
    """Write the topics that differ from what stands there."""
    standing = settings_of(company)
    for name in TOPICS:
        value = getattr(wanted, name)
        if value != getattr(standing, name):
            _write(company, name, value)


def _write(company: Company, name: str, value: BaseModel) -> None:
    if isinstance(value, Profile):
        company.name, company.locale, company.timezone = value.name, value.language, value.timezone
        company.currency, company.country = value.currency, value.country
        return
    if isinstance(value, WorkCalendar):
        company.extra_holidays, company.extra_workdays = _days(value.free), _days(value.work)
    kept = dumped(value)
    if isinstance(value, WorkCalendar):
        kept = {day: hours for day, hours in kept.items() if day not in _EXTRA}
    elif value == first_of(type(value)):
        kept = None
    others = {key: other for key, other in company.settings.items() if key != name}
    company.settings = others if kept is None else {**others, name: kept}


def _days(days: tuple[date, ...]) -> list[str]:
    return sorted({day.isoformat() for day in days})
