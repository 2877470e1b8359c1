"""How satisfied customers are, in a picture: week by week, or how often each score was given while there is one week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from charts.model import Unit
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.surveys.defining import look_up
from domain.surveys.definition import Definition
from domain.surveys.queries import Tally
from handlers.chat import Phrase, Picture
from handlers.rendering.charts import chart, timeline
from handlers.reports.lines import day_word
from handlers.surveys.cards import words_in

DAYS = 90
MOST_WEEKS = 26
MOST_TOLD = 6


async def satisfaction_of(uow: UnitOfWork, leader: Staff, name: str, *, now: datetime) -> Picture | None:
    """What the customers whom ``leader`` sees answered to a survey of the last ninety days. Raises SurveyNotFound."""
    known = await look_up(uow, name)
    found = await uow.surveys.tally(leader, name, since=now - timedelta(days=DAYS))
    return satisfaction(known.asks, found, days=DAYS, locale=leader.locale)


def satisfaction(asks: Definition, tally: Tally, *, days: int, locale: str) -> Picture | None:
    """None where nobody gave a score."""
    if not tally.scored:
        return None
    weeks = _weeks(tally)
    if len(weeks) < 2:
        return _spread(asks, tally, days, locale)
    return _trend(asks, tally, weeks, days, locale)


def _weeks(tally: Tally) -> Sequence[tuple[date, float]]:
    """The mean of each week with answers, by its Monday, the newest last."""
    weeks: dict[date, tuple[int, int]] = {}
    for day in tally.days:
        monday = day.day - timedelta(days=day.day.weekday())
        count, total = weeks.get(monday, (0, 0))
        weeks[monday] = (count + day.count, total + day.total)
    return [(monday, round(total / count, 2)) for monday, (count, total) in sorted(weeks.items())][-MOST_WEEKS:]


def _trend(asks: Definition, tally: Tally, weeks: Sequence[tuple[date, float]], days: int, locale: str) -> Picture:
    title = Phrase("survey-trend", {"title": words_in(asks.title, locale)})
    told = [Phrase("survey-week", {"day": day, "mean": mean}) for day, mean in weeks]
    means = [mean for _, mean in weeks]
    unit = Unit.STARS if tuple(asks.scale) == (1, 2, 3, 4, 5) else Unit.SCORE
    return chart(
        "lines",
        title,
        alt=Phrase("chart-alt", {"title": title, "numbers": told[-MOST_TOLD:]}),
        note=Phrase("survey-trend-note", {"days": days, "count": tally.scored}),
        **timeline([day_word(day) for day, _ in weeks], [(Phrase("survey-mean"), means)], unit=unit),
    )


def _spread(asks: Definition, tally: Tally, days: int, locale: str) -> Picture:
    title = Phrase("survey-spread-title", {"title": words_in(asks.title, locale)})
    counts = [float(tally.scores.get(score, 0)) for score in asks.scale]
    told = [Phrase("survey-spread", {"score": score, "count": tally.scores.get(score, 0)}) for score in asks.scale]
    return chart(
        "columns",
        title,
        alt=Phrase("chart-alt", {"title": title, "numbers": told}),
        note=Phrase("survey-spread-note", {"days": days, "count": tally.scored}),
        **timeline([str(score) for score in asks.scale], [(Phrase("survey-spread-answers"), counts)]),
    )
