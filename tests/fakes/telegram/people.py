"""Who writes to the bot: people and groups, with the verbs of a conversation."""

import re
from collections.abc import Iterable
from typing import Any

from tests.fakes.telegram.refusals import Refusal, bad_request, forbidden
from tests.fakes.telegram.sending import REACTIONS
from tests.fakes.telegram.text import noticed
from tests.fakes.telegram.world import PATIENCE_SECONDS, Chat, Json, Message, Press, Topic, World

EDITS_TOLD_SECONDS = 24 * 3600
ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
PNG_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf000000030101002718e3660000000049454e44ae426082"
)


def cannot_initiate() -> Refusal:
    return forbidden("bot can't initiate conversation with a user")


class User:
    """A person with a private chat, ``chat``. The bot may write there from the first thing the person says."""

    def __init__(self, world: World, facts: Json) -> None:
        self._world = world
        self._facts = facts
        self.id: int = facts["id"]
        assert self.id not in world.chats, f"there is a chat {self.id} already"
        self.chat = Chat(world=world, id=self.id, kind="private", person=facts, refuses=cannot_initiate())
        world.chats[self.id] = self.chat

    def raw(self) -> Json:
        return dict(self._facts)

    async def starts(self, payload: str = "") -> Message:
        """Open the bot, as by a link ``t.me/bot?start=payload``; ends a block."""
        assert re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload), f"no link can carry {payload!r}"
        if self._blocks_bot:
            await self.unblocks()
        return await self.says(f"/start {payload}".rstrip())

    async def says(self, text: str, **where: Any) -> Message:
        """Write a message: ``where`` takes ``to`` (a Group), ``reply_to`` (a Message), ``thread`` and ``entities``."""
        return self._post(text=text, **where)

    async def sends_photo(self, content: bytes = PNG_DOT, *, caption: str = "", **where: Any) -> Message:
        media = self._world.new_media("photo", content, width=1, height=1)
        return self._post(text=caption, media=media, **where)

    async def sends_document(self, content: bytes, *, name: str, caption: str = "", **where: Any) -> Message:
        media = self._world.new_media("document", content, name=name, mime_type="application/octet-stream")
        return self._post(text=caption, media=media, **where)

    async def sends_voice(self, content: bytes = b"OggS", *, seconds: int = 1, **where: Any) -> Message:
        return self._post(media=self._world.new_media("voice", content, duration=seconds), **where)

    async def sends_location(self, latitude: float, longitude: float, **where: Any) -> Message:
        return self._post(extra={"location": {"latitude": latitude, "longitude": longitude}}, **where)

    async def sends_contact(self, phone: str, *, first_name: str, user_id: int | None = None, **where: Any) -> Message:
        person = {"phone_number": phone, "first_name": first_name} | ({"user_id": user_id} if user_id else {})
        return self._post(extra={"contact": person}, **where)

    async def sends_album(self, *photos: bytes, caption: str = "", **where: Any) -> list[Message]:
        """Several photos, each an update of its own; the first holds the caption."""
        album = {"media_group_id": str(self._world.number())}
        captions = [caption, *[""] * len(photos)]
        return [
            self._post(text=words, media=self._world.new_media("photo", photo, width=1, height=1), extra=album, **where)
            for photo, words in zip(photos, captions, strict=False)
        ]

    async def edits(self, message: Message, text: str) -> Message:
        """Change an own message; the bot is not told when the message is older than a day."""
        assert message.sender["id"] == self.id, "people edit their own messages only"
        message.text, message.entities = text, noticed(text)
        message.edited_at = self._world.now()
        if message.edited_at - message.sent_at <= EDITS_TOLD_SECONDS:
            self._deliver("edited_message", message)
        return message

    async def reacts(self, message: Message, *emoji: str) -> None:
        assert all(one.removesuffix("\ufe0f") in REACTIONS for one in emoji), "people choose from the platform's list"
        new = [{"type": "emoji", "emoji": one} for one in emoji]
        old, message.reactions = message.reactions, new
        reaction = {
            "chat": message.chat.raw(),
            "message_id": message.id,
            "user": self.raw(),
            "date": int(self._world.now()),
            "old_reaction": old,
            "new_reaction": new,
        }
        chat = message.chat
        if chat.is_private or self._world.bot["id"] in chat.administrators:  # nobody else is told
            self._world.updates.push({"message_reaction": reaction})

    async def presses(self, message: Message, label: str, *, is_inaccessible: bool = False) -> Press:
        """Press a visible inline button by its label or how it begins; AssertionError where there is none.

        ``is_inaccessible``: the update tells only where the message stands, as for very old ones.
        """
        assert not message.is_deleted, f"{message.text!r} was deleted, nobody can press its buttons"
        button = message.button(label)
        assert button.press is not None, f"{button.label!r} opens {button.url}, it is not pressed"
        return self._press(message, button.press, is_inaccessible=is_inaccessible)

    async def forges(self, message: Message, press: str) -> Press:
        """Press a button that is not there, with any callback data: one long gone, or made up."""
        return self._press(message, press)

    async def blocks(self) -> None:
        """Block the bot in the private chat."""
        self.chat.refuses = forbidden("bot was blocked by the user")
        self._membership("member", "kicked")

    async def unblocks(self) -> None:
        self.chat.refuses = None
        self._membership("kicked", "member")

    def deactivates(self) -> None:
        """Delete the account; nobody tells the bot."""
        self.chat.refuses = forbidden("user is deactivated")

    async def sees(self, words: str, *, button: str | None = None, timeout: float = PATIENCE_SECONDS) -> Message:
        """The bot's newest message with these words in the private chat, as soon as there is one."""
        return await self.chat.sees(words, button=button, timeout=timeout)

    @property
    def _blocks_bot(self) -> bool:
        return self.chat.refuses is not None and "blocked" in self.chat.refuses.description

    def _post(
        self,
        *,
        to: "Group | None" = None,
        thread: int | None = None,
        entities: list[Json] | None = None,
        **content: Any,
    ) -> Message:
        chat = to.chat if to else self.chat
        if chat is self.chat:
            assert not self._blocks_bot, "who blocked the bot must unblock it first"
            chat.refuses = None
        else:
            assert self.id in chat.members, f"{self._facts['first_name']} is not in {chat.title}"
        message = self._world.post(chat, sender=self.raw(), thread_id=thread, entities=entities or [], **content)
        self._deliver("message", message)
        return message

    def _deliver(self, kind: str, message: Message) -> None:
        if hears(self._world, message):
            self._world.updates.push({kind: message.raw()})

    def _press(self, message: Message, data: str, *, is_inaccessible: bool = False) -> Press:
        assert message.chat is self.chat or self.id in message.chat.members, "who presses must be in the chat"
        press = Press(
            id=f"{self.id}{self._world.number():06d}", world=self._world, message=message, at=self._world.now()
        )
        self._world.presses[press.id] = press
        standing = {"chat": message.chat.raw(), "message_id": message.id, "date": 0}
        query = {
            "id": press.id,
            "from": self.raw(),
            "message": standing if is_inaccessible else message.raw(),
            "chat_instance": str(abs(message.chat.id)),
            "data": data,
        }
        self._world.updates.push({"callback_query": query})
        return press

    def _membership(self, old: str, new: str) -> None:
        bot_changed(self._world, self.chat, self.raw(), old=old, new=new)


class Group:
    """A group or supergroup (``-100…``) with the bot and some people in it."""

    def __init__(self, world: World, chat_id: int, title: str, members: Iterable[User]) -> None:
        self._world = world
        kind = "supergroup" if str(chat_id).startswith("-100") else "group"
        people = {user.id: user.raw() for user in members}
        self.chat = Chat(world=world, id=chat_id, kind=kind, title=title, members=people)
        world.chats[chat_id] = self.chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """The bot's messages as they stand now."""
        return self.chat.messages

    async def sees(self, words: str, *, button: str | None = None, timeout: float = PATIENCE_SECONDS) -> Message:
        return await self.chat.sees(words, button=button, timeout=timeout)

    async def adds(self, user: User, *, by: User) -> None:
        self.chat.members[user.id] = user.raw()
        self._announce(by, new_chat_members=[user.raw()])

    async def removes(self, user: User, *, by: User) -> None:
        self._announce(by, left_chat_member=user.raw())
        self.chat.members.pop(user.id, None)

    async def adds_bot(self, *, by: User) -> None:
        """Take the bot in, with its ``my_chat_member`` and the service message."""
        self.chat.refuses = None
        bot_changed(self._world, self.chat, by.raw(), old="left", new="member")
        self._announce(by, new_chat_members=[self._world.bot])

    async def kicks_bot(self, *, by: User) -> None:
        self.chat.refuses = forbidden(f"bot was kicked from the {self._kind_in_words} chat")
        bot_changed(self._world, self.chat, by.raw(), old="member", new="kicked")

    def makes_administrator(self, user: User | None = None, *, rights: Iterable[str] = ()) -> None:
        """Make somebody an administrator, or the bot, which then hears everything and may delete everything; ``rights``
        such as ``can_manage_topics`` are given beside those that every administrator has."""
        self.chat.administrators.add(user.id if user else self._world.bot["id"])
        self.chat.bot_rights |= set() if user else set(rights)

    def turns_topics_on(self) -> None:
        """Make the supergroup a forum."""
        assert self.chat.kind == "supergroup", "only a supergroup can have topics"
        self.chat.has_topics_on = True

    def deletes_topic(self, thread: int) -> None:
        """Nobody tells the bot."""
        self.chat.lose_topic(thread)

    async def says(self, text: str, *, reply_to: Message | None = None) -> Message:
        """What an administrator who wishes to stay unnamed writes: the group itself speaks."""
        extra = {"sender_chat": self.chat.raw()}
        message = self._world.post(self.chat, sender=ANONYMOUS_ADMIN, text=text, reply_to=reply_to, extra=extra)
        if hears(self._world, message):
            self._world.updates.push({"message": message.raw()})
        return message

    def deletes_itself(self) -> None:
        self.chat.refuses = forbidden("the group chat was deleted")

    def opens_topic(self, thread: int, name: str) -> None:
        self.chat.topics[thread] = Topic(name=name)

    def closes_topic(self, thread: int) -> None:
        self.chat.topics[thread].is_closed = True

    async def becomes_supergroup(self, new_id: int, *, new_first: bool = False) -> "Group":
        """Move to a new id; both service messages arrive, the new chat's first if so wanted."""
        moved = Group(self._world, new_id, self.chat.title, ())
        moved.chat.members = self.chat.members
        self.chat.refuses = bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_id)
        sender = next(iter(self.chat.members.values()))
        steps = [(self.chat, {"migrate_to_chat_id": new_id}), (moved.chat, {"migrate_from_chat_id": self.chat.id})]
        for chat, extra in reversed(steps) if new_first else steps:
            message = self._world.post(chat, sender=sender, extra=extra)
            self._world.updates.push({"message": message.raw()})
        return moved

    @property
    def _kind_in_words(self) -> str:
        return "group" if self.chat.kind == "group" else self.chat.kind

    def _announce(self, by: User, **extra: Any) -> None:
        message = self._world.post(self.chat, sender=by.raw(), extra=extra)
        self._world.updates.push({"message": message.raw()})


class NewsChannel:
    """A channel with the bot as an administrator: what is posted there comes from the channel itself."""

    def __init__(self, world: World, chat_id: int, title: str) -> None:
        self._world = world
        self.chat = Chat(world=world, id=chat_id, kind="channel", title=title)
        world.chats[chat_id] = self.chat

    async def posts(self, text: str) -> Message:
        message = self._world.post(self.chat, sender=self.chat.raw(), text=text)
        raw = {name: value for name, value in message.raw().items() if name != "from"}
        self._world.updates.push({"channel_post": raw | {"sender_chat": self.chat.raw()}})
        return message


def hears(world: World, message: Message) -> bool:
    """Whether the bot is told of a message: in groups with privacy only of what is meant for it."""
    chat = message.chat
    if chat.is_private:
        return True
    if chat.refuses is not None:
        return False
    if not world.rules.group_privacy or world.bot["id"] in chat.administrators:
        return True
    if message.reply_to is not None and message.reply_to.is_by_bot:
        return True
    name = f"@{world.bot['username']}"
    if world.rules.mention_passes_privacy and name in message.text:
        return True
    first = message.text.split(maxsplit=1)[0] if message.text else ""
    return first.startswith("/") and ("@" not in first or first.endswith(name))


def bot_changed(world: World, chat: Chat, by: Json, *, old: str, new: str) -> None:
    """Tell the bot that its own standing in a chat changed."""

    def standing(status: str) -> Json:
        return {"status": status, "user": world.bot} | ({"until_date": 0} if status == "kicked" else {})

    change = {
        "chat": chat.raw(),
        "from": by,
        "date": int(world.now()),
        "old_chat_member": standing(old),
        "new_chat_member": standing(new),
    }
    world.updates.push({"my_chat_member": change})
