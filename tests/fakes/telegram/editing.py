"""The methods that change or remove what stands in a chat."""

from typing import Any

from tests.fakes.telegram.keyboards import check_markup
from tests.fakes.telegram.media import media_of
from tests.fakes.telegram.refusals import bad_request, not_modified
from tests.fakes.telegram.requests import Request, method
from tests.fakes.telegram.sending import caption_of
from tests.fakes.telegram.text import message_text
from tests.fakes.telegram.world import Chat, Json, Message

DELETED_AT_ONCE = range(1, 101)


@method("editMessageText")
def edit_message_text(request: Request) -> Json:
    message = _to_edit(request)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    values = request.values
    text, entities = message_text(request.need("text"), values.get("parse_mode"), values.get("entities"))
    return _change(request, message, text=text, entities=entities)


@method("editMessageCaption")
def edit_message_caption(request: Request) -> Json:
    message = _to_edit(request)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    text, entities = caption_of(request.values)
    return _change(request, message, text=text, entities=entities)


@method("editMessageMedia")
def edit_message_media(request: Request) -> Json:
    message = _to_edit(request)
    item: Json = request.need("media")
    media = media_of(request, item["type"], item["media"])
    text, entities = caption_of(item)
    return _change(request, message, media=media, text=text, entities=entities)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(request: Request) -> Json:
    return _change(request, _to_edit(request))


@method("deleteMessage")
def delete_message(request: Request) -> bool:
    chat = request.chat()
    message = chat.log.get(request.need("message_id"))
    if message is None or message.is_deleted:
        raise bad_request("message to delete not found")
    if not _may_delete(request, chat, message):
        raise bad_request("message can't be deleted")
    _delete(request, message)
    return True


@method("deleteMessages")
def delete_messages(request: Request) -> bool:
    chat = request.chat()
    ids: list[int] = request.need("message_ids")
    if len(ids) not in DELETED_AT_ONCE:
        raise bad_request("there must be 1-100 message identifiers")
    found = [chat.log[number] for number in ids if number in chat.log and not chat.log[number].is_deleted]
    if not all(_may_delete(request, chat, message) for message in found):
        raise bad_request("message can't be deleted")
    for message in found:
        _delete(request, message)
    return True


def _to_edit(request: Request) -> Message:
    if "inline_message_id" in request.values:
        raise bad_request("MESSAGE_ID_INVALID")
    message = request.chat().log.get(request.need("message_id"))
    if message is None or message.is_deleted:
        raise bad_request("message to edit not found")
    # The platform lets a bot edit its own messages only, and none that brought a keyboard for replies.
    if not message.is_by_bot or (message.markup and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    return message


def _change(request: Request, message: Message, **content: Any) -> Json:
    """Set what is given and the keyboard, which goes away when the request has none."""
    markup = request.values.get("reply_markup")
    if markup is not None:
        check_markup(markup, request.world.rules, is_private=message.chat.is_private)
    is_same = all(getattr(message, name) == value for name, value in content.items())
    if is_same and _rows(markup) == _rows(message.markup):
        raise not_modified()
    if request.world.rules.edits_count_as_messages:
        request.admit(message.chat)
    for name, value in content.items():
        setattr(message, name, value)
    message.markup = markup
    message.edits += 1
    message.edited_at = request.world.now()
    return message.raw()


def _rows(markup: Json | None) -> Any:
    return (markup or {}).get("inline_keyboard") or []


def _may_delete(request: Request, chat: Chat, message: Message) -> bool:
    world = request.world
    if world.bot["id"] in chat.administrators:
        return True
    is_recent = world.now() - message.sent_at <= world.rules.bot_deletes_for_seconds
    return is_recent and (message.is_by_bot or chat.is_private)


def _delete(request: Request, message: Message) -> None:
    message.is_deleted = True
    request.world.changed.ring()
