"""Good wishes on the day itself: planned once a day for everybody whose day it is, at ten of their own clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from domain.broadcasts.planning import Recipient
from domain.care.budget import Kind, standings, verdict
from domain.care.occasions import FESTIVALS, Care, Cared, endings_on, is_greeted_in
from domain.company.model import Company
from domain.jobs.beginning import begin_job
from domain.jobs.model import CARE, Job
from domain.notifications.model import Planned, Urgency
from domain.ports import UnitOfWork
from domain.values.zones import at_local

AT, UNTIL = time(10), time(20)  # of the reader
CHUNK = 1000
FIRST_ON_EARTH = timedelta(hours=14)  # a day begins in Kiritimati first
BEFORE = timedelta(hours=2)
MARKS_KEPT = timedelta(days=400)


def days_on_earth(now: datetime) -> Sequence[date]:
    """The latest day that has begun somewhere on earth, or begins there soon, and the one before it."""
    newest = (now + FIRST_ON_EARTH + BEFORE).date()
    return (newest - timedelta(days=1), newest)


async def plan_care(uow: UnitOfWork, now: datetime) -> int:
    """Begin the wishes of a day once it begins somewhere; asked again it does nothing. Gives how many days were begun.

    Of two machines one marks the day. What is switched on later the same day is planned by whoever switches it on.
    """
    begun = [day for day in days_on_earth(now) if await uow.outreach.mark(f"care:{day.isoformat()}", at=now)]
    if begun:
        await uow.outreach.forget_marks(now - MARKS_KEPT)
        await begin_days(uow, begun, now=now)
    return len(begun)


async def begin_days(uow: UnitOfWork, days: Sequence[date], *, now: datetime) -> None:
    """Let a job walk through the contacts for these days; nothing to do where no occasion is on."""
    if not Care.of(await uow.company.get()).occasions:
        return
    uow.happened("care-planned")
    await begin_job(uow, CARE, {"days": [day.isoformat() for day in days], "after": 0}, now=now)


async def go_on_caring(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next chunk of contacts. A chunk done twice adds nothing: one wish a person and day, by its key."""
    company = await uow.company.get()
    days = job.facts["days"]
    day = date.fromisoformat(days[0])
    care = Care.of(company)
    # On a festival everybody is looked at, else only those whose own day it may be.
    endings = None if care.festivals_on(day) else endings_on(day)
    found = await uow.outreach.list_cared_for(after=int(job.facts["after"]), endings=endings, limit=CHUNK)
    await _plan_chunk(uow, company, care, day, found, now=now)
    is_done = len(found) < CHUNK
    if is_done and len(days) == 1:
        await uow.jobs.remove(job)
        return
    job.facts = {"days": days[1:], "after": 0} if is_done else {**job.facts, "after": found[-1][0].contact_id}
    await uow.jobs.keep(job)


async def _plan_chunk(
    uow: UnitOfWork, company: Company, care: Care, day: date, found: Sequence[tuple[Cared, Recipient]], *, now: datetime
) -> None:
    theirs = [
        (person, recipient, occasion)
        for person, recipient in found
        if recipient.has_chat
        and (occasion := care.occasion_of(person, day)) is not None
        and is_greeted_in(company, occasion, language_of(recipient.locale(company)))
    ]
    known = await standings(uow, [person.contact_id for person, _, _ in theirs], at=now)
    for person, recipient, occasion in theirs:
        zone = recipient.timezone(company)
        said = verdict(known[person.contact_id], Kind.GREETING, at=now)
        uow.plan(
            Planned(
                key="care-greeting",
                facts={"occasion": occasion, "day": day},
                due_at=at_local(day, AT, zone),
                contact_id=person.contact_id,
                # A festival is many people's day at one moment: what is urgent overtakes it.
                urgency=Urgency.BROADCAST if occasion in FESTIVALS else Urgency.DIGEST,
                dedupe_key=f"care:{person.contact_id}:{day.isoformat()}",
                about=f"contact:{person.contact_id}",
                extra={"locale": recipient.locale(company), "timezone": zone},
                left_out=said.reason,
            )
        )


def language_of(locale: str) -> str:
    """Which of our languages a locale means."""
    return "zh-CN" if locale.lower().startswith("zh") else "en"


def last_moment(day: date, zone: str) -> datetime:
    """Until when a wish that is late is still said."""
    return at_local(day, UNTIL, zone)
