"""``chat.*`` and ``reactions.*``: what the app says."""

from typing import Any

from tests.fakes.slack.blocks import check_message_blocks, marked_texts
from tests.fakes.slack.events import message_changed, message_deleted, message_posted, reaction
from tests.fakes.slack.markup import is_broken, stored
from tests.fakes.slack.messages import Message
from tests.fakes.slack.people import Channel
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.requests import SPECIAL, Request, method
from tests.fakes.slack.schema import Json
from tests.fakes.slack.world import World

MOST_ATTACHMENTS = 100
THREAD = ("thread_ts", "parent_user_id", "reply_count", "reply_users", "reply_users_count", "latest_reply")
CONTENT = "text blocks attachments metadata unfurl_links unfurl_media parse link_names mrkdwn markdown_text"
POSTING = f"channel thread_ts reply_broadcast {CONTENT}"


@method("chat.postMessage", tier=SPECIAL, scope="chat:write", arguments=POSTING)
def post_message(request: Request) -> Json:
    channel = posting_place(request, is_public_enough="chat:write.public" in request.world.scopes)
    content = read_content(request)
    thread_ts = _thread(request, channel)
    request.world.rates.admit_message(channel.id, request.world.now())
    message = request.world.post(
        channel,
        user=request.world.bot.id,
        thread_ts=thread_ts,
        is_broadcast=request.flag("reply_broadcast"),
        **content,
    )
    message_posted(request.deliveries, message)
    return {"channel": channel.id, "ts": message.ts, "message": message.raw()}


@method("chat.postEphemeral", tier=4, scope="chat:write", arguments=f"user {POSTING}")
def post_ephemeral(request: Request) -> Json:
    channel = posting_place(request, is_public_enough=False)
    user = request.need("user")
    if user not in request.world.people:
        raise Refusal("user_not_found")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    content = read_content(request)
    message = request.world.post(
        channel, user=request.world.bot.id, seen_by=user, thread_ts=_thread(request, channel), **content
    )
    return {"message_ts": message.ts}


@method("chat.update", tier=3, scope="chat:write", arguments=f"channel ts as_user file_ids reply_broadcast {CONTENT}")
def update(request: Request) -> Json:
    message = _own_message(request, "cant_update_message")
    window = request.world.rules.edit_window_seconds
    if window is not None and request.world.now() - float(message.ts) > window:
        raise Refusal("edit_window_closed")
    has_text, has_blocks = bool(request.text("text")), request.json("blocks", "invalid_blocks_format") is not None
    if not has_text and not has_blocks and request.json("attachments") is None:
        raise Refusal("no_text")
    if len(stored(request.text("text")).encode()) > request.world.rules.update_text_bytes:
        raise Refusal("msg_too_long")
    content = read_content(request, is_update=True)
    before = message.raw()
    _change(message, content, has_text=has_text, has_blocks=has_blocks)
    if has_text and not has_blocks:
        message.edited = {"user": request.world.bot.id, "ts": f"{int(request.world.now())}.000000"}
    message_changed(request.deliveries, message, before)
    # The message inside was never seen with its own ts.
    inner = {name: value for name, value in message.raw().items() if name not in {"ts", *THREAD}}
    return {"channel": message.channel.id, "ts": message.ts, "text": message.text, "message": inner}


@method("chat.delete", tier=3, scope="chat:write", arguments="channel ts as_user")
def delete(request: Request) -> Json:
    message = _own_message(request, "cant_delete_message")
    before = message.raw()
    message.is_deleted = True
    del message.channel.log[message.ts]
    message_deleted(request.deliveries, message, before)
    return {"channel": message.channel.id, "ts": message.ts}


@method("chat.getPermalink", tier=SPECIAL, arguments="channel message_ts", reads=True)
def get_permalink(request: Request) -> Json:
    channel = request.channel()
    message = _message(channel, request.need("message_ts"))
    place = f"https://{request.world.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    return {"channel": channel.id, "permalink": place + thread}


@method("reactions.add", tier=3, scope="reactions:write", arguments="channel timestamp name")
def add_reaction(request: Request) -> Json:
    message, name = _reacted(request)
    people = message.reactions.setdefault(name, [])
    if request.world.bot.id in people:
        raise Refusal("already_reacted")
    people.append(request.world.bot.id)
    reaction(request.deliveries, "reaction_added", user=request.world.bot.id, message=message, name=name)
    return {}


@method(
    "reactions.remove",
    tier=2,
    scope="reactions:write",
    arguments="channel timestamp name file file_comment",
)
def remove_reaction(request: Request) -> Json:
    message, name = _reacted(request)
    people = message.reactions.get(name, [])
    if request.world.bot.id not in people:
        raise Refusal("no_reaction")
    people.remove(request.world.bot.id)
    if not people:
        del message.reactions[name]
    reaction(request.deliveries, "reaction_removed", user=request.world.bot.id, message=message, name=name)
    return {}


def posting_place(request: Request, *, is_public_enough: bool) -> Channel:
    """Where the app may write: by id, by name, or to a person. Raises Refusal."""
    channel = _named(request, request.need("channel"))
    if channel.kind != "channel" and not channel.has_bot:
        raise Refusal("channel_not_found")
    if not channel.has_bot and not is_public_enough:
        raise Refusal("not_in_channel")
    if channel.is_archived:
        raise Refusal("is_archived")
    if channel.is_im and not request.world.messages_tab_is_on:
        raise Refusal("messages_tab_disabled")
    if _is_to_nobody(channel) and request.world.rules.gone_person_error:
        raise Refusal(request.world.rules.gone_person_error)
    if channel.refuses:
        raise Refusal(channel.refuses)
    return channel


def read_content(request: Request, *, is_update: bool = False) -> dict[str, Any]:
    """What a message will hold, checked. Raises Refusal."""
    raw = request.text("text") or request.text("markdown_text")
    text = stored(raw)
    blocks = request.json("blocks", "invalid_blocks_format")
    attachments = request.json("attachments") or []
    if not text and not blocks and not attachments and not is_update:
        raise Refusal("no_text")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    if blocks is not None:
        check_message_blocks(blocks, request.world.rules)
    if len(text) > request.world.rules.text_cut_at:
        text = text[: request.world.rules.text_cut_at]
        request.warnings.append("message_truncated")
    note_markup(request.world, raw, blocks)
    return {"text": text, "blocks": blocks or [], "attachments": attachments, "metadata": request.json("metadata")}


def note_markup(world: World, text: str, blocks: list[Json] | None) -> None:
    """Remember texts that a person reads otherwise than they were meant."""
    world.broken_markup += [one for one in (text, *marked_texts(blocks or [])) if is_broken(one)]


def _change(message: Message, content: Json, *, has_text: bool, has_blocks: bool) -> None:
    """What is not given stays, but a new text alone takes the blocks away."""
    if has_text:
        message.text = content["text"]
    if has_text or has_blocks:
        message.show(content["blocks"])
    if content["attachments"]:
        message.attachments = content["attachments"]
    if content["metadata"]:
        message.metadata = content["metadata"]
    message.edits += 1
    message.world.changed.ring()


def _named(request: Request, name: str) -> Channel:
    world = request.world
    if name in world.channels:
        return world.channels[name]
    if name in world.people:
        person = world.people[name]
        if person.is_bot:
            raise Refusal("cannot_dm_bot")
        return world.im(person)
    for channel in world.channels.values():
        if channel.name and name.removeprefix("#") == channel.name:
            return channel
    raise Refusal("channel_not_found")


def _is_to_nobody(channel: Channel) -> bool:
    return channel.is_im and any(channel.world.people[one].is_deleted for one in channel.members)


def _thread(request: Request, channel: Channel) -> str | None:
    """The root of the thread to answer in. An answer to an answer stands in the same thread."""
    ts = request.text("thread_ts")
    if not ts:
        return None
    if ts not in channel.log and request.world.rules.orphan_thread_error:
        raise Refusal(request.world.rules.orphan_thread_error)
    root = channel.log.get(ts)
    return (root.thread_ts or ts) if root else ts


def _message(channel: Channel, ts: str) -> Message:
    if ts not in channel.log:
        raise Refusal("message_not_found")
    return channel.log[ts]


def _own_message(request: Request, error: str) -> Message:
    channel = request.channel()
    message = _message(channel, request.need("ts"))
    if not message.is_by_bot:
        raise Refusal(error)
    if channel.is_archived:
        raise Refusal("is_archived")
    return message


def _reacted(request: Request) -> tuple[Message, str]:
    name = request.need("name").strip(":")
    if not request.text("channel") or not request.text("timestamp"):
        raise Refusal("no_item_specified")
    channel = request.channel()
    if not channel.has_bot:
        raise Refusal("not_in_channel")
    if not all(letter.isalnum() or letter in "_-+'" for letter in name):
        raise Refusal("invalid_name")
    return _message(channel, request.text("timestamp")), name
