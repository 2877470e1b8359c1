"""The digest of a hundred managers: a company ten times as old, beside a tenth of it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, text, update

from benchmarks.crowd import hire_many
from benchmarks.desk import Desk, open_desk, sqlite_in
from benchmarks.measure import Row, in_turn, median
from benchmarks.plan import Plan
from domain.digests.model import Digest
from domain.digests.reading import read_news
from domain.people.model import Role, Staff
from storage import tables
from storage.dialects import is_sqlite
from tests.databases import running_postgres

MANAGERS, TEAM = 100, 10
A_DAY = 1000  # leads; five activities for each
FIRST = 1000  # the id of the first of the crowd
NOBODYS, OVERDUE_EACH, SALES_EACH = 50, 5, 2
STATEMENTS = (
    # Old leads are done with; each rep has some of the newest open. Every lead has five activities on its first day.
    """INSERT INTO leads (version, company, company_key, owner_id, status, tags, custom, created_at, ladder_rung, ladder_at,
         at_risk_at)
       SELECT i, 'Lead ' || i, 'lead ' || i, CASE WHEN i <= {nobodys} THEN NULL ELSE {first} + i % {people} END,
         CASE WHEN i <= {open} THEN 'working' ELSE 'lost' END, '[]', '{{}}', {at_of_i}, 0, {far},
         CASE WHEN i <= {open} AND i % 40 = 0 THEN {at_of_i} END FROM ({numbers}) AS numbers""",
    """INSERT INTO activities (version, kind, by_id, lead_id, note, intents, at, created_at)
       SELECT i, 'call', {first} + (i / 5) % {people}, {lead_zero} + i / 5, 'called', '[]', {at_of_fifth}, {at_of_fifth}
       FROM ({five_times}) AS numbers""",
    """INSERT INTO followups (version, owner_id, created_by, lead_id, note, due_at, has_hour, is_deadline, chosen, status,
         created_at)
       SELECT i, {first} + i % {people}, {first}, {lead_zero} + 1 + i % {total}, 'call', {at_of_i}, {yes}, {no}, {yes},
         CASE WHEN i <= {overdue} THEN 'open' ELSE 'done' END, {at_of_i} FROM ({numbers}) AS numbers""",
    """INSERT INTO customers (version, name, name_key, owner_id, tags, custom, created_at)
       VALUES (1, 'Acme', 'acme', {first}, '[]', '{{}}', {far})""",
    """INSERT INTO opportunities (version, customer_id, owner_id, name, stage, amount_minor, amount_currency, expected_on,
         closed_at, created_at)
       SELECT i, (SELECT max(id) FROM customers), {first} + i % {people}, 'Sale ' || i,
         CASE WHEN i % 2 = 0 OR i > {sales} THEN 'won' ELSE 'proposal' END, 100000, 'GBP', {day_of_i},
         CASE WHEN i % 2 = 0 OR i > {sales} THEN {at_of_i} END, {at_of_i} FROM ({numbers}) AS numbers""",
)


async def digest_of_many(plan: Plan) -> list[Row]:
    """On both databases."""
    rows = [
        await _ten_times(plan, plan.pick(quick=10_000, full=100_000), sqlite_in(plan.folder), sqlite_in(plan.folder))
    ]
    with running_postgres() as server:
        leads = plan.pick(quick=20_000, full=1_000_000)
        rows.append(await _ten_times(plan, leads, server.empty_database(), server.empty_database()))
    return rows


async def _ten_times(plan: Plan, leads: int, large: str, small: str) -> Row:
    async with _company(large, leads) as old, _company(small, leads // 10) as young:
        pairs = await in_turn(lambda: _digests(old), lambda: _digests(young), rounds=plan.rounds)
        kind = "SQLite" if large.startswith("sqlite") else "PostgreSQL"
    ours, theirs = median(pairs.ours).wall * MANAGERS, median(pairs.theirs).wall * MANAGERS
    return Row(
        name=f"Digest of {MANAGERS} managers over {leads:,} leads and {leads * 5:,} activities, {kind}: beside a tenth",
        measured=pairs.wall_ratio,
        limit=3.0,
        details=f"{ours * 1000:.0f} ms for all beside {theirs * 1000:.0f} ms; the same number of leads a day, a history ten"
        f" times as long; {MANAGERS * TEAM} people",
    )


@asynccontextmanager
async def _company(url: str, leads: int) -> AsyncIterator[Desk]:
    async with open_desk(url) as desk:
        await _hire(desk)
        began = time.perf_counter()
        await _fill(desk, leads)
        print(f"  {leads:,} leads written in {time.perf_counter() - began:.0f} s", flush=True)
        yield desk


async def _hire(desk: Desk) -> None:
    people = await hire_many(desk, MANAGERS * TEAM)
    async with desk.house.database.unit_of_work() as uow:
        for number, person in enumerate(people):
            role = Role.MANAGER if number < MANAGERS else Role.REP
            given = {"role": role, "team": f"Team {number % MANAGERS}"}
            await uow.session.execute(update(tables.staff).where(tables.staff.c.id == person).values(**given))
        await uow.commit()


async def _fill(desk: Desk, leads: int) -> None:
    """The newest has number 1; the numbers go back in time, a thousand leads a day."""
    async with desk.house.database.unit_of_work() as uow:
        on_sqlite = is_sqlite(uow.session)
        zero = await uow.session.scalar(text("SELECT coalesce(max(id), 0) FROM leads")) or 0
        words = {
            **(_SQLITE if on_sqlite else _POSTGRES),
            "first": FIRST,
            "people": MANAGERS * TEAM,
            "nobodys": NOBODYS,
            "open": NOBODYS + 20 * MANAGERS * TEAM,
            "overdue": OVERDUE_EACH * MANAGERS * TEAM,
            "sales": SALES_EACH * MANAGERS * TEAM,
            "lead_zero": zero,
            "total": leads,
        }
        for statement in STATEMENTS:
            numbers = words["numbers"].format(most=leads)
            five_times = words["numbers"].format(most=leads * 5)
            await uow.session.execute(
                text(statement.format(**{**words, "numbers": numbers, "five_times": five_times}).replace(":", r"\:"))
            )
        await uow.session.execute(text("ANALYZE"))
        await uow.commit()


_SQLITE = {
    "numbers": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT i FROM n",
    "at_of_i": f"strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || (i * 86400 / {A_DAY}) || ' seconds')",
    "at_of_fifth": f"strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || (i / 5 * 86400 / {A_DAY}) || ' seconds')",
    "day_of_i": f"date('now', '-' || (1 + i / {A_DAY}) || ' days')",
    "far": "'2100-01-01 00:00:00.000000'",
    "yes": "1",
    "no": "0",
}
_POSTGRES = {
    "numbers": "SELECT i FROM generate_series(1, {most}) AS i",
    "at_of_i": f"now() - make_interval(secs => i * 86400.0 / {A_DAY})",
    "at_of_fifth": f"now() - make_interval(secs => i / 5 * 86400.0 / {A_DAY})",
    "day_of_i": f"current_date - (1 + i / {A_DAY})",
    "far": "timestamptz '2100-01-01'",
    "yes": "true",
    "no": "false",
}


async def _digests(desk: Desk) -> int:
    """What the notice reads for all managers whose hour it is."""
    now = datetime.now(UTC)
    async with desk.house.database.read() as uow:
        leaders = (await uow.session.scalars(select(Staff).where(tables.staff.c.role == Role.MANAGER))).all()
        since = now - timedelta(days=1)
        asked = [
            (Digest(id=number, staff_id=leader.id, since=since, at=now), leader)
            for number, leader in enumerate(leaders)
        ]
        news = await read_news(uow, asked, now=now)
        assert len(news) == MANAGERS
        assert all(len(each.parts) >= 3 for each in news.values()), next(iter(news.values())).parts
        return MANAGERS
