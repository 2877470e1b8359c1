from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.birthdays import Birthday, next_on, parse_birthday

AUTUMN = Birthday(8, 15, lunar=True)


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("1985-03-12", Birthday(3, 12, 1985)),
        ("1985/3/12", Birthday(3, 12, 1985)),
        ("1985.3.12", Birthday(3, 12, 1985)),
        ("19850312", Birthday(3, 12, 1985)),
        ("１９８５－０３－１２", Birthday(3, 12, 1985)),
        ("1985年3月12日", Birthday(3, 12, 1985)),
        ("1985年03月12号", Birthday(3, 12, 1985)),
        ("生日：1990/1/2", Birthday(1, 2, 1990)),
        ("03-12", Birthday(3, 12)),
        ("3月12日", Birthday(3, 12)),
        ("三月十二日", Birthday(3, 12)),
        ("十二月三十一日", Birthday(12, 31)),
        ("02-29", Birthday(2, 29)),
        ("12 March 1985", Birthday(3, 12, 1985)),
        ("March 12th, 1985", Birthday(3, 12, 1985)),
        ("12 Mar", Birthday(3, 12)),
        ("Sept 1", Birthday(9, 1)),
        ("农历八月十五", AUTUMN),
        ("農曆八月十五", AUTUMN),
        ("阴历8月15", AUTUMN),
        ("8月15(农历)", AUTUMN),
        ("lunar 8-15", AUTUMN),
        ("Lunar 08-15", AUTUMN),
        ("农历1985年八月十五", Birthday(8, 15, 1985, lunar=True)),
        ("农历一九八五年八月十五", Birthday(8, 15, 1985, lunar=True)),
        ("农历闰四月初八", Birthday(4, 8, lunar=True)),
        ("正月初一", Birthday(1, 1, lunar=True)),
        ("腊月廿三", Birthday(12, 23, lunar=True)),
        ("冬月二十", Birthday(11, 20, lunar=True)),
        ("农历二月三十", Birthday(2, 30, lunar=True)),
        ("农历十月初十", Birthday(10, 10, lunar=True)),
        ("除夕", Birthday(12, 30, lunar=True)),
    ],
)
def test_spellings(text: str, birthday: Birthday) -> None:
    assert parse_birthday(text) == birthday
    assert parse_birthday(str(birthday)) == birthday


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1985",
        "13-40",
        "1985-02-29",
        "2月30日",
        "农历八月三十一",
        "农历十三月初一",
        "03-12-1985",
        "12/03/85",
        "0085-03-12",
        "八五年三月",
        "32 March",
        "Ma 3",
        "农历",
        "1985-03-12-01",
        "1" * 10_000,
    ],
)
def test_what_is_no_birthday(text: str) -> None:
    assert parse_birthday(text) is None


@pytest.mark.parametrize(
    ("birthday", "after", "day"),
    [
        (Birthday(3, 12), date(2026, 3, 11), date(2026, 3, 12)),
        (Birthday(3, 12), date(2026, 3, 12), date(2027, 3, 12)),
        (Birthday(3, 12, 1985), date(2026, 11, 21), date(2027, 3, 12)),
        (Birthday(12, 31), date(2026, 12, 31), date(2027, 12, 31)),
        (Birthday(1, 1), date(2026, 12, 31), date(2027, 1, 1)),
        (Birthday(2, 29), date(2026, 2, 27), date(2026, 2, 28)),
        (Birthday(2, 29), date(2026, 2, 28), date(2027, 2, 28)),
        (Birthday(2, 29), date(2027, 12, 1), date(2028, 2, 29)),
        (AUTUMN, date(2026, 9, 24), date(2026, 9, 25)),
        (AUTUMN, date(2026, 9, 25), date(2027, 9, 15)),
        (AUTUMN, date(2024, 12, 1), date(2025, 10, 6)),  # a leap month lies before it
        (Birthday(1, 1, lunar=True), date(2026, 1, 1), date(2026, 2, 17)),
        (Birthday(12, 23, lunar=True), date(2026, 1, 1), date(2026, 2, 10)),  # still in the lunar year 2025
        (Birthday(6, 1, lunar=True), date(2025, 1, 1), date(2025, 6, 25)),  # month 6 comes twice: the ordinary one
        (Birthday(12, 30, lunar=True), date(2026, 1, 1), date(2026, 2, 16)),  # that month has 29 days
        (Birthday(12, 30, lunar=True), date(2024, 1, 1), date(2024, 2, 9)),
    ],
)
def test_the_next_birthday(birthday: Birthday, after: date, day: date) -> None:
    assert next_on(birthday, after) == day


@st.composite
def birthdays(draw: st.DrawFn) -> Birthday:
    day = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    if draw(st.booleans()):
        return Birthday(draw(st.integers(1, 12)), draw(st.integers(1, 30)), lunar=True)
    return Birthday(day.month, day.day, draw(st.sampled_from([None, day.year])))


@given(birthdays(), st.dates(date(1901, 1, 1), date(2150, 1, 1)))
def test_a_birthday_comes_once_a_year(birthday: Birthday, after: date) -> None:
    day = next_on(birthday, after)

    assert after < day <= after + timedelta(days=385 if birthday.lunar else 366)
    assert next_on(birthday, day - timedelta(days=1)) == day
    assert next_on(birthday, day) > day + timedelta(days=350)
    assert parse_birthday(str(birthday)) == birthday


def test_there_is_an_end_of_time() -> None:
    with pytest.raises(OverflowError):
        next_on(Birthday(3, 12), date.max)


@pytest.mark.parametrize(("month", "day", "lunar"), [(2, 30, False), (0, 1, False), (13, 1, True), (1, 31, True)])
def test_impossible_birthdays(month: int, day: int, lunar: bool) -> None:
    with pytest.raises(ValueError):
        Birthday(month, day, lunar=lunar)


@given(st.one_of(st.text(max_size=120), st.text(alphabet="农历闰正腊八十三初廿月日年-0123459 ", max_size=14)))
def test_any_text_is_a_birthday_or_none(text: str) -> None:
    birthday = parse_birthday(text)

    assert birthday is None or parse_birthday(str(birthday)) == birthday
