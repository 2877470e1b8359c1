"""People who come in through a channel of their own, as onboarding needs them: with a language, a zone, and no identity yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.wiring import House
from domain.people.actions import invite_first_admin
from domain.people.model import Invitation, Staff
from domain.ports import UnitOfWork
from handlers.chat import Capabilities, ChatEvent, Content, Conversation, Outgoing, PlaceKind, Press, Sender, Text
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Said

PHONE = "phone"


class PhoneChannel:
    """A channel without forms that takes whatever it is given, like Telegram's private chats."""

    name = PHONE
    capabilities = Capabilities(forms=False)

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    async def send(self, outgoing: Outgoing) -> str | None:
        self.sent.append(outgoing)
        return outgoing.edit or f"m{len(self.sent)}"

    async def close(self) -> None:
        """Nothing to close."""


@dataclass
class Caller:
    """Somebody at their phone. ``locale``, ``timezone`` and ``is_member`` are what the platform says of them."""

    chat: Chat
    user: str
    name: str
    locale: str | None = None
    timezone: str | None = None
    is_member: bool = False
    heard: list[Said] = field(default_factory=list)

    async def says(self, text: str, *, group: str | None = None) -> list[Said]:
        return await self.does(Text(text), group=group)

    async def presses(self, label: str, *, home: bool = False, group: str | None = None) -> list[Said]:
        """The newest button that begins so; ``home``: on the home page."""
        for said in reversed(self.heard):
            for button in (button for row in said.body.rows for button in row):
                if button.label.startswith(label):
                    return await self.does(Press(button.press, None if home else "m1", home=home), group=group)
        raise AssertionError(f"no button {label!r}: {[said.buttons for said in self.heard]}")

    async def does(self, content: Content, *, group: str | None = None) -> list[Said]:
        house = self.chat.house
        place = group or f"private-{self.user}"
        before = len(self.chat.said)
        await house.dispatcher.dispatch(
            ChatEvent(
                channel=PHONE,
                delivery_id=f"phone:{next(self.chat.deliveries)}",
                conversation=Conversation(
                    channel=PHONE, key=place, kind=PlaceKind.GROUP if group else PlaceKind.PRIVATE
                ),
                sender=Sender(
                    user=self.user,
                    name=self.name,
                    locale=self.locale,
                    timezone=self.timezone,
                    is_member=self.is_member,
                    private_place=f"private-{self.user}" if self.is_member else None,
                ),
                at=self.chat.now,
                content=content,
            )
        )
        await self.chat.settle()
        answers = [said for said in self.chat.said[before:] if said.sent.place in {place, f"private-{self.user}"}]
        self.heard += answers
        return answers

    def last_heard(self) -> Said:
        """The newest of all that stands in their private chat, whatever it answers."""
        said = next(said for said in reversed(self.chat.said) if said.sent.place == f"private-{self.user}")
        self.heard.append(said)
        return said


def phone(chat: Chat) -> PhoneChannel:
    """Connect the channel; invitations then carry its links."""
    channel = PhoneChannel()
    chat.house.channels[PHONE] = channel
    chat.house.links[PHONE] = lambda code: f"https://phone.test/?start={code}"
    return channel


async def first_code(chat: Chat) -> str:
    return await first_code_of(chat.house)


async def first_code_of(house: House) -> str:
    """The code whose opener becomes the first admin."""

    async def act(uow: UnitOfWork, actor: Staff | None) -> Invitation | None:
        return await invite_first_admin(uow, now=house.now())

    invitation = await perform(house.database.unit_of_work, act, now=house.now())
    assert invitation is not None
    return str(invitation.code)


def code_in(said: Said) -> str:
    return said.text.rpartition("join ")[2].split()[0]
