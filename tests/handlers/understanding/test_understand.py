"""Whole messages: activity, times in their roles, intents, note."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding import Amount, Context, Match, Moment, find_amendment, understand
from handlers.understanding.clauses import split
from handlers.understanding.contacts_in_text import find_emails, find_phones
from handlers.understanding.intents import find_intents
from handlers.understanding.normalise import normalise
from tests.handlers.understanding import conftest


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("just hung up with Rebecca", "call"),
        ("tried Grace twice no answer", "call"),
        ("Grace called about the invoice", "call"),
        ("popped in to see Omar at Orion", "visit"),
        ("had lunch w Grace Lim", "meeting"),
        ("bumped into Grace at the fair", "meeting"),
        ("Rebecca emailed, wants references", "email"),
        ("WhatsApp from Omar, truck is late", "message"),
        ("sent Delmar the proposal", "quote"),
        ("demo'd the platform to Delmar", "demo"),
        ("remind me to call Omar tomorrow", "task"),
        ("Lunch with Grace Friday at noon", "task"),
        ("Omar wants a discount, call him tomorrow", "note"),
        ("didn't call Omar yet", "note"),
        ("Orion signed the contract", "note"),
    ],
)
def test_english_activities(english: Context, text: str, activity: str) -> None:
    assert understand(text, english).activity == activity


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("刚给李伟打了电话", "call"),
        ("陈晓东没接电话", "call"),
        ("和李伟聊了聊", "call"),
        ("今天拜访了天成建材", "visit"),
        ("去了趟云帆", "visit"),
        ("跟李强吃了个饭", "meeting"),
        ("和陈晓东开了个线上会议", "meeting"),
        ("给李伟发了邮件", "email"),
        ("加了陈晓东微信", "wechat"),
        ("给李强发了短信", "message"),
        ("发了报价给云帆", "quote"),
        ("给天成做了产品演示", "demo"),
        ("明天上午给李伟打电话", "task"),
        ("晚上7点半和李伟吃饭", "task"),
        ("李伟说价格太高,明天打电话", "note"),
        ("天成的款到了", "note"),
    ],
)
def test_chinese_activities(chinese: Context, text: str, activity: str) -> None:
    assert understand(text, chinese).activity == activity


def test_a_whole_message(english: Context) -> None:
    found = understand("called Orion, Omar wants a quote for 20 seats ~50k, follow up Friday 3pm", english)

    assert found.activity == "call"
    assert found.amount is not None
    assert (found.amount.value, found.amount.currency) == (50_000, "USD")
    assert found.follow_up is not None
    assert found.follow_up.at == datetime.fromisoformat("2026-11-20T15:00")
    assert found.intents == ("wants_quote",)
    assert found.note == "called Orion, Omar wants a quote for 20 seats ~50k"


@pytest.mark.parametrize(
    ("text", "follow_up", "deadline", "occurred_on"),
    [
        ("visited Orion on Monday, quote due Friday", None, "2026-11-20T18:00", "2026-11-16"),
        ("coffee with Omar yesterday, call him Thursday", "2026-11-19T09:00", None, "2026-11-17"),
        ("board meets on the 3rd, check back Dec 4", "2026-12-04T09:00", None, None),
        ("budget is frozen till Q1", None, None, None),
        ("send the contract by Monday", None, "2026-11-23T18:00", None),
        ("meeting moved from Thursday to Friday 2pm", "2026-11-20T14:00", None, None),
        ("Grace is on vacation until Nov 30, reach out then", "2026-11-30T09:00", None, None),
        ("pushed the go-live to September, check in mid August", "2027-08-15T09:00", None, None),
        ("invoice sent today", None, None, None),
        ("not Friday, call Omar Monday", "2026-11-23T09:00", None, None),
        ("Omar postponed our Thursday visit to Dec 3rd at 1pm", "2026-12-03T13:00", None, None),
        ("10% off if they sign this month", None, None, None),
        ("quick sync w/ Grace, next one in two weeks", "2026-12-02T09:00", None, None),
    ],
)
def test_times_in_their_roles(
    english: Context, text: str, follow_up: str | None, deadline: str | None, occurred_on: str | None
) -> None:
    found = understand(text, english)

    assert (found.follow_up and found.follow_up.at) == (follow_up and datetime.fromisoformat(follow_up))
    assert (found.deadline and found.deadline.at) == (deadline and datetime.fromisoformat(deadline))
    assert found.occurred_on == (occurred_on and date.fromisoformat(occurred_on))


def test_the_customer_s_own_dates_give_way_to_the_next_step(chinese: Context) -> None:
    found = understand("拜访云帆 前台说他周四回来 周五上午再过去", chinese)

    assert found.follow_up is not None
    assert found.follow_up.at == datetime.fromisoformat("2026-11-20T09:00")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("remind me to call Omar on Friday at 2", "call Omar"),
        ("Orion wants pricing, follow up Friday 3pm", "Orion wants pricing"),
        ("in two weeks ping Grace about the pilot results", "the pilot results"),
        ("budget is frozen till Q1", "budget is frozen till Q1"),
    ],
)
def test_what_remains_is_the_note(english: Context, text: str, note: str) -> None:
    assert understand(text, english).note == note


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("李伟说考虑一下，下周二再联系", "李伟说考虑一下"),
        ("提醒我明早给李伟发合同", "给李伟发合同"),
        ("12月5日前递交标书，李伟在催", "李伟在催"),
    ],
)
def test_what_remains_is_the_note_in_chinese(chinese: Context, text: str, note: str) -> None:
    assert understand(text, chinese).note == note


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("not interested", {"not_interested"}),
        ("wants a 30 day trial", {"wants_trial"}),
        ("says we are too expensive", {"price_objection"}),
        ("went with another vendor", {"lost", "competitor"}),
        ("waiting for board approval", {"decision_pending"}),
        ("payment is overdue", {"payment"}),
        ("didn't ask for a quote", set()),
        ("已经和别家签了", {"lost", "competitor"}),
        ("想看产品演示", {"wants_demo"}),
        ("要打八折", {"negotiating", "price_objection"}),
        ("年后再说", {"on_hold"}),
        ("续约没问题", {"renewal"}),
        ("系统登录不了", {"support"}),
        ("没人接电话", {"no_answer"}),
        ("催发票", {"payment"}),
    ],
)
def test_intents(text: str, intents: set[str]) -> None:
    assert set(find_intents(normalise(text))) == intents


def test_phones_and_emails() -> None:
    assert [span.value for span in find_phones("call 0769-85321234 or +65 9123 4567", "CN")] == [
        "+8676985321234",
        "+6591234567",
    ]
    assert find_phones("2026-11-24, order 20261124001", "CN") == ()
    assert [span.value for span in find_emails("write to ann.lee@acme.co.uk, please")] == ["ann.lee@acme.co.uk"]


def test_clauses_of_dictated_text() -> None:
    assert len(split("他说价格再考虑一下然后让我周三联系").spans) >= 2
    assert len(split("she says ok um lets do a call").spans) == 2


def test_normalising_keeps_every_place() -> None:
    text = "ＡＣＭＥ，測試İ電話Ｊosé"

    assert len(normalise(text)) == len(text)
    assert normalise(text) == "acme,测试i电话jose"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("no, Thursday", "follow_up"),
        ("make it 3pm", "follow_up"),
        ("改到周四", "follow_up"),
        ("by Friday instead", "deadline"),
        ("不是20万是25万", "amount"),
        ("not 20k, 25k", "amount"),
        ("no, it was a visit", "activity"),
        ("sorry, Delmar", "customer"),
    ],
)
def test_amendments(english: Context, text: str, field: str) -> None:
    found = find_amendment(text, english)

    assert found is not None
    assert found.field == field
    expected: dict[str, type] = {
        "follow_up": Moment,
        "deadline": Moment,
        "amount": Amount,
        "activity": str,
        "customer": Match,
    }
    assert isinstance(found.value, expected[field])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "called Omar, call him Thursday",
        "Omar wants a quote for 25k by Friday",
        "拜访了天成建材，下周二跟进",
        "thanks!",
        "no answer from Omar, try again Friday",
    ],
)
def test_a_new_sentence_is_no_amendment(english: Context, text: str) -> None:
    assert find_amendment(text, english) is None


PIECES = st.sampled_from(
    [
        "call",
        "周",
        "下",
        "月",
        "三",
        "十",
        "万",
        "12",
        ":",
        "/",
        "-",
        "at",
        "by",
        "next",
        "Friday",
        "7",
        "点",
        "半",
        "前",
        "后",
        "每",
        "过",
        "k",
        "$",
        "季度",
        "第",
        "年",
        "号",
        "  ",
        "，",
        "\n",
        "31",
        "feb",
        "99",
        "Acme",
        "李总",
        "科技",
        "\ue000",
        "@",
        "+",
    ]
)
SPEAKERS = st.sampled_from(
    [(conftest.CHINESE, "Asia/Shanghai", "CN", "YMD"), (conftest.ENGLISH, "Europe/London", "GB", "DMY")]
)


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
    ),
    speaker=SPEAKERS,
    now=st.datetimes(datetime.fromisoformat("1990-01-01T00:00"), datetime.fromisoformat("2090-01-01T00:00")),
)
def test_no_text_raises(text: str, speaker: tuple[conftest.Names, str, str, str], now: datetime) -> None:
    names, zone, country, order = speaker
    context = Context(
        now.replace(tzinfo=ZoneInfo(zone)),
        ZoneInfo(zone),
        (datetime.min.time(), datetime.max.time()),
        "EUR",
        order,
        country,
        names,
    )

    found = understand(text, context)
    find_amendment(text, context)

    for moment in (found.follow_up, found.deadline):
        assert moment is None or 0 <= moment.start < moment.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["周三下午3点和张总 ", "1 ", "a", "下", "1,000 ", "Friday at 3 ", "+1 ", "(", "一百", "和", "A B "]
)
def test_long_texts_take_their_time_but_no_more(chinese: Context, piece: str) -> None:
    text = (piece * 100_000)[:100_000]

    assert len(understand(text, chinese).note) <= len(text)
