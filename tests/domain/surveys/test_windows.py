"""When customers may be asked and written to, also around the nights in which clocks are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from domain.broadcasts.model import Broadcast
from domain.broadcasts.planning import by_day, due_for
from domain.company.model import Company
from domain.surveys.windows import may_be_asked_at

LONDON = "Europe/London"


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "asked"),
    [
        (at("2026-03-27", "20:00"), at("2026-03-30", "08:30")),  # clocks go forward on the Sunday between
        (at("2026-03-29", "00:59"), at("2026-03-30", "08:30")),
        (at("2026-10-23", "19:30"), at("2026-10-26", "09:30")),  # and back
        (at("2026-10-25", "01:30"), at("2026-10-26", "09:30")),  # half past one comes twice
        (at("2026-10-26", "10:00"), at("2026-10-26", "10:00")),
        (at("2026-10-26", "11:30"), at("2026-10-26", "14:00")),
        (at("2026-12-24", "19:00"), at("2026-12-29", "09:30")),  # Boxing Day is made up for on Monday
    ],
)
def test_customers_are_asked_in_the_middle_of_a_working_day(moment: datetime, asked: datetime) -> None:
    assert may_be_asked_at(moment, LONDON, Company(country="GB", timezone=LONDON)) == asked


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (at("2026-03-28", "22:00"), at("2026-03-29", "08:00")),
        (at("2026-10-25", "00:30"), at("2026-10-25", "09:00")),
        (at("2026-10-25", "01:30"), at("2026-10-25", "09:00")),
        (at("2026-10-25", "12:00"), at("2026-10-25", "12:00")),
    ],
)
def test_nobody_gets_news_at_night(moment: datetime, morning: datetime) -> None:
    assert by_day(moment, LONDON) == morning


def test_an_hour_that_was_chosen_is_the_readers_also_when_clocks_change() -> None:
    news = Broadcast(texts={"en": "News"}, created_by=1, created_at=at("2026-03-01", "10:00"))
    news.day, news.hour = date(2026, 3, 29), time(9)
    now = at("2026-03-28", "12:00")
    assert (due_for(news, LONDON, now=now), due_for(news, "Asia/Shanghai", now=now)) == (
        at("2026-03-29", "08:00"),
        at("2026-03-29", "01:00"),
    )
