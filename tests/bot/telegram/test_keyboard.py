"""Buttons in rows that fit a phone."""

import pytest

from bot.telegram.keyboard import broken_links, is_link, keyboard, width
from handlers.chat import RenderedButton


def labels(*rows: tuple[RenderedButton, ...]) -> list[list[str]]:
    markup = keyboard(rows)
    return [[button.text for button in row] for row in markup.inline_keyboard] if markup else []


def row(*names: str) -> tuple[RenderedButton, ...]:
    return tuple(RenderedButton(name, f"a:{number}") for number, name in enumerate(names))


def test_wide_rows_are_broken_and_rows_are_kept_apart() -> None:
    shown = labels(row("Done", "Snooze 1 h", "Tomorrow", "Reschedule", "Log a call"), row("Undo"))

    assert shown == [["Done", "Snooze 1 h", "Tomorrow"], ["Reschedule", "Log a call"], ["Undo"]]


def test_chinese_labels_count_double() -> None:
    assert width("稍后提醒") == 8
    assert labels(row("完成", "稍后提醒", "明天", "改期", "记录电话")) == [
        ["完成", "稍后提醒", "明天"],
        ["改期", "记录电话"],
    ]


def test_at_most_eight_stand_in_a_row_and_a_hundred_in_all() -> None:
    shown = labels(row(*"0123456789"), *[row(str(number)) for number in range(200)])

    assert [len(one) for one in shown[:2]] == [8, 2]
    assert sum(len(one) for one in shown) == 100


def test_long_labels_are_shortened_rather_than_dropped() -> None:
    shown = labels(*[row("华新有限公司" * 20) for _ in range(100)])

    assert sum(len(one) for one in shown) == 100
    assert all(label.endswith("…") for one in shown for label in one)


def test_a_button_that_the_platform_refuses_is_left_out() -> None:
    assert labels(
        (RenderedButton("Too long", "x" * 65), RenderedButton("Empty", ""), RenderedButton("Fits", "汉" * 21))
    ) == [["Fits"]]
    assert keyboard([[RenderedButton("Empty", "")]]) is None


def test_a_label_that_nobody_sees_gets_a_sign() -> None:
    assert labels((RenderedButton(" \u200b", "a:1"),)) == [["…"]]


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("https://t.me/bot?start=x", True),
        ("http://127.0.0.1:8080/join", True),
        ("tg://user?id=5", True),
        ("http://localhost:8080", False),
        ("javascript:alert(1)", False),
        ("mailto:mei@example.com", False),
        ("https://a b.com", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_links_that_the_platform_takes(url: str, is_good: bool) -> None:
    assert is_link(url) is is_good


def test_a_link_that_fits_no_button_is_told_as_text() -> None:
    rows = [[RenderedButton("Open", "", url="http://localhost:8080"), RenderedButton("Site", "", url="https://a.com")]]

    assert broken_links(rows) == ["Open: http://localhost:8080"]
    assert labels(*map(tuple, rows)) == [["Site"]]
