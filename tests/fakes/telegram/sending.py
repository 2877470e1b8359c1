"""The methods that put something new into a chat."""

from typing import Any

from tests.fakes.telegram.keyboards import check_markup
from tests.fakes.telegram.media import media_of
from tests.fakes.telegram.refusals import bad_request, query_too_old
from tests.fakes.telegram.requests import Request, method
from tests.fakes.telegram.text import caption_text, message_text
from tests.fakes.telegram.world import Chat, Json, Media, Message

FILE_METHODS = {
    "sendphoto": "photo",
    "senddocument": "document",
    "sendaudio": "audio",
    "sendvoice": "voice",
    "sendvideo": "video",
}
ALBUM_SIZES = range(2, 11)
ALONE_IN_ALBUMS = {"document", "audio"}
TOAST_LIMIT = 200
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
# What the platform lets anybody react with; letters with a selector or a joiner are written without it.
REACTIONS = set(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)
REACTIONS |= {"❤‍🔥", "👨‍💻", "🤷‍♂", "🤷‍♀"}


@method("sendMessage")
def send_message(request: Request) -> Json:
    chat = request.chat()
    values = request.values
    text, entities = message_text(request.need("text"), values.get("parse_mode"), values.get("entities"))
    return _send(request, chat, text=text, entities=entities)


@method("sendPhoto", "sendDocument", "sendAudio", "sendVoice", "sendVideo")
def send_file(request: Request) -> Json:
    chat = request.chat()
    kind = FILE_METHODS[request.method.lower()]
    media = media_of(request, kind, request.need(kind))
    text, entities = caption_of(request.values)
    return _send(request, chat, text=text, entities=entities, media=media)


@method("sendMediaGroup")
def send_album(request: Request) -> list[Json]:
    chat = request.chat()
    items: list[Json] = request.need("media")
    kinds = {item["type"] for item in items}
    if len(items) not in ALBUM_SIZES or (len(kinds) > 1 and kinds & ALONE_IN_ALBUMS):
        raise bad_request("there must be 2-10 items in an album, documents and audio files apart from others")
    media = [media_of(request, item["type"], item["media"]) for item in items]
    captions = [caption_of(item) for item in items]
    album = {"media_group_id": str(request.world.number())}
    sent = []
    for one, (text, entities) in zip(media, captions, strict=True):
        sent.append(_send(request, chat, text=text, entities=entities, media=one, extra=album))
    return sent


@method("sendChatAction")
def send_chat_action(request: Request) -> bool:
    action = request.need("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    request.chat().actions.append(action)
    return True


@method("answerCallbackQuery")
def answer_callback_query(request: Request) -> bool:
    if len(request.values.get("text", "")) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    world = request.world
    own_link = f"https://t.me/{world.bot['username']}?start="
    if not request.values.get("url", own_link).startswith(own_link):
        raise bad_request("URL_INVALID")
    press = world.presses.get(request.need("callback_query_id"))
    if press is None or world.now() - press.at > world.rules.callback_query_seconds:
        raise query_too_old()
    if press.answer is not None and world.rules.callback_query_answered_once:
        raise query_too_old()
    press.answer = {"text": "", "show_alert": False} | request.values
    return True


@method("setMessageReaction")
def set_message_reaction(request: Request) -> bool:
    message = request.chat().log.get(request.need("message_id"))
    if message is None or message.is_deleted:
        raise bad_request("message to react not found")
    reactions: list[Json] = request.values.get("reaction", [])
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one.get("emoji", "").replace("\ufe0f", "") not in REACTIONS for one in reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions = reactions
    return True


def caption_of(values: Json) -> tuple[str, list[Json]]:
    return caption_text(values.get("caption", ""), values.get("parse_mode"), values.get("caption_entities"))


def _send(request: Request, chat: Chat, *, text: str, entities: list[Json], **content: Any) -> Json:
    markup = request.values.get("reply_markup")
    if markup is not None:
        check_markup(markup, request.world.rules, is_private=chat.is_private)
    thread = request.thread(chat)
    reply_to = _replied(request, chat)
    request.admit(chat)
    media: Media | None = content.pop("media", None)
    message = request.world.post(
        chat,
        sender=request.world.bot,
        text=text,
        entities=entities,
        media=media,
        markup=markup,
        reply_to=reply_to,
        thread_id=thread,
        **content,
    )
    return message.raw()


def _replied(request: Request, chat: Chat) -> Message | None:
    parameters = request.values.get("reply_parameters") or {}
    if "message_id" not in parameters:
        return None
    message = chat.log.get(parameters["message_id"])
    if message is not None and not message.is_deleted:
        return message
    if parameters.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
