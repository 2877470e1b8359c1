"""The verbs of the fake's people, spoken to a small bot on the real client, and what its markup becomes."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from tests.fakes.telegram import FakeTelegram, User
from tests.fakes.telegram.client import client
from tests.fakes.telegram.html import parse_html
from tests.fakes.telegram.markdown import parse_legacy_markdown, parse_markdown
from tests.fakes.telegram.text import message_text, noticed

SAVE = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Save + new lead", callback_data="save:1"),
            InlineKeyboardButton(text="Site", url="https://example.org"),
        ]
    ]
)


def small_bot() -> Dispatcher:
    """Answers /start, saves on a press, and repeats what it hears."""
    dispatcher = Dispatcher()

    @dispatcher.message(Command("start"))
    async def start(message: Message) -> None:
        await message.answer("Save <b>Acme</b>?", reply_markup=SAVE, parse_mode="HTML")

    @dispatcher.callback_query(F.data == "save:1")
    async def save(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.answer("Saved")
        await query.message.edit_text("Saved")

    @dispatcher.message(F.text)
    async def echo(message: Message) -> None:
        await message.reply(f"heard {message.text}")

    return dispatcher


async def poll(bot: Bot, dispatcher: Dispatcher) -> None:
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=30):
            await dispatcher.feed_update(bot, update)
            offset = update.update_id + 1


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """The fake with the small bot polling it."""
    async with FakeTelegram() as fake, client(fake) as bot:
        polling = asyncio.create_task(poll(bot, small_bot()))
        yield fake
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


@pytest.fixture
def tom(telegram: FakeTelegram) -> User:
    return telegram.user(1001, first_name="Tom", language_code="en")


async def test_a_conversation(telegram: FakeTelegram, tom: User) -> None:
    await tom.says("/start")
    card = await tom.sees("Save", button="Save")
    assert card.labels == ["Save + new lead", "Site"]
    assert card.marked("bold") == ["Acme"]

    press = await tom.presses(card, "Save")

    assert (await press.answered())["text"] == "Saved"
    await telegram.until(lambda: card.edits)
    assert (card.text, card.labels) == ("Saved", [])
    said = await tom.says("thanks")
    assert (await tom.sees("heard thanks")).reply_to is said
    await telegram.until_confirmed()
    assert [message.text for message in tom.chat.messages] == ["Saved", "heard thanks"]
    assert telegram.refusals == []
    assert [call.method for call in telegram.calls] == [
        "sendMessage",
        "answerCallbackQuery",
        "editMessageText",
        "sendMessage",
    ]


async def test_only_what_is_there_can_be_pressed(telegram: FakeTelegram, tom: User) -> None:
    await tom.starts("join-42")
    card = await tom.sees("Save")

    with pytest.raises(AssertionError, match="no button 'Done'"):
        await tom.presses(card, "Done")
    with pytest.raises(AssertionError, match="opens https"):
        await tom.presses(card, "Site")
    with pytest.raises(AssertionError, match="must be in the chat"):
        await telegram.user(1002).presses(card, "Save")
    with pytest.raises(AssertionError, match="never saw 'Goodbye'"):
        await tom.sees("Goodbye", timeout=0.01)
    forged = await tom.forges(card, "save:999")
    await telegram.until_confirmed()

    assert forged.answer is None
    assert telegram.updates[0]["message"]["text"] == "/start join-42"
    assert telegram.updates[-1]["callback_query"]["data"] == "save:999"


async def test_in_groups_the_bot_hears_what_is_meant_for_it(telegram: FakeTelegram, tom: User) -> None:
    ana = telegram.user(1002, first_name="Ana")
    group = telegram.group(-1001234, "Sales", [tom, ana])

    await ana.says("lunch?", to=group)
    await ana.says("@desk_test_bot lunch?", to=group)
    await ana.says("/lunch@other_bot", to=group)
    await tom.says("/start@desk_test_bot", to=group)
    card = await group.sees("Save")
    await ana.says("well done", to=group, reply_to=card)
    await group.sees("heard well done")
    group.makes_administrator()
    await ana.says("lunch now", to=group)
    await group.sees("heard lunch now")

    heard = [update["message"]["text"] for update in telegram.updates]
    assert heard == ["/start@desk_test_bot", "well done", "lunch now"]
    with pytest.raises(AssertionError, match="is not in Sales"):
        await telegram.user(1003).says("hi", to=group)


async def test_everything_that_people_do_is_an_update_that_the_client_understands(
    telegram: FakeTelegram, tom: User
) -> None:
    ana = telegram.user(1002, first_name="Ana")
    group = telegram.group(-1001234, "Sales", [tom])
    said = await tom.says("/start with @ana 你好 😀 https://example.org")
    card = await tom.sees("Save")
    await tom.edits(said, "/start")
    await tom.presses(card, "Save", is_inaccessible=True)
    await tom.sends_photo(caption="card")
    await tom.sends_document(b"a", name="a.csv")
    await tom.sends_voice()
    await tom.sends_location(31.2, 121.5)
    await tom.sends_contact("+8613800138000", first_name="Wang", user_id=5)
    await tom.sends_album(b"1", b"2", caption="two")
    await tom.blocks()
    await tom.starts()
    await group.adds(ana, by=tom)
    await group.removes(ana, by=tom)
    await group.kicks_bot(by=tom)
    await group.adds_bot(by=tom)
    telegram.push({"surprise": {"from": "the future"}}, even_unwanted=True)

    kinds = [(update, Update.model_validate(update)) for update in telegram.updates]

    for raw, update in kinds[:-1]:
        assert update.event_type in raw
    assert [raw for raw, _ in kinds].count(telegram.updates[-1]) == 1
    assert [update["update_id"] - telegram.updates[0]["update_id"] for update in telegram.updates] == [*range(19)]


async def test_threads_of_comments_and_unnamed_administrators(telegram: FakeTelegram, tom: User) -> None:
    group = telegram.group(-1001234, "Sales", [tom])
    group.makes_administrator()

    await tom.says("a comment", to=group, thread=77)
    await group.sees("heard a comment")
    await group.says("from above")
    await group.sees("heard from above")

    comment, above = (update["message"] for update in telegram.updates)
    assert comment["message_thread_id"] == 77
    assert "is_topic_message" not in comment
    assert (above["from"]["id"], above["sender_chat"]["id"]) == (1087968824, -1001234)
    assert telegram.refusals == []


async def test_any_update_can_be_pushed_and_its_chat_introduced(telegram: FakeTelegram) -> None:
    chat = {"id": -77, "type": "group", "title": "Found"}
    message = {
        "message_id": 5,
        "date": 1,
        "chat": chat,
        "text": "hi",
        "from": {"id": 9, "is_bot": False, "first_name": "X"},
    }

    group = telegram.introduce({"message": message})
    telegram.push({"message": message})

    assert group is not None
    await telegram.until(lambda: telegram.refusals)  # the message to reply to is not in the chat's log
    assert telegram.refusals[0].description == "Bad Request: message to be replied not found"
    assert telegram.introduce({"callback_query": {"message": message}}) is group
    assert telegram.introduce({"poll": {"id": "1"}}) is None


async def test_edits_of_old_messages_are_not_told(telegram: FakeTelegram, tom: User) -> None:
    said = await tom.says("hi")
    telegram.advance(24 * 3600 + 1)
    await tom.edits(said, "hello")

    assert [*telegram.updates[-1]] == ["message", "update_id"]


async def test_a_held_call_waits_and_then_happens(telegram: FakeTelegram, tom: User) -> None:
    with telegram.holding("sendMessage"):
        await tom.says("hi")
        await telegram.until(lambda: telegram.calls_of("sendMessage"))
        assert tom.chat.messages == []

    assert (await tom.sees("heard hi")).text == "heard hi"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("😀 <b>a<i>b</i></b>", "😀 ab", [("bold", 3, 2), ("italic", 4, 1)]),
        ("a &lt;b&gt; &amp;amp; &quot;&#33;&#x4f60; &nbsp;", 'a <b> &amp; "!你 &nbsp;', []),
        ("<span class='tg-spoiler'>x</span><s>y</s><u>z</u>", "xyz", [("spoiler", 0, 1), ("strikethrough", 1, 1), ("underline", 2, 1)]),
        ('<pre><code class="language-sql">select</code></pre>', "select", [("pre", 0, 6)]),
        ("<blockquote expandable>q</blockquote><CODE>c</code>", "qc", [("expandable_blockquote", 0, 1), ("code", 1, 1)]),
        ('<a href="https://example.org/?a=1&amp;b=2">x</a><a href="nowhere">y</a>', "xy", [("text_link", 0, 1)]),
        ('<a href="tg://user?id=5">Tom</a>', "Tom", [("text_mention", 0, 3)]),
        (" \n<b> a </b>\r\n ", "a", [("bold", 0, 1)]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    plain, found = message_text(source, "HTML", None)

    assert plain == text
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


def test_links_and_languages_are_kept() -> None:
    assert parse_html('<a href="https://example.org/?a=1&amp;b=2">x</a>')[1][0]["url"] == "https://example.org/?a=1&b=2"
    assert parse_html('<pre><code class="language-sql">x</code></pre>')[1][0]["language"] == "sql"


def test_both_markdowns_become_text_and_entities() -> None:
    text, entities = parse_markdown(r"*a _b_* __c__ ||d|| `e.` [f](https://example.org/x) 1\.")
    assert text == "a b c d e. f 1."
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == [
        ("italic", 2, 1),
        ("bold", 0, 3),
        ("underline", 4, 1),
        ("spoiler", 6, 1),
        ("code", 8, 2),
        ("text_link", 11, 1),
    ]
    text, entities = parse_legacy_markdown("*a* `b` [c](https://example.org/x) ```d``` \\_e")
    assert text == "a b c d _e"
    assert [one["type"] for one in entities] == ["bold", "code", "text_link", "pre"]


def test_commands_mentions_and_addresses_are_noticed() -> None:
    text = "😀 /log @tom see https://example.org or mail a@example.org #new"
    assert [(one["type"], one["offset"], one["length"]) for one in noticed(text)] == [
        ("bot_command", 3, 4),
        ("mention", 8, 4),
        ("url", 17, 19),
        ("email", 45, 13),
        ("hashtag", 59, 4),
    ]
