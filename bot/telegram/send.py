"""Sending and editing what ``render`` gave, with the ways out when Telegram says no."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import structlog
from aiogram.enums import ParseMode
from aiogram.methods import (
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)

from bot.telegram.api import Api
from bot.telegram.errors import Refused
from bot.telegram.pacing import Pacer
from bot.telegram.places import is_group
from bot.telegram.render import Piece, as_document, has_words, pieces
from domain.errors import ChannelBusy, RecipientUnreachable
from handlers.chat import Rendered

log = structlog.get_logger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UPLOAD_SECONDS = 120
MOST_BEGUN = 1000  # messages of several pieces of which some stand and some could not be sent yet
NOT_MODIFIED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID", "message identifier")
NO_PHOTO = ("PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED", "PHOTO_SAVE_FILE_INVALID", "too big for a photo")

NO_BUTTONS = ("BUTTON_", "inline keyboard", "reply markup")


@dataclass(frozen=True)
class Spot:
    """Where a message goes: a chat, and a topic in it."""

    chat_id: int
    topic: int | None = None
    reply_to: int | None = None


class Writer:
    """Sends the pieces of a reply in order, each in its chat's turn."""

    def __init__(self, api: Api, pacer: Pacer) -> None:
        self._api = api
        self._pacer = pacer
        self._begun: dict[tuple[Spot, Rendered], int] = {}

    async def send(self, spot: Spot, body: Rendered) -> int:
        """Send; gives the id of the last message, which has the buttons. Raises what ``Api.call`` raises."""
        return await self._send_all(spot, body, pieces(body))

    async def edit(self, spot: Spot, message_id: int, body: Rendered) -> int:
        """Change a message in place; "not modified" is success. What cannot be changed is said afresh below."""
        try:
            return await self._edit(spot, message_id, body)
        except Refused as refusal:
            log.info("telegram-edit-refused", chat=spot.chat_id, message=message_id, words=refusal.words)
            fresh = await self.send(spot, body)
            if not refusal.says(*GONE):
                await self._take_buttons_off(spot, message_id)
            return fresh

    async def _edit(self, spot: Spot, message_id: int, body: Rendered) -> int:
        target: dict[str, Any] = {"chat_id": spot.chat_id, "message_id": message_id}
        first, *rest = pieces(body)
        if first.is_text and not has_words(body):
            method: TelegramMethod[Any] = EditMessageReplyMarkup(**target, reply_markup=first.buttons)
        else:
            method = _edit_method(first, target)
        try:
            await self._call(spot.chat_id, method)
        except Refused as refusal:
            if not refusal.says(NOT_MODIFIED):
                raise
        return await self._send_all(spot, body, rest) if rest else message_id

    async def _send_all(self, spot: Spot, body: Rendered, shown: list[Piece]) -> int:
        """All pieces, but for those that stand already because an earlier try got so far. At least one is sent."""
        last = 0
        begun = min(self._begun.pop((spot, body), 0), len(shown) - 1) if self._begun else 0
        for number, piece in enumerate(shown[begun:], start=begun):
            try:
                last = await self._send_piece(spot, piece)
            except (ChannelBusy, OSError):
                self._remember_begun(spot, body, number)
                raise
        return last

    def _remember_begun(self, spot: Spot, body: Rendered, pieces_sent: int) -> None:
        if len(self._begun) >= MOST_BEGUN:
            del self._begun[next(iter(self._begun))]
        if pieces_sent:
            self._begun[spot, body] = pieces_sent

    async def _send_piece(self, spot: Spot, piece: Piece) -> int:
        try:
            return _id_of(await self._call(spot.chat_id, _send_method(spot, piece)))
        except Refused as refusal:
            plainer = _plainer(piece, refusal)
            if plainer is None:
                raise
        return await self._send_piece(spot, plainer)

    async def _take_buttons_off(self, spot: Spot, message_id: int) -> None:
        """Two living cards of one record would confuse; that the old one keeps its buttons is only untidy."""
        method = EditMessageReplyMarkup(chat_id=spot.chat_id, message_id=message_id)
        try:
            await self._call(spot.chat_id, method)
        except (Refused, ChannelBusy, RecipientUnreachable, OSError) as error:
            log.info("telegram-buttons-left-on", chat=spot.chat_id, message=message_id, why=type(error).__name__)

    async def _call(self, chat_id: int, method: TelegramMethod[Any]) -> Any:
        is_upload = isinstance(method, SendPhoto | SendDocument | EditMessageMedia)
        async with self._pacer.turn(chat_id):
            try:
                if is_upload:
                    return await self._api.call(method, timeout=UPLOAD_SECONDS)
                return await self._api.call(method)
            except ChannelBusy as busy:
                self._pacer.told_to_wait(chat_id, busy.retry_after)
                raise


def _send_method(spot: Spot, piece: Piece) -> TelegramMethod[Any]:
    common: dict[str, Any] = {
        "chat_id": spot.chat_id,
        "message_thread_id": spot.topic,
        # A phone can be asked for in private chats only: elsewhere Telegram would refuse the words with it.
        "reply_markup": piece.buttons if is_group(spot.chat_id) else piece.markup,
        "parse_mode": ParseMode.HTML,
    }
    if spot.reply_to is not None:
        # Whether the message replied to still exists does not matter for the answer.
        reply = ReplyParameters(message_id=spot.reply_to, allow_sending_without_reply=True)
        common["reply_parameters"] = reply
    if piece.photo is not None:
        return SendPhoto(**common, photo=_file(piece.photo, piece.file_name), caption=piece.html or None)
    if piece.document is not None:
        return SendDocument(**common, document=_file(piece.document, piece.file_name), caption=piece.html or None)
    return SendMessage(**common, text=piece.html, link_preview_options=NO_PREVIEW)


def _edit_method(piece: Piece, target: dict[str, Any]) -> TelegramMethod[Any]:
    if piece.is_text:
        return EditMessageText(
            **target,
            text=piece.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=piece.buttons,
        )
    caption: dict[str, Any] = {"caption": piece.html or None, "parse_mode": ParseMode.HTML}
    media: InputMediaPhoto | InputMediaDocument
    if piece.photo is not None:
        media = InputMediaPhoto(media=_file(piece.photo, piece.file_name), **caption)
    else:
        media = InputMediaDocument(media=_file(piece.document or b"", piece.file_name), **caption)
    return EditMessageMedia(**target, media=media, reply_markup=piece.buttons)


def _plainer(piece: Piece, refusal: Refused) -> Piece | None:
    """The piece without what Telegram refused, so that the words arrive; None when it refused the words."""
    if piece.photo is not None and refusal.says(*NO_PHOTO):
        return as_document(piece)
    if piece.markup is not None and refusal.says(*NO_BUTTONS):
        log.error("telegram-buttons-refused", words=refusal.words)
        return replace(piece, markup=None)
    return None


def _file(content: bytes, name: str) -> BufferedInputFile:
    return BufferedInputFile(content, filename=name)


def _id_of(sent: Any) -> int:
    """The id of a sent message, which is as JSON gave it."""
    return int(sent["message_id"])
