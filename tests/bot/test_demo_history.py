"""The sandbox company has enough behind it that a newcomer sees what the reports are for, on whatever day they come."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo_company import seed
from bot.settings import Settings
from bot.wiring import open_house
from domain.reports.model import Report
from domain.reports.wanted import Wanted, today_of, usual_period
from domain.reviews.findings import find_payment, find_stall
from handlers.reports.cards import read
from handlers.reports.review_lines import overload_of


@pytest.mark.parametrize("day", [datetime(2028, 1, 15, 9, tzinfo=UTC), datetime(2026, 10, 9, 9, tzinfo=UTC)])
async def test_every_report_says_something(tmp_path: Path, day: datetime) -> None:
    """On the first day on which a quarter is looked back at, which began on a Saturday; and on the last days of the one before."""
    settings = Settings.model_construct(
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'demo.db'}",
        company="Guanxi",
        timezone="Europe/London",
        currency="GBP",
        country="GB",
        local_page=True,
    )
    async with open_house(settings, now=lambda: day) as house:
        await seed(house)
        async with house.database.read() as uow:
            ana = await uow.staff.find_by_name("Ana")
            assert ana is not None
            periods = {report: usual_period(report, today_of(ana, day)) for report in Report}
            found = {
                report: (await read(uow, ana, Wanted(report=report, period=period), now=day)).numbers
                for report, period in periods.items()
            }

    assert [
        report for report, numbers in found.items() if not any(sum(each.counts.values()) for each in numbers.lines)
    ] == []
    review = found[Report.REVIEW]
    stall, payment, overload = find_stall(review.of("stages")), find_payment(review.of("leads")), overload_of(review)
    assert stall is not None
    assert stall.stage == "proposal"
    assert payment is not None
    assert payment.best.group == "referral"
    assert payment.worst is not None
    assert payment.worst.group == "fair"
    assert overload is not None
    assert review.people[overload.giver] == "Tom"
