"""The ledger follows what stands: what earns or takes points has its line, and what does not any more has it taken back.

Whoever changes a sale, an answer or a decision, by an action, an undo or an import, changes no points. What changed is looked at
afterwards, and each look may come twice. See docs/decisions/0036.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.company.keeping import points_of
from domain.company.topics import Points
from domain.jobs.beginning import begin_job
from domain.jobs.model import POINTS, Job
from domain.points.model import BY_RULE, Cause, EntryKind, Ground, PointAccount, PointEntry
from domain.points.rules import expiry, let_through, worth
from domain.ports import UnitOfWork
from domain.values.zones import at_local, end_of_day, local, start_of_day

AT_ONCE = 15  # accounts and sources of one transaction, at some 5 ms each: others wait for no more than 100 ms
LOOKED_BACK_AT = ("opportunity", "survey_answer")  # what was decided stands in the ledger already
LOOKED_BACK_AT_ONCE = 5000  # rows, few of which earn anything


@dataclass(frozen=True, kw_only=True)
class _Terms:
    rules: Points
    timezone: str
    now: datetime

    def expiry(self, at: datetime) -> datetime | None:
        return expiry(at, months=self.rules.months, timezone=self.timezone)


async def _terms(uow: UnitOfWork, now: datetime) -> _Terms:
    company = await uow.company.get()
    return _Terms(rules=points_of(company), timezone=company.timezone, now=now)


async def settle(uow: UnitOfWork, source: str, *, now: datetime) -> PointEntry | None:
    """Bring the ledger in step with a source as it is now; gives the last line that was written, None where it was in step.

    Both are read under the account's lock: of two who settle the same, the second finds it in step, and whoever waited
    does not go by what has been undone meanwhile.
    """
    await _lock(uow, [source])
    return await _settle_locked(uow, source, await _terms(uow, now))


async def _settle_locked(uow: UnitOfWork, source: str, terms: _Terms) -> PointEntry | None:
    ground, last = await _both(uow, source)
    written = None
    if last is not None and last.stands:
        if ground is not None and not _is_other(ground, last, terms.rules):
            return None
        last = written = await _take_back(uow, last, terms)
    if ground is not None:
        written = await _enter(uow, ground, last, terms) or written
    return written


def _is_other(ground: Ground, last: PointEntry, rules: Points) -> bool:
    """Somebody else's by now, or of another amount; what was earned under rules that are off now stays."""
    return ground.customer_id != last.customer_id or (ground.basis != last.basis and rules.is_on)


async def _enter(uow: UnitOfWork, ground: Ground, last: PointEntry | None, terms: _Terms) -> PointEntry | None:
    """What is due beyond what an earlier turn left there, because it was used before it could be taken back."""
    wanted = worth(terms.rules, ground, timezone=terms.timezone)
    if not wanted:
        return None
    account = await uow.points.account_of(ground.customer_id)
    due = wanted - await uow.points.net_of(ground.source, ground.customer_id)
    given = max(due, -account.balance) if wanted < 0 else await _capped(uow, ground, max(due, 0), terms)
    cause = Cause(
        kind=ground.kind,
        source=ground.source,
        turn=last.turn + 1 if last is not None else 1,
        basis=ground.basis,
        contact_id=ground.contact_id,
        staff_id=ground.staff_id,
        at=ground.at,
    )
    entry = account.enter(cause, given, short=abs(wanted - given), expires_at=terms.expiry(ground.at))
    return await uow.points.add(entry)


async def _capped(uow: UnitOfWork, ground: Ground, due: int, terms: _Terms) -> int:
    """What the caps of that day, in the company's zone, let through: the customer's, and the person's."""
    if ground.kind not in BY_RULE:
        return due
    day = local(ground.at, terms.timezone).date()
    since, until = start_of_day(day, terms.timezone), end_of_day(day, terms.timezone)
    caps: list[tuple[int, int | None, int | None]] = [(terms.rules.most_a_day, None, None)]
    if ground.contact_id is not None or ground.staff_id is not None:
        caps.append((terms.rules.most_a_person, ground.contact_id, ground.staff_id))
    for most, contact_id, staff_id in caps:
        had = await uow.points.earned_by_rule(
            since=since, until=until, customer_id=ground.customer_id, contact_id=contact_id, staff_id=staff_id
        )
        due = let_through(due, had=had, most=most)
    return due


async def _take_back(uow: UnitOfWork, last: PointEntry, terms: _Terms) -> PointEntry:
    """A line of its own: what is still there of it. What was used is short, what expired is gone already. What was taken comes
    back, as if it had been earned now."""
    account = await uow.points.account_of(last.customer_id)
    net = await uow.points.net_of(last.source, last.customer_id)
    points = max(-net, -account.balance)
    cause = Cause(
        kind=EntryKind.REVERSED,
        source=last.source,
        turn=last.turn + 1,
        basis=last.basis,
        contact_id=last.contact_id,
        at=terms.now,
        of=last.number,
    )
    entry = account.enter(cause, points, short=max(0, net + points), expires_at=terms.expiry(terms.now))
    return await uow.points.add(entry)


# ---------------------------------------------------------------- planned


async def points_wait(uow: UnitOfWork, now: datetime) -> bool:
    if await uow.points.is_import_under_way():
        return False
    company = await uow.company.get()
    since = points_of(company).since
    is_new = since is not None and not await uow.outreach.list_marked([_mark(since)])
    return is_new or await uow.points.is_any_waiting(now)


async def plan_points(uow: UnitOfWork, now: datetime) -> int:
    """Look at what changed, and let expire what is due; gives how many. An import brings its lines after their causes: what
    it changed is looked at when it is done."""
    if await uow.points.is_import_under_way():
        return 0
    await begin_counting(uow, now=now)
    looked = await catch_up(uow, now=now)
    return looked + await let_expire(uow, now=now)


async def begin_counting(uow: UnitOfWork, *, now: datetime) -> None:
    """Once for the day from which points count: what came about since then earns them, too. A job goes back to it."""
    company = await uow.company.get()
    since = points_of(company).since
    if since is None or not await uow.outreach.mark(_mark(since), at=now):
        return
    uow.happened("points-looked-back")
    await begin_job(
        uow,
        POINTS,
        {
            "since": at_local(since, time.min, company.timezone).isoformat(),
            "left": list(LOOKED_BACK_AT),
            "after": 0,
        },
        now=now,
    )


async def go_on_looking_back(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next rows of one kind. A chunk done twice only has the same looked at twice."""
    left, since = job.facts["left"], datetime.fromisoformat(job.facts["since"])
    after = await uow.points.look_back(left[0], since, after=int(job.facts["after"]), limit=LOOKED_BACK_AT_ONCE)
    if after is None and len(left) == 1:
        await uow.jobs.remove(job)
        return
    job.facts = {**job.facts, "left": left[1:], "after": 0} if after is None else {**job.facts, "after": after}
    await uow.jobs.keep(job)


def _mark(since: date) -> str:
    return f"points:{since}"


async def catch_up(uow: UnitOfWork, *, now: datetime, limit: int = AT_ONCE) -> int:
    """Look at what changed since the last look. All accounts are locked first, in one order, for whoever does the same."""
    sources = await uow.points.take_changed(limit=limit)
    takers, terms = await _lock(uow, sources), await _terms(uow, now)
    for source in sorted(sources, key=lambda each: each not in takers):  # what comes back may have to go on at once
        await _settle_locked(uow, source, terms)
    return len(sources)


async def _lock(uow: UnitOfWork, sources: Sequence[str]) -> set[str]:
    """The accounts that these concern; gives those of them that had taken points."""
    concerned, takers = set[int](), set[str]()
    for source in sources:
        found = await _both(uow, source)
        concerned |= {each.customer_id for each in found if each is not None}
        takers |= {source} if found[1] is not None and found[1].points < 0 else set()
    for customer_id in sorted(concerned):
        await uow.points.account_of(customer_id)
    return takers


async def _both(uow: UnitOfWork, source: str) -> tuple[Ground | None, PointEntry | None]:
    return await uow.points.find_ground(source), await uow.points.last_of(source)


async def let_expire(uow: UnitOfWork, *, now: datetime) -> int:
    """First earned, first expired. Nobody is told but by the statement: see docs/decisions/0036."""
    accounts = await uow.points.list_expiring(now, limit=AT_ONCE)
    for account in accounts:
        await _expire(uow, account, now)
    return len(accounts)


async def _expire(uow: UnitOfWork, account: PointAccount, now: datetime) -> None:
    for entry in account.let_expire(now=now):
        await uow.points.add(entry)


async def present_account(uow: UnitOfWork, customer_id: int, *, now: datetime) -> PointAccount:
    """Locked, and without what has just expired: nobody uses that before the planner comes by."""
    account = await uow.points.account_of(customer_id)
    await _expire(uow, account, now)
    return account
