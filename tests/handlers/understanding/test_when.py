"""Time expressions alone. Now is Wednesday 18 November 2026, 10:30."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.understanding import Context, Recurrence, parse_when
from handlers.understanding.dates.feasts import day_after, easter, feast_day


@pytest.mark.parametrize(
    ("text", "at", "grain"),
    [
        ("friday 10am", "2026-11-20T10:00", "minute"),
        ("Wednesday", "2026-11-25T09:00", "day"),
        ("next friday", "2026-11-27T09:00", "day"),
        ("this Monday", "2026-11-23T09:00", "day"),
        ("today", "2026-11-18T18:00", "day"),
        ("tomorrow at half nine", "2026-11-19T09:30", "minute"),
        ("quarter to 4", "2026-11-18T15:45", "minute"),
        ("at 9", "2026-11-19T09:00", "minute"),
        ("in 90 minutes", "2026-11-18T12:00", "minute"),
        ("in 3 business days", "2026-11-23T09:00", "day"),
        ("in a fortnight", "2026-12-02T09:00", "day"),
        ("a week on Friday", "2026-11-27T09:00", "day"),
        ("Tuesday week", "2026-12-01T09:00", "day"),
        ("the 4th", "2026-12-04T09:00", "day"),
        ("11/24 2pm", "2026-11-24T14:00", "minute"),
        ("Dec 1st", "2026-12-01T09:00", "day"),
        ("first Monday of December", "2026-12-07T09:00", "day"),
        ("end of month", "2026-11-30T09:00", "day"),
        ("mid January", "2027-01-15T09:00", "day"),
        ("end of Q1", "2027-03-31T09:00", "day"),
        ("Q2", "2027-04-01T09:00", "month"),
        ("next week", "2026-11-23T09:00", "week"),
        ("tonight", "2026-11-18T19:00", "daypart"),
        ("tomorrow noon", "2026-11-19T12:00", "minute"),
        ("after Thanksgiving", "2026-11-27T09:00", "day"),
        ("by Friday", "2026-11-20T18:00", "day"),
        ("by close of play tomorrow", "2026-11-19T18:00", "minute"),
        ("29 Feb", "2028-02-29T09:00", "day"),
        ("at 1530 tomorrow", "2026-11-19T15:30", "minute"),
        ("this time next week", "2026-11-25T10:30", "minute"),
        ("this time on Friday", "2026-11-20T10:30", "minute"),
        ("in 1h30", "2026-11-18T12:00", "minute"),
        ("in three quarters of an hour", "2026-11-18T11:15", "minute"),
        ("in 2-3 weeks", "2026-12-02T09:00", "day"),
        ("in two weeks on Friday", "2026-12-04T09:00", "day"),
        ("on the first of the month", "2026-12-01T09:00", "day"),
        ("the last Friday of the month", "2026-11-27T09:00", "day"),
        ("the second Monday of the month", "2026-12-14T09:00", "day"),
        ("Monday after lunch", "2026-11-23T14:00", "daypart"),
        ("first week of December", "2026-12-01T09:00", "week"),
        ("second week of December", "2026-12-07T09:00", "week"),
        ("last week of November", "2026-11-23T09:00", "week"),
        ("midweek next week", "2026-11-25T09:00", "day"),
        ("before the weekend", "2026-11-20T18:00", "day"),
        ("after the weekend", "2026-11-23T09:00", "day"),
        ("after next week", "2026-11-30T09:00", "day"),
        ("next spring", "2027-03-01T09:00", "month"),
        ("two working days before Christmas", "2026-12-23T09:00", "day"),
        ("Thu or Fri afternoon", "2026-11-19T14:00", "daypart"),
        ("11 o'clock sharp tomorrow", "2026-11-19T11:00", "minute"),
    ],
)
def test_english(english: Context, text: str, at: str, grain: str) -> None:
    found = parse_when(text, english)

    assert found is not None
    assert (found.at, found.grain) == (datetime.fromisoformat(at), grain)


@pytest.mark.parametrize(
    ("text", "at", "grain"),
    [
        ("下周二上午10点", "2026-11-24T10:00", "minute"),
        ("下下周一", "2026-11-30T09:00", "day"),
        ("周三", "2026-11-25T09:00", "day"),
        ("后天下午", "2026-11-20T14:00", "daypart"),
        ("明早9点半", "2026-11-19T09:30", "minute"),
        ("今晚八点一刻", "2026-11-18T20:15", "minute"),
        ("3点", "2026-11-18T15:00", "minute"),
        ("半小时后", "2026-11-18T11:00", "minute"),
        ("一个半小时后", "2026-11-18T12:00", "minute"),
        ("三个工作日后", "2026-11-23T09:00", "day"),
        ("一个月后", "2026-12-18T09:00", "day"),
        ("过几天", "2026-11-21T09:00", "day"),
        ("25号", "2026-11-25T09:00", "day"),
        ("12月3日下午2点", "2026-12-03T14:00", "minute"),
        ("下个月15号", "2026-12-15T09:00", "day"),
        ("十二月第一个星期一", "2026-12-07T09:00", "day"),
        ("月底", "2026-11-30T09:00", "day"),
        ("下个月中旬", "2026-12-11T09:00", "day"),
        ("春节后", "2027-02-13T09:00", "day"),
        ("元旦后", "2027-01-02T09:00", "day"),
        ("国庆前", "2027-09-30T18:00", "day"),
        ("周五之前", "2026-11-20T18:00", "day"),
        ("周四下午4点前", "2026-11-19T16:00", "minute"),
        ("明天下班前", "2026-11-19T18:00", "minute"),
        ("週四下午３點", "2026-11-19T15:00", "minute"),
        ("周四3pm", "2026-11-19T15:00", "minute"),
        ("差一刻四点", "2026-11-18T15:45", "minute"),
        ("五点差十分", "2026-11-18T16:50", "minute"),
        ("下午三点过五分", "2026-11-18T15:05", "minute"),
        ("大后儿", "2026-11-21T09:00", "day"),
        ("两个星期后的周五", "2026-12-04T09:00", "day"),
        ("俩月后", "2027-01-18T09:00", "day"),
        ("12.3联系", "2026-12-03T09:00", "day"),
        ("廿五号", "2026-11-25T09:00", "day"),
        ("元旦前一天", "2026-12-31T09:00", "day"),
        ("明天午饭后", "2026-11-19T14:00", "daypart"),
        ("明天这个时候", "2026-11-19T10:30", "minute"),
        ("12月第一周", "2026-12-01T09:00", "week"),
        ("下个月第二周", "2026-12-07T09:00", "week"),
        ("12月最后一个工作日", "2026-12-31T09:00", "day"),
        ("本月最后一个周五", "2026-11-27T09:00", "day"),
        ("月内", "2026-11-30T18:00", "day"),
        ("周末前", "2026-11-20T18:00", "day"),
        ("过了这个周末", "2026-11-23T09:00", "day"),
        ("下周后半段", "2026-11-26T09:00", "day"),
        ("下周的今天", "2026-11-25T09:00", "day"),
        ("两三个月后", "2027-01-18T09:00", "day"),
        ("明天下午三四点", "2026-11-19T15:00", "minute"),
        ("明年春天", "2027-03-01T09:00", "month"),
        ("不迟于20号", "2026-11-20T18:00", "day"),
    ],
)
def test_chinese(chinese: Context, text: str, at: str, grain: str) -> None:
    found = parse_when(text, chinese)

    assert found is not None
    assert (found.at, found.grain) == (datetime.fromisoformat(at), grain)


@pytest.mark.parametrize(
    ("text", "is_doubtful"),
    [
        ("friday", False),
        ("next friday", True),
        ("next monday", False),
        ("wednesday", True),
        ("next week", True),
        ("at 7", True),
        ("7pm", False),
        ("in two weeks", False),
    ],
)
def test_what_people_disagree_about_is_doubtful(english: Context, text: str, *, is_doubtful: bool) -> None:
    found = parse_when(text, english)

    assert found is not None
    assert found.doubtful is is_doubtful


@pytest.mark.parametrize(
    "text",
    [
        "",
        "asap",
        "回头再说",
        "改天",
        "call Omar",
        "soon",
        "yesterday",
        "上周五",
        "20 seats",
        "invoice 4471",
        "two sites",
    ],
)
def test_no_time_is_none(english: Context, text: str) -> None:
    assert parse_when(text, english) is None


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("every Monday", Recurrence("weekly", weekday=0)),
        ("every month on the 15th call Acme", Recurrence("monthly", day=15)),
        ("call them on the 31st of every month", Recurrence("monthly", day=31)),
        ("tomorrow 9am, every week", Recurrence("weekly")),
        ("every other Friday at 3pm", Recurrence("weekly", 2, weekday=4)),
        ("每周一上午", Recurrence("weekly", weekday=0)),
        ("每两周", Recurrence("weekly", 2)),
        ("每月15号", Recurrence("monthly", day=15)),
        ("每天早上9点", Recurrence("daily")),
    ],
)
def test_what_comes_again(chinese: Context, text: str, recurrence: Recurrence) -> None:
    found = parse_when(text, chinese)

    assert found is not None
    assert found.recurrence == recurrence
    assert found.at > chinese.local_now


def test_the_order_of_numeric_dates_is_the_account_s(english: Context) -> None:
    british = replace(english, date_order="DMY", zone=ZoneInfo("Europe/London"), country="GB")

    assert parse_when("5/12", english).at.date().isoformat() == "2027-05-12"  # type: ignore[union-attr]
    assert parse_when("5/12", british).at.date().isoformat() == "2026-12-05"  # type: ignore[union-attr]


def test_years_without_an_announced_calendar_do_not_raise() -> None:
    today = datetime.fromisoformat("2041-03-01T00:00").date()

    assert day_after("national_day", today).isoformat() == "2041-10-08"
    assert feast_day("spring_festival", today).year == 2042
    assert easter(2026).isoformat() == "2026-04-05"


def test_the_speaker_s_working_hours_begin_and_end_the_day(english: Context) -> None:
    early = replace(
        english,
        working_hours=(
            datetime.fromisoformat("2026-01-01T08:30").time(),
            datetime.fromisoformat("2026-01-01T17:00").time(),
        ),
    )

    assert parse_when("tomorrow", early).at.hour == 8  # type: ignore[union-attr]
    assert parse_when("by tomorrow", early).at.hour == 17  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Monday 10am London time", "2026-11-23T05:00"),
        ("3pm PST tomorrow", "2026-11-19T18:00"),
        ("at 9 Singapore time", "2026-11-18T20:00"),
        ("周一北京时间上午9点", "2026-11-22T20:00"),
        ("xmas eve", "2026-12-24T09:00"),
        ("in the morning", "2026-11-19T09:00"),
        ("Monday ring Omar at 11", "2026-11-23T11:00"),
        ("at 3 instead", "2026-11-18T15:00"),
    ],
)
def test_times_named_with_a_zone_or_apart(english: Context, text: str, at: str) -> None:
    found = parse_when(text, english)

    assert found is not None
    assert found.at == datetime.fromisoformat(at)
    assert not found.doubtful


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Monday or Tuesday", "2026-11-23T09:00"),
        ("tomorrow or Friday at 4", "2026-11-19T16:00"),
        ("周一或者周二", "2026-11-23T09:00"),
        ("明天还是后天下午3点", "2026-11-19T15:00"),
    ],
)
def test_of_two_days_the_first_is_asked_about(english: Context, text: str, at: str) -> None:
    found = parse_when(text, english)

    assert found is not None
    assert found.at == datetime.fromisoformat(at)
    assert found.doubtful


@pytest.mark.parametrize(("text", "at"), [("农历八月十五", "2027-09-15T09:00"), ("腊月廿三", "2027-01-30T09:00")])
def test_lunar_days(chinese: Context, text: str, at: str) -> None:
    found = parse_when(text, chinese)

    assert found is not None
    assert found.at == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("text", "recurrence", "at"),
    [
        ("every weekday at 9:30", Recurrence("daily", working_days=True), "2026-11-19T09:30"),
        ("each working day", Recurrence("daily", working_days=True), "2026-11-19T09:00"),
        ("每个工作日", Recurrence("daily", working_days=True), "2026-11-19T09:00"),
        ("every first Tuesday of the month", Recurrence("monthly", weekday=1, nth=1), "2026-12-01T09:00"),
        ("the last Friday of every month", Recurrence("monthly", weekday=4, nth=-1), "2026-11-27T09:00"),
        ("每月第二个周三下午2点", Recurrence("monthly", weekday=2, nth=2), "2026-12-09T14:00"),
    ],
)
def test_rounds_of_working_days_and_of_numbered_weekdays(
    english: Context, text: str, recurrence: Recurrence, at: str
) -> None:
    found = parse_when(text, english)

    assert found is not None
    assert found.recurrence == recurrence
    assert found.at == datetime.fromisoformat(at)


def test_tonight_said_in_the_evening_is_soon(english: Context) -> None:
    late = replace(english, now=english.now.replace(hour=20, minute=10))

    found = parse_when("tonight", late)

    assert found is not None
    assert found.at == datetime.fromisoformat("2026-11-18T21:00")
