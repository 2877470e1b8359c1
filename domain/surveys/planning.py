"""What is asked by itself: rules look at what happened lately, and a unique key per person and cause makes it once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.company.model import Company
from domain.ports import UnitOfWork
from domain.surveys.asking import add_asked, plan_question
from domain.surveys.defining import Known, current_edition, list_readable
from domain.surveys.definition import NOT_YET, Cause, Rule
from domain.surveys.model import Survey
from domain.surveys.queries import Candidate
from domain.surveys.windows import may_be_asked_at, zones_of

AT_ONCE = 50  # rows with their journal, in one transaction
OLD_NEWS = timedelta(days=2)  # what happened before came with an import, or after a long stop
LOCK = "surveys:plan"
MONTH = timedelta(days=30)
LOOKED_AT = 1000  # contacts whose turn at a rhythm is looked at in one go
GO = timedelta(seconds=30)
"""As often as the planner comes. A hundred thousand contacts are gone through in fifty minutes, over and over: see
docs/decisions/0032."""


async def surveys_wait(uow: UnitOfWork, now: datetime) -> bool:
    """Is anybody to be asked? Only reads."""
    for known, rule in _rules(await list_readable(uow, now=now)):
        if await _due(uow, known.name, rule, now=now, limit=1):
            return True
    return False


async def plan_surveys(uow: UnitOfWork, now: datetime) -> int:
    """Plan whom the rules want to ask, at most ``AT_ONCE``; gives how many."""
    await uow.lock_conversation(LOCK)  # two machines that look at once would both insert
    company = await uow.company.get()
    planned = 0
    for known, rule in _rules(await list_readable(uow, now=now)):
        left = AT_ONCE - planned
        found = await _due(uow, known.name, rule, now=now, limit=left) if left > 0 else ()
        if found:
            survey = await current_edition(uow, known.name, now=now)
            await _plan(uow, survey, rule, found, company, now=now)
            planned += len(found)
    if planned:
        uow.happened("surveys-planned")
    return planned


def _rules(everything: Sequence[Known]) -> list[tuple[Known, Rule]]:
    return [(known, rule) for known in everything if known.is_on for rule in known.asks.rules if rule.on not in NOT_YET]


async def _due(uow: UnitOfWork, name: str, rule: Rule, *, now: datetime, limit: int) -> Sequence[Candidate]:
    if rule.on is Cause.EVERY_MONTHS:
        since = now - MONTH * (rule.months or 1)
        some = await _whose_turn_is_looked_at(uow, now)
        return await uow.surveys.list_due(name, rule, since=since, until=now, among=some, limit=limit)
    until = now - _waits(rule)
    return await uow.surveys.list_due(name, rule, since=until - OLD_NEWS, until=until, limit=limit)


async def _whose_turn_is_looked_at(uow: UnitOfWork, now: datetime) -> range:
    """Ids of contacts: the next thousand each time. Nothing is kept of it, so that no process has to remember."""
    goes = await uow.surveys.last_contact_id() // LOOKED_AT + 1
    start = int(now.timestamp() // GO.total_seconds()) % goes * LOOKED_AT
    return range(start, start + LOOKED_AT)


def _waits(rule: Rule) -> timedelta:
    return rule.delay + timedelta(days=rule.days or 0)


async def _plan(
    uow: UnitOfWork, survey: Survey, rule: Rule, found: Sequence[Candidate], company: Company, *, now: datetime
) -> None:
    """One person once, also where a person has two causes in this very batch: the second is refused by their budget."""
    zones = await zones_of(uow, {candidate.contact_id for candidate in found})
    for candidate in found:
        zone = zones[candidate.contact_id]
        at = may_be_asked_at(max(now, candidate.happened_at + _waits(rule)), zone, company)
        answer = await add_asked(uow, survey, candidate, by=None, at=at)
        plan_question(uow, survey, [answer], zone=zone)
