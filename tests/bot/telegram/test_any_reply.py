"""Whatever a handler answers, in any words, with any number of buttons and any form, Telegram takes it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.telegram.channel import TelegramChannel
from handlers.chat import Button, Choice, Field, Form, Line, Outgoing, Picture, Reply
from handlers.rendering.texts import Reader, Texts
from tests.fakes.telegram import FakeTelegram, User

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
MEI = 11
HARMLESS = ("not modified", "there is no text in the message to edit")
FAMILY = "👨\u200d👩\u200d👧\u200d👦"
WORDS = st.one_of(
    st.text(max_size=60),
    st.builds(
        lambda piece, times: (piece * times)[:9000],
        st.sampled_from(["华新科技。", FAMILY, "🇨🇳", "<b>&", "e\u0301", "word ", "👍🏽"]),
        st.integers(0, 5000),
    ),
)
BUTTONS = st.builds(
    Button,
    st.just("button-person"),
    press=st.builds("team.handto:{}.{}".format, st.integers(1, 10**6), st.integers(1, 10**6)),
    facts=st.fixed_dictionaries({"name": WORDS}),
    url=st.none() | st.none() | st.sampled_from(["https://t.me/x?start=A", "http://localhost:1", "javascript:x"]),
    starts_row=st.booleans(),
)
LINES = st.builds(
    Line, st.just("profile-called"), st.fixed_dictionaries({"name": WORDS}), st.lists(BUTTONS, max_size=5).map(tuple)
)
FIELDS = st.builds(
    Field,
    name=st.sampled_from(["name", "phone"]),
    label=st.just("profile-name"),
    kind=st.sampled_from(["text", "choice", "time"]),
    value=WORDS,
    choices=st.lists(st.builds(Choice, value=st.text(max_size=9), label=WORDS), max_size=8).map(tuple),
)
REPLIES = st.builds(
    Reply,
    key=st.just("profile-called"),
    facts=st.fixed_dictionaries({"name": WORDS}),
    lines=st.lists(LINES, max_size=12).map(tuple),
    buttons=st.one_of(
        st.lists(BUTTONS, max_size=12), st.integers(0, 200).flatmap(lambda n: BUTTONS.map(lambda one: [one] * n))
    ).map(tuple),
    form=st.none() | st.builds(Form, st.just("start.profile"), st.just("profile-form"), st.tuples(FIELDS, FIELDS)),
    picture=st.none() | st.builds(Picture, st.just("qr"), st.fixed_dictionaries({"text": st.just("https://t.me/x")})),
)


@pytest.fixture
async def mei(server: FakeTelegram) -> User:
    user = server.user(MEI)
    await user.starts()
    return user


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(first=REPLIES, second=REPLIES, locale=st.sampled_from(["en", "zh-CN"]), masked=st.booleans())
async def test_whatever_is_answered_the_platform_takes(
    channel: TelegramChannel, server: FakeTelegram, mei: User, first: Reply, second: Reply, locale: str, masked: bool
) -> None:
    server.rules.rates_enforced = False
    texts, reader = Texts("Guanxi"), Reader(locale=locale, timezone="UTC")
    bodies = [
        texts.render(reply, reader, now=NOW, capabilities=channel.capabilities, masked=masked)
        for reply in (first, second)
    ]

    card = await channel.send(Outgoing(place=str(MEI), body=bodies[0]))
    await channel.send(Outgoing(place=str(MEI), body=bodies[1], edit=card))

    refused = [call.description for call in server.refusals if not any(words in call.description for words in HARMLESS)]
    assert refused == []
    for call in server.calls:
        rows = (call.values.get("reply_markup") or {}).get("inline_keyboard", [])
        assert all(len(row) <= 8 for row in rows)
        assert sum(map(len, rows)) <= 100
        for part in (call.values.get("text", ""), call.values.get("caption", "")):
            assert not part.startswith(("\u200d", "\u0301", "\U0001f3fd")), "a character was cut"
    server.calls.clear()
