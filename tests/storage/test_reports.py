"""Every number of every report against a slow count of the same, on random rows and on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.people.model import Staff
from domain.reports.model import Asked, Cell, Report
from domain.reports.periods import Period
from domain.reports.wanted import Wanted, asked_of, cut_days, usual_period
from storage.engine import Database, open_database
from tests.databases import sqlite_url
from tests.storage.business import NOW, Business, Likely, likely, make, slow
from tests.storage.conftest import BACKENDS

ASKERS = (3, 4, 1)  # a manager of a team, an admin, and a rep: the numbers are theirs too, though nobody asks
DAYLIGHT = Period(date(2026, 10, 19), date(2026, 11, 1))  # the weeks in which London and New York change their clocks
TIMES = (None, None, DAYLIGHT, Period(date(2026, 9, 1), date(2026, 11, 18)), Period(date(2026, 11, 18), date(2026, 11, 18)))  # fmt: skip
WEIGHTED = (Report.FORECAST, Report.QUOTA)
WHO = ({}, {"team": "north"}, {"team": "nobody here"}, {"person": 2})


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    fresh = server.fresh_database()
    yield fresh
    server.drop(fresh)


def test_every_number_agrees_with_a_slow_count(url: str) -> None:
    with asyncio.Runner() as runner:

        @settings(
            max_examples=4, deadline=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
        )  # fmt: skip
        @given(
            seed=st.integers(0, 10**6), size=st.sampled_from((25, 9, 2, 1, 0)), period=st.sampled_from(TIMES),
            who=st.sampled_from(WHO), zone=st.sampled_from(("Europe/London", "America/New_York", "Asia/Shanghai")),
        )  # fmt: skip
        def agree(seed: int, size: int, period: Period | None, who: dict[str, Any], zone: str) -> None:
            runner.run(_compare(url, make(seed, size), period, who, zone))

        agree()


async def _compare(url: str, business: Business, period: Period | None, who: dict[str, Any], zone: str) -> None:
    database = open_database(url)
    try:
        await _compare_all(database, business, period, who, zone)
    finally:
        await database.dispose()


async def _compare_all(
    database: Database, business: Business, period: Period | None, who: dict[str, Any], zone: str
) -> None:
    """In a transaction that is never committed."""
    async with database.unit_of_work() as uow:
        await business.keep(uow)
        for asker_id in ASKERS:
            asker: Staff = await uow.staff.get(asker_id)
            asker.timezone = zone
            for report in Report:
                wanted = Wanted(report=report, period=period or usual_period(report, NOW.date()), **who)
                asked = await asked_of(uow, asker, wanted, now=NOW)
                if "team" in who:  # the fast way asks the database who is in it
                    in_team = {
                        each["id"]
                        for each in business.staff
                        if each["team"] and (each["team"] == who["team"] or each["team"].startswith(who["team"] + "/"))
                    }
                    assert set(asked.owners or ()) == in_team
                for least in (20, 2) if report in WEIGHTED else (20,):  # enough cases, and too few
                    asked = replace(asked, least=least)
                    await _compare_one(uow, asker, asked, slow(business, asked, business.person(asker_id)))
                    await _compare_likely(uow, asker, asked, likely(business, asked, business.person(asker_id)))


async def _compare_one(uow: Any, asker: Staff, asked: Asked, expected: dict[tuple[str, Any], Any]) -> None:
    found = {(line.section, line.group): line for line in await uow.reports.read(asker, asked)}
    assert set(found) == set(expected), asked.report
    for key, (ids, sums, median, total) in expected.items():
        line = found[key]
        assert line.counts == {name: len(each) for name, each in ids.items()}, (asked.report, key)
        assert dict(line.sums) == sums, (asked.report, key)
        assert (line.median.total_seconds() if line.median is not None else None) == median, (asked.report, key)
        assert (line.total or 0) == (total or 0), (asked.report, key)
    for (section, group), (ids, *_) in list(expected.items())[:3]:
        for measure, behind in ids.items():
            rows = await uow.reports.list_rows(asker, asked, Cell(section=section, group=group, measure=measure), limit=500)  # fmt: skip
            assert [row.id for row in rows] == sorted(behind, reverse=True), (asked.report, section, group, measure)


async def _compare_likely(uow: Any, asker: Staff, asked: Asked, expected: Likely) -> None:
    if asked.report not in WEIGHTED:
        return
    found = {(line.section, line.group): line for line in await uow.reports.read(asker, asked)}
    assert {key for key in found if key[0] in {"deals", "stages", "open"}} == set(expected), asked.report
    for key, (sums, told) in expected.items():
        line = found[key]
        assert dict(line.weighted) == sums, (asked.report, key)
        assert (None if line.chance is None else (line.chance.whose, line.chance.won, line.chance.cases)) == told, key


async def test_the_rows_come_in_pages_and_a_number_that_is_none_is_refused(team: Any) -> None:
    for number in range(5):
        await team.lead(company=f"Company {number}", company_key=f"company {number}")
    asked = Asked(
        report=Report.FUNNEL, first=NOW.date(), last=NOW.date(), since=NOW - timedelta(days=9), until=NOW + timedelta(days=9), now=NOW
    )  # fmt: skip
    everything = Cell(section="leads", group=None, measure="all")
    async with team.database.read() as uow:
        first = await uow.reports.list_rows(team.ana, asked, everything, limit=3)
        rest = await uow.reports.list_rows(team.ana, asked, everything, after=first[-1].id, limit=3)
        assert [row.title for row in (*first, *rest)] == [f"Company {number}" for number in (4, 3, 2, 1, 0)]
        assert await uow.reports.list_rows(team.tom, asked, everything, limit=3) == []
        for wrong in (Cell(section="leads", group=None, measure="x"), Cell(section="x", group=None, measure="all")):
            with pytest.raises(LookupError):
                await uow.reports.list_rows(team.ana, asked, wrong, limit=3)


def test_a_week_is_as_long_as_its_clocks_make_it() -> None:
    wanted = Wanted(report=Report.SCORECARD, period=DAYLIGHT)
    assert cut_days(wanted) == [date(2026, 10, 19), date(2026, 10, 26)]


async def test_who_moved_to_another_team_takes_their_numbers_along(team: Any) -> None:
    """A team's numbers are those of the people who are in it now, for the whole month."""
    await team.lead(team.mei)
    wanted = Wanted(report=Report.FUNNEL, period=usual_period(Report.FUNNEL, NOW.date()), team="south")
    for moved, count in ((False, 0), (True, 1)):
        async with team.acting(team.ada, "moved") as uow:
            mei = await uow.staff.get(team.mei.id)
            mei.team = "south" if moved else mei.team
            await uow.flush()
            asked = await asked_of(uow, team.ada, wanted, now=NOW + timedelta(days=3))
            [line] = await uow.reports.read(team.ada, asked)
            assert line.counts["all"] == count
