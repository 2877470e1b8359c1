"""What Slack's payloads have in common: which kind it is, who and where, and what has to be looked up for it.

They come in three shapes: ``event_callback`` (https://docs.slack.dev/apis/events-api), interactions
(https://docs.slack.dev/reference/interaction-payloads) and slash commands. Fields may be absent or of another type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.people import Me, Profile
from bot.slack.places import NOWHERE, is_private
from bot.slack.wording import mentioned

Json = Mapping[str, Any]
NOTHING: Json = {}


ABOUT_WORDS = frozenset({"ticket", "admission_tickets", "writing_hand"})  # reactions that point at what a message says


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was looked up for one payload. ``chat`` is the speaker's private chat with the bot, ``thread`` the messages of
    the thread that was picked, ``link`` its address; ``reacted`` the message that was reacted to, or answered by a word, ``root`` the one in whose
    thread it stands; ``title`` what the channel is called."""

    me: Me
    people: Mapping[str, Profile]
    chat: str | None = None
    thread: tuple[Json, ...] = ()
    link: str | None = None
    root: str | None = None
    reacted: Json | None = None
    title: str | None = None

    def name_of(self, user: str) -> str:
        profile = self.people.get(user)
        return profile.name if profile is not None and profile.name else user


def part(body: Json, name: str) -> Json:
    """A field that should be an object."""
    found = body.get(name)
    return found if isinstance(found, Mapping) else NOTHING


def word(body: Json, name: str) -> str:
    """A field that should be a string."""
    found = body.get(name)
    return found if isinstance(found, str) else ""


def objects(body: Json, name: str) -> list[Json]:
    """A field that should be a list of objects."""
    found = body.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def is_command(body: Json) -> bool:
    return "command" in body and "type" not in body


def kind_of(body: Json) -> str:
    """``message``, ``message.message_changed``, ``block_actions``, ``slash_command``: for the log and the metrics."""
    if is_command(body):
        return "slash_command"
    if word(body, "type") != "event_callback":
        return word(body, "type") or "empty"
    event = part(body, "event")
    names = [word(event, "type") or "empty", word(event, "subtype")]
    return ".".join(name for name in names if name)


def speaker_of(body: Json) -> str:
    """The id of who did it; empty where nobody is named."""
    if is_command(body):
        return word(body, "user_id")
    if word(body, "type") != "event_callback":
        return word(part(body, "user"), "id") or word(body, "user")
    event = part(body, "event")
    for holder in (event, part(event, "message"), part(event, "previous_message")):
        user = holder.get("user")
        if isinstance(user, str) and user:
            return user
        if isinstance(user, Mapping):
            return word(user, "id")
    return ""


def channel_of(body: Json) -> str:
    """The channel's id; empty where none is named."""
    event = part(body, "event")
    for found in (
        word(body, "channel_id"),
        word(part(body, "channel"), "id"),
        word(part(body, "container"), "channel_id"),
        word(event, "channel"),
        word(part(event, "channel"), "id"),
        word(part(event, "item"), "channel"),
        word(event, "channel_id"),
    ):
        if found:
            return found
    return ""


def lane_of(body: Json) -> str:
    """What must be handled in order: what happens in one channel, and what one person does for themselves."""
    if is_seen_by_one(body):
        return speaker_of(body) or NOWHERE
    return channel_of(body) or speaker_of(body) or NOWHERE


def is_seen_by_one(body: Json) -> bool:
    """Whether only who acts sees the place: a command's answer, an ephemeral message, the home page."""
    if is_command(body):
        return True
    container = part(body, "container")
    return bool(container.get("is_ephemeral")) or word(container, "type") == "view"


@dataclass(frozen=True)
class Wanted:
    """What to look up: ``people``, the speaker's private ``chat`` with the bot, a thread of a channel, the address of a
    message, and the thread that ``reply`` stands in (each a channel and a message's number)."""

    people: tuple[str, ...] = ()
    chat: bool = False
    thread: tuple[str, str] | None = None
    link: tuple[str, str] | None = None
    reply: tuple[str, str] | None = None


COMMANDS_BEGIN = ("/", "／", "、")


def wanted(body: Json, me: Me) -> Wanted:
    """What a payload needs to be understood."""
    speaker = speaker_of(body)
    if not speaker or speaker == me.user:
        return Wanted()
    kind = word(body, "type")
    if kind == "message_action":
        message, channel = part(body, "message"), channel_of(body)
        root = word(message, "thread_ts")
        thread = (channel, root) if root else None
        picked = (channel, word(body, "message_ts") or word(message, "ts"))
        return Wanted(_people(speaker, message), chat=True, thread=thread, link=picked)
    if kind in {"shortcut", "view_submission", "view_closed"} or is_seen_by_one(body):
        return Wanted((speaker,), chat=True)
    if kind != "event_callback":
        return Wanted((speaker,))
    event = part(body, "event")
    if word(event, "bot_id"):
        return Wanted()
    item = part(event, "item")
    is_ours = word(event, "item_user") == me.user
    is_wanted = is_ours or (word(event, "type") == "reaction_added" and word(event, "reaction") in ABOUT_WORDS)
    if item and is_wanted and not is_private(word(item, "channel")):
        # Where a message stands and what it says is part of what comes of it; of a reaction Slack does not say.
        return Wanted((speaker,), reply=(word(item, "channel"), word(item, "ts")))
    changed = part(event, "message")
    joined = word(event, "user")
    people = (*_people(speaker, event), *mentioned(word(changed, "text")), *([joined] if joined else []))
    # Who is met in a channel can be written to later.
    means_us = word(event, "type") == "app_mention" or bool(me.user and f"<@{me.user}" in word(event, "text"))
    in_channel = not is_private(channel_of(body))
    answered = _answered(event, me) if in_channel else None
    return Wanted(tuple(dict.fromkeys(people)), chat=means_us and in_channel, reply=answered)


def _answered(event: Json, me: Me) -> tuple[str, str] | None:
    """The message below which somebody wrote a single word for us: a command alone may be about what stands there. What
    says more is not held up by asking for it."""
    root, text = word(event, "thread_ts"), word(event, "text")
    rest = text.replace(f"<@{me.user}>", " ") if me.user else text
    is_for_us = rest != text or word(event, "type") == "app_mention" or rest.lstrip().startswith(COMMANDS_BEGIN)
    if not root or root == word(event, "ts") or not is_for_us or len(rest.split()) != 1:
        return None
    return word(event, "channel"), root


def _people(speaker: str, message: Json) -> tuple[str, ...]:
    author = word(message, "user")
    named = mentioned(word(message, "text"))
    return tuple(dict.fromkeys([speaker, *([author] if author else []), *named]))


def private_chat_in(body: Json) -> str | None:
    """The speaker's private chat, where the event itself happened in it. A command may be typed in any private chat."""
    if word(body, "type") == "event_callback":
        channel = channel_of(body)
        return channel if is_private(channel) else None
    return None
