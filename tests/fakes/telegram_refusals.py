"""Calls that the platform refuses with 400, and some of the words with which it does."""

import struct
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    ReactionTypeEmoji,
    ReplyParameters,
)

from tests.fakes.telegram import PNG_DOT

TOM = 1001
PICTURE = BufferedInputFile(PNG_DOT, "dot.png")


def sent(**values: Any) -> Callable[[Bot], Awaitable[Any]]:
    parameters: dict[str, Any] = {"chat_id": TOM, "text": "hi"} | values
    return lambda bot: bot.send_message(**parameters)


def button(**values: Any) -> Callable[[Bot], Awaitable[Any]]:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**{"text": "Save"} | values)]])
    return sent(reply_markup=markup)


def many_buttons(rows: int, columns: int) -> Callable[[Bot], Awaitable[Any]]:
    row = [InlineKeyboardButton(text="x", callback_data="x")] * columns
    return sent(reply_markup=InlineKeyboardMarkup(inline_keyboard=[row] * rows))


def png(width: int, height: int) -> BufferedInputFile:
    return BufferedInputFile(PNG_DOT[:16] + struct.pack(">II", width, height) + PNG_DOT[24:], "dot.png")


def html(text: str) -> Callable[[Bot], Awaitable[Any]]:
    return sent(text=text, parse_mode="HTML")


REFUSED = {
    "text too long": (sent(text="x" * 4097), "message is too long"),
    "text empty": (sent(text=""), "message text is empty"),
    "text blank": (sent(text=" \n "), "message text is empty"),
    "text of markup alone": (html("<b> </b>"), "message text is empty"),
    "chat unknown": (sent(chat_id=999), "chat not found"),
    "chat unknown by name": (sent(chat_id="@nobody"), "chat not found"),
    "parse mode unknown": (sent(parse_mode="RTF"), "unsupported parse_mode"),
    "tag unclosed": (html("<b>hi"), "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    "tag unknown": (html("é<x>hi</x>"), 'can\'t parse entities: Unsupported start tag "x" at byte offset 2'),
    "tag crossed": (
        html("<b><i>hi</b></i>"),
        'can\'t parse entities: Unmatched end tag at byte offset 8, expected "</i>", found "</b>"',
    ),
    "tag ends without start": (html("hi</b>"), "can't parse entities: Unexpected end tag at byte offset 2"),
    "tag cut off": (html("1 <"), "can't parse entities: Unclosed start tag at byte offset 2"),
    "less than a number": (html("a <3 b"), 'can\'t parse entities: Unsupported start tag "3" at byte offset 2'),
    "markdown unclosed": (
        sent(text="a *b", parse_mode="Markdown"),
        "can't parse entities: Can't find end of the entity starting at byte offset 2",
    ),
    "markdown reserved": (
        sent(text="Done.", parse_mode="MarkdownV2"),
        "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    "markdown 2 unclosed": (
        sent(text="*Done", parse_mode="MarkdownV2"),
        "can't parse entities: Can't find end of Bold entity at byte offset 0",
    ),
    "reply to nothing": (sent(reply_parameters=ReplyParameters(message_id=77)), "message to be replied not found"),
    "thread unknown": (sent(message_thread_id=7), "message thread not found"),
    "callback data too long": (button(callback_data="я" * 33), "BUTTON_DATA_INVALID"),
    "callback data empty": (button(callback_data=""), "BUTTON_DATA_INVALID"),
    "button without text": (button(text=" ", callback_data="x"), "inline keyboard button text must be non-empty"),
    "button that does nothing": (button(), "text buttons are unallowed in the inline keyboard"),
    "button that does two things": (button(callback_data="x", url="https://example.org"), "exactly one thing"),
    "button to nowhere": (button(url="http://localhost/"), "is invalid: Wrong HTTP URL"),
    "nine buttons in a row": (many_buttons(1, 9), "reply markup is too long"),
    "a hundred and one buttons": (many_buttons(101, 1), "reply markup is too long"),
    "placeholder too long": (
        sent(reply_markup=ForceReply(force_reply=True, input_field_placeholder="x" * 65)),
        "field placeholder is too long",
    ),
    "edit of nothing": (
        lambda bot: bot.edit_message_text(chat_id=TOM, message_id=77, text="x"),
        "message to edit not found",
    ),
    "edit of another's message": (
        lambda bot: bot.edit_message_text(chat_id=TOM, message_id=1, text="x"),
        "message can't be edited",
    ),
    "deletion of nothing": (
        lambda bot: bot.delete_message(chat_id=TOM, message_id=77),
        "message to delete not found",
    ),
    "too many deletions": (
        lambda bot: bot.delete_messages(chat_id=TOM, message_ids=list(range(101))),
        "1-100 message identifiers",
    ),
    "reaction to nothing": (
        lambda bot: bot.set_message_reaction(TOM, 77, [ReactionTypeEmoji(emoji="👍")]),
        "message to react not found",
    ),
    "reaction unknown": (
        lambda bot: bot.set_message_reaction(TOM, 1, [ReactionTypeEmoji(emoji="🥦")]),
        "REACTION_INVALID",
    ),
    "query unknown": (
        lambda bot: bot.answer_callback_query("12"),
        "query is too old and response timeout expired or query ID is invalid",
    ),
    "toast that leads away": (lambda bot: bot.answer_callback_query("12", url="https://example.org"), "URL_INVALID"),
    "toast too long": (lambda bot: bot.answer_callback_query("12", text="x" * 201), "MESSAGE_TOO_LONG"),
    "caption too long": (lambda bot: bot.send_photo(TOM, PICTURE, caption="x" * 1025), "message caption is too long"),
    "photo that is none": (
        lambda bot: bot.send_photo(TOM, BufferedInputFile(b"hello", "x.png")),
        "IMAGE_PROCESS_FAILED",
    ),
    "photo too wide": (lambda bot: bot.send_photo(TOM, png(9000, 1001)), "PHOTO_INVALID_DIMENSIONS"),
    "photo too narrow": (lambda bot: bot.send_photo(TOM, png(21, 1)), "PHOTO_INVALID_DIMENSIONS"),
    "file empty": (
        lambda bot: bot.send_document(TOM, BufferedInputFile(b"", "x.txt")),
        "file must be non-empty",
    ),
    "file id unknown": (lambda bot: bot.send_document(TOM, "nope"), "wrong file identifier/HTTP URL specified"),
    "file unknown": (
        lambda bot: bot.get_file("nope"),
        "wrong file_id or the file is temporarily unavailable",
    ),
    "album of one": (lambda bot: bot.send_media_group(TOM, [InputMediaPhoto(media=PICTURE)]), "2-10 items"),
    "album mixed": (
        lambda bot: bot.send_media_group(TOM, [InputMediaPhoto(media=PICTURE), InputMediaDocument(media=PICTURE)]),
        "apart from others",
    ),
    "action unknown": (lambda bot: bot.send_chat_action(TOM, "dancing"), "wrong parameter action in request"),
    "command in capitals": (
        lambda bot: bot.set_my_commands([BotCommand(command="Log", description="x")]),
        "BOT_COMMAND_INVALID",
    ),
    "too many commands": (
        lambda bot: bot.set_my_commands([BotCommand(command=f"c{n}", description="x") for n in range(101)]),
        "BOT_COMMANDS_TOO_MUCH",
    ),
    "webhook in the clear": (lambda bot: bot.set_webhook("http://example.org"), "An HTTPS URL must be provided"),
    "webhook on another port": (lambda bot: bot.set_webhook("https://example.org:8080"), "only on ports 80, 88, 443"),
    "webhook secret": (
        lambda bot: bot.set_webhook("https://example.org", secret_token="a b"),
        "secret token contains unallowed characters",
    ),
}
