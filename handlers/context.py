"""What a handler is told: the unit of work, who speaks, where, and when."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from domain.company.keeping import masks_of
from domain.company.model import Company
from domain.errors import ForStaffOnly, NotAllowed
from domain.jobs.model import Told
from domain.people.model import Identity, Role, Staff
from domain.ports import UnitOfWork
from handlers.chat import (
    Attachment,
    Button,
    Capabilities,
    ChatEvent,
    FormFilled,
    Forwarded,
    PlaceKind,
    Press,
    Reaction,
    Receipt,
    Reply,
)
from handlers.dialogs.currencies import currency_of
from handlers.understanding import Context as Reading
from handlers.understanding import Learned, Names
from locales import is_spoken

T = TypeVar("T")
Links = Callable[[str], Sequence[str]]  # the addresses that open a one-time code, the easiest first
UNDO_HERE = "undo:@"  # dispatch writes this transaction's action id in place of the @


def no_links(code: str) -> Sequence[str]:
    """No channel has addresses that open a code: it is typed, ``join CODE``."""
    return ()


Hear = Callable[[str], Awaitable["Outcome"]]  # handles words as if they had been said: those beside a photo


async def deaf(words: str) -> Outcome:
    """Nobody listens: a context that no event made."""
    return Outcome()


class NamesIndex(Protocol):
    """Gives the names that somebody may see and what the company taught, ready to be recognised in a text."""

    async def known_to(self, uow: UnitOfWork, staff: Staff) -> tuple[Names, Learned]: ...


@dataclass(frozen=True)
class Outcome:
    """What a handler wants said at once, and what must travel in the platform's own answer."""

    replies: tuple[Reply, ...] = ()
    receipt: Receipt = field(default_factory=Receipt)


@dataclass(kw_only=True)
class ChatContext:
    """``now`` is when this runs; relative times in words count from ``event.at``. ``staff`` is None for anybody else."""

    uow: UnitOfWork
    event: ChatEvent
    now: datetime
    company: Company
    identity: Identity
    staff: Staff | None
    index: NamesIndex
    capabilities: Capabilities = field(default_factory=Capabilities)
    links: Links = no_links
    files: list[int] = field(default_factory=list)
    """Files that came with the event and belong to nothing yet: whoever keeps the words beside them takes them."""
    hear: Hear = deaf
    ahead: dict[Any, Any] = field(default_factory=dict)
    """What was read before the transaction began, by what was asked. See ``handlers.router.ahead``."""
    words_refused: bool = False
    """Files came beside words that were refused, and are kept without them."""

    @property
    def is_of_album(self) -> bool:
        """Was it sent together with others, which come as events of their own?"""
        return isinstance(self.event.content, Attachment) and self.event.content.album is not None

    @property
    def is_forwarded(self) -> bool:
        """Did somebody else, perhaps, write the words?"""
        content = self.event.content
        return isinstance(content, Forwarded) or (isinstance(content, Attachment) and content.is_forwarded)

    def take_files(self) -> list[int]:
        taken, self.files[:] = list(self.files), []
        return taken

    async def once(self, asked: Any, reads: Callable[[], Awaitable[T]]) -> T:
        """What ``reads`` gives; read once, before the transaction where somebody reads ahead."""
        if asked not in self.ahead:
            self.ahead[asked] = await reads()
        found: T = self.ahead[asked]
        return found

    @property
    def actor(self) -> Staff:
        if self.staff is None:
            raise ForStaffOnly
        return self.staff

    @property
    def role(self) -> Role | None:
        """None for everybody who is not of the staff."""
        return self.staff.role if self.staff is not None else None

    @property
    def locale(self) -> str:
        """A customer's own choice, else what the platform says of them if we speak it, else the company's."""
        if self.staff is not None:
            return self.staff.locale
        theirs = self.identity.locale
        return theirs if theirs and is_spoken(theirs) else self.company.locale

    @property
    def timezone(self) -> str:
        return self.staff.timezone if self.staff is not None else self.company.timezone

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def in_group(self) -> bool:
        return self.event.conversation.kind is PlaceKind.GROUP

    def allow(self, *roles: Role) -> None:
        """Raise NotAllowed unless the speaker has one of these roles."""
        if self.actor.role not in roles:
            raise NotAllowed

    def told(self, reply: Reply) -> Told:
        """Where such an answer is said, and so the outcome of work that takes longer than the answer."""
        event = self.event
        pressed = event.content.message if isinstance(event.content, Press | FormFilled | Reaction) else None
        extra: dict[str, Any] = {"locale": self.locale, "timezone": self.timezone, **event.extra}
        masked = masks_of(self.company).fields(self.role) if self.role is not None else ()
        if masked and self.staff is not None:
            extra["hides"] = {"staff": self.staff.id, "fields": sorted(masked)}
        if self.in_group:
            extra |= {"masked": not reply.private, "reply_to": event.message}
            if reply.private and event.sender is not None:
                extra["to_user"] = event.sender.user
        elif reply.home and event.sender is not None:
            extra["to_user"] = event.sender.user
        return Told(
            channel=event.channel,
            place=event.conversation.key,
            edit=pressed if pressed and not reply.fresh and not (self.in_group and reply.private) else None,
            extra=extra,
        )

    async def reading(self) -> Reading:
        """How a text of this speaker is to be read: their zone, hours, currency and the names they may see."""
        actor = self.actor
        names, learned = await self.index.known_to(self.uow, actor)
        return Reading(
            now=self.event.at.astimezone(actor.zone),
            zone=actor.zone,
            working_hours=(actor.work_start, actor.work_end),
            currency=currency_of(actor, self.company),
            date_order=date_order(actor),
            country=country_of(actor, self.company),
            names=names,
            learned=learned,
        )


def date_order(staff: Staff) -> str:
    """How the person writes numeric dates: 2026-11-27, 27/11 or 11/27."""
    if staff.locale.startswith("zh"):
        return "YMD"
    from domain.values.zones import country_of_zone

    return "MDY" if country_of_zone(staff.timezone) in {"US", "PH", None} else "DMY"


def country_of(staff: Staff, company: Company) -> str:
    """The country a phone without a country code is read in."""
    from domain.values.zones import country_of_zone

    return country_of_zone(staff.timezone) or company.country


def undo_button() -> Button:
    """Undo of what this very message did."""
    return Button("button-undo", press=UNDO_HERE)
