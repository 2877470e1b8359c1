"""A company's rows at random, and the numbers of every report counted slowly, row by row: see docs/users/reports.md."""

from __future__ import annotations

import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache, partial
from typing import Any

from sqlalchemy import insert

from domain.activities.model import ActivityKind
from domain.company.named import Stages
from domain.leads.model import LeadStatus
from domain.people.model import Role, Staff
from domain.reports.model import Asked, Report
from domain.tickets.model import ACTIVE, Category, Lane, Priority, Speaker, TicketStatus
from storage import tables
from storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
OPEN = tuple(each.key for each in Stages.first())
KEYS = ("acme", "globex", "华新", "")
Row = dict[str, Any]
__all__ = ["NOW", "Business", "Lane", "likely", "make", "slow"]


@dataclass
class Business:
    staff: list[Row]
    rows: Mapping[str, list[Row]]

    async def keep(self, uow: SqlUnitOfWork) -> None:
        """Write it all in this transaction."""
        await uow.session.execute(insert(tables.staff), self.staff)
        for name in ("customers", "contacts", "leads", "opportunities", "quotas", "activities", "followups", "tickets", "surveys", "survey_answers"):  # fmt: skip
            if self.rows[name]:
                await uow.session.execute(insert(tables.metadata.tables[name]), self.rows[name])

    def person(self, staff_id: int) -> Row:
        return next(each for each in self.staff if each["id"] == staff_id)


def _staff(number: int, name: str, role: Role, team: str | None) -> Row:
    made = Staff(name=name, role=role, team=team, created_at=NOW - timedelta(days=900))
    kept = {column.name: getattr(made, column.name, None) for column in tables.staff.c}
    return {**kept, "id": number, "version": number, "name_key": name.casefold()}


def make(seed: int, size: int, *, days: int = 120) -> Business:
    """``size`` leads and some times as many of the rest, within ``days`` before and some after ``NOW``."""
    rng = random.Random(seed)
    staff = [
        _staff(1, "Mei", Role.REP, "north"),
        _staff(2, "Tom", Role.REP, "south"),
        _staff(3, "Ana", Role.MANAGER, "north"),
        _staff(4, "Zoe", Role.ADMIN, None),
        _staff(5, "Sam", Role.AGENT, None),
        _staff(6, "Lin", Role.REP, "north"),
        _staff(7, "Wu", Role.REP, "north/york"),
    ]
    people = [each["id"] for each in staff]

    def moment(ahead: int = 0) -> datetime:
        return NOW - timedelta(
            seconds=rng.randint(-ahead * 86400, days * 86400), microseconds=rng.choice((0, 1, 999_999))
        )

    def later(than: datetime, most_days: int = 40) -> datetime:
        return than + timedelta(seconds=rng.choice((0, 1, 3600, 3601, 86400, 86401, rng.randint(0, most_days * 86400))))

    def amount() -> Row:
        minor = rng.choice((0, -500, 1, 123_456, 9 * 10**18, -9 * 10**18, rng.randint(0, 10**9)))
        return {"amount_minor": minor, "amount_currency": rng.choice(("GBP", "CNY", "JPY"))} if rng.random() < 0.8 else {"amount_minor": None, "amount_currency": None}  # fmt: skip

    def of(count: int, make_one: Callable[[int], Row]) -> list[Row]:
        return [{"id": number, "version": number, **make_one(number)} for number in range(1, count + 1)]

    anybody = (*people, None)
    customers = of(
        max(1, size // 2),
        lambda n: {"name": f"Customer {n}", "name_key": rng.choice(KEYS), "owner_id": rng.choice(anybody), "grade": rng.choice(("A", "B", None)), "tags": [], "custom": {}, "created_at": moment() - timedelta(days=rng.choice((0, 90, 200)))},
    )  # fmt: skip
    ids = [each["id"] for each in customers]
    contacts = of(3, lambda n: {"customer_id": ids[0], "name": f"P{n}", "tags": [], "custom": {}, "created_at": NOW})
    leads = of(
        size,
        lambda n: {"company": "x", "company_key": rng.choice(KEYS), "owner_id": rng.choice(anybody), "status": rng.choice(list(LeadStatus)), "source": rng.choice(("fair", "展会", None)), "tags": [], "custom": {}, "customer_id": rng.choice((*ids, None)), "created_at": moment()},
    )  # fmt: skip
    lead_ids = [each["id"] for each in leads] or [None]

    def deal(number: int) -> Row:
        created, stage = moment(), rng.choice(Stages.first().keys)
        closed = later(created) if stage in {"won", "lost"} else None
        return {
            "customer_id": rng.choice(ids), "owner_id": rng.choice(anybody), "name": f"Deal {number}", "stage": stage, **amount(),
            "expected_on": rng.choice((None, (NOW + timedelta(days=rng.randint(-60, 200))).date())),
            "lost_reason": rng.choice(("price", "too late", None)) if stage == "lost" else None,
            "closed_at": closed, "created_at": created, "stage_since": rng.choice((None, later(created, 20))),
            "ended_in": rng.choice((*OPEN, None)) if closed else None,
        }  # fmt: skip

    def about() -> Row:
        return rng.choice(
            (
                {"lead_id": rng.choice(lead_ids), "customer_id": None},
                {"customer_id": rng.choice(ids), "lead_id": None},
                {"lead_id": None, "customer_id": None},
            )
        )

    def activity(number: int) -> Row:
        return {"kind": rng.choice(list(ActivityKind)), "by_id": rng.choice(people), **about(), "note": "n", "intents": [], "at": moment(), "created_at": NOW, "began_at": rng.choice((None, NOW - timedelta(seconds=rng.randint(0, 90))))}  # fmt: skip

    def followup(number: int) -> Row:
        due, status = moment(ahead=20), rng.choice(("open", "done", "done", "cancelled"))
        closed = rng.choice((later(due), due - timedelta(hours=2))) if status != "open" else None
        return {"owner_id": rng.choice(people), "created_by": rng.choice(people), **about(), "note": "n", "due_at": due, "has_hour": rng.random() < 0.5, "is_deadline": False, "chosen": True, "status": status, "closed_at": closed, "created_at": NOW}  # fmt: skip

    def ticket(number: int) -> Row:
        opened, status = moment(), rng.choice(list(TicketStatus))
        answered = rng.choice((None, later(opened, 5)))
        return {
            "title": "t", "status": status, "priority": Priority.NORMAL, "category": rng.choice(list(Category)),
            "customer_id": rng.choice((*ids, None)), "opened_by": rng.choice(anybody), "speaker": Speaker.NOBODY,
            "assignee_id": rng.choice(anybody), "passed_by": [], "at_head": False, "opened_at": opened, "first_answered_at": answered,
            "resolved_at": rng.choice((None, later(opened))), "merged_into_id": 1 if number > 1 and rng.random() < 0.1 else None,
            "solve_due_at": rng.choice((None, later(opened, 30))), "answer_seconds": 0, "solve_seconds": 0, "answer_left": 0, "solve_left": 0, "answer_due_at": rng.choice((None, answered, later(opened, 3))),
        }  # fmt: skip

    months = [date(2026, month, 1) for month in (9, 10, 11, 12)]
    pairs = [(person, month) for person in people for month in months if rng.random() < 0.6 and size]
    quotas = of(
        len(pairs), lambda n: {"staff_id": pairs[n - 1][0], "month": pairs[n - 1][1], **amount(), "created_at": NOW}
    )

    surveys = of(2, lambda n: {"name": ("csat", "nps")[n - 1], "edition": 1, "kind": ("csat", "nps")[n - 1], "definition": {}, "is_current": True, "created_at": NOW})  # fmt: skip

    def answer(number: int) -> Row:
        survey, at = rng.choice((1, 2)), moment()
        replied = rng.choice((None, later(at, 5)))
        score = rng.choice((None, rng.randint(1, 5) if survey == 1 else rng.randint(0, 10))) if replied else None
        return {
            "survey": surveys[survey - 1]["name"], "survey_id": survey, **about(), "contact_id": rng.choice((1, 2, None)), "cause": f"n:{number}",
            "asked_by": rng.choice(anybody), "about_id": rng.choice(anybody), "at": at, "expires_at": NOW, "answered_at": replied,
            "score": score, "is_low": score is not None and score < 3, "comment": rng.choice((None, "slow")), "answers": {}, "sent_at": rng.choice((None, at)),
        }  # fmt: skip

    return Business(
        staff,
        {
            "customers": customers, "contacts": contacts, "leads": leads, "opportunities": of(size, deal), "quotas": quotas, "activities": of(size * 2, activity),
            "followups": of(size * 2, followup), "tickets": of(size, ticket), "surveys": surveys, "survey_answers": of(size, answer),
        },
    )  # fmt: skip


# ---------------------------------------------------------------- who sees what, said a second time


def _upwards(team: str | None) -> list[str]:
    return {None: [], "north": ["north"], "south": ["south"], "north/york": ["north/york", "north"]}[team]


@dataclass
class Eyes:
    """What one person sees, by the words of DESIGN: own, team, all."""

    business: Business
    me: Row

    def owned(self, owner: int | None) -> bool:
        if self.me["role"] is Role.ADMIN or (self.me["role"] is Role.MANAGER and self.me["team"] is None):
            return True
        if self.me["role"] is not Role.MANAGER:
            return owner == self.me["id"]
        return (
            owner is None or owner == self.me["id"] or self.me["team"] in _upwards(self.business.person(owner)["team"])
        )

    def _record(self, name: str, row_id: int | None) -> bool:
        return row_id is not None and any(
            self.owned(each["owner_id"]) for each in self.business.rows[name] if each["id"] == row_id
        )

    def related(self, row: Row) -> bool:
        return self._record("leads", row.get("lead_id")) or self._record("customers", row.get("customer_id"))

    def sees(self, table: str, row: Row) -> bool:
        if self.me["role"] is Role.ADMIN:
            return True
        if table in {"leads", "customers"}:
            return self.owned(row["owner_id"])
        if table == "activities":
            alone = row["lead_id"] is None and row["customer_id"] is None
            return (alone and self.owned(row["by_id"])) or self.related(row)
        if table == "followups":
            return self.owned(row["owner_id"]) or row["created_by"] == self.me["id"] or self.related(row)
        if table == "quotas":
            return self.owned(row["staff_id"])
        if table == "opportunities":
            return self.owned(row["owner_id"]) or self.related(row)
        if table == "tickets":
            return self.owned(row["assignee_id"]) or row["opened_by"] == self.me["id"] or self.related(row)
        about = row["about_id"] is not None and self.owned(row["about_id"])
        return row["asked_by"] == self.me["id"] or about or self.related(row)


# ---------------------------------------------------------------- the numbers, counted a second time

Line = tuple[dict[str, set[int]], dict[str, int], float | None, int | None]
Likely = dict[tuple[str, Any], tuple[dict[str, int], tuple[str, int, int] | None]]


@dataclass
class Slow:
    """Lines by section and group: the ids behind each number, sums by currency, the median's seconds, the sum of scores."""

    business: Business
    asked: Asked
    me: Row

    def rows(self, table: str, owner: str) -> list[Row]:
        eyes = Eyes(self.business, self.me)
        return [
            row
            for row in self.business.rows[table]
            if eyes.sees(table, row) and (self.asked.owners is None or row[owner] in self.asked.owners)
        ]

    def inside(self, moment: datetime | None) -> bool:
        return moment is not None and self.asked.since <= moment < self.asked.until

    def cut(self, moment: datetime) -> int:
        return max((n for n, cut in enumerate(self.asked.cuts) if moment >= cut), default=0)

    def lines(
        self, rows: Iterable[Row], by: Callable[[Row], Any], tests: Mapping[str, Callable[[Row], bool]], *,
        money: bool = False, span: Callable[[Row], float | None] | None = None, score: bool = False, always: bool = False,
    ) -> dict[Any, Line]:  # fmt: skip
        groups: dict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            groups[by(row)].append(row)
        if always:
            groups.setdefault(None, [])
        made = {}
        for group, found in groups.items():
            ids = {name: {row["id"] for row in found if test(row)} for name, test in {"all": lambda row: True, **tests}.items()}  # fmt: skip
            sums: dict[str, int] = defaultdict(int)
            for row in found if money else ():
                if row["amount_minor"] is not None:
                    sums[row["amount_currency"]] += row["amount_minor"]
            spans = [value for row in found if span is not None and (value := span(row)) is not None]
            total = sum(row["score"] for row in found) if score else None
            made[group] = (ids, dict(sums), statistics.median(spans) if spans else None, total)
        return made


def _seconds(moment: datetime) -> int:
    return int(moment.replace(microsecond=0).timestamp())


def _between(begin: str, end: str) -> Callable[[Row], float | None]:
    return lambda row: _seconds(row[end]) - _seconds(row[begin]) if row[end] is not None else None


def slow(business: Business, asked: Asked, me: Row) -> dict[tuple[str, Any], Line]:
    """Every line of a report."""
    s = Slow(business, asked, me)
    made = {
        Report.FUNNEL: _funnel, Report.SOURCES: _sources, Report.CYCLE: _cycle, Report.ACTIVITY: _activity, Report.TIMELINESS: _timeliness,
        Report.FORECAST: _forecast, Report.LOSSES: _losses, Report.TICKETS: _tickets, Report.NEEDS: _needs, Report.MEETING: _meeting,
        Report.SATISFACTION: _satisfaction, Report.SCORECARD: _scorecard, Report.FLOW: _flow, Report.AGEING: _ageing, Report.CHURN: _churn,
        Report.QUOTA: _quota, Report.REVIEW: _review, Report.SERVICE: _service,
    }[asked.report](s)  # fmt: skip
    return {(section, group): line for section, lines in made.items() for group, line in lines.items()}


Made = dict[str, dict[Any, Line]]


def _lead_tests(s: Slow) -> Mapping[str, Callable[[Row], bool]]:
    spoken = {row["lead_id"] for row in s.business.rows["activities"] if row["kind"] is not ActivityKind.NOTE}
    winners = {row["customer_id"] for row in s.business.rows["opportunities"] if row["stage"] == "won"}

    def converted(row: Row) -> bool:
        return row["status"] is LeadStatus.CONVERTED

    def qualified(row: Row) -> bool:
        return converted(row) or row["status"] is LeadStatus.QUALIFIED

    return {
        "contacted": lambda row: qualified(row) or row["id"] in spoken,
        "qualified": qualified,
        "converted": converted,
        "won": lambda row: converted(row) and row["customer_id"] is not None and row["customer_id"] in winners,
    }


def _new_leads(s: Slow) -> list[Row]:
    return [row for row in s.rows("leads", "owner_id") if s.inside(row["created_at"])]


def _funnel(s: Slow) -> Made:
    return {"leads": s.lines(_new_leads(s), lambda row: None, _lead_tests(s), always=True)}


def _sources(s: Slow) -> Made:
    tests = {name: test for name, test in _lead_tests(s).items() if name in {"converted", "won"}}
    return {"leads": s.lines(_new_leads(s), lambda row: row["source"], tests)}


def _deals(s: Slow) -> list[Row]:
    return s.rows("opportunities", "owner_id")


def _closed(s: Slow, stage: str) -> list[Row]:
    return [row for row in _deals(s) if row["stage"] == stage and s.inside(row["closed_at"])]


def _cycle(s: Slow) -> Made:
    return {"deals": s.lines(_closed(s, "won"), lambda row: row["owner_id"], {}, money=True, span=_between("created_at", "closed_at"))}  # fmt: skip


def _acts(s: Slow) -> list[Row]:
    return [row for row in s.rows("activities", "by_id") if s.inside(row["at"])]


def _activity(s: Slow) -> Made:
    tests = {kind.value: (lambda row, kind=kind: row["kind"] is kind) for kind in ActivityKind}
    return {"activities": s.lines(_acts(s), lambda row: row["by_id"], tests)}


def _due(s: Slow) -> list[Row]:
    return [
        row
        for row in s.rows("followups", "owner_id")
        if row["status"] != "cancelled" and s.inside(row["due_at"]) and row["due_at"] < s.asked.now
    ]


def _in_time(row: Row) -> bool:
    return row["status"] == "done" and _seconds(row["closed_at"]) - _seconds(row["due_at"]) <= (
        3600 if row["has_hour"] else 86400
    )


TIMELY: Mapping[str, Callable[[Row], bool]] = {
    "on_time": _in_time,
    "late": lambda row: row["status"] == "done" and not _in_time(row),
    "open": lambda row: row["status"] == "open",
}


def _timeliness(s: Slow) -> Made:
    return {"followups": s.lines(_due(s), lambda row: row["owner_id"], TIMELY)}


def _expected(s: Slow) -> list[Row]:
    return [r for r in _deals(s) if r["closed_at"] is None and (r["expected_on"] is None or r["expected_on"] <= s.asked.last)]  # fmt: skip


def _came_to(stage: str) -> Callable[[Row], bool]:
    """Did it come as far?"""
    return lambda row: row["stage"] == "won" or OPEN.index(row["ended_in"]) >= OPEN.index(stage)


def _chance(s: Slow, owner: int | None, stage: str) -> tuple[str, int, int, Fraction]:
    """Whose cases say so, how many of them were won, how many there are, and what that makes."""
    year = [
        row
        for row in s.business.rows["opportunities"]
        if row["closed_at"] is not None
        and s.asked.now - timedelta(days=365) <= row["closed_at"] < s.asked.now
        and row["ended_in"] is not None
        and _came_to(stage)(row)
    ]
    own = [row for row in year if owner is not None and row["owner_id"] == owner]
    for whose, cases in (("own", own), ("company", year)):
        won = sum(row["stage"] == "won" for row in cases)
        if len(cases) >= s.asked.least:
            return whose, won, len(cases), Fraction(won, len(cases))
    return "set", won, len(year), Fraction(20 * (OPEN.index(stage) + 1), 100)


def likely(business: Business, asked: Asked, me: Row) -> Likely:
    """Of the lines of the forecast and the quotas: what is likely to be won of each sum, and how likely a stage is."""
    s = Slow(business, asked, me)
    groups: list[tuple[str, Callable[[Row], Any]]] = [("deals", _month_of(s)), ("stages", lambda row: row["stage"])]
    if asked.report is Report.QUOTA:
        groups = [("open", lambda row: row["owner_id"])]
    only = asked.owners[0] if asked.owners is not None and len(asked.owners) == 1 else None
    chance = cache(partial(_chance, s))
    made: Likely = {}
    for section, by in groups:
        sums: dict[Any, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        for row in _expected(s):
            parts = sums[by(row)]
            if row["amount_minor"] is not None:
                parts[row["amount_currency"]] += row["amount_minor"] * chance(row["owner_id"], row["stage"])[3]
        for group, parts in sums.items():
            told = chance(only, group)[:3] if section == "stages" else None
            made[section, group] = ({code: round(whole) for code, whole in parts.items()}, told)
    return made


def _quota(s: Slow) -> Made:
    def by_owner(rows: Iterable[Row]) -> dict[Any, Line]:
        return s.lines(rows, lambda row: row["owner_id"], {}, money=True)

    set_for = [q for q in s.rows("quotas", "staff_id") if s.asked.first <= q["month"] <= s.asked.last and q["amount_minor"] is not None]  # fmt: skip
    return {
        "quotas": s.lines(set_for, lambda row: row["staff_id"], {}, money=True),
        "won": by_owner(_closed(s, "won")),
        "open": by_owner(_expected(s)),
    }


def _review(s: Slow) -> Made:
    deals = [row for row in _deals(s) if row["closed_at"] is None]
    stages = s.lines(deals, lambda row: row["stage"], {"stuck": _ages(s)["stuck"]}, money=True, span=lambda row: _seconds(s.asked.now) - _seconds(_since(row)))  # fmt: skip
    stuck: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in deals:
        if _ages(s)["stuck"](row) and row["amount_minor"] is not None:
            stuck[row["stage"]][row["amount_currency"]] += row["amount_minor"]
    open_leads = [row for row in s.rows("leads", "owner_id") if row["status"] in {LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED}]  # fmt: skip
    return {
        "stages": {stage: (ids, dict(stuck[stage]), span, total) for stage, (ids, _, span, total) in stages.items()},
        "leads": _sources(s)["leads"],
        "load": s.lines(open_leads, lambda row: row["owner_id"], {}),
        "overdue": _meeting(s)["overdue"],
    }


def _service(s: Slow) -> Made:
    def kept(row: Row, done: str, due: str) -> bool | None:
        """None: neither kept nor broken yet."""
        if row[done] is not None:
            return row[due] is None or row[done] <= row[due]
        return False if row[due] is not None and row[due] < s.asked.now else None

    tests: Mapping[str, Callable[[Row], bool]] = {
        "in_time": lambda row: kept(row, "first_answered_at", "answer_due_at") is True,
        "not_in_time": lambda row: kept(row, "first_answered_at", "answer_due_at") is False,
        "solved_in_time": lambda row: kept(row, "resolved_at", "solve_due_at") is True,
        "not_solved_in_time": lambda row: kept(row, "resolved_at", "solve_due_at") is False,
    }
    return {"tickets": s.lines(_opened(s), lambda row: s.cut(row["opened_at"]), tests)}


def _month_of(s: Slow) -> Callable[[Row], str]:
    def month(row: Row) -> str:
        day: date | None = row["expected_on"]
        return "none" if day is None else "late" if day < s.asked.today else f"{day:%Y%m}"

    return month


def _forecast(s: Slow) -> Made:
    year = [
        row
        for row in _deals(s)
        if row["closed_at"] is not None and s.asked.now - timedelta(days=365) <= row["closed_at"] < s.asked.now and row["ended_in"] is not None
    ]  # fmt: skip
    reached = {f"to-{stage}": _came_to(stage) for stage in OPEN}
    return {
        "deals": s.lines(_expected(s), _month_of(s), {}, money=True),
        "stages": s.lines(_expected(s), lambda row: row["stage"], {}, money=True),
        "ended": s.lines(year, lambda row: None, {"won": lambda row: row["stage"] == "won", **reached}, always=True),
    }


def _losses(s: Slow) -> Made:
    return {"deals": s.lines(_closed(s, "lost"), lambda row: row["lost_reason"], {}, money=True)}


def _opened(s: Slow) -> list[Row]:
    return [row for row in s.rows("tickets", "assignee_id") if row["merged_into_id"] is None and s.inside(row["opened_at"])]  # fmt: skip


SERVED: Mapping[str, Callable[[Row], bool]] = {
    "answered": lambda row: row["first_answered_at"] is not None,
    "in_time": lambda row: (
        row["first_answered_at"] is not None
        and (row["answer_due_at"] is None or row["first_answered_at"] <= row["answer_due_at"])
    ),
    "solved": lambda row: row["resolved_at"] is not None,
    "open": lambda row: row["status"] in ACTIVE,
}


def _tickets(s: Slow) -> Made:
    return {"tickets": s.lines(_opened(s), lambda row: row["category"].value, SERVED, span=_between("opened_at", "first_answered_at"))}  # fmt: skip


def _months(s: Slow, at: str) -> Mapping[str, Callable[[Row], bool]]:
    return {f"m{n}": (lambda row, n=n: s.cut(row[at]) == n) for n in range(len(s.asked.cuts))}


def _needs(s: Slow) -> Made:
    unhappy = [
        row
        for row in s.rows("survey_answers", "about_id")
        if (row["contact_id"] or row["lead_id"]) and row["is_low"] and row["comment"] is not None and s.inside(row["answered_at"])
    ]  # fmt: skip
    return {
        "tickets": s.lines(_opened(s), lambda row: row["category"].value, _months(s, "opened_at")),
        "losses": s.lines(_closed(s, "lost"), lambda row: row["lost_reason"], _months(s, "closed_at")),
        "words": s.lines(unhappy, lambda row: row["survey"], _months(s, "answered_at")),
    }


def _since(row: Row) -> datetime:
    return row["stage_since"] or row["created_at"]  # type: ignore[no-any-return]


def _meeting(s: Slow) -> Made:
    followups, now = s.rows("followups", "owner_id"), s.asked.now
    opened = [row for row in followups if row["status"] == "open"]

    def by_owner(rows: Iterable[Row]) -> dict[Any, Line]:
        return s.lines(rows, lambda row: row["owner_id"], {})

    def is_over(row: Row) -> bool:
        late: timedelta = now - row["due_at"]
        return late > (timedelta(0) if row["has_hour"] else timedelta(hours=24))

    return {
        "done": s.lines(_acts(s), lambda row: row["by_id"], {}),
        "kept": by_owner(row for row in followups if row["status"] == "done" and s.inside(row["closed_at"])),
        "overdue": by_owner(row for row in opened if is_over(row)),
        "stuck": by_owner(r for r in _deals(s) if r["closed_at"] is None and _since(r) < now - timedelta(days=14)),
        "next": by_owner(row for row in opened if not is_over(row) and row["due_at"] < now + timedelta(days=7)),
    }


def _ages(s: Slow) -> Mapping[str, Callable[[Row], bool]]:
    def age(row: Row) -> float:
        return (_seconds(s.asked.now) - _seconds(_since(row))) / 86400

    return {
        "week": lambda row: age(row) < 7,
        "month": lambda row: 7 <= age(row) < 30,
        "quarter": lambda row: 30 <= age(row) < 90,
        "longer": lambda row: age(row) >= 90,
        "stuck": lambda row: age(row) >= 14,
    }


def _ageing(s: Slow) -> Made:
    return {"stages": s.lines([r for r in _deals(s) if r["closed_at"] is None], lambda row: row["stage"], _ages(s))}


def _flow(s: Slow) -> Made:
    deals = [row for row in _deals(s) if row["closed_at"] is None]
    stages = {stage: (lambda row, stage=stage: row["stage"] == stage) for stage in Stages.first().keys}
    ended = [row for row in _deals(s) if s.inside(row["closed_at"])]
    return {
        "stages": s.lines(deals, lambda row: row["stage"], _ages(s), span=lambda row: _seconds(s.asked.now) - _seconds(_since(row))),
        "who": s.lines(deals, lambda row: row["owner_id"], stages),
        "ends": s.lines(ended, lambda row: row["stage"], {}, money=True),
    }  # fmt: skip


def _scores(s: Slow, kind: str, tests: Mapping[str, Callable[[Row], bool]]) -> dict[Any, Line]:
    rows = [
        row
        for row in s.rows("survey_answers", "about_id")
        if row["survey"] == kind
        and (row["contact_id"] or row["lead_id"])
        and row["score"] is not None
        and s.inside(row["answered_at"])
    ]
    return s.lines(rows, lambda row: s.cut(row["answered_at"]), tests, score=True)


def _csat(s: Slow) -> dict[Any, Line]:
    stars = {f"s{score}": (lambda row, score=score: row["score"] == score) for score in range(1, 6)}
    return _scores(s, "csat", {"low": lambda row: row["is_low"], **stars})


def _satisfaction(s: Slow) -> Made:
    nps: Mapping[str, Callable[[Row], bool]] = {
        "promoters": lambda row: row["score"] >= 9,
        "passives": lambda row: row["score"] in {7, 8},
        "detractors": lambda row: row["score"] <= 6,
    }
    sent = [
        row
        for row in s.rows("survey_answers", "about_id")
        if (row["contact_id"] or row["lead_id"]) and (row["sent_at"] or row["answered_at"]) and s.inside(row["at"])
    ]
    return {
        "csat": _csat(s),
        "nps": _scores(s, "nps", nps),
        "asked": s.lines(sent, lambda row: None, {"replied": lambda row: row["answered_at"] is not None}, always=True),
    }


def _scorecard(s: Slow) -> Made:
    complaints = [
        row
        for row in s.rows("tickets", "assignee_id")
        if row["category"] is Category.COMPLAINT and row["merged_into_id"] is None and s.inside(row["resolved_at"])
    ]
    end = min(s.asked.until, s.asked.now)

    def silent(moment: datetime) -> Callable[[Row], bool]:
        since = moment - timedelta(days=90)
        heard = {row["customer_id"] for row in s.business.rows["activities"] if since <= row["at"] < moment}
        return lambda row: row["created_at"] < since and row["id"] not in heard

    def duplicate(row: Row) -> bool:
        key = row["company_key"]
        return key != "" and (
            any(each["company_key"] == key and each["id"] < row["id"] for each in s.business.rows["leads"])
            or any(each["name_key"] == key and each["created_at"] < row["created_at"] for each in s.business.rows["customers"])
        )  # fmt: skip

    return {
        "followups": s.lines(_due(s), lambda row: s.cut(row["due_at"]), TIMELY),
        "tickets": s.lines(_opened(s), lambda row: s.cut(row["opened_at"]), SERVED, span=_between("opened_at", "first_answered_at")),
        "complaints": s.lines(complaints, lambda row: s.cut(row["resolved_at"]), {}, span=_between("opened_at", "resolved_at")),
        "deals": s.lines(_closed(s, "won"), lambda row: s.cut(row["closed_at"]), {}, money=True, span=_between("created_at", "closed_at")),
        "returns": s.lines([row for row in _due(s) if row["customer_id"] is not None], lambda row: s.cut(row["due_at"]), TIMELY),
        "leads": s.lines(_new_leads(s), lambda row: s.cut(row["created_at"]), {"duplicate": duplicate}),
        "entries": s.lines([row for row in _acts(s) if row["began_at"] is not None], lambda row: s.cut(row["at"]), {}, span=_between("began_at", "created_at")),
        "csat": _csat(s),
        "customers": s.lines(
            s.rows("customers", "owner_id"), lambda row: None,
            {
                "known": lambda row: row["created_at"] < end - timedelta(days=90), "silent": silent(end),
                "known_before": lambda row: row["created_at"] < s.asked.since - timedelta(days=90), "silent_before": silent(s.asked.since),
            },
            always=True,
        ),
    }  # fmt: skip


def _churn(s: Slow) -> Made:
    contacts: dict[int, list[datetime]] = defaultdict(list)
    for row in s.business.rows["activities"]:
        if row["customer_id"] is not None and row["kind"] is not ActivityKind.NOTE:
            contacts[row["customer_id"]].append(row["at"])

    def silent(row: Row, days: int, now: datetime) -> bool:
        since = now - timedelta(days=days)
        return row["created_at"] < since and not any(since <= at <= now for at in contacts[row["id"]])

    def key_silent(row: Row, now: datetime) -> bool:
        return row["grade"] == "A" and silent(row, 30, now)

    def rhythm(row: Row, now: datetime) -> bool:
        times = sorted(_seconds(at) for at in contacts[row["id"]] if now - timedelta(days=180) <= at <= now)
        if len(times) < 4:
            return False
        silence = _seconds(now) - times[-1]
        return silence >= 14 * 86400 and silence > 2.5 * (times[-1] - times[0]) / (len(times) - 1)

    def low(row: Row, now: datetime) -> bool:
        return any(
            each["customer_id"] == row["id"]
            and each["is_low"]
            and now - timedelta(days=14) <= each["answered_at"] <= now
            for each in s.business.rows["survey_answers"]
        )

    def unanswered(row: Row) -> bool:
        return any(
            each["customer_id"] == row["id"]
            and each["status"] in ACTIVE
            and each["first_answered_at"] is None
            and each["answer_due_at"] is not None
            and each["answer_due_at"] < s.asked.now
            for each in s.business.rows["tickets"]
        )

    def ended(row: Row, stage: str) -> list[datetime]:
        """The beginnings of the stretches of 30 days in which deals of theirs ended so."""
        ages = [
            s.asked.now - each["closed_at"]
            for each in s.business.rows["opportunities"]
            if each["customer_id"] == row["id"] and each["stage"] == stage and each["closed_at"] is not None
        ]
        return [
            s.asked.now - timedelta(days=30) * (age // timedelta(days=30) + 1)
            for age in ages
            if timedelta(0) <= age < timedelta(days=180)
        ]

    def flagged(row: Row, now: datetime) -> bool:
        return low(row, now) or key_silent(row, now) or rhythm(row, now) or silent(row, 90, now)

    tests: Mapping[str, Callable[[Row], bool]] = {
        "unanswered": unanswered,
        "low-score": lambda row: low(row, s.asked.now),
        "key-silent": lambda row: key_silent(row, s.asked.now),
        "rhythm": lambda row: rhythm(row, s.asked.now),
        "silent": lambda row: silent(row, 90, s.asked.now),
        "lost": lambda row: bool(ended(row, "lost")),
        "lost_flagged": lambda row: any(flagged(row, begin) for begin in ended(row, "lost")),
        "bought": lambda row: bool(ended(row, "won")) and not ended(row, "lost"),
        "bought_flagged": lambda row: (
            not ended(row, "lost") and any(flagged(row, begin) for begin in ended(row, "won"))
        ),
    }
    return {"customers": s.lines(s.rows("customers", "owner_id"), lambda row: None, tests, always=True)}
