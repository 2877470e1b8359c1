"""What somebody of the staff sets for themselves: language, zone, hours, what they want to hear, and being away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import available_timezones

from domain.errors import CrmError
from domain.followups.errors import DateInThePast
from domain.notifications.days import DAY_AT
from domain.notifications.kinds import WISHES, Wish
from domain.notifications.model import Planned, Urgency
from domain.notifications.noise import CHOICES, MOST_A_DAY, NOISE
from domain.people.errors import HoursReversed, UnknownZone
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.money import CURRENCIES
from domain.values.zones import local

WEEK = "1234567"
SAVE_AT_ONCE = "save-at-once"  # the preference to see no card where nothing is in doubt: "yes"
CURRENCY = "currency"  # the preference that beats the country's: an ISO 4217 code


class UnknownCurrency(CrmError):
    """No ISO 4217 code."""

    code = "unknown-currency"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


class NoWorkdays(CrmError):
    """Somebody without a working day would never hear of anything that the system chooses."""

    code = "no-workdays"


class OwnDeputy(CrmError):
    """Nobody stands in for themselves."""

    code = "own-deputy"


@dataclass(frozen=True, kw_only=True)
class Habits:
    """Times of day are the person's own. ``day_at`` None: My day comes half an hour before work. ``currency`` None:
    that of the country they work in."""

    locale: str
    timezone: str
    work_start: time
    work_end: time
    quiet_start: time
    quiet_end: time
    day_at: time | None = None
    currency: str | None = None


def habits_of(person: Staff) -> Habits:
    chosen = person.preferences.get(DAY_AT)
    return Habits(
        locale=person.locale,
        timezone=person.timezone,
        work_start=person.work_start,
        work_end=person.work_end,
        quiet_start=person.quiet_start,
        quiet_end=person.quiet_end,
        day_at=time.fromisoformat(chosen) if chosen else None,
        currency=person.preferences.get(CURRENCY),
    )


async def change_habits(uow: UnitOfWork, actor: Staff, habits: Habits) -> Staff:
    """Raises UnknownZone, UnknownCurrency and HoursReversed."""
    if habits.currency is not None and habits.currency not in CURRENCIES:
        raise UnknownCurrency(typed=habits.currency)
    if habits.timezone not in available_timezones():
        raise UnknownZone(typed=habits.timezone)
    if habits.work_end <= habits.work_start:
        raise HoursReversed
    actor.locale, actor.timezone = habits.locale, habits.timezone
    actor.work_start, actor.work_end = habits.work_start, habits.work_end
    actor.quiet_start, actor.quiet_end = habits.quiet_start, habits.quiet_end
    day_at = f"{habits.day_at:%H:%M}" if habits.day_at else None
    prefer(actor, DAY_AT, day_at)
    prefer(actor, CURRENCY, habits.currency)
    uow.happened("settings-changed", staff=actor.id)
    return actor


async def toggle_workday(uow: UnitOfWork, actor: Staff, weekday: int) -> Staff:
    """``weekday``: 1 is Monday. Raises NoWorkdays for taking away the last."""
    days = set(actor.workdays) ^ {str(weekday)}
    if not days:
        raise NoWorkdays
    actor.workdays = "".join(day for day in WEEK if day in days)
    uow.happened("settings-changed", staff=actor.id)
    return actor


async def set_noise(uow: UnitOfWork, actor: Staff, most: int) -> Staff:
    """How many messages a day, beyond which what can wait waits. Raises ValueError for what is no choice."""
    if most not in CHOICES:
        raise ValueError(f"{most} is no choice")
    prefer(actor, NOISE, str(most) if most != MOST_A_DAY else None)
    uow.happened("settings-changed", staff=actor.id)
    return actor


async def set_wish(uow: UnitOfWork, actor: Staff, kind: str, wish: Wish) -> Staff:
    """Hear a kind of notifications at once, in My day, or not. Raises KeyError and ValueError for what does not exist."""
    if wish not in WISHES[kind]:
        raise ValueError(f"{kind} cannot be {wish}")
    prefer(actor, kind, None if wish is Wish.NOW else wish.value)
    uow.happened("settings-changed", staff=actor.id)
    return actor


def saves_at_once(person: Staff) -> bool:
    """Is what they report kept without a card, where nothing is in doubt?"""
    return person.preferences.get(SAVE_AT_ONCE) == "yes"


async def save_at_once(uow: UnitOfWork, actor: Staff, *, is_on: bool) -> Staff:
    prefer(actor, SAVE_AT_ONCE, "yes" if is_on else None)
    uow.happened("settings-changed", staff=actor.id)
    return actor


def prefer(person: Staff, name: str, value: str | None) -> None:
    """A new dictionary, so that the change is seen wherever the old one was kept."""
    others = {known: kept for known, kept in person.preferences.items() if known != name}
    person.preferences = others if value is None else {**others, name: value}


# ---------------------------------------------------------------- being away


async def go_away(uow: UnitOfWork, actor: Staff, until: date, *, first: date | None = None, now: datetime) -> Staff:
    """Away from ``first`` (without it, from now) up to and with ``until``. Who stood in the last time does so again, and
    is told. Raises DateInThePast."""
    today = local(now, actor.timezone).date()
    if until < today:
        raise DateInThePast(when=until)
    actor.absent_from = first if first is not None and first > today else None
    actor.absent_until = until
    uow.happened("absence-set", staff=actor.id)
    if actor.deputy_id is not None:
        _tell_deputy(uow, actor, now)
    return actor


async def choose_deputy(uow: UnitOfWork, actor: Staff, deputy: Staff | None, *, now: datetime) -> Staff:
    """Who hears the reminders while one is away; None for nobody. Raises OwnDeputy."""
    if deputy is not None and deputy.id == actor.id:
        raise OwnDeputy
    if actor.deputy_id == (deputy.id if deputy else None):
        return actor
    actor.deputy_id = deputy.id if deputy else None
    uow.happened("absence-set", staff=actor.id)
    if deputy is not None and actor.absent_until is not None:
        _tell_deputy(uow, actor, now)
    return actor


async def come_back(uow: UnitOfWork, actor: Staff) -> Staff:
    actor.absent_from = actor.absent_until = None
    uow.happened("absence-ended", staff=actor.id)
    return actor


def absence_facts(person: Staff) -> dict[str, str | date | None]:
    """``from`` and ``until``, and as ``span`` how to say it: open (it has begun), day (one that is ahead), days."""
    first, last = person.absent_from, person.absent_until
    return {"span": "open" if first is None else "day" if first == last else "days", "from": first, "until": last}


def _tell_deputy(uow: UnitOfWork, absent: Staff, now: datetime) -> None:
    uow.plan(
        Planned(
            key="deputy-asked",
            facts={"name": absent.name, **absence_facts(absent)},
            due_at=now,
            staff_id=absent.deputy_id,
            urgency=Urgency.URGENT,
            about=f"staff:{absent.id}",
        )
    )
