"""Defining surveys: each change is a new edition, and what went out before keeps what it asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.surveys.definition import Definition
from domain.surveys.errors import BadDefinition, SurveyNotFound
from domain.surveys.model import Survey
from domain.surveys.templates import ON_FROM_THE_START, TEMPLATES


@dataclass(frozen=True, kw_only=True)
class Known:
    """A survey as the list shows it; ``survey`` is None for a template that nobody has used yet."""

    name: str
    asks: Definition
    survey: Survey | None

    @property
    def is_on(self) -> bool:
        """Its rules ask by themselves."""
        if not self.asks.rules:
            return False
        return self.name in ON_FROM_THE_START if self.survey is None else self.survey.paused_at is None

    @property
    def is_paused(self) -> bool:
        return self.survey is not None and self.survey.paused_at is not None


async def list_known(uow: UnitOfWork) -> Sequence[Known]:
    """The company's surveys, and the templates that it has not made its own, by name."""
    own = await uow.surveys.list_current()
    return _with_templates(own, [(survey, survey.asks) for survey in own])


async def list_readable(uow: UnitOfWork, *, now: datetime) -> Sequence[Known]:
    """The same, without those whose definition cannot be read."""
    own = await uow.surveys.list_current()
    return _with_templates(
        own,
        uow.apart.each(own, lambda survey: survey.asks, item=lambda survey: f"surveys:survey:{survey.id}", now=now),
    )


def _with_templates(own: Sequence[Survey], read: Sequence[tuple[Survey, Definition]]) -> Sequence[Known]:
    names = {survey.name for survey in own}
    kept = [Known(name=survey.name, asks=asks, survey=survey) for survey, asks in read]
    offered = [Known(name=name, asks=asks, survey=None) for name, asks in TEMPLATES.items() if name not in names]
    return sorted([*kept, *offered], key=lambda known: known.name)


async def look_up(uow: UnitOfWork, name: str) -> Known:
    """Raises SurveyNotFound."""
    survey = await uow.surveys.find(name)
    if survey is not None:
        return Known(name=name, asks=survey.asks, survey=survey)
    if name not in TEMPLATES:
        raise SurveyNotFound(name=name[:40])
    return Known(name=name, asks=TEMPLATES[name], survey=None)


async def current_edition(uow: UnitOfWork, name: str, *, now: datetime) -> Survey:
    """The row to ask by; that of a template is made when it is first needed. Raises SurveyNotFound."""
    known = await look_up(uow, name)
    if known.survey is not None:
        return known.survey
    return await _add_edition(uow, known.asks, by=None, paused_at=_waits_to_be_switched_on(name, now), now=now)


async def define_survey(uow: UnitOfWork, actor: Staff | None, asks: Definition, *, now: datetime) -> Survey:
    """Make this what is asked under its name from now on; exactly what stands is no new edition.

    ``actor`` None is the operator. A new one with rules begins to ask by them at once; one that is paused stays so, and
    a template that nobody has switched on.
    """
    standing = await uow.surveys.find(asks.name)
    if standing is not None and standing.asks == asks:
        return standing
    paused_at = _waits_to_be_switched_on(asks.name, now)
    if standing is not None:
        paused_at, standing.is_current = standing.paused_at, False
        await uow.flush()
    survey = await _add_edition(uow, asks, by=actor, paused_at=paused_at, now=now)
    uow.happened("survey-defined", survey=survey.id)
    return survey


def _waits_to_be_switched_on(name: str, now: datetime) -> datetime | None:
    """Whoever uses or changes a template does not yet want its rules to ask."""
    template = TEMPLATES.get(name)
    is_off = template is not None and bool(template.rules) and name not in ON_FROM_THE_START
    return now if is_off else None


async def _add_edition(
    uow: UnitOfWork, asks: Definition, *, by: Staff | None, paused_at: datetime | None, now: datetime
) -> Survey:
    return await uow.surveys.add(
        Survey(
            name=asks.name,
            edition=await uow.surveys.last_edition(asks.name) + 1,
            kind=asks.kind.value,
            definition=asks.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            paused_at=paused_at,
            created_by=by.id if by is not None else None,
            created_at=now,
        )
    )


async def pause_survey(uow: UnitOfWork, name: str, *, now: datetime) -> Survey:
    """It asks nobody by itself any more, and what has not gone out stays. A second time changes nothing."""
    survey = await current_edition(uow, name, now=now)
    if survey.paused_at is None:
        survey.paused_at = now
        uow.happened("survey-paused", survey=survey.id)
    return survey


async def resume_survey(uow: UnitOfWork, name: str, *, now: datetime) -> Survey:
    survey = await current_edition(uow, name, now=now)
    if survey.paused_at is not None:
        survey.paused_at = None
        uow.happened("survey-resumed", survey=survey.id)
    return survey


def read_definition(given: object) -> Definition:
    """Raises BadDefinition with the place of the first fault, as the schema names it."""
    try:
        return Definition.model_validate(given)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"]) or None
        raise BadDefinition(why=fault["msg"].removeprefix("Value error, "), where=where) from None
