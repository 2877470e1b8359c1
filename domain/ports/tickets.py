"""Requests of customers, and who may speak for them. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from domain.groups.model import BoundGroup
from domain.inquiries.model import Inquiry
from domain.people.model import Identity, Staff
from domain.tickets.clock import Deadlines, Promise
from domain.tickets.model import Ticket, TicketMessage
from domain.tickets.queries import Load, MessageView, TicketView


class Looked(NamedTuple):
    """What the planner saw of a ticket: at which version, when it must look again (None: not by itself), and by which
    service (``Service.stamp``) the deadlines are counted."""

    ticket_id: int
    version: int
    look_at: datetime | None
    stamp: str


class Counted(NamedTuple):
    """What is promised of a ticket, and its deadlines, by the service of ``stamp``."""

    ticket_id: int
    promise: Promise
    deadlines: Deadlines
    stamp: str


class TicketRepository(Protocol):
    async def add(self, ticket: Ticket) -> Ticket: ...
    async def get_for(self, actor: Staff, ticket_id: int) -> Ticket:
        """Locked: of two who take it at once, the second sees what the first did."""

    async def get_asked_by(self, identity: Identity, ticket_id: int) -> Ticket:
        """For its customer, locked: asked from this account, or by the contact behind it from another one."""

    async def find_last_open(self, identity: Identity) -> Ticket | None:
        """What this account, or the contact behind it, asked last in private and that is not closed. Locked.

        What was asked in a group is answered there, where others read along: private words never go to it.
        """

    async def find_running_at(self, channel: str, places: Sequence[str], *, identity: Identity | None) -> Ticket | None:
        """The newest in one of these places that is not over, locked; with ``identity`` only what that account asked."""

    async def list_unknown_of(self, identity_id: int, *, limit: int) -> Sequence[Ticket]:
        """What this account asked and that belongs to no contact yet."""

    async def list_active_of(
        self, staff_id: int, *, limit: int, customer_id: int | None = None
    ) -> Sequence[Ticket]: ...
    async def list_to_drain(self, *, limit: int) -> Sequence[Ticket]:
        """What waits in the queue, the head and then the oldest first, locked, without what somebody is just taking."""

    async def list_loads(self, staff_ids: Sequence[int]) -> Sequence[Load]:
        """Of each of them, one statement."""

    async def owners_of(self, customer_ids: Collection[int]) -> Mapping[int, int]: ...
    async def find_grade(self, customer_id: int) -> str | None: ...
    async def grades_of(self, customer_ids: Collection[int]) -> Mapping[int, str]:
        """By customer; those without a grade are left out."""

    async def is_reachable(self, ticket: Ticket) -> bool:
        """Would an answer get anywhere: is there a conversation, or an account of the contact that can be reached?"""

    # what is said
    async def add_message(self, message: TicketMessage) -> TicketMessage: ...
    async def get_message_for(self, actor: Staff, message_id: int) -> TicketMessage: ...
    async def find_answer(self, message_id: int) -> TicketMessage | None:
        """One in the lane to the customer that nobody recalled: nothing else may be rendered for a customer."""

    async def find_said_by(self, identity: Identity, message_id: int) -> TicketMessage | None:
        """What this very account wrote to a ticket."""

    async def list_said_by(self, identity_ids: Sequence[int], *, limit: int) -> Sequence[TicketMessage]:
        """What these accounts wrote to tickets, newest first."""

    async def list_said(self, ticket_id: int, *, limit: int) -> Sequence[TicketMessage]:
        """By id."""

    # what screens show
    async def list_views(self, ids: Sequence[int]) -> Sequence[TicketView]:
        """By id, whoever may see them: the caller has loaded them for their reader."""

    async def list_queue(self, actor: Staff, *, limit: int) -> Sequence[TicketView]:
        """What nobody has, in the order in which it is given out."""

    async def list_held(self, staff_ids: Collection[int], *, each: int) -> Sequence[TicketView]:
        """What these people have and is not over, at most ``each`` of each, the nearest deadline first."""

    async def seen_by(self, actor: Staff, ids: Collection[int]) -> frozenset[int]:
        """Those of these tickets that somebody may see."""

    async def list_of_customer(self, actor: Staff, customer_id: int, *, limit: int) -> Sequence[TicketView]:
        """Newest first."""

    async def list_messages(self, ticket_id: int, *, limit: int, before: int | None = None) -> Sequence[MessageView]:
        """Newest first; ``before`` a message's id."""

    async def first_words(self, ticket_ids: Sequence[int]) -> Mapping[int, str]:
        """What was said first about each."""

    async def list_latest(self, ticket_ids: Sequence[int], *, each: int) -> Sequence[MessageView]:
        """What was said last about each, at most ``each`` of it, the newest first."""

    async def list_message_views(self, ids: Sequence[int]) -> Sequence[MessageView]:
        """By id, whoever may see them."""

    # the planner's
    async def is_any_to_look(self, now: datetime) -> bool: ...
    async def is_any_queued(self) -> bool: ...
    async def list_to_look(self, now: datetime, *, limit: int) -> Sequence[tuple[Ticket, int]]:
        """Tickets that changed since the planner looked, or whose time to be looked at has come, with their versions.
        Locked, without those that somebody works on just now."""

    async def mark_looked(self, looked: Sequence[Looked]) -> None:
        """No change of theirs, so not journaled."""

    async def list_by_other_service(self, stamp: str, *, limit: int) -> Sequence[Ticket]:
        """Tickets whose clock runs and was counted by another calendar, or other levels."""

    async def list_running(self, *, limit: int) -> Sequence[Ticket]:
        """Tickets whose clock runs, only to be looked at: not locked."""

    async def write_deadlines(self, counted: Sequence[Counted]) -> None:
        """Nobody's decision, so not journaled; the planner looks at them anew."""


class InquiryRepository(Protocol):
    async def add(self, inquiry: Inquiry) -> Inquiry: ...
    async def get_for(self, actor: Staff, inquiry_id: int) -> Inquiry:
        """Locked. Raises InquiryNotFound: agents and leaders see all, others those of contacts whom they see."""

    async def find_waiting(self, identity_id: int) -> Inquiry | None:
        """Locked."""

    async def list_waiting(self, *, limit: int) -> Sequence[Inquiry]:
        """The oldest first."""

    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Inquiry]: ...
    async def list_of(self, identity_ids: Sequence[int], *, limit: int) -> Sequence[Inquiry]:
        """The newest first."""


class GroupRepository(Protocol):
    """Groups that are bound to customers, and who of outside the company is in a group. ``place`` is the whole group's."""

    async def add(self, group: BoundGroup) -> BoundGroup: ...
    async def find(self, channel: str, place: str) -> BoundGroup | None:
        """Locked."""

    async def find_by_id(self, group_id: int) -> BoundGroup | None: ...
    async def list_of(self, customer_id: int, *, limit: int) -> Sequence[BoundGroup]: ...
    async def remove(self, group: BoundGroup) -> None: ...
    async def keep_guests(self, identities: Sequence[Identity], place: str) -> int:
        """Remember that these, all of one channel, are there; gives how many of them were not known to be."""

    async def guests_left(self, channel: str, users: Collection[str], place: str, *, at: datetime) -> None: ...
    async def customers_read_along(self, channel: str, place: str) -> bool:
        """Is it a customer's group, or is anybody in it who is not of the staff?"""

    async def greet_newcomers(self, channel: str, place: str, *, at: datetime) -> int:
        """Whoever is there and was never greeted belongs to the greeting of that moment; gives how many."""

    async def list_greeted(self, channel: str, place: str, *, at: datetime, limit: int) -> Sequence[Identity]:
        """Who belongs to the greeting of that moment and is still there."""
