"""The fake refuses what Telegram refuses: each call by the real client, each refusal as that client's own error."""

from collections.abc import AsyncIterator, Awaitable
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MediaUnion,
    ReplyKeyboardMarkup,
    WebAppInfo,
)

from tests.fakes.telegram import PNG_DOT, TOKEN, FakeTelegram, Rules, User
from tests.fakes.telegram.client import client
from tests.fakes.telegram.schema import published_schema
from tests.fakes.telegram_refusals import PICTURE, REFUSED, TOM, button, many_buttons, png


@pytest.fixture(params=[pytest.param(True, marks=pytest.mark.spec, id="schema"), pytest.param(False, id="core")])
async def telegram(request: pytest.FixtureRequest) -> AsyncIterator[FakeTelegram]:
    """The fake with the published schema, and as it is on a machine that has none."""
    if request.param and published_schema() is None:
        pytest.skip("../shared/specs/telegram is missing: the schema is not checked")
    async with FakeTelegram(has_schema=request.param) as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with client(telegram) as bot:
        yield bot


@pytest.fixture
async def tom(telegram: FakeTelegram) -> User:
    """Tom, who has started the bot."""
    tom = telegram.user(TOM, first_name="Tom", language_code="en")
    await tom.starts()
    return tom


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=one, callback_data=one)] for one in labels])


async def refused(call: Awaitable[Any], error: type[TelegramAPIError], words: str) -> Any:
    """Make the call, expect exactly this error with these words in its description, and give the error."""
    with pytest.raises(error) as caught:
        await call
    assert type(caught.value) is error
    assert words in caught.value.message
    return caught.value


@pytest.mark.parametrize("case", REFUSED)
async def test_bad_requests_are_refused_in_the_platforms_words(
    telegram: FakeTelegram, bot: Bot, tom: User, case: str
) -> None:
    call, words = REFUSED[case]

    error = await refused(call(bot), TelegramBadRequest, words)

    assert error.message.startswith("Bad Request: ")
    assert [refusal.status for refusal in telegram.refusals] == [400]
    assert tom.chat.messages == []


async def test_the_longest_of_everything_is_accepted(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    await bot.send_message(TOM, f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
    await bot.send_photo(TOM, PICTURE, caption="x" * 1024)
    await button(callback_data="я" * 32)(bot)
    await many_buttons(12, 8)(bot)
    await bot.send_photo(TOM, png(20, 1))

    assert telegram.refusals == []
    assert tom.chat.messages[0].entities == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_an_edit_that_changes_nothing_is_refused(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    message = await bot.send_message(TOM, "Save?", reply_markup=keyboard("Save"))
    same = message.edit_text("<b></b>Save?", parse_mode="HTML", reply_markup=keyboard("Save"))

    await refused(same.as_(bot), TelegramBadRequest, "message is not modified: specified new message content")
    await message.edit_text("Save?").as_(bot)

    assert tom.chat.last.labels == []
    assert tom.chat.last.edits == 1
    markup_again = message.edit_reply_markup(reply_markup=None).as_(bot)
    await refused(markup_again, TelegramBadRequest, "message is not modified")


async def test_pictures_and_texts_are_edited_each_in_its_way(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    picture = await bot.send_photo(TOM, PICTURE, caption="<i>May</i>", parse_mode="HTML")
    words = await bot.send_message(TOM, "words")

    await refused(
        bot.edit_message_text("x", chat_id=TOM, message_id=picture.message_id),
        TelegramBadRequest,
        "there is no text in the message to edit",
    )
    await refused(
        bot.edit_message_caption(chat_id=TOM, message_id=words.message_id, caption="x"),
        TelegramBadRequest,
        "there is no caption in the message to edit",
    )
    await bot.edit_message_caption(chat_id=TOM, message_id=picture.message_id, caption="June")
    assert tom.chat.messages[0].text == "June"
    file = InputMediaDocument(media=BufferedInputFile(b"a,b", "june.csv"), caption="as a file")
    edited = await bot.edit_message_media(file, chat_id=TOM, message_id=picture.message_id)

    document = tom.chat.messages[0].document
    assert document is not None
    assert (document.content, document.name) == (b"a,b", "june.csv")
    assert tom.chat.messages[0].photo is None
    assert not isinstance(edited, bool)
    assert edited.document is not None
    assert edited.document.file_name == "june.csv"


async def test_a_keyboard_for_replies_cannot_be_edited_and_asks_for_phones_in_private(
    telegram: FakeTelegram, bot: Bot, tom: User
) -> None:
    ask = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="My phone", request_contact=True)]])
    group = telegram.group(-500, "Sales", [tom])
    message = await bot.send_message(TOM, "?", reply_markup=ask)

    await refused(message.edit_text("x").as_(bot), TelegramBadRequest, "message can't be edited")
    await refused(
        bot.send_message(group.id, "?", reply_markup=ask), TelegramBadRequest, "can be requested in private chats only"
    )
    page = InlineKeyboardButton(text="Open", web_app=WebAppInfo(url="https://example.org"))
    markup = InlineKeyboardMarkup(inline_keyboard=[[page]])
    await bot.send_message(TOM, "?", reply_markup=markup)
    await refused(bot.send_message(group.id, "?", reply_markup=markup), TelegramBadRequest, "BUTTON_TYPE_INVALID")


async def test_who_cannot_be_reached_is_said_in_words(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    stranger = telegram.user(1002)
    basic, great = telegram.group(-500, "Sales", [tom]), telegram.group(-1001234, "All", [tom])

    async def fails(chat_id: int, words: str) -> None:
        await refused(bot.send_message(chat_id, "hi"), TelegramForbiddenError, f"Forbidden: {words}")

    await fails(stranger.id, "bot can't initiate conversation with a user")
    await tom.blocks()
    await fails(TOM, "bot was blocked by the user")
    await tom.starts()
    await bot.send_message(TOM, "hello again")
    await basic.kicks_bot(by=tom)
    await fails(basic.id, "bot was kicked from the group chat")
    await great.kicks_bot(by=tom)
    await fails(great.id, "bot was kicked from the supergroup chat")
    await great.adds_bot(by=tom)
    assert await bot.leave_chat(great.id)
    await fails(great.id, "bot is not a member of the supergroup chat")
    basic.deletes_itself()
    await fails(basic.id, "the group chat was deleted")
    tom.deactivates()
    await fails(TOM, "user is deactivated")


async def test_a_group_that_moved_names_its_new_id(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    group = telegram.group(-500, "Sales", [tom])
    moved = await group.becomes_supergroup(-1005000)

    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(group.id, "hi")
    await bot.send_message(caught.value.migrate_to_chat_id, "hi")

    assert moved.messages[0].text == "hi"
    extras = [update["message"] for update in telegram.updates[1:]]
    assert [one.get("migrate_to_chat_id", one.get("migrate_from_chat_id")) for one in extras] == [-1005000, -500]


async def test_topics_are_written_to_while_open(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    group = telegram.group(-1001234, "Sales", [tom])
    group.opens_topic(1, "General")
    group.opens_topic(5, "Leads")

    message = await bot.send_message(group.id, "hi", message_thread_id=5)
    assert (message.message_thread_id, message.is_topic_message) == (5, True)
    await refused(bot.send_message(group.id, "hi", message_thread_id=1), TelegramBadRequest, "message thread not found")
    group.closes_topic(5)
    await refused(bot.send_message(group.id, "hi", message_thread_id=5), TelegramBadRequest, "TOPIC_CLOSED")


async def test_old_messages_of_the_bot_stay(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    group = telegram.group(-1001234, "Sales", [tom])
    words = await tom.says("/log hi", to=group)
    message = await bot.send_message(group.id, "hi")

    await refused(bot.delete_message(group.id, words.id), TelegramBadRequest, "message can't be deleted")
    telegram.advance(48 * 3600 + 1)
    await refused(message.delete().as_(bot), TelegramBadRequest, "message can't be deleted")
    await message.edit_text("edits have no such limit").as_(bot)
    group.makes_administrator()
    await bot.delete_messages(group.id, [words.id, message.message_id])

    assert group.messages == []


async def test_tokens_and_paths(telegram: FakeTelegram) -> None:
    class Dance(TelegramMethod[bool]):
        __returning__ = bool
        __api_method__ = "dance"

    async with client(telegram, "700:another") as stranger:
        await refused(stranger.get_me(), TelegramUnauthorizedError, "Unauthorized")
    assert [(call.method, call.status) for call in telegram.refusals] == [("getMe", 401)]
    async with client(telegram) as bot:
        await refused(bot(Dance()), TelegramNotFound, "Not Found: method not found")
        assert (await bot.get_me()).username == "desk_test_bot"
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{telegram.base}/bothello/getMe") as answer:
            assert (await answer.json())["description"] == "Unauthorized: invalid token specified"
        async with http.get(f"{telegram.base}/bot{TOKEN}/GETME") as answer:
            assert (await answer.json())["ok"] is True
        async with http.get(f"{telegram.base}/elsewhere") as answer:
            assert (answer.status, await answer.json()) == (
                404,
                {"ok": False, "error_code": 404, "description": "Not Found"},
            )
        async with http.post(f"{telegram.base}/bot{TOKEN}/sendMessage", json={"chat_id": 5, "text": "x"}) as answer:
            body = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
            assert (answer.status, await answer.json()) == (400, body)


async def test_what_a_bot_says_of_itself_is_kept(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    group = telegram.group(-500, "Sales", [tom])
    menu = [BotCommand(command="today", description="今天")]

    assert await bot.set_my_commands(menu, language_code="zh")
    assert await bot.set_my_description("A desk")
    assert await bot.set_my_short_description("Desk", language_code="en")
    assert await bot.set_chat_menu_button()
    assert await bot.send_chat_action(TOM, "typing")

    kept = await bot.get_my_commands(language_code="zh")
    assert [(command.command, command.description) for command in kept] == [("today", "今天")]
    assert await bot.get_my_commands() == []
    assert (await bot.get_my_description()).description == "A desk"
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Desk"
    assert (await bot.get_chat(group.id)).title == "Sales"
    assert (await bot.get_chat_member(group.id, TOM)).status == "member"
    assert await bot.get_chat_member_count(group.id) == 2
    assert tom.chat.actions == ["typing"]
    assert telegram.refusals == []


async def test_big_files_are_refused(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    telegram.rules.photo_bytes = len(PNG_DOT) - 1
    telegram.rules.upload_bytes = 1000
    telegram.rules.download_bytes = 10
    sheet = BufferedInputFile(b"x" * 1001, "sheet.csv")

    await refused(bot.send_photo(TOM, PICTURE), TelegramBadRequest, "too big for a photo")
    await refused(bot.send_document(TOM, sheet), TelegramEntityTooLarge, "Request Entity Too Large")
    document = (await bot.send_document(TOM, BufferedInputFile(b"x" * 11, "sheet.csv"))).document
    assert document is not None
    await refused(bot.get_file(document.file_id), TelegramBadRequest, "file is too big")


async def test_a_body_over_the_limit_is_413() -> None:
    async with FakeTelegram(rules=Rules(upload_bytes=1000)) as telegram, client(telegram) as bot:
        await telegram.user(TOM).starts()
        big = BufferedInputFile(b"x" * 3_000_000, "big.bin")
        await refused(bot.send_document(TOM, big), TelegramEntityTooLarge, "Request Entity Too Large")


async def test_files_come_back_as_they_were_sent(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    theirs = await tom.sends_document("客户,电话\n".encode(), name="list.csv", caption="my list")
    assert theirs.media is not None
    content = await bot.download(theirs.media.file_id)
    assert content is not None
    assert content.read().decode() == "客户,电话\n"

    photo = await bot.send_photo(TOM, PICTURE)
    assert tom.chat.last.photo == PNG_DOT
    assert photo.photo is not None
    await bot.send_photo(TOM, photo.photo[0].file_id, caption="again")
    assert tom.chat.last.photo == PNG_DOT
    await refused(
        bot.send_document(TOM, photo.photo[0].file_id), TelegramBadRequest, "can't use file of type Photo as Document"
    )
    album: list[MediaUnion] = [
        InputMediaPhoto(media=PICTURE, caption="both"),
        InputMediaPhoto(media=photo.photo[0].file_id),
    ]
    messages = await bot.send_media_group(TOM, album)
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["both", None]


async def test_rates_of_one_chat_all_chats_and_groups() -> None:
    rules = Rules(chat_burst=2, messages_per_second=5)
    async with FakeTelegram(rules=rules) as telegram, client(telegram) as bot:
        telegram.stop_the_clock()
        people = [telegram.user(number) for number in range(1, 5)]
        for person in people:
            await person.starts()

        async def retry_after(chat_id: int) -> int:
            error = await refused(bot.send_message(chat_id, "hi"), TelegramRetryAfter, "Too Many Requests: retry after")
            return int(error.retry_after)

        first = await bot.send_message(1, "hi")
        await first.edit_text("edits count").as_(bot)
        assert await retry_after(1) == 1
        for person in people[1:]:
            await bot.send_message(person.id, "hi")
        telegram.rules.chat_burst = 100
        assert await retry_after(4) == 1  # all chats together
        telegram.advance(1)
        await bot.send_message(1, "hi")

        group = telegram.group(-500, "Sales")
        for number in range(20):
            telegram.advance(1)
            await bot.send_message(group.id, str(number))
        telegram.advance(1)
        assert 35 <= await retry_after(group.id) <= 41
        telegram.advance(41)
        await bot.send_message(group.id, "20")
    assert [call.status for call in telegram.refusals] == [429, 429, 429]


async def test_a_query_is_answered_once_and_soon(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    await bot.send_message(TOM, "Save?", reply_markup=keyboard("Save"))
    early, late = await tom.presses(tom.chat.last, "Save"), await tom.presses(tom.chat.last, "Sa")

    await bot.answer_callback_query(early.id, text="Saved")
    assert (await early.answered())["text"] == "Saved"
    too_old = "query is too old and response timeout expired or query ID is invalid"
    await refused(bot.answer_callback_query(early.id), TelegramBadRequest, too_old)
    telegram.advance(901)
    await refused(bot.answer_callback_query(late.id), TelegramBadRequest, too_old)
    assert late.answer is None


async def test_the_platform_breaks_when_told_to(telegram: FakeTelegram, bot: Bot, tom: User) -> None:
    telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 7", {"retry_after": 7})
    assert (await refused(bot.send_message(TOM, "1"), TelegramRetryAfter, "retry after 7")).retry_after == 7
    telegram.fail_next("sendMessage", 500, "Internal Server Error: restart")
    await refused(bot.send_message(TOM, "2"), RestartingTelegram, "restart")
    telegram.fail_next("*", 502, "Bad Gateway")
    await refused(bot.send_message(TOM, "3"), TelegramServerError, "Bad Gateway")
    telegram.nonsense_next("sendMessage")
    with pytest.raises(ClientDecodeError):
        await bot.send_message(TOM, "4")
    telegram.cut_next("sendMessage")
    await refused(bot.send_message(TOM, "5"), TelegramNetworkError, "")
    telegram.cut_next("sendMessage", after_doing=True)
    await refused(bot.send_message(TOM, "6"), TelegramNetworkError, "")
    with telegram.outage():
        await refused(bot.send_message(TOM, "7"), TelegramNetworkError, "")
    with telegram.outage(is_cut=False):
        await refused(bot.get_updates(), TelegramServerError, "Bad Gateway")
    await bot.send_message(TOM, "8")

    assert [message.text for message in tom.chat.messages] == ["6", "8"]
    assert telegram.refusals == []
    assert [call.is_fault for call in telegram.calls_of("sendMessage")] == [True] * 5 + [False, True, False]


@pytest.mark.spec
@pytest.mark.parametrize(
    ("method", "fields", "words"),
    [
        ("sendMessage", {"chat_id": "1001", "text": "x", "colour": "red"}, 'sendMessage has no parameter "colour"'),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "1001", "text": "x", "message_thread_id": "five"}, "must be of the type Integer"),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON",
        ),
        ("sendMessage", {"chat_id": "1001", "text": "x", "entities": '[{"type":"bold"}]'}, 'needs the field "offset"'),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "reply_markup": '{"inline_keyboard":[[{"text":"a","calback_data":"a"}]]}'},
            'InlineKeyboardButton in reply_markup.inline_keyboard[0][0] has no field "calback_data"',
        ),
        (
            "sendMessage",
            {"chat_id": "1001", "text": "x", "reply_markup": '{"inline_keyboard":[[{"text":7}]]}'},
            "reply_markup.inline_keyboard[0][0].text must be of the type String",
        ),
        ("setMyDescription", {"description": "x" * 513}, "setMyDescription.description is out of its limits"),
        ("setMyCommands", {"commands": '[{"command":"log"}]'}, 'needs the field "description"'),
    ],
)
async def test_parameters_are_checked_against_the_published_schema(
    method: str, fields: dict[str, str], words: str
) -> None:
    if published_schema() is None:
        pytest.skip("../shared/specs/telegram is missing: the schema is not checked")
    async with FakeTelegram() as telegram, aiohttp.ClientSession() as http:
        await telegram.user(TOM).starts()
        async with http.post(f"{telegram.base}/bot{TOKEN}/{method}", data=fields) as answer:
            assert answer.status == 400
            assert words in (await answer.json())["description"]


async def test_two_pollers_and_a_webhook_conflict(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.set_webhook("https://example.org/telegram")
    await refused(bot.get_updates(), TelegramConflictError, "can't use getUpdates method while webhook is active")
    await bot.delete_webhook()
    telegram.rules.conflict_ends_newcomer = True
    async with client(telegram) as other:
        await telegram.user(TOM).starts()
        assert len(await bot.get_updates(timeout=5)) == 1
        assert len(await other.get_updates(timeout=5)) == 1
    assert [call.status for call in telegram.refusals] == [409]
