"""What a Slack message holds, as one of the neutral contents."""

from __future__ import annotations

import re

from bot.slack.payloads import Json, Known, objects, part, word
from bot.slack.places import is_private
from bot.slack.wording import plain
from handlers.chat import Album, Attachment, Content, Text, Unknown

CHINESE_COMMAND = re.compile(r"\s*[／、]\w")
HIDDEN_FILES = frozenset({"tombstone", "hidden_by_limit"})
KINDS = {"image": "photo", "audio": "voice", "video": "video"}


def content_of(event: Json, channel: str, known: Known, kind: str) -> Content:
    """Words and files of a message; what has neither is ``Unknown``."""
    text = words_of(event, known)
    addressed = is_addressed(event, channel, known)
    files = tuple(_attachment(each) for each in objects(event, "files") if word(each, "mode") not in HIDDEN_FILES)
    files = tuple(each for each in files if each.ref)
    if len(files) > 1:
        return Album(files, caption=text, addressed=addressed)
    if files:
        [only] = files
        return Attachment(only.kind, only.ref, only.name, only.mime, only.size, caption=text, addressed=addressed)
    if text.strip() or not _is_empty(event):
        return Text(text, addressed=addressed)
    return Unknown(f"{kind}.{'gone' if objects(event, 'files') else 'empty'}", {"event": dict(event)})


def words_of(message: Json, known: Known) -> str:
    """The text without markup; that of a message which was passed on, where nothing was written beside it."""
    said = word(message, "text") or "\n".join(
        filter(None, (word(each, "text") or word(each, "fallback") for each in objects(message, "attachments")))
    )
    return plain(said, name_of=known.name_of, me=known.me.user)


def is_addressed(event: Json, channel: str, known: Known) -> bool:
    """In a channel: it names us, answers us in the thread of our message, or is a command in Chinese writing."""
    if is_private(channel) or word(event, "type") == "app_mention":
        return True
    me, text = known.me.user, word(event, "text")
    return bool(me and (f"<@{me}" in text or word(event, "parent_user_id") == me)) or bool(CHINESE_COMMAND.match(text))


def _is_empty(event: Json) -> bool:
    """A message that only names us asks for something all the same: its text is empty without the name."""
    return not word(event, "text")


def _attachment(file: Json) -> Attachment:
    """``ref`` is the file's id: where its bytes are is asked when they are fetched, as a file of Slack Connect needs it."""
    mime = word(file, "mimetype")
    size = file.get("size")
    is_voice = word(file, "subtype") == "slack_audio"
    return Attachment(
        "voice" if is_voice else KINDS.get(mime.partition("/")[0], "file"),
        word(file, "id"),
        name=word(file, "name") or word(file, "title") or None,
        mime=mime or None,
        size=size if isinstance(size, int) and size > 0 else None,
    )


def is_by_us(message: Json, known: Known) -> bool:
    me = known.me
    return bool(me.user and word(message, "user") == me.user) or bool(me.bot and word(message, "bot_id") == me.bot)


def is_by_a_bot(message: Json, known: Known) -> bool:
    """Two bots that answer each other would never stop."""
    if word(message, "bot_id") or word(message, "subtype") == "bot_message" or part(message, "bot_profile"):
        return True
    profile = known.people.get(word(message, "user"))
    return word(message, "user") == "USLACKBOT" or (profile is not None and profile.is_bot)
