"""What people read: facts by type, in their language and zone, and the layout of replies."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any

import pytest
from fluent.runtime.types import FluentInt
from structlog.testing import capture_logs

from domain.values.money import Money
from handlers.chat import (
    Button,
    Capabilities,
    Choice,
    Document,
    Field,
    Form,
    Line,
    Phrase,
    Picture,
    Receipt,
    Reply,
)
from handlers.rendering import formats
from handlers.rendering.catalogue import Catalogue
from handlers.rendering.secrets import Secret
from handlers.rendering.texts import Reader, Texts

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in Shanghai
MEI = Reader("zh-CN", "Asia/Shanghai")
TOM = Reader("en", "Europe/London", "GBP")
TEXTS = Texts("Huaxin")


def shown(fact: Any, reader: Reader, **how: Any) -> str:
    """A fact alone: this text consists of its one fact."""
    return TEXTS.render(Reply("wrong-usage", {"usage": fact}), reader, now=NOW, **how).text


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("fact", "english", "chinese"),
    [
        (at("2026-11-27T02:00"), "Fri 27 Nov, 02:00", "11月27日 周五 10:00"),
        (at("2026-11-23T10:00"), "today 10:00", "今天 18:00"),
        (at("2026-11-23T17:00"), "today 17:00", "明天 01:00"),
        (at("2026-11-22T10:05"), "yesterday 10:05", "昨天 18:05"),
        (at("2027-02-01T10:00"), "Mon 1 Feb 2027, 10:00", "2027年2月1日 周一 18:00"),
        (at("2026-07-01T23:30"), "Thu 2 Jul, 00:30", "7月2日 周四 07:30"),  # summer time in London
        (date(2026, 11, 24), "tomorrow", "明天"),
        (date(2026, 11, 27), "Fri 27 Nov", "11月27日 周五"),
        (date(2028, 2, 29), "Tue 29 Feb 2028", "2028年2月29日 周二"),
        (time(8, 30), "08:30", "08:30"),
        (timedelta(hours=2), "2 h", "2小时"),
        (timedelta(hours=1, minutes=30), "1 h 30 min", "1小时30分钟"),
        (timedelta(days=1), "1 day", "1天"),
        (timedelta(days=2, hours=5), "2 days 5 h", "2天5小时"),
        (timedelta(days=3, hours=5), "3 days", "3天"),
        (timedelta(seconds=40), "40 s", "40秒"),
        (timedelta(minutes=59, seconds=59), "1 h", "1小时"),
    ],
)
def test_times_are_in_the_readers_zone_and_words(fact: Any, english: str, chinese: str) -> None:
    assert (shown(fact, TOM), shown(fact, MEI)) == (english, chinese)


@pytest.mark.parametrize(
    ("money", "english", "chinese"),
    [
        (Money.of("50000", "GBP"), "£50,000", "5万英镑"),
        (Money.of("12.50", "GBP"), "£12.50", "12.50英镑"),
        (Money.of("500000", "CNY"), "CN¥500,000", "50万"),
        (Money.of("120000000", "CNY"), "CN¥120,000,000", "1.2亿"),
        (Money.of("8500", "CNY"), "CN¥8,500", "8500元"),
        (Money.of("8500.50", "CNY"), "CN¥8,500.50", "8500.50元"),
        (Money.of("125000", "CNY"), "CN¥125,000", "12.5万"),
        (Money.of("123456", "CNY"), "CN¥123,456", "123,456元"),
        (Money.of("123456789", "CNY"), "CN¥123,456,789", "123,456,789元"),
        (Money.of("123450000", "CNY"), "CN¥123,450,000", "12345万"),
        (Money.of("10000.01", "CNY"), "CN¥10,000.01", "10,000.01元"),
        (Money.of("-50000", "CNY"), "-CN¥50,000", "-5万"),
        (Money.of("0", "CNY"), "CN¥0", "0元"),
        (Money.of("1500", "USD"), "$1,500", "1500美元"),
        (Money.of("30000", "JPY"), "¥30,000", "3万日元"),
    ],
)
def test_money_is_written_exactly_and_as_usual(money: Money, english: str, chinese: str) -> None:
    assert (shown(money, TOM), shown(money, MEI)) == (english, chinese)


def test_ones_own_currency_has_its_short_sign() -> None:
    assert shown(Money.of("8500", "CNY"), Reader("en", "Asia/Shanghai", "CNY")) == "¥8,500"
    assert shown(Money.of("8500", "USD"), Reader("en-GB", "Europe/London", "GBP")) == "US$8,500"


class Plain(Enum):
    OPEN = "open"


class Word(StrEnum):
    CALL = "call"


@pytest.mark.parametrize(
    ("fact", "english", "chinese"),
    [
        (31234, "31234", "31234"),
        (Decimal("1.5"), "1.5", "1.5"),
        (None, "", ""),
        (True, "yes", "yes"),
        (Plain.OPEN, "open", "open"),
        (Word.CALL, "call", "call"),
        (Phrase("activity-call"), "Call", "电话"),
        (Phrase("wrong-email", {"typed": Phrase("role-rep")}), "“sales rep” doesn’t look", "“销售”不像邮箱地址"),
        (("Acme", None, "", Phrase("role-rep")), "Acme, sales rep", "Acme、销售"),
        ([3, at("2026-11-23T10:00")], "3, today 10:00", "3、今天 18:00"),
        ([], "", ""),
    ],
)
def test_every_type_of_fact_has_its_form(fact: Any, english: str, chinese: str) -> None:
    assert shown(fact, TOM).startswith(english) if english else shown(fact, TOM) == ""
    assert shown(fact, MEI).startswith(chinese) if chinese else shown(fact, MEI) == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Acme *_<&`", "Acme *_<&`"),
        ("two\nlines\r\nthree", "two\nlines\nthree"),
        ("a\x00b\x07c\td", "abc d"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("ze\u200bro\u2060\ufeff", "zero"),
        ("fa\u200dke", "fake"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("lone \ud83d half", "lone  half"),
        ("{ $company } { secret }", "{ $company } { secret }"),
        ("é 王小明 🇬🇧", "é 王小明 🇬🇧"),
    ],
)
def test_typed_text_cannot_hide_or_turn_anything(typed: str, read: str) -> None:
    assert shown(typed, TOM) == read


def test_a_long_note_stays_whole() -> None:
    note = "word " * 20_000
    assert TEXTS.say("wrong-email", {"typed": note}, TOM, now=NOW) == f"“{note}” doesn’t look like an e-mail address."
    assert shown([note, "end"], MEI) == f"{note}、end"


@pytest.mark.parametrize(
    ("secret", "open_", "masked"),
    [
        (Secret("phone", "+8613800138000"), "138 0013 8000", "138****8000"),
        (Secret("phone", "138 0013 8000"), "138 0013 8000", "138****8000"),
        (Secret("email", "zhang@acme.com"), "zhang@acme.com", "z***@acme.com"),
        (Secret("amount", Money.of("500000", "CNY")), "50万", "***"),
        (Secret("name", "欧阳娜娜"), "欧阳娜娜", "欧阳*"),
        (Secret("name", None), "", ""),
    ],
)
def test_secrets_are_masked_in_groups(secret: Secret, open_: str, masked: str) -> None:
    assert shown(secret, MEI) == open_
    assert shown(secret, MEI, masked=True) == masked
    assert shown([Phrase("entry-nobody"), secret], MEI, masked=True).endswith(masked)


def test_a_secret_inside_a_phrase_is_masked_too() -> None:
    phrase = Phrase("wrong-phone", {"typed": Secret("phone", "+8613800138000")})
    assert "138****8000" in shown(phrase, TOM, masked=True)


def test_plurals_and_absent_facts_choose_their_variant() -> None:
    assert (
        TEXTS.render(Reply("followups-due", {"count": 1, "late": False}), TOM, now=NOW).title
        == "⏰ One follow-up is due"
    )
    assert (
        TEXTS.render(Reply("followups-due", {"count": 1200, "late": True}), TOM, now=NOW).title
        == "⏰ 1200 follow-ups are due (late)"
    )
    assert TEXTS.say("unknown-command", {"typed": "x", "nearest": None}, TOM, now=NOW).startswith(
        "I don’t know “x”. /help"
    )
    assert "/lead?" in TEXTS.say("unknown-command", {"typed": "leed", "nearest": "lead"}, TOM, now=NOW)


@pytest.mark.parametrize(
    ("ago", "english", "chinese"),
    [
        (timedelta(seconds=20), "just now", "刚刚"),
        (timedelta(hours=3, minutes=20), "3 h ago", "3小时前"),
        (timedelta(days=3), "3 days ago", "3天前"),
        (timedelta(days=100), "Sat 15 Aug", "8月15日 周六"),
        (timedelta(hours=-2), "in 2 h", "2小时后"),
    ],
)
def test_how_long_ago(ago: timedelta, english: str, chinese: str) -> None:
    facts = {"matched": None, "owner": None, "touched": NOW - ago}
    assert TEXTS.say("duplicate-found", facts, TOM, now=NOW).endswith(f"last touched {english}")
    assert TEXTS.say("duplicate-found", facts, MEI, now=NOW).endswith(f"最近跟进 {chinese}")


FUNCTIONS = """
number = { NUMBER($count) } of { $count }
when = { DAY($at) } | { CLOCK($at) } | { AGO($at) } | { CAPITAL($at) }
styled = { DATETIME($at, dateStyle: "long") }
word = { WORD($kind, of: "kind") } { WORD($none, of: "kind") }
kind-call = Call
weekday-5 = fri
month-11 = Nov
date-this-year = { $weekday } { $day } { $month }
moment = { $date } { $time }
span-days = { $count } days
span-ahead = in { $span }
"""


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        ("2026-11-01", "2026-11-30", "Nov 2026", "2026年11月"),
        ("2026-11-16", "2026-11-22", "16–22 Nov 2026", "2026年11月16日至22日"),
        ("2026-10-01", "2026-12-31", "1 Oct – 31 Dec 2026", "2026年10月1日至12月31日"),
        ("2026-01-01", "2026-12-31", "2026", "2026年"),
        ("2025-12-29", "2026-01-04", "29 Dec 2025 – 4 Jan 2026", "2025年12月29日至2026年1月4日"),
        ("2026-11-20", "2026-11-20", "20 Nov 2026", "2026年11月20日"),
    ],
)
def test_a_period_says_once_what_its_ends_share(first: str, last: str, english: str, chinese: str) -> None:
    facts = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
    assert [TEXTS.say("report-period", facts, reader, now=NOW) for reader in (TOM, MEI)] == [english, chinese]


def test_texts_may_call_functions() -> None:
    texts = Catalogue("en", {"test.ftl": FUNCTIONS})
    view = replace(formats.view(TOM, "en", now=NOW, common={}), texts=texts)
    assert view.say("number", {"count": 12345}) == "12,345 of 12345"
    friday = {"at": at("2026-11-27T10:00")}
    assert view.say("when", friday) == "fri 27 Nov | 10:00 | in 4 days | Fri 27 Nov 10:00"
    assert view.say("styled", friday) == "November 27, 2026"
    assert view.say("word", {"kind": "call", "none": None}) == "Call "
    assert view.say("word", {"kind": "fax", "none": "x"}) == "fax x"


SOURCE = """
### A file.
# Of the first.
first = { $count ->
[one] One, { -brand }
*[other] { second.label } = more
}
    .label = First
# word = in a comment

-brand = Acme
second =
    Two lines,
    third = is no entry
    .label = Second
unreadable = { $count ->
first = the later of two
"""


def test_texts_are_parsed_one_by_one_as_they_are_in_a_file() -> None:
    texts = Catalogue("en", {"test.ftl": SOURCE})
    assert texts.text("first", {"count": FluentInt(1)}) == "One, Acme"
    assert texts.text("first", {"count": FluentInt(2)}) == "Second = more"
    assert texts.text("first", part="label") == "First"
    assert texts.text("second") == "Two lines,\nthird = is no entry"
    assert not texts.has("word")
    assert not texts.has("third")
    with capture_logs() as logged:
        assert texts.text("unreadable") == "unreadable"
    assert [line["event"] for line in logged] == ["text-missing"]


def test_nothing_heavy_is_imported_before_the_first_text() -> None:
    program = "import sys, handlers.rendering.texts; sys.exit(any(name in sys.modules for name in ('fluent', 'babel', 'segno')))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_the_bot_speaks_in_the_companys_name() -> None:
    assert TEXTS.say("bot-name", {}, MEI, now=NOW) == "Huaxin助手"
    assert TEXTS.say("bot-name", {}, TOM, now=NOW) == "Huaxin"


def test_a_missing_text_is_logged_without_its_facts_and_shows_its_key() -> None:
    with capture_logs() as logged:
        assert TEXTS.say("no-such-text", {"name": "Zhang"}, MEI, now=NOW) == "no-such-text"
    assert [(line["event"], line["key"], line["language"]) for line in logged] == [
        ("text-missing", "no-such-text", "zh-CN"),
        ("text-missing", "no-such-text", "en"),
    ]
    assert "Zhang" not in str(logged)
    assert not TEXTS.has("no-such-text")
    assert TEXTS.has("button-save")


def test_a_fact_that_is_lacking_or_of_an_unknown_kind_is_logged_by_its_name_alone() -> None:
    with capture_logs() as logged:
        assert TEXTS.say("wrong-email", {}, TOM, now=NOW) == "“” doesn’t look like an e-mail address."
        assert TEXTS.say("wrong-email", {"typed": object()}, TOM, now=NOW) == "“” doesn’t look like an e-mail address."
    assert [line["event"] for line in logged] == ["fact-lacking", "fact-unknown"]


def test_a_code_is_said_in_words() -> None:
    facts = {"field": "note", "limit": 4000}
    assert TEXTS.say("too-long", facts, TOM, now=NOW) == "The note can be at most 4,000 characters."
    assert TEXTS.say("too-long", facts, MEI, now=NOW) == "备注最多 4,000 个字。"
    assert "shoe size" in TEXTS.say("too-long", facts | {"field": "shoe size"}, TOM, now=NOW)


def test_an_unknown_zone_does_not_lose_the_message() -> None:
    assert shown(at("2026-11-23T10:00"), Reader("en", "Mars/Olympus")) == "today 10:00"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        shown(datetime(2026, 11, 23), TOM)  # noqa: DTZ001


# ---------------------------------------------------------------- layout

DONE = Button("button-done", press="followup.done:1")
SNOOZE = Button("button-snooze-hour", press="followup.snooze:1.hour")
UNDO = Button("button-undo", press="undo:7")


def labels(reply: Reply, reader: Reader = TOM, **capabilities: Any) -> list[list[str]]:
    rendered = TEXTS.render(reply, reader, now=NOW, capabilities=Capabilities(**capabilities))
    return [[button.label for button in row] for row in rendered.rows]


def test_lines_are_tied_to_their_buttons_by_numbers() -> None:
    lines = (
        Line("role-rep", buttons=(DONE, SNOOZE)),
        Line("role-agent"),
        Line("role-manager", buttons=(DONE,)),
    )
    reply = Reply("nothing-to-undo", lines=lines, buttons=(UNDO,))
    rendered = TEXTS.render(reply, TOM, now=NOW)
    assert rendered.text == "There is nothing to undo.\n① sales rep\nsupport agent\n② manager"
    assert labels(reply) == [["Done ①", "Snooze 1 h ①"], ["Done ②"], ["Undo"]]
    assert [row[0].press for row in rendered.rows] == ["followup.done:1", "followup.done:1", "undo:7"]


def test_one_line_with_buttons_needs_no_number() -> None:
    assert labels(Reply("nothing-to-undo", lines=(Line("role-rep", buttons=(DONE,)),))) == [["Done"]]


def test_short_buttons_share_a_row_and_long_ones_stand_alone() -> None:
    def named(*names: str) -> Reply:
        return Reply("entry-dismissed", buttons=tuple(Button("button-candidate", "x", {"name": n}) for n in names))

    assert labels(named("Yes", "No", "Maybe")) == [["Yes", "No", "Maybe"]]
    assert labels(named("Yes", "No", "Maybe", "Later")) == [["Yes", "No"], ["Maybe", "Later"]]
    assert labels(named("Save + new lead Acme", "Cancel")) == [["Save + new lead Acme"], ["Cancel"]]
    assert labels(named("完成跟进", "稍后提醒我一下", "改")) == [["完成跟进", "稍后提醒我一下"], ["改"]]
    # Five in two rows, where filling each row from the front would make one, three and one.
    assert labels(named("完成", "1小时后提醒", "明天", "改时间", "记录通话")) == [
        ["完成", "1小时后提醒"],
        ["明天", "改时间", "记录通话"],
    ]


def test_a_row_that_fits_here_is_not_broken_again_by_a_channel() -> None:
    from bot.telegram.keyboard import COLUMNS, PADDING, width

    for name in ("改时间", "一二三四五", "一二三四五六", "Reschedule", "A longer one"):
        buttons = tuple(Button("button-candidate", "x", {"name": name}) for _ in range(3))
        for row in labels(Reply("entry-dismissed", buttons=buttons)):
            assert len(row) == 1 or (width(row[0]) + PADDING) * len(row) <= COLUMNS


def test_labels_are_cut_between_visible_characters() -> None:
    family = "👨\u200d👩\u200d👧"
    reply = Reply("entry-dismissed", buttons=(Button("button-candidate", "x", {"name": f"Team{family}{family}"}),))
    assert labels(reply, label_limit=12) == [[f"Team{family}…"]]
    assert labels(reply, label_limit=9) == [["Team…"]]
    assert labels(Reply("entry-dismissed", buttons=(Button("button-candidate", "x", {"name": "a\nb"}),))) == [["a b"]]


def test_a_cut_label_keeps_its_number() -> None:
    lines = tuple(Line("role-rep", buttons=(Button("button-candidate", "x", {"name": "A" * 99}),)) for _ in range(2))
    assert labels(Reply("entry-dismissed", lines=lines), label_limit=10) == [["AAAAAAA… ①"], ["AAAAAAA… ②"]]


def test_when_there_are_too_many_buttons_the_replys_own_stay() -> None:
    lines = tuple(Line("role-rep", buttons=(DONE, SNOOZE)) for _ in range(4))
    assert labels(Reply("entry-dismissed", lines=lines, buttons=(UNDO,)), buttons_limit=5) == [
        ["Done ①", "Snooze 1 h ①"],
        ["Done ②", "Snooze 1 h ②"],
        ["Undo"],
    ]


def test_without_buttons_the_answers_are_numbered() -> None:
    link = Button("button-details", url="https://example.com")
    lines = (Line("role-rep", buttons=(DONE, SNOOZE)), Line("role-manager", buttons=(DONE,)))
    rendered = TEXTS.render(
        Reply("nothing-to-undo", lines=lines, buttons=(UNDO, link)),
        TOM,
        now=NOW,
        capabilities=Capabilities(buttons=False),
    )
    assert rendered.text.splitlines() == [
        "There is nothing to undo.",
        "sales rep",
        "1 Done  2 Snooze 1 h",
        "manager",
        "3 Done",
        "4 Undo  5 Details: https://example.com",
    ]
    assert [button.press for row in rendered.rows for button in row][:4] == [
        "followup.done:1",
        "followup.snooze:1.hour",
        "followup.done:1",
        "undo:7",
    ]


FORM = Form(
    "lead.save:12",
    "record-lead",
    (
        Field("kind", "point-phone", kind="choice", choices=(Choice("a", Phrase("role-rep")), Choice("b", "Zhang\n"))),
        Field("note", "activity-note", required=True, value="old", hint="wrong-email"),
    ),
    facts={"typed": "x"},
)


def test_a_form_is_rendered_where_there_are_forms() -> None:
    reply = Reply("nothing-to-undo", form=FORM)
    assert TEXTS.render(reply, TOM, now=NOW).form is None
    form = TEXTS.render(reply, MEI, now=NOW, capabilities=Capabilities(forms=True)).form
    assert form is not None
    assert (form.press, form.title, form.submit) == ("lead.save:12", "线索", "保存")
    assert form.fields[0].choices == (("a", "销售"), ("b", "Zhang "))
    assert (form.fields[1].label, form.fields[1].required, form.fields[1].value) == ("备注", True, "old")
    assert form.fields[1].hint == "“x”不像邮箱地址。"


def test_a_receipt_is_in_the_language_of_who_pressed() -> None:
    receipt = Receipt(
        toast=Phrase("nothing-to-undo"),
        field_errors={"phone": Phrase("wrong-phone", {"typed": "12"})},
        form=FORM,
        locale="zh-CN",
    )
    toast, errors, form = TEXTS.receipt(receipt)
    assert toast == "没有可以撤销的。"
    assert errors == {"phone": "“12”不像电话号码，请核对一下。"}
    assert form is not None
    assert form.title == "线索"
    assert TEXTS.receipt(Receipt()) == ("", {}, None)


def test_a_qr_code_is_a_picture_with_words() -> None:
    reply = Reply("nothing-to-undo", picture=Picture("qr", {"text": "https://t.me/x?start=abc"}))
    rendered = TEXTS.render(reply, TOM, now=NOW)
    assert rendered.picture is not None
    assert rendered.picture.startswith(b"\x89PNG")
    assert rendered.picture_alt == "QR code"
    assert TEXTS.render(reply, TOM, now=NOW, capabilities=Capabilities(pictures=False)).picture is None


def test_a_document_comes_with_its_name_and_a_failure_leaves_the_words() -> None:
    rendered = TEXTS.render(Reply("nothing-to-undo", document=Document("a.txt", "text", {"text": "hé"})), TOM, now=NOW)
    assert (rendered.document, rendered.document_name) == ("hé".encode(), "a.txt")
    broken = TEXTS.render(Reply("nothing-to-undo", document=Document("a.bin", "no-such-kind")), TOM, now=NOW)
    assert (broken.document, broken.text) == (None, "There is nothing to undo.")


def test_a_title_stands_apart_from_the_text_and_on_one_line() -> None:
    reply = Reply("entry-card", {"subject": "Acme\nLtd"}, lines=(Line("role-rep"),))
    rendered = TEXTS.render(reply, TOM, now=NOW)
    assert (rendered.title, rendered.text) == ("Acme Ltd", "sales rep")
    assert TEXTS.render(Reply("nothing-to-undo"), TOM, now=NOW).title == ""
